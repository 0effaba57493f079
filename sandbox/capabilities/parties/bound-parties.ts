import type { Bond } from "../../rating/index.ts";
import { formatDay, parseDay } from "../../rating/timing/moment.ts";
import type { DecisionContext } from "../capability.ts";
import { everyRecord } from "../page.ts";
import { type AcceptanceRecord, collections, type PartyRecord, partyKey } from "../records.ts";
import { dayOf } from "../time.ts";
import { findParty, mayFinish } from "./records.ts";

/** Whether a term binds a payer that trades with a payee under its agreement. */
export const binds = ({ payee, named, openRole }: Bond, payer: string, to: string): boolean =>
  payee === to && (named.includes(payer) || openRole !== undefined);

/** The last day on which a party took part; infinite for one that hasn't left. */
export function lastDayOf({ leftAt }: PartyRecord, timeZone: string): number {
  const day = leftAt === undefined ? undefined : parseDay(dayOf(leftAt, timeZone));
  return day ?? Number.POSITIVE_INFINITY;
}

/** Whether a term is open to a party by its role, and the party was ever one that could accept it. */
export const isBoundBy = ({ openRole }: Bond, party: PartyRecord): boolean =>
  party.role === openRole && (mayFinish(party) || (party.status === "exited" && party.neverActive !== true));

/**
 * Who is bound by a term over a period, whether or not anything was delivered: named, or accepted by its last day, and not
 * gone before it began. Who leaves within it is bound to its end.
 */
export async function payersOf(
  bond: Bond,
  agreementId: string,
  period: { readonly first: number; readonly last: number },
  context: DecisionContext,
): Promise<string[]> {
  const { timeZone } = context.catalog.ecosystem;
  const tookPart = (party: PartyRecord): boolean => lastDayOf(party, timeZone) >= period.first;
  const payers = new Set<string>();
  for (const party of bond.named) {
    const record = await findParty(context.read, party);
    if (record === undefined || tookPart(record.value)) payers.add(party);
  }
  if (bond.openRole === undefined) return [...payers];
  for await (const { value } of everyRecord<PartyRecord>(context.read, collections.parties)) {
    const open = isBoundBy(bond, value) && tookPart(value);
    if (open && (await hasAccepted(value, agreementId, period.last, context))) payers.add(value.id);
  }
  return [...payers];
}

/** Stand-ins accept all: the ecosystem's own documents bind them. */
export async function hasAccepted(
  { id, status }: PartyRecord,
  agreementId: string,
  day: number,
  { read, catalog }: DecisionContext,
): Promise<boolean> {
  if (status === "stand-in") return true;
  const { timeZone } = catalog.ecosystem;
  const until = Number.isFinite(day) ? formatDay(day) : "9999-12-31";
  for await (const { value } of everyRecord<AcceptanceRecord>(read, collections.acceptances, partyKey(id)))
    if (value.agreementId === agreementId && dayOf(value.acceptedAt, timeZone) <= until) return true;
  return false;
}
