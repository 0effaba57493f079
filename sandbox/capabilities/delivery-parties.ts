import type { Delivery, Rated, Rating } from "../rating/index.ts";
import type { Reader } from "../store/store.ts";
import { isOrchestrator } from "./access.ts";
import type { DecisionContext, FieldProblem, Refusal } from "./capability.ts";
import { refuse } from "./define.ts";
import { everyRecord } from "./page.ts";
import { findParty, takesPart } from "./party-records.ts";
import { type AcceptanceRecord, collections, partyKey } from "./records.ts";

interface Named {
  readonly party: string;
  readonly pointer: string;
  /** As what it is named; a provider may have any role. */
  readonly role?: string;
}

/** The parties that a delivery names itself, with the pointer to where it does. */
function namedParties(delivery: Delivery): Named[] {
  return [
    { party: delivery.customer, pointer: "#/customer", role: "customer" },
    ...(delivery.provider === undefined ? [] : [{ party: delivery.provider, pointer: "#/provider" }]),
    ...Object.entries(delivery.parties ?? {}).map(([role, party]) => ({
      party,
      pointer: `#/parties/${role}`,
      role,
    })),
    ...(delivery.parts ?? []).flatMap((part, index) => [
      ...(part.provider === undefined
        ? []
        : [{ party: part.provider, pointer: `#/parts/${index}/provider` }]),
      ...Object.entries(part.parties ?? {}).map(([role, party]) => ({
        party,
        pointer: `#/parts/${index}/parties/${role}`,
        role,
      })),
    ]),
  ];
}

/** Refuses a delivery that names a party which isn't there, takes no part (any more), or isn't what it is named as. */
export async function refuseParties(
  delivery: Delivery,
  { read, catalog }: Pick<DecisionContext, "read" | "catalog">,
): Promise<Refusal | undefined> {
  const named = namedParties(delivery);
  return (await refuseUnlessActive(named, read)) ?? refuseOtherRoles(named, read, catalog);
}

/** A share goes by the role under which a party is named: nobody takes a broker's without being one. */
async function refuseOtherRoles(
  named: readonly Named[],
  read: Reader,
  { ecosystem }: DecisionContext["catalog"],
): Promise<Refusal | undefined> {
  const known = new Set(ecosystem.roles.map(({ id }) => id));
  const errors: FieldProblem[] = [];
  for (const { party, pointer, role } of named) {
    if (role === undefined || !known.has(role)) continue;
    const actual = (await findParty(read, party))?.value.role;
    if (actual !== role) errors.push({ pointer, detail: `${party} is ${actual}, not ${role}` });
  }
  const [first] = errors;
  return first === undefined
    ? undefined
    : refuse("ECO_PARTY_ROLE", `${first.detail} in this ecosystem.`, errors);
}

/** The same for the parties that the rate card brought in. */
export async function refuseParticipants(rated: Rated, read: Reader): Promise<Refusal | undefined> {
  return refuseUnlessActive(
    participantsOf(rated).map((party) => ({ party, pointer: "#/product" })),
    read,
  );
}

async function refuseUnlessActive(
  parties: readonly { party: string; pointer: string }[],
  read: Reader,
): Promise<Refusal | undefined> {
  const unknown: FieldProblem[] = [];
  const inactive: FieldProblem[] = [];
  for (const { party, pointer } of parties) {
    const record = await findParty(read, party);
    if (record === undefined) unknown.push({ pointer, detail: `no party ${JSON.stringify(party)}` });
    else if (!takesPart(record.value)) {
      inactive.push({ pointer, detail: `${party} is ${record.value.status}` });
    }
  }
  const [firstUnknown] = unknown;
  if (firstUnknown !== undefined) {
    return refuse("ECO_PARTY_UNKNOWN", `There is ${firstUnknown.detail} in this ecosystem.`, unknown);
  }
  const [firstInactive] = inactive;
  return firstInactive === undefined
    ? undefined
    : refuse("ECO_PARTY_NOT_ACTIVE", `${firstInactive.detail} and takes no new deliveries.`, inactive);
}

/** Everybody who pays, is paid, has a share or answers for a breach. */
export function participantsOf(rated: Pick<Rated, "charges">): string[] {
  return [
    ...new Set(
      rated.charges.flatMap((charge) => [
        charge.payer,
        charge.payee,
        ...charge.shares.map((share) => share.party),
        ...charge.recourse.flatMap((recourse) => [recourse.party, recourse.to]),
      ]),
    ),
  ];
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
  context: DecisionContext,
): boolean {
  const { caller, catalog } = context;
  if (caller === undefined) return false;
  if (isOrchestrator(catalog, caller)) return true;
  const sales = charges.filter((charge) => charge.side === "sale");
  const own = sales.length === 0 ? charges : sales;
  const renders = new Set([
    delivery.provider,
    ...own.flatMap((charge) => [charge.payee, ...charge.shares.map((share) => share.party)]),
  ]);
  return renders.has(caller.party);
}

/** Which party has accepted which agreement. Stand-ins accept all: the ecosystem's own documents bind them. */
export async function acceptancesFor(
  delivery: Delivery,
  rating: Rating,
  read: Reader,
): Promise<(agreementId: string, party: string, role?: string) => boolean> {
  const products = [delivery.product, ...(delivery.parts ?? []).map((part) => part.product)];
  const defaults = products.flatMap((product) => {
    const info = rating.describe(product);
    return info === undefined ? [] : [info.provider, ...Object.values(info.parties)];
  });
  const parties = new Set([...namedParties(delivery).map(({ party }) => party), ...defaults]);
  const roles = new Map<string, string>();
  const standIns = new Set<string>();
  const accepted = new Set<string>();
  for (const party of parties) {
    if (party === undefined || party === null) continue;
    const record = await findParty(read, party);
    if (record === undefined) continue;
    roles.set(party, record.value.role);
    if (record.value.status === "stand-in") {
      standIns.add(party);
      continue;
    }
    for await (const acceptance of everyRecord<AcceptanceRecord>(
      read,
      collections.acceptances,
      partyKey(party),
    )) {
      accepted.add(`${acceptance.value.agreementId}\n${party}`);
    }
  }
  return (agreementId, party, role) =>
    (role === undefined || roles.get(party) === role) &&
    (standIns.has(party) || accepted.has(`${agreementId}\n${party}`));
}
