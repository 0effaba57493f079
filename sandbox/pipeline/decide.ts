import { writeResponse } from "../../specs/engine/catalog/exchange/bind.ts";
import { placeOfField } from "../../specs/engine/catalog/exchange/place-of-field.ts";
import { withFixedValues } from "../../specs/engine/fixed-values.ts";
import type { Answer, DecisionContext, FieldProblem, Refusal } from "../capabilities/capability.ts";
import { withholdFrom } from "../capabilities/withheld.ts";
import type { EventEncoder } from "../events/encoder.ts";
import { clockWrite } from "../store/clock.ts";
import type {
  Changeset,
  Held,
  IdempotentAnswer,
  JsonObject,
  OutboxEvent,
  PlannedDispatch,
  Store,
} from "../store/store.ts";
import { OVERTAKEN, tryToApply } from "../store/until-applied.ts";
import type { BodyText } from "./body-text.ts";
import { Fault } from "./fault.ts";
import { type Lists, type PageCheck, withoutPages, writePages } from "./long-answer.ts";
import { sendable, wantedAmong } from "./negotiate.ts";
import type { OperationPlan, PlannedResponse } from "./plan.ts";
import type { Stop } from "./problem.ts";
import { represent } from "./representation.ts";
import { inTurn } from "./turns.ts";

/** An answer ready to be sent: the text is final, so that a repeated key gets the same bytes. */
export interface Prepared {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: BodyText;
}

/** An answer of a capability, or of inferred state, whose result may be any JSON value. */
export type AnyAnswer = Omit<Answer, "result"> & {
  readonly result: unknown;
  /** The media type whose schema the result was made to fit: there it needn't be checked again. */
  readonly fits?: string | undefined;
};

export type DecideOutcome =
  | { readonly kind: "answered"; readonly prepared: Prepared; readonly answer: AnyAnswer }
  /** Another request with the same idempotency key was faster. */
  | { readonly kind: "key-taken"; readonly answer: IdempotentAnswer }
  | { readonly kind: "contended" }
  | Stop;

/** What somebody asks to have decided. */
export interface Asked {
  readonly plan: OperationPlan;
  /** The request's `Accept`. */
  readonly accept: string | null;
  /** Of the URL that was asked: `http://127.0.0.1:4010`. */
  readonly origin: string;
  readonly store: Store;
  readonly tenant: string;
  readonly encoder: EventEncoder;
  readonly wallMs: number;
  readonly clockVersion: number;
  /** Must be repeatable. */
  decide(context: DecisionContext): Promise<AnyAnswer | Refusal>;
  /** Gives each attempt the same ids. */
  newContext(): DecisionContext;
  /** Dispatches for the events that an answer asks to have sent again. */
  planReplay(answer: AnyAnswer, requestId: string): Promise<readonly PlannedDispatch[]>;
  /** The record of the idempotent answer; undefined where the request has no key. */
  remember(prepared: Prepared): IdempotentAnswer | undefined;
}

/** Read, decide, validate the answer, apply. Contended where a record changed in between: then `decideAgain`. */
export async function decideOnce(
  asked: Asked,
  context: DecisionContext = asked.newContext(),
  store: Pick<Held, "apply"> = asked.store,
): Promise<DecideOutcome> {
  const decision = await asked.decide(context);
  if (decision.kind === "refused") return { kind: "stop", problem: placed(decision, asked.plan) };
  const { lists } = decision;
  const prepared =
    lists === undefined
      ? prepareAnswer(asked, decision, context)
      : await prepareLong(asked, decision, lists, context);
  const { replay = [] } = decision;
  const dispatches = replay.length === 0 ? undefined : await asked.planReplay(decision, context.requestId);
  const changeset = changesetOf(decision, prepared, context, asked, dispatches);
  if (changeset === undefined) {
    await asked.store.settled();
    return { kind: "answered", prepared, answer: decision };
  }
  const outcome = await store.apply(changeset);
  if (outcome.kind === "applied") return { kind: "answered", prepared, answer: decision };
  return outcome.kind === "key-taken" ? outcome : { kind: "contended" };
}

/** A capability knows canonical names alone; who sent the request knows the places that these are bound to. */
function placed(refusal: Refusal, { capability, operation }: OperationPlan): Refusal {
  if (capability === undefined || refusal.errors === undefined) return refusal;
  const errors = refusal.errors.map((error) => ({
    ...error,
    pointer: placeOfField(operation, error.pointer),
  }));
  return { ...refusal, errors };
}

/** From the start once more, and in the end while nobody else writes. Contended where others were faster all the same. */
export async function decideAgain(asked: Asked): Promise<DecideOutcome> {
  const { store, tenant } = asked;
  const attempt = async (held: Held): Promise<DecideOutcome | typeof OVERTAKEN> => {
    const outcome = await decideOnce(asked, { ...asked.newContext(), read: held.reader }, held);
    return outcome.kind === "contended" ? OVERTAKEN : outcome;
  };
  const outcome = await inTurn(store, () => tryToApply({ store, tenant, tried: 1 }, attempt));
  return outcome === OVERTAKEN ? { kind: "contended" } : outcome;
}

/** Shapes the result into the body that the operation declares, and refuses to send one that breaks the spec. */
function prepareAnswer(asked: Asked, answer: AnyAnswer, context: DecisionContext): Prepared {
  const { plan, accept } = asked;
  const planned = successOf(plan, answer.status);
  const headers = answer.headers === undefined ? NO_HEADERS : headersOf(answer.headers, planned, asked);
  if (planned.mediaType === undefined) return { status: planned.status, headers, body: "" };
  const body = resultFor(plan, answer, context, planned.fixed);
  if (answer.fits !== planned.mediaType) refuseInvalid(planned.check(body), planned, plan);
  const { contentType, body: text } = representationOf(planned, planned.mediaType, body, accept);
  return { status: planned.status, headers: [typeHeader(contentType), ...headers], body: text };
}

function refuseInvalid(
  violations: readonly FieldProblem[],
  { status }: PlannedResponse,
  { operation }: OperationPlan,
): void {
  if (violations.length === 0) return;
  const detail = `The answer ${status} of ${operation.id} breaks its schema`;
  throw new Fault("ECO_ANSWER_INVALID", detail, violations);
}

/**
 * The same of an answer with lists of any length, page by page. Where its schema says something of such a list as a whole,
 * or the answer is laid out in another way or written in another type than JSON, it is made whole first.
 */
async function prepareLong(
  asked: Asked,
  answer: AnyAnswer,
  lists: Lists,
  context: DecisionContext,
): Promise<Prepared> {
  const { plan, accept } = asked;
  const planned = successOf(plan, answer.status);
  const { mediaType = "", spec, fixed } = planned;
  const isJson = sendable(wantedAmong(accept, mediaType, spec)) === "application/json";
  const isAsItIs = Object.keys(plan.operation.capability?.response ?? {}).length === 0;
  if (!isJson || !isAsItIs || !planned.takesPages(Object.keys(lists)))
    return prepareAnswer(asked, await withoutPages(answer, lists), context);
  // Made of empty lists, it is an answer like any other.
  const frame = prepareAnswer(asked, answer, context);
  const shape = (result: unknown): unknown => resultFor(plan, { ...answer, result }, context, fixed);
  const check: PageCheck = (body, inWhole) => {
    const violations = planned.check(body);
    if (violations.length > 0) refuseInvalid(violations.map(inWhole), planned, plan);
  };
  return { ...frame, body: await writePages(answer.result, lists, shape, check) };
}

const NO_HEADERS: Prepared["headers"] = [];

/** The result as the operation lays it out, without what agreements withhold from its caller, with what its schema fixes. */
function resultFor(
  { capability, operation }: OperationPlan,
  { result }: AnyAnswer,
  { caller, catalog }: DecisionContext,
  fixed: PlannedResponse["fixed"],
): unknown {
  if (capability === undefined) return result;
  // Those of capabilities are objects.
  const told = withholdFrom(caller, capability.name, result as JsonObject, catalog);
  const body = writeResponse(operation, told);
  return fixed === undefined ? body : withFixedValues(body, fixed);
}

/** One for each of the few media types that are answered: it is kept with every answer of a key. */
const typeHeaders = new Map<string, readonly [string, string]>();

function typeHeader(contentType: string): readonly [string, string] {
  const known = typeHeaders.get(contentType);
  if (known !== undefined) return known;
  const header = ["content-type", contentType] as const;
  typeHeaders.set(contentType, header);
  return header;
}

/** In the usual media type, or in another that is declared where the client takes only that. */
function representationOf(
  { spec, xml }: PlannedResponse,
  usual: string,
  value: unknown,
  accept: string | null,
): { readonly contentType: string; readonly body: string } {
  const mediaType = wantedAmong(accept, usual, spec);
  const contentType = sendable(mediaType);
  const shown = mediaType === usual ? undefined : Object.values(spec.content[mediaType]?.examples ?? {})[0];
  const other = typeof shown === "string" && !isList(value) ? shown : value;
  if (contentType === "application/json") return { contentType, body: JSON.stringify(other) };
  const write = typeof other === "string" ? undefined : xml.get(mediaType);
  return { contentType, body: write?.(other) ?? represent(other, contentType) };
}

const isList = (value: unknown): boolean => Array.isArray(value);

/** With names in lower case, and a `Location` that is a whole URL where its schema wants one. */
function headersOf(
  headers: Readonly<Record<string, string>>,
  { checkLocation }: PlannedResponse,
  asked: Asked,
): (readonly [string, string])[] {
  return Object.entries(headers).map(([key, value]) => {
    const name = key.toLowerCase();
    const partial = name === "location" && value.startsWith("/") && checkLocation !== undefined;
    if (!partial || checkLocation(value).length === 0) return [name, value];
    const whole = `${asked.origin}${value}`;
    return [name, checkLocation(whole).length === 0 ? whole : value];
  });
}

/**
 * The declared success of this status, else the operation's usual one: whoever declares `200` for everything gets it.
 * `default` is meant for errors, unless there is nothing else.
 */
function successOf(plan: OperationPlan, status: number | undefined): PlannedResponse {
  const exact = status === undefined ? undefined : plan.response(status);
  const isDeclared = exact !== undefined && exact.spec.status !== "default";
  const planned = isDeclared ? exact : (plan.successes[0] ?? exact);
  if (planned !== undefined) return planned;
  throw new Fault("ECO_UNSATISFIABLE", `${plan.operation.id} doesn't declare a success`);
}

/** Undefined where nothing changes. */
function changesetOf(
  answer: AnyAnswer,
  prepared: Prepared,
  context: DecisionContext,
  asked: Asked,
  dispatches: Changeset["dispatches"],
): Changeset | undefined {
  // A reset empties the store after the answer: what the decision wrote would go with it.
  if (answer.reset === true) return undefined;
  const { writes = [], expects = [], expectsBooks, transactions = [], events = [], clock } = answer;
  const { tenant, encoder, wallMs, clockVersion } = asked;
  const idempotency = asked.remember(prepared);
  const changes = writes.length + transactions.length + events.length;
  if (changes === 0 && [clock, idempotency, dispatches].every((part) => part === undefined)) return undefined;
  return {
    tenant,
    writes: clock === undefined ? writes : [...writes, clockWrite(clock, wallMs, clockVersion)],
    expects,
    ...(expectsBooks === undefined ? {} : { expectsBooks }),
    transactions,
    events: events.length === 0 ? [] : encodeAll(answer, context, encoder),
    ...(idempotency === undefined ? {} : { idempotency }),
    ...(dispatches === undefined ? {} : { dispatches }),
  };
}

export function encodeAll(
  answer: Pick<Answer, "events">,
  context: DecisionContext,
  encoder: EventEncoder,
): readonly OutboxEvent[] {
  const { now: time, requestId: causedBy } = context;
  const encoded: OutboxEvent[] = [];
  for (const event of answer.events ?? []) {
    const outgoing = encoder.encode(event, { id: context.newId("evt"), time, causedBy });
    if (outgoing !== undefined) encoded.push(outgoing);
  }
  return encoded;
}
