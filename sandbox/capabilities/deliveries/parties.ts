import { oncePer } from "../../../specs/engine/once-per.ts";
import type { Delivery, ProductInfo, Rated, Rating } from "../../rating/index.ts";
import { isOrchestrator } from "../access.ts";
import type { DecisionContext, FieldProblem, Refusal } from "../capability.ts";
import { refuse } from "../define.ts";
import type { KnownParties } from "../parties/known-parties.ts";
import { mayFinish, standingOf, takesPart } from "../parties/records.ts";

interface Named {
  readonly party: string;
  readonly pointer: string;
  /** As what it is named; a provider may have any role. */
  readonly role?: string;
}

/** The parties that a delivery names itself, with the pointer to where it does. */
function namedParties(delivery: Delivery): Named[] {
  const named: Named[] = [{ party: delivery.customer, pointer: "#/customer", role: "customer" }];
  nameProviders(delivery, "#", named);
  delivery.parts?.forEach((part, index) => {
    nameProviders(part, `#/parts/${index}`, named);
  });
  return named;
}

function nameProviders(
  { provider, parties = NOBODY }: Pick<Delivery, "provider" | "parties">,
  pointer: string,
  named: Named[],
): void {
  if (provider !== undefined) named.push({ party: provider, pointer: `${pointer}/provider` });
  for (const role of Object.keys(parties))
    named.push({ party: parties[role] ?? "", pointer: `${pointer}/parties/${role}`, role });
}

const NOBODY: NonNullable<Delivery["parties"]> = {};

/** The parties that a delivery names itself. */
export const namesIn = (delivery: Delivery): string[] => namedParties(delivery).map(({ party }) => party);

/**
 * Refuses a delivery that names a party which isn't there, takes no part (any more), or isn't what it is named as.
 *
 * @param parties those that it names were looked up
 */
export function refuseParties(
  delivery: Delivery,
  parties: KnownParties,
  catalog: DecisionContext["catalog"],
): Refusal | undefined {
  const named = namedParties(delivery);
  return refuseUnlessActive(named, parties) ?? refuseOtherRoles(named, parties, catalog);
}

/** A share goes by the role under which a party is named: nobody takes a broker's without being one. */
function refuseOtherRoles(
  named: readonly Named[],
  parties: KnownParties,
  { ecosystem }: DecisionContext["catalog"],
): Refusal | undefined {
  const errors: FieldProblem[] = [];
  for (const { party, pointer, role } of named) {
    if (role === undefined || !ecosystem.roles.some(({ id }) => id === role)) continue;
    const actual = parties.get(party)?.role;
    if (actual !== role) errors.push({ pointer, detail: `${party} is ${actual}, not ${role}` });
  }
  const [first] = errors;
  return first === undefined
    ? undefined
    : refuse("ECO_PARTY_ROLE", `${first.detail} in this ecosystem.`, errors);
}

/** Why a delivery is booked, which decides who may have a part in it. */
export type Occasion =
  /** Only who takes part. */
  | { readonly kind: "new" }
  /** Agreed before: who is leaving finishes it. */
  | { readonly kind: "agreed" }
  /** Rated anew: who had a part in it answers for it, whatever became of it since. */
  | { readonly kind: "change"; readonly former: readonly string[] };

/** The same for everybody whom the rating gave a part. */
export function refuseParticipants(
  participants: readonly string[],
  parties: KnownParties,
  occasion: Occasion,
): Refusal | undefined {
  const admits = occasion.kind === "new" ? takesPart : mayFinish;
  const strangers = participants.filter((party) => {
    if (occasion.kind === "change" && occasion.former.includes(party)) return false;
    const record = parties.get(party);
    return record === undefined || !admits(record);
  });
  return refuseUnlessActive(
    strangers.map((party) => ({ party, pointer: "#/product" })),
    parties,
  );
}

function refuseUnlessActive(named: readonly Named[], parties: KnownParties): Refusal | undefined {
  const unknown: FieldProblem[] = [];
  const inactive: FieldProblem[] = [];
  let standing = "";
  for (const { party, pointer } of named) {
    const record = parties.get(party);
    if (record === undefined) unknown.push({ pointer, detail: `no party ${JSON.stringify(party)}` });
    else if (!takesPart(record)) {
      standing ||= standingOf(record);
      inactive.push({ pointer, detail: `${party} is ${record.status}` });
    }
  }
  const [firstUnknown] = unknown;
  if (firstUnknown !== undefined) {
    return refuse("ECO_PARTY_UNKNOWN", `There is ${firstUnknown.detail} in this ecosystem.`, unknown);
  }
  return standing === ""
    ? undefined
    : refuse("ECO_PARTY_NOT_ACTIVE", `${standing}, and takes no new deliveries.`, inactive);
}

/** Everybody who pays, is paid, has a share or answers for a breach. */
export function participantsOf({ charges }: Pick<Rated, "charges">): string[] {
  const participants: string[] = [];
  for (const { payer, payee, shares, recourse } of charges) {
    addNew(participants, payer);
    addNew(participants, payee);
    for (const { party } of shares) addNew(participants, party);
    for (const { party, to } of recourse) {
      addNew(participants, party);
      addNew(participants, to);
    }
  }
  return participants;
}

/** Of a handful, looking through them costs less than a set. */
export function addNew(parties: string[], party: string): void {
  if (!parties.includes(party)) parties.push(party);
}

/** What of a charge tells who renders: amounts don't matter, so stored charges fit as well. */
interface RatedCharge {
  readonly side: "sale" | "purchase";
  readonly payee: string;
  readonly shares: readonly { readonly party: string }[];
}

/**
 * Whether the caller may report the delivery: the orchestrator, its provider, or who has a share in its sale, such as
 * a broker. A customer doesn't write its own bill, and a supplier behind the provider not its customer's.
 */
export function mayReport(
  delivery: Delivery,
  charges: readonly RatedCharge[],
  { caller, catalog }: DecisionContext,
): boolean {
  if (caller === undefined) return false;
  const { party } = caller;
  if (isOrchestrator(catalog, caller) || delivery.provider === party) return true;
  const isSold = charges.some(({ side }) => side === "sale");
  return charges.some(
    ({ side, payee, shares }) =>
      (side === "sale" || !isSold) && (payee === party || shares.some((share) => share.party === party)),
  );
}

/** Whether a party, in a role where one is given, has accepted an agreement: as a rating asks it. */
export type Accepted = (agreementId: string, party: string, role?: string) => boolean;

/**
 * Which party of a delivery, named or brought in by the rate card, has accepted which agreement.
 *
 * @param concerned those parties; what they accepted was looked up
 */
export const acceptancesOf =
  (concerned: readonly string[], parties: KnownParties): Accepted =>
  (agreementId, party, role) =>
    concerned.includes(party) &&
    (role === undefined || parties.get(party)?.role === role) &&
    parties.hasAccepted(agreementId, party);

/** The same where nobody has looked them up. */
export async function acceptancesFor(
  delivery: Delivery,
  rating: Rating,
  parties: KnownParties,
): Promise<Accepted> {
  const concerned = partiesOf(delivery, rating);
  await parties.lookUpAgreements(concerned);
  return acceptancesOf(concerned, parties);
}

/** Who is named by a delivery, and who stands in for whom it doesn't name. */
export function partiesOf(delivery: Delivery, rating: Rating): string[] {
  const parties = namesIn(delivery);
  for (const party of defaultsOf(rating.describe(delivery.product))) addNew(parties, party);
  for (const { product } of delivery.parts ?? [])
    for (const party of defaultsOf(rating.describe(product))) addNew(parties, party);
  return parties;
}

const NONE: readonly string[] = [];
const defaultsOf = (info: ProductInfo | undefined): readonly string[] =>
  info === undefined ? NONE : defaults(info);

const defaults = oncePer(({ provider, parties }: ProductInfo) =>
  [provider, ...Object.values(parties)].filter((party) => typeof party === "string"),
);
