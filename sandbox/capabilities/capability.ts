import type { Catalog, SchemaRef } from "../../specs/engine/catalog/types.ts";
import type { LedgerTransaction } from "../ledger/types.ts";
import type {
  BooksExpectation,
  DispatchQuery,
  Expectation,
  JsonObject,
  Reader,
  RecordWrite,
  StoredDispatch,
} from "../store/store.ts";

/** Who is asking: from the access token. Absent on operations that need none. */
export interface Caller {
  readonly party: string;
  readonly role: string;
  readonly scopes: readonly string[];
}

/** An event in the ecosystem's own words; the catalogue turns `name` into the message bound to it by `x-eco-event`. */
export interface DomainEvent {
  /** `delivery.rated`, `work-order.declined`, … */
  readonly name: string;
  readonly subject: string;
  readonly audience: readonly string[];
  /** Events of one key stay in order; the subject where left out. */
  readonly orderKey?: string;
  readonly data: JsonObject;
  /** Made from the spec alone: where its message's schema doesn't take it after all, it isn't sent, and nothing fails. */
  readonly inferred?: true;
}

/** Everything that is not in the request. Nothing else (clock, randomness, network) may be touched. */
export interface DecisionContext {
  readonly read: Reader;
  /** How events fare on their way to endpoints. */
  dispatches(query: DispatchQuery): Promise<readonly StoredDispatch[]>;
  readonly catalog: Catalog;
  readonly caller?: Caller;
  /** Virtual time, RFC 3339 in UTC with milliseconds. */
  readonly now: string;
  /** Ids that a replay from the same seed makes again: `newId("dlv")` → `dlv_…`. */
  newId(prefix: string): string;
  /** Unpredictable in production, seeded in a replay. 32 bytes, base64url. */
  newSecret(): string;
  readonly requestId: string;
  readonly operationId: string;
  /** What ids and secrets of this sandbox grow from. */
  readonly seed: string;
  /** Violations of a schema of the catalogue, for parts of a request that the operation leaves to the capability. */
  validate(schema: SchemaRef, value: unknown): readonly FieldProblem[];
  /** How the virtual clock stands. `now` above is its time. */
  readonly clock: { readonly mode: "running" | "frozen"; readonly offsetMs: number };
  /** Signs an access token with the sandbox's own key. Issue and expiry times are wall-clock time, set by the signer. */
  signToken(claims: TokenClaims): Promise<string>;
}

/** What an access token says. Issuer, audience, `iat`, `exp` and `jti` are added by the signer. */
export interface TokenClaims {
  /** The party. */
  readonly subject: string;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly clientId: string;
  readonly lifetimeSeconds: number;
  /** Who it is for; this sandbox itself where left out. */
  readonly audience?: string;
}

export interface FieldProblem {
  /** Pointer into the request: `#/usage/distanceMiles`. */
  readonly pointer: string;
  readonly detail: string;
}

export interface Answer {
  readonly kind: "answer";
  /** The canonical result; the operation's `x-eco-bind.response` shapes it into the body. */
  readonly result: JsonObject;
  /**
   * Lists of the result that grow with everything that has happened, such as all deliveries of a party: what stands in
   * them, by their names, where `result` has an empty list. They are read, checked and written page by page, in turns
   * with what else goes on.
   */
  readonly lists?: Readonly<Record<string, AsyncIterable<JsonObject>>>;
  /** Which of the declared success statuses; the operation's first 2xx where left out. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly writes?: readonly RecordWrite[];
  /** Records that must still be as they were read. */
  readonly expects?: readonly Expectation[];
  /** The books of a period, which must still be as they were read. */
  readonly expectsBooks?: BooksExpectation;
  readonly transactions?: readonly LedgerTransaction[];
  readonly events?: readonly DomainEvent[];
  /** Sets the virtual clock; timers that became due run before the answer goes out. */
  readonly clock?: { readonly mode: "running" | "frozen"; readonly now: string };
  /** Events to dispatch once more, to the endpoints of one party or of all that may have them. */
  readonly replay?: readonly { readonly eventId: string; readonly party?: string }[];
  /** Endpoints that take events again: what was kept for them goes out. */
  readonly resumes?: readonly string[];
  /** Puts the sandbox back to its seed before the answer goes out. Nothing else of the answer is stored. */
  readonly reset?: true;
}

/** The request is understood and refused; `code` is one of the registered error codes. */
export interface Refusal {
  readonly kind: "refused";
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
}

export type Decision = Answer | Refusal;

/**
 * What an operation means, whatever its path and its field names: bound by `x-eco-capability`.
 * `input` reaches `decide` under the canonical names, put there by the operation's `x-eco-bind.request`.
 */
export interface Decider {
  readonly name: string;
  decide(input: JsonObject, context: DecisionContext): Promise<Decision>;
}

/** With all that there is to say of it. */
export interface Capability extends Decider {
  readonly summary: string;
  /** Canonical input fields; `specs lint` checks that the required ones can be found in the request. */
  readonly input: Readonly<
    Record<string, { readonly required: boolean; readonly description: string; readonly type?: string }>
  >;
  /** The domain events it may cause. */
  readonly events: readonly string[];
}

/**
 * Something to be done later: a record of the collection `timers`, written by a decision like any other record.
 * When the virtual clock reaches `dueAt`, the capability decides on `input` with no caller and `now` = `dueAt`;
 * the timer goes away in the same changeset. To call it off, delete the record.
 */
export interface Timer {
  /** Virtual time, RFC 3339 in UTC with milliseconds. */
  readonly dueAt: string;
  /** Name of a registered capability; it need not be bound to an operation. */
  readonly capability: string;
  readonly input: JsonObject;
}

/** What an empty sandbox starts with; reset goes back to it. */
export interface Seed {
  readonly writes: readonly RecordWrite[];
  readonly transactions?: readonly LedgerTransaction[];
  readonly events?: readonly DomainEvent[];
}
