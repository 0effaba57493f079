import { placeOfField } from "../../specs/engine/catalog/exchange/place-of-field.ts";
import type { Answer, DecisionContext, Refusal } from "../capabilities/capability.ts";
import type { EventEncoder } from "../events/encoder.ts";
import { clockWrite } from "../store/clock.ts";
import type {
  Changeset,
  Held,
  IdempotentAnswer,
  OutboxEvent,
  PlannedDispatch,
  Store,
} from "../store/store.ts";
import { OVERTAKEN, tryToApply } from "../store/until-applied.ts";
import { part } from "../values/part.ts";
import type { OperationPlan } from "./plan.ts";
import { type AnyAnswer, type AskedFor, type Prepared, prepareAnswer } from "./prepare.ts";
import type { Stop } from "./problem.ts";
import { inTurn } from "./turns.ts";

const paging = part("long answers", () => import("./long-answer.ts"));

export type DecideOutcome =
  | { readonly kind: "answered"; readonly prepared: Prepared; readonly answer: AnyAnswer }
  /** Another request with the same idempotency key was faster. */
  | { readonly kind: "key-taken"; readonly answer: IdempotentAnswer }
  | { readonly kind: "contended" }
  | Stop;

/** What somebody asks to have decided. */
export interface Asked extends AskedFor {
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
      : await (await paging()).prepareLong(asked, decision, lists, context);
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
