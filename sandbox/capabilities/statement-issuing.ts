import {
  entriesOf,
  type IssuedStatement,
  issueStatements,
  type Position,
  positionsOf,
  type Standing,
  type StatementEntry,
  type StatementHead,
  statementNumber,
} from "../ledger/index.ts";
import type { JsonObject, Reader, RecordWrite, StoredPosting, StoredRecord } from "../store/store.ts";
import type { DecisionContext, DomainEvent } from "./capability.ts";
import type { BookingRecord, DeliveryRecord, FormerStanding, TraceRecord } from "./delivery-records.ts";
import { legFromJson } from "./money.ts";
import { OriginalDocuments } from "./original-documents.ts";
import { everyRecord } from "./page.ts";
import { collections, partyKey } from "./records.ts";
import { type StatementRecord, taxItems } from "./statement-records.ts";

interface StatementCounter extends JsonObject {
  readonly issued: number;
}

export interface IssuedStatements {
  /** In the order of the parties. */
  readonly statements: readonly StatementRecord[];
  readonly writes: readonly RecordWrite[];
  readonly events: readonly DomainEvent[];
}

/** A statement for each party that anything was booked for in a period, numbered on from its last one. */
export async function makeStatements(
  settlementId: string,
  period: string,
  postings: readonly StoredPosting[],
  context: DecisionContext,
): Promise<IssuedStatements> {
  const entries = await entriesOfPeriod(period, context.read);
  const { heads, writes } = await numbered(partiesOf(postings, entries), postings, context);
  const statements = issueStatements({
    period,
    settlementId,
    issuedAt: context.now,
    issuedBy: context.catalog.ecosystem.orchestrator,
    heads,
    entries,
  }).map(toRecord);
  return {
    statements,
    writes: [...statements.map(statementWrite), ...writes],
    events: statements.map(statementEvent),
  };
}

/** Everything booked into a period, in booking order, leg by leg with its proofs and what it changes. */
async function entriesOfPeriod(period: string, read: Reader): Promise<StatementEntry[]> {
  const originals = new OriginalDocuments(period, read);
  const entries: StatementEntry[] = [];
  for await (const { value } of everyRecord<BookingRecord>(read, collections.bookings, `period:${period}`)) {
    const before = value.former === undefined ? undefined : standingOf(value.former);
    const after = await standingAfter(value, read);
    const made = entriesOf({
      legs: value.legs.map(legFromJson),
      booking: value.kind as StatementEntry["booking"],
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    });
    for (const entry of made) {
      const corrects = await originals.changedBy(value, entry.leg);
      entries.push(corrects === undefined ? entry : { ...entry, corrects });
    }
  }
  return entries;
}

/** How a delivery stood after a booking: as it stands now, or as the next booking found it. */
async function standingAfter(booking: BookingRecord, read: Reader): Promise<Standing | undefined> {
  const delivery = await read.get<DeliveryRecord>(collections.deliveries, booking.deliveryId);
  let later = delivery?.value.internal.lastBooking;
  if (later === booking.id) {
    const trace = await read.get<TraceRecord>(collections.traces, booking.deliveryId);
    const { fingerprint, secret } = trace?.value ?? { fingerprint: "", secret: "" };
    return standingOf({ fingerprint, secret, legs: delivery?.value.internal.legs ?? [] });
  }
  while (later !== undefined) {
    const next: StoredRecord<BookingRecord> | undefined = await read.get(collections.bookings, later);
    if (next?.value.previous === booking.id)
      return next.value.former === undefined ? undefined : standingOf(next.value.former);
    later = next?.value.previous;
  }
  return undefined;
}

const standingOf = ({ fingerprint, secret, legs }: FormerStanding): Standing => ({
  fingerprint,
  secret,
  legs: legs.map(legFromJson),
});

/** Who gets a statement, sorted: everybody with a position, and those whose legs come to nothing. */
function partiesOf(
  postings: readonly StoredPosting[],
  entries: readonly StatementEntry[],
): Pick<Position, "party" | "currency">[] {
  const all = new Map<string, Pick<Position, "party" | "currency">>();
  const add = (party: string, currency: string): void => {
    const key = `${party}\n${currency}`;
    if (!all.has(key)) all.set(key, { party, currency });
  };
  for (const { party, currency } of positionsOf(postings)) add(party, currency);
  for (const { leg } of entries) for (const party of [leg.payer, leg.payee]) add(party, leg.currency);
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

async function numbered(
  parties: readonly Pick<Position, "party" | "currency">[],
  postings: readonly StoredPosting[],
  context: DecisionContext,
): Promise<{ heads: StatementHead[]; writes: RecordWrite[] }> {
  const taxes = taxItems(postings);
  const counters = new Map<string, { record: StoredRecord<StatementCounter> | undefined; issued: number }>();
  const heads: StatementHead[] = [];
  for (const { party, currency } of parties) {
    const known = counters.get(party);
    const record =
      known?.record ?? (await context.read.get<StatementCounter>(collections.statementNumbers, party));
    const issued = known?.issued ?? record?.value.issued ?? 0;
    const own = taxes.get(`${party}\n${currency}`) ?? [];
    heads.push({
      id: context.newId("stm"),
      number: statementNumber(party, issued),
      party,
      currency,
      taxes: [...own].map(([counterparty, amountMinor]) => ({ counterparty, amountMinor })),
    });
    counters.set(party, { record, issued: issued + 1 });
  }
  const writes = [...counters].map(([party, { record, issued }]) => ({
    collection: collections.statementNumbers,
    id: party,
    value: { issued },
    expectedVersion: record?.version ?? 0,
  }));
  return { heads, writes };
}

/** A statement is plain JSON already; its interface says more than a store has to know. */
const toRecord = (statement: IssuedStatement): StatementRecord =>
  ({ documents: [], settlementId: "", issuedAt: "", ...statement }) as object as StatementRecord;

const statementWrite = (statement: StatementRecord): RecordWrite => ({
  collection: collections.statements,
  id: statement.id,
  value: statement,
  expectedVersion: 0,
  keys: [partyKey(statement.party)],
});

const statementEvent = ({ id, number, party, period, settlementId }: StatementRecord): DomainEvent => ({
  name: "statement.issued",
  subject: id,
  audience: [party],
  data: { statementId: id, number, party, period, settlementId },
});
