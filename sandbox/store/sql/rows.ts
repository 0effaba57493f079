import { type Booked, transactionFrom } from "../booked.ts";
import type {
  DispatchAttempt,
  DispatchState,
  IdempotentAnswer,
  JsonObject,
  Listing,
  StoredDispatch,
  StoredEvent,
  StoredRecord,
  StoredTransaction,
} from "../store.ts";

/** A row as the database gives it, by column. */
export type Row = Record<string, unknown>;

export const text = (row: Row, name: string): string => String(row[name] ?? "");
export const number = (row: Row, name: string): number => Number(row[name] ?? 0);

/** What is parsed here was written by this store: its shape is known. */
const json = <T>(row: Row, name: string): T => JSON.parse(text(row, name)) as T;

export function recordOf(row: Row, collection: string): StoredRecord {
  return {
    collection,
    id: text(row, "id"),
    version: number(row, "version"),
    sequence: number(row, "sequence"),
    value: json<JsonObject>(row, "value"),
  };
}

export const listingOf = (row: Row): Listing => ({
  keys: json<string[]>(row, "keys"),
  parties: row["parties"] === null ? [] : json<string[]>(row, "parties"),
});

export function eventOf(row: Row): StoredEvent {
  return {
    id: text(row, "id"),
    type: text(row, "type"),
    subject: text(row, "subject"),
    time: text(row, "time"),
    orderKey: text(row, "order_key"),
    audience: json<string[]>(row, "audience"),
    causedBy: text(row, "caused_by"),
    data: json<JsonObject>(row, "data"),
    sequence: number(row, "sequence"),
  };
}

export function transactionOf(row: Row): StoredTransaction {
  const head = {
    id: text(row, "id"),
    kind: text(row, "kind") as StoredTransaction["kind"],
    bookedAt: text(row, "booked_at"),
    period: text(row, "period"),
    sequence: number(row, "sequence"),
  };
  return transactionFrom(head, json<Booked>(row, "booked"));
}

export function answerOf(row: Row): IdempotentAnswer {
  return {
    key: text(row, "key"),
    fingerprint: text(row, "fingerprint"),
    status: number(row, "status"),
    headers: json<[string, string][]>(row, "headers"),
    body: text(row, "body"),
    expiresAt: text(row, "expires_at"),
  };
}

export function dispatchOf(row: Row): StoredDispatch {
  return {
    id: text(row, "id"),
    eventId: text(row, "event_id"),
    endpointId: text(row, "endpoint_id"),
    orderKey: text(row, "order_key"),
    sequence: number(row, "sequence"),
    state: text(row, "state") as DispatchState,
    attempts: json<DispatchAttempt[]>(row, "attempts"),
    notBeforeMs: number(row, "not_before_ms"),
  };
}
