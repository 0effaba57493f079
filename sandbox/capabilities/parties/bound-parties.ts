import type { Bond } from "../../rating/index.ts";
import { formatDay } from "../../rating/timing/moment.ts";
import type { DecisionContext } from "../capability.ts";
import { everyRecord } from "../page.ts";
import { type AcceptanceRecord, collections, type PartyRecord, partyKey } from "../records.ts";
import { dayOf } from "../time.ts";
import { findParty, takesPart } from "./records.ts";

/** Whether a term binds a payer that trades with a payee under its agreement. */
export const binds = ({ payee, named, openRole }: Bond, payer: string, to: string): boolean =>
  payee === to && (named.includes(payer) || openRole !== undefined);

/** Who is bound by a term on a day, whether or not anything was delivered: named and not gone, or accepted by then. */
export async function payersOf(
  { named, openRole }: Bond,
  agreementId: string,
  day: number,
  context: DecisionContext,
): Promise<string[]> {
  const payers = new Set<string>();
  for (const party of named) {
    const record = await findParty(context.read, party);
    if (record?.value.status !== "exited") payers.add(party);
  }
  if (openRole === undefined) return [...payers];
  for await (const { value } of everyRecord<PartyRecord>(context.read, collections.parties)) {
    const open = value.role === openRole && (takesPart(value) || value.status === "exiting");
    if (open && (await hasAccepted(value, agreementId, day, context))) payers.add(value.id);
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
