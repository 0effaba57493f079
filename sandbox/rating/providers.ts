import { type Run, subjectsOf } from "./choose.ts";
import type { CompiledAgreement, Offer } from "./compiled.ts";
import { selectParty } from "./conditions.ts";
import type { EntryContent, PartySelector, SplitContent } from "./documents.ts";
import type { CompiledEntry } from "./entry.ts";
import type { RatingContext } from "./outcome.ts";
import { Refused, type Subject } from "./subject.ts";
import type { PartyId } from "./types.ts";

/**
 * A delivery says itself who rendered it, and the provider's share goes there: so the rate card says who may. Those are the entry's
 * stand-in and whom its `providers` name. Where it names nobody: any company that an agreement in force engages otherwise than
 * as a customer, if something of the charge is the provider's at all; else only who is paid.
 */
export function refuseProvider(run: Run, offer: Offer, entry: CompiledEntry, subject: Subject): void {
  if (subject.unnamed("provider")) return;
  const party = subject.partyOf("provider");
  if (party === undefined || admits(run, entry, subject, party)) return;
  throw notAdmitted(offer, entry, subject, party);
}

/**
 * The same before anything was measured, as a work order asks: one entry of the offer that admits the provider is enough.
 * @throws Refused
 */
export function refuseOrder(run: Run, offer: Offer): void {
  let refused: Refused | undefined;
  for (const { entry, subject } of subjectsOf(run, offer)) {
    const party = subject.partyOf("provider");
    if (party === undefined || admits(run, entry, subject, party)) return;
    refused ??= notAdmitted(offer, entry, subject, party);
  }
  if (refused !== undefined) throw refused;
}

function admits(run: Run, { content }: CompiledEntry, subject: Subject, party: PartyId): boolean {
  if (party === content.parties?.["provider"] || party === payeeOf(content, subject)) return true;
  if (content.providers !== undefined)
    return content.providers.some((selector) => isMeant(selector, party, run, subject));
  return concernsProvider(content) && isCompany(party, run, subject);
}

/** Who is paid as the provider is whom the delivery names: that settles nothing. */
function payeeOf({ payee }: EntryContent, subject: Subject): PartyId | undefined {
  if (payee?.role === "provider") return undefined;
  return payee === undefined ? subject.partyOf("orchestrator") : selectParty(payee, subject);
}

function concernsProvider({ parties, payee, split }: EntryContent): boolean {
  const shared = (of: SplitContent | undefined): boolean =>
    of?.shares.some(({ role, split: deeper }) => role === "provider" || shared(deeper)) ?? false;
  return parties?.["provider"] !== undefined || payee?.role === "provider" || shared(split);
}

/** Whether some agreement engages the party in a role that this delivery's customer doesn't have. */
function isCompany(party: PartyId, { book, context, delivery }: Run, { day }: Subject): boolean {
  return book.agreements.some(
    (agreement) =>
      agreement.inForce(day) &&
      agreement.content.engagedParty.some(
        ({ role }) =>
          role !== "customer" &&
          hasRole(agreement, role, party, context) &&
          !hasRole(agreement, role, delivery.customer, context),
      ),
  );
}

function isMeant({ party: named, role }: PartySelector, party: PartyId, run: Run, { day }: Subject): boolean {
  if (named !== undefined) return named === party;
  return run.book.agreements.some(
    (agreement) =>
      role !== undefined && agreement.inForce(day) && hasRole(agreement, role, party, run.context),
  );
}

/** Whether an agreement binds a party in a role: by name, or because it is open to the role and the party has accepted it in it. */
function hasRole(
  { content }: CompiledAgreement,
  role: string,
  party: PartyId,
  context: RatingContext | undefined,
): boolean {
  return content.engagedParty.some(
    ({ role: engaged, id }) =>
      engaged === role &&
      (id === party || (id === undefined && context?.accepted?.(content.id, party, role) !== false)),
  );
}

function notAdmitted({ card }: Offer, entry: CompiledEntry, subject: Subject, party: PartyId): Refused {
  const { id, version } = card.citation;
  const { providers, parties } = entry.content;
  const clause = `${entry.pointer}${providers === undefined ? "" : "/providers"}`;
  const named = providers?.map(({ party: one, role }) => one ?? `every ${role}`) ?? [
    ...(concernsProvider(entry.content) ? ["every company that an agreement engages"] : []),
  ];
  const sure = [parties?.["provider"], payeeOf(entry.content, subject)].filter((one) => one !== undefined);
  const admitted = [...new Set([...sure, ...named])].join(", ");
  return new Refused(
    "PROVIDER_NOT_ADMITTED",
    `${party} may not render ${subject.product}: the rate card ${id} ${version}, clause ${clause}, admits ${admitted || "nobody"}.`,
    "Name a provider that the rate card admits, or let the rate card's owner list the party, or a role that it has, under `providers`.",
    `${subject.pointer}/provider`,
  );
}
