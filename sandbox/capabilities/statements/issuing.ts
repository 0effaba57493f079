import {
  type AccountAmount,
  frameStatements,
  type Position,
  positionsOf,
  type StatementFrame,
  type StatementHead,
  statementNumber,
} from "../../ledger/index.ts";
import type { JsonObject, RecordWrite, StoredRecord } from "../../store/store.ts";
import type { DecisionContext, DomainEvent } from "../capability.ts";
import { collections, partyKey } from "../records.ts";
import type { ClosedPrepaid } from "../settlements/close-prepaid.ts";
import type { PeriodBooks } from "../settlements/period-books.ts";
import { type StatementRecord, taxItems } from "./records.ts";

interface StatementCounter extends JsonObject {
  readonly issued: number;
}

export interface IssuedStatements {
  /** In the order of the parties. */
  readonly statements: readonly StatementRecord[];
  readonly writes: readonly RecordWrite[];
  readonly events: readonly DomainEvent[];
}

/** What statements say beside the legs, by `party, currency`. */
export type OwnWords = Pick<ClosedPrepaid, "payments" | "movements">;

/**
 * A statement for each party that anything was booked for in a period, numbered on from its last one.
 * @param amounts the period's balances
 */
export async function makeStatements(
  settlementId: string,
  period: string,
  books: PeriodBooks,
  amounts: readonly AccountAmount[],
  words: OwnWords,
  context: DecisionContext,
): Promise<IssuedStatements> {
  const { heads, writes } = await numbered(partiesOf(amounts, books, words), amounts, words, context);
  const issue = {
    period,
    settlementId,
    issuedAt: context.now,
    issuedBy: context.catalog.ecosystem.orchestrator,
    heads,
  };
  const statements = frameStatements(issue, books.sums).map((frame) => toRecord(frame, books));
  return {
    statements,
    writes: [...statements.map(statementWrite), ...writes],
    events: statements.map(statementEvent),
  };
}

/** Who gets a statement, sorted: everybody with a position, and those whose legs come to nothing, or who paid ahead. */
function partiesOf(
  amounts: readonly AccountAmount[],
  { stretches }: PeriodBooks,
  { movements }: OwnWords,
): Pick<Position, "party" | "currency">[] {
  const keys = new Set(positionsOf(amounts).map(({ party, currency }) => `${party}\n${currency}`));
  for (const key of [...stretches.keys(), ...movements.keys()]) keys.add(key);
  return [...keys].sort().map((key) => {
    const [party = "", currency = ""] = key.split("\n");
    return { party, currency };
  });
}

async function numbered(
  parties: readonly Pick<Position, "party" | "currency">[],
  amounts: readonly AccountAmount[],
  words: OwnWords,
  context: DecisionContext,
): Promise<{ heads: StatementHead[]; writes: RecordWrite[] }> {
  const taxes = taxItems(amounts);
  const counters = new Map<string, { record: StoredRecord<StatementCounter> | undefined; issued: number }>();
  const heads: StatementHead[] = [];
  for (const { party, currency } of parties) {
    const known = counters.get(party);
    const record =
      known?.record ?? (await context.read.get<StatementCounter>(collections.statementNumbers, party));
    const issued = known?.issued ?? record?.value.issued ?? 0;
    const key = `${party}\n${currency}`;
    const own = taxes.get(key) ?? [];
    heads.push({
      id: context.newId("stm"),
      number: statementNumber(party, issued),
      party,
      currency,
      taxes: [...own].map(([counterparty, amountMinor]) => ({ counterparty, amountMinor })),
      payments: words.payments.get(key) ?? [],
      prepaid: words.movements.get(key) ?? [],
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

/** A frame is plain JSON already; its interface says more than a store has to know. */
function toRecord({ ownLines, ...frame }: StatementFrame, { stretches }: PeriodBooks): StatementRecord {
  const own = stretches.get(`${frame.party}\n${frame.currency}`) ?? [];
  const record = { settlementId: "", issuedAt: "", ...frame, internal: { stretches: own, ownLines } };
  return record as object as StatementRecord;
}

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
