import type { TransactionHead } from "../../ledger/types.ts";
import { countBalanced } from "../balanced.ts";
import { type Booked, bookedBy } from "../booked.ts";
import { monthsOf } from "../months.ts";
import type {
  Changeset,
  IdempotentAnswer,
  Listing,
  OutboxEvent,
  RecordWrite,
  StoredRecord,
} from "../store.ts";

/**
 * A changeset as rows: what a column keeps as text is that text already. Nested objects cost the thread that writes more
 * to take over than all of their texts do.
 */
export interface Changes extends Omit<Changeset, "writes" | "transactions" | "events" | "idempotency"> {
  readonly writes: readonly WriteRow[];
  readonly transactions: readonly BookedRow[];
  readonly events: readonly EventRow[];
  readonly idempotency?: AnswerRow;
}

/** The lists of a record as its row has them. */
interface ListedRow {
  /** JSON of keys that differ. */
  readonly keys: string;
  readonly parties: readonly string[];
  /** In which it began and ended. */
  readonly months: readonly string[];
}

export type WriteRow = Omit<RecordWrite, "value" | keyof Listing> &
  ListedRow & { readonly value: string | null };
export type RecordRow = Omit<StoredRecord, "value"> & ListedRow & { readonly value: string };
export type BookedRow = TransactionHead & { readonly booked: Booked };
export type EventRow = Omit<OutboxEvent, "data"> & { readonly data: string };
export type AnswerRow = Omit<IdempotentAnswer, "headers"> & { readonly headers: string };

/** @throws an error where a transaction doesn't balance */
export function changesOf({ writes, transactions, events, idempotency, ...rest }: Changeset): Changes {
  return {
    ...rest,
    writes: writes.map(writeRow),
    transactions: transactions.map(bookedRow),
    events: events.map(eventRow),
    ...(idempotency === undefined ? {} : { idempotency: answerRow(idempotency) }),
  };
}

function writeRow({
  collection,
  id,
  value,
  expectedVersion,
  keys = [],
  parties = [],
}: RecordWrite): WriteRow {
  const text = value === null ? null : JSON.stringify(value);
  const months = monthsOf(collection, value);
  return { collection, id, value: text, expectedVersion, keys: distinctText(keys), parties, months };
}

export const recordRow = ({ value, keys, ...rest }: StoredRecord & Listing): RecordRow => ({
  ...rest,
  value: JSON.stringify(value),
  keys: distinctText(keys),
  months: monthsOf(rest.collection, value),
});

const distinctText = (keys: readonly string[]): string =>
  keys.length === 0 ? "[]" : JSON.stringify([...new Set(keys)]);

/** @throws an error where it doesn't balance */
export function bookedRow(transaction: Changeset["transactions"][number]): BookedRow {
  countBalanced(transaction);
  const { id, kind, bookedAt, period } = transaction;
  return { id, kind, bookedAt, period, booked: bookedBy(transaction) };
}

export const eventRow = ({ data, ...rest }: OutboxEvent): EventRow => ({
  ...rest,
  data: JSON.stringify(data),
});

export const answerRow = ({ headers, ...rest }: IdempotentAnswer): AnswerRow => ({
  ...rest,
  headers: JSON.stringify(headers),
});
