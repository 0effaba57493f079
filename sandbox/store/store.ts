import type { LedgerTransaction, Posting } from "../ledger/types.ts";

/** What a record may hold: plain JSON. Amounts are integers in minor units, or decimal strings. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface StoredRecord<T extends JsonObject = JsonObject> {
  readonly collection: string;
  readonly id: string;
  /** Grows by one with every write; 1 when created. */
  readonly version: number;
  /** Place in the tenant's order of creation. Cursors are made from it. */
  readonly sequence: number;
  readonly value: T;
}

export interface ListQuery {
  readonly collection: string;
  /** Only records written with this key, such as `party:blueline`. Without it, all of the collection. */
  readonly key?: string;
  /** Only records after this sequence (before it, when `descending`). */
  readonly after?: number;
  readonly limit: number;
  readonly descending?: boolean;
}

/** An event as it waits in the outbox. `data` is valid against the message's payload schema. */
export interface OutboxEvent {
  readonly id: string;
  /** The message's CloudEvents type, as the event spec names it. */
  readonly type: string;
  readonly subject: string;
  /** Wall-clock and virtual time: the virtual one is what the payload and CloudEvents `time` show. */
  readonly time: string;
  /** Events of one key reach an endpoint in order. */
  readonly orderKey: string;
  /** Parties that may read it and to whose endpoints it is dispatched. */
  readonly audience: readonly string[];
  /** The request that caused it (the answer's `Eco-Request-Id`). */
  readonly causedBy: string;
  readonly data: JsonObject;
}

export interface StoredEvent extends OutboxEvent {
  readonly sequence: number;
}

export interface EventQuery {
  readonly type?: string;
  readonly subject?: string;
  readonly causedBy?: string;
  /** Only events whose audience holds this party. */
  readonly party?: string;
  readonly after?: number;
  readonly limit: number;
  readonly descending?: boolean;
}

export interface Balance {
  readonly account: string;
  readonly currency: string;
  readonly amountMinor: bigint;
}

export interface PostingQuery {
  /** Exact account, or all accounts that start with it when it ends with `/`. */
  readonly account?: string;
  readonly transactionId?: string;
  readonly deliveryId?: string;
  /** Only postings of transactions booked into this accounting period. */
  readonly period?: string;
  readonly after?: number;
  readonly limit: number;
}

/** A posting with its place in the books and what its transaction says about it. */
export interface StoredPosting extends Posting {
  readonly sequence: number;
  readonly transactionId: string;
  readonly kind: LedgerTransaction["kind"];
  readonly bookedAt: string;
  readonly period: string;
}

/** Everything a decision may look at. Reads of one decision come from one tenant. */
export interface Reader {
  get<T extends JsonObject = JsonObject>(
    collection: string,
    id: string,
  ): Promise<StoredRecord<T> | undefined>;
  list<T extends JsonObject = JsonObject>(query: ListQuery): Promise<readonly StoredRecord<T>[]>;
  events(query: EventQuery): Promise<readonly StoredEvent[]>;
  /** Balances of the accounts that start with `prefix` (all without it). */
  balances(prefix?: string): Promise<readonly Balance[]>;
  postings(query: PostingQuery): Promise<readonly StoredPosting[]>;
}

export interface RecordWrite {
  readonly collection: string;
  readonly id: string;
  /** `null` deletes. */
  readonly value: JsonObject | null;
  /** The version that was read; 0 where the record must not exist yet. A mismatch refuses the whole changeset. */
  readonly expectedVersion: number;
  /** Under which keys `list` finds it. They replace the former ones. */
  readonly keys?: readonly string[];
}

/**
 * A version that a decision leaned on without changing the record: another one by the time of applying refuses the
 * whole changeset. So a delivery can't slip into a period that is being closed, and deliveries don't block each other.
 */
export interface Expectation {
  readonly collection: string;
  readonly id: string;
  /** 0 where the record must not exist. */
  readonly version: number;
}

/** The answer that a repeated idempotency key gets, byte for byte. */
export interface IdempotentAnswer {
  readonly key: string;
  /** Digest of the request, so that the same key with another body is refused. */
  readonly fingerprint: string;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** Virtual time after which it may be forgotten. */
  readonly expiresAt: string;
}

/** What one decision changes: applied whole or not at all. */
export interface Changeset {
  readonly tenant: string;
  readonly writes: readonly RecordWrite[];
  readonly expects?: readonly Expectation[];
  readonly transactions: readonly LedgerTransaction[];
  readonly events: readonly OutboxEvent[];
  readonly idempotency?: IdempotentAnswer;
}

export type ApplyOutcome =
  | { readonly kind: "applied" }
  /** Somebody else wrote first: read and decide again. */
  | { readonly kind: "conflict"; readonly collection: string; readonly id: string }
  | { readonly kind: "key-taken"; readonly answer: IdempotentAnswer };
