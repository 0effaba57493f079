import type { LedgerTransaction, Posting, TransactionHead } from "../ledger/types.ts";
import type { Leg } from "../rating/types.ts";

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

/** From the one to the other; without an end where that is left out. */
export interface Months {
  /** `2025-03` */
  readonly from: string;
  readonly to?: string;
}

export interface ListQuery {
  readonly collection: string;
  /** Only records written with this key, such as `party:blueline`. Without it, all of the collection. */
  readonly key?: string;
  /** Only records that were written for this party. Not together with `key`. */
  readonly party?: string;
  /** Only records that began or ended in one of these months: of a collection that is read by month, in ascending order, and not together with `key`. */
  readonly months?: Months;
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
  /** The one event of this id. */
  readonly id?: string;
  /** Only events of these ids. */
  readonly ids?: readonly string[];
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
  /** Only postings after this sequence; of transactions those that hold one. */
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

/** A transaction with its place in the books. */
export type StoredTransaction = LedgerTransaction & {
  /** Of its last posting: `after` goes on behind it. */
  readonly sequence: number;
};

/** Everything a decision may look at. Reads of one decision come from one tenant. */
export interface Reader {
  get<T extends JsonObject = JsonObject>(
    collection: string,
    id: string,
  ): Promise<StoredRecord<T> | undefined>;
  /** Several of one collection at once, each in the place of its id. */
  getAll<T extends JsonObject = JsonObject>(
    collection: string,
    ids: readonly string[],
  ): Promise<readonly (StoredRecord<T> | undefined)[]>;
  list<T extends JsonObject = JsonObject>(query: ListQuery): Promise<readonly StoredRecord<T>[]>;
  events(query: EventQuery): Promise<readonly StoredEvent[]>;
  /** Balances of the accounts that start with `prefix` (all without it). */
  balances(prefix?: string): Promise<readonly Balance[]>;
  postings(query: PostingQuery): Promise<readonly StoredPosting[]>;
  /** The transactions that hold such postings, in booking order. */
  transactions(query: PostingQuery): Promise<readonly StoredTransaction[]>;
  /** Sequence of the last posting that was booked into a period, 0 without any: what a {@link BooksExpectation} is made of. */
  lastPosting(period: string): Promise<number>;
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
  /**
   * For whom `list` finds it, beside its keys. Meant for records that come by the thousand between the same few
   * companies: stores keep each company of parties once.
   */
  readonly parties?: readonly string[];
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

/**
 * Nothing more has been booked into a period than what a decision read: the sequence of its last posting, 0 without
 * any. So the close of a period misses no booking that was applied while it was being decided.
 */
export interface BooksExpectation {
  readonly period: string;
  readonly lastSequence: number;
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

/** An event on its way to one endpoint. */
export interface PlannedDispatch {
  /** Unique in the tenant: made of event, endpoint and, for a replay, its cause. */
  readonly id: string;
  readonly eventId: string;
  readonly endpointId: string;
  /** Dispatches of one endpoint and key go out one after the other, in the order in which they were planned. */
  readonly orderKey: string;
}

export type DispatchState = "pending" | "done" | "failed";

/** One try to reach an endpoint. `status` is its HTTP answer; `error` says why there was none or why it doesn't count. */
export interface DispatchAttempt {
  /** Wall-clock time, RFC 3339. */
  readonly at: string;
  readonly durationMs: number;
  readonly status?: number;
  readonly error?: string;
}

export interface StoredDispatch extends PlannedDispatch {
  readonly sequence: number;
  readonly state: DispatchState;
  readonly attempts: readonly DispatchAttempt[];
  /** Milliseconds of virtual time before which it isn't tried (again). */
  readonly notBeforeMs: number;
}

export interface DispatchQuery {
  readonly eventId?: string;
  readonly endpointId?: string;
  readonly state?: DispatchState;
  readonly after?: number;
  readonly limit: number;
}

export interface DispatchClaim {
  /** Virtual time in milliseconds: retries follow it. */
  readonly nowMs: number;
  /** Wall-clock milliseconds: leases follow it, since a crash doesn't wait for a frozen clock. */
  readonly wallMs: number;
  /** How long nobody else may claim them: a crashed worker's dispatches come free after it. */
  readonly leaseMs: number;
  readonly limit: number;
}

export interface DispatchSettlement {
  /** Left out where nothing was tried, as for an endpoint that is paused. */
  readonly attempt?: DispatchAttempt;
  readonly state: DispatchState;
  /** When to try again, for `pending`. */
  readonly notBeforeMs: number;
}

/** What one decision changes: applied whole or not at all. */
export interface Changeset {
  readonly tenant: string;
  readonly writes: readonly RecordWrite[];
  readonly expects?: readonly Expectation[];
  readonly expectsBooks?: BooksExpectation;
  readonly transactions: readonly LedgerTransaction[];
  readonly events: readonly OutboxEvent[];
  readonly idempotency?: IdempotentAnswer;
  readonly dispatches?: readonly PlannedDispatch[];
  /** Moves the mark up to which events were spread over endpoints; a conflict when it doesn't stand at `from`. */
  readonly fannedOut?: { readonly from: number; readonly to: number };
}

export type ApplyOutcome =
  | { readonly kind: "applied" }
  /** Somebody else wrote first: read and decide again. */
  | { readonly kind: "conflict"; readonly collection: string; readonly id: string }
  | { readonly kind: "key-taken"; readonly answer: IdempotentAnswer };

/** What whoever is alone with a tenant reads and writes through. */
export interface Held {
  readonly reader: Reader;
  /** As the store's own, except that it promises nothing before `alone` has resolved. */
  apply(changeset: Changeset): Promise<ApplyOutcome>;
}

/** Under what `list` finds a record. */
export interface Listing {
  readonly keys: readonly string[];
  readonly parties: readonly string[];
}

/** A transaction as plain JSON, with every amount of it as decimal text. */
export interface TransactionState extends TransactionHead {
  readonly deliveryId?: string;
  readonly agreementId?: string;
  readonly day?: string;
  readonly legs?: readonly LegState[];
  readonly postings?: readonly (Omit<Posting, "amountMinor"> & { readonly amountMinor: string })[];
}

export type LegState = { readonly [K in keyof Leg]: Leg[K] extends bigint ? string : Leg[K] };

/** All that a tenant holds, as plain JSON: amounts are decimal text. For files and for comparing two states. */
export interface TenantState {
  readonly records: readonly (StoredRecord & Listing)[];
  readonly events: readonly StoredEvent[];
  /** In booking order. What they booked follows from their legs or stands in their postings. */
  readonly transactions: readonly TransactionState[];
  readonly balances: readonly {
    readonly account: string;
    readonly currency: string;
    readonly amountMinor: string;
  }[];
  readonly dispatches: readonly StoredDispatch[];
  /** In order of their keys. */
  readonly answers: readonly IdempotentAnswer[];
  /** The sequence that the latest record got, deleted or not: the next one's follows it. */
  readonly lastSequence: number;
  /** The sequence of the last event that was spread over endpoints. */
  readonly fannedOut: number;
}

/**
 * Keeps one sandbox: records, ledger, events, idempotent answers and dispatches of its tenants.
 * Every method may throw `EcoError` (`ECO_DATABASE_UNUSABLE`) when the store is locked, full, newer than this program or closed.
 */
export interface Store {
  /** For people: `memory`, `SQLite .eco/sandbox.db`. */
  readonly description: string;
  /** What it shows is committed, or is committed before any `apply` or `settled` called afterwards resolves. */
  reader(tenant: string): Reader;
  /**
   * All or nothing. Resolves once the changeset is as durable as the store can make it.
   * A transaction that doesn't sum to zero per currency is refused by a throw: it is a fault of the program, not of a request.
   */
  apply(changeset: Changeset): Promise<ApplyOutcome>;
  /**
   * Runs `work` while nobody else, in whatever process, applies anything to the tenant: others wait and go on after it.
   * For a decision that reads so much that quick ones are always faster, such as the close of a month into which
   * deliveries keep coming. What `work` applies by other means than what it is given would wait for `work` itself.
   * It may run again from its beginning, and where its process hangs it loses its place: then its changes are a
   * conflict, or it ends in `ECO_DATABASE_UNUSABLE`.
   */
  alone<T>(tenant: string, work: (held: Held) => Promise<T>): Promise<T>;
  /**
   * Whether it is this process that does something for the tenant beside its requests, such as driving its
   * certifications: one of those that ask. It has it as long as it goes on asking, or until the store is closed; one that
   * died is followed by another within seconds.
   */
  leads(tenant: string, duty: string): Promise<boolean>;
  /**
   * Grows whenever another process may have changed something: what is kept in memory of the store may be out of date.
   * Stands still where nobody else can change it.
   */
  changesElsewhere(): number;
  /** Resolves when everything that readers have shown so far is durable. */
  settled(): Promise<void>;
  idempotentAnswer(tenant: string, key: string): Promise<IdempotentAnswer | undefined>;
  /** The sequence of the last event that was spread over endpoints; 0 at first. */
  fannedOut(tenant: string): Promise<number>;
  /** Leases due dispatches: per endpoint and order key only the first that is pending. */
  claimDispatches(tenant: string, claim: DispatchClaim): Promise<readonly StoredDispatch[]>;
  settleDispatch(tenant: string, id: string, settlement: DispatchSettlement): Promise<void>;
  dispatches(tenant: string, query: DispatchQuery): Promise<readonly StoredDispatch[]>;
  /** Forgets idempotent answers that expired before `now` (virtual time). */
  forgetExpired(tenant: string, now: string): Promise<void>;
  export(tenant: string): Promise<TenantState>;
  /** Empties the tenant, and applies what it starts with in the same step. Sequences start again. */
  reset(tenant: string, first?: Changeset): Promise<void>;
  /** The tenant holds what `export` gave, and nothing else: versions and sequences included, leases not. In one step. */
  load(tenant: string, state: TenantState): Promise<void>;
  close(): Promise<void>;
}
