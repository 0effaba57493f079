import { readRequest as bindRequest } from "../../specs/engine/catalog/exchange/bind.ts";
import type { DecisionContext, Refusal } from "../capabilities/capability.ts";
import { refuseWhoLeft } from "../capabilities/parties/records.ts";
import type { EventEncoder } from "../events/encoder.ts";
import type { ClockReading } from "../store/clock.ts";
import type { IdempotentAnswer, JsonObject, PlannedDispatch, Store } from "../store/store.ts";
import type { Admitted } from "./admit.ts";
import type { Core } from "./core.ts";
import type { Asked } from "./decide.ts";
import { answerToKeep } from "./idempotency.ts";
import type { Passage } from "./passage.ts";
import type { OperationPlan } from "./plan.ts";
import type { AnyAnswer, Prepared } from "./prepare.ts";

/** What a request that was let in asks to have decided: by its capability, or by inferred state. */
export class AskedDecision implements Asked {
  readonly plan: OperationPlan;
  readonly wallMs: number;
  readonly #core: Core;
  readonly #passage: Passage;
  readonly #admitted: Admitted;
  readonly #clock: ClockReading;
  /** Of a capability; read once, whatever the number of attempts. */
  readonly #input: JsonObject;

  constructor(
    core: Core,
    passage: Passage,
    plan: OperationPlan,
    admitted: Admitted,
    clock: ClockReading,
    wallMs: number,
  ) {
    this.plan = plan;
    this.wallMs = wallMs;
    this.#core = core;
    this.#passage = passage;
    this.#admitted = admitted;
    this.#clock = clock;
    // Everything in it was read from JSON, or from text.
    this.#input =
      plan.capability === undefined ? {} : (bindRequest(plan.operation, admitted.valid.parts) as JsonObject);
  }

  get accept(): string | null {
    return this.#passage.arrival.headers.get("accept");
  }

  get origin(): string {
    return this.#passage.url.origin;
  }

  get store(): Store {
    return this.#core.store;
  }

  get tenant(): string {
    return this.#core.tenant;
  }

  get encoder(): EventEncoder {
    return this.#core.encoder;
  }

  get clockVersion(): number {
    return this.#clock.version;
  }

  async decide(context: DecisionContext): Promise<AnyAnswer | Refusal> {
    if (!this.plan.endsWithExit || context.caller === undefined) return this.#decide(context);
    // Asked for together with what the decision reads first.
    const [left, decision] = await Promise.all([refuseWhoLeft(context), this.#decide(context)]);
    return left ?? decision;
  }

  #decide(context: DecisionContext): Promise<AnyAnswer | Refusal> {
    const { capability, operation } = this.plan;
    return capability === undefined
      ? this.#core.resources.decide(operation, this.#admitted.valid.parts, context, this.origin)
      : capability.decide(this.#input, context);
  }

  newContext(): DecisionContext {
    const { requestId } = this.#passage;
    const { caller } = this.#admitted;
    return this.#core.newContext({
      requestId,
      operationId: this.plan.operation.id,
      clock: this.#clock,
      caller,
    });
  }

  planReplay({ replay = [] }: AnyAnswer, requestId: string): Promise<readonly PlannedDispatch[]> {
    return this.#core.dispatcher.planReplay(replay, requestId);
  }

  remember(prepared: Prepared): IdempotentAnswer | undefined {
    const { keyed } = this.#admitted;
    return keyed && answerToKeep(keyed, prepared, this.#passage.requestId, this.#clock.now);
  }
}
