import type { Caller, Decider, Decision, DecisionContext } from "../capabilities/capability.ts";
import { capabilities } from "../capabilities/index.ts";
import type { Core } from "../pipeline/core.ts";
import { encodeAll } from "../pipeline/decide.ts";
import { TIMERS } from "../pipeline/timers.ts";
import { readClock } from "../store/clock.ts";
import type { JsonObject, Reader } from "../store/store.ts";
import { OVERTAKEN, untilApplied } from "../store/until-applied.ts";
import { ControlRefusal } from "./refused.ts";

/** A program may give a sandbox capabilities of its own only; what the control needs is there all the same. */
const own = new Map(capabilities.map((capability) => [capability.name, capability]));

/** Capabilities decide, whether an operation is bound to them or not: so every spec set can be controlled alike. */
export class Decisions {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  /** What a capability answers the orchestrator. Nothing of what it would change is applied. */
  async ask(name: string, input: JsonObject = {}): Promise<Decision> {
    return this.#capability(name).decide(input, await this.#context(name, "asked", this.#orchestrator()));
  }

  /**
   * Has a capability decide and applies what it decided, as one step.
   * @param party as whom, where not as the orchestrator
   * @throws EcoError with the refusal's code; `ECO_CONFLICT` where others keep changing what it decides on
   */
  act(name: string, input: JsonObject, party?: string): Promise<JsonObject> {
    const { steps, randomness } = this.#core;
    const requestId = randomness.requestId();
    const caller = party === undefined ? this.#orchestrator() : { party, role: "", scopes: [] };
    const told = { name, input, ...(party === undefined ? {} : { party }) };
    return steps.control(requestId, { does: "decisions.act", with: told }, () =>
      this.#act(name, input, requestId, caller),
    );
  }

  async #act(name: string, input: JsonObject, requestId: string, caller: Caller): Promise<JsonObject> {
    const { store, tenant, encoder, dispatcher, background } = this.#core;
    const what = `What ${name} decides on`;
    const decision = await untilApplied({ store, tenant, what }, async ({ reader, apply }) => {
      const context = await this.#context(name, requestId, caller, reader);
      const decided = await this.#capability(name).decide(input, context);
      if (decided.kind === "refused") throw new ControlRefusal(decided);
      const { writes = [], expects = [], transactions = [], replay = [] } = decided;
      const outcome = await apply({
        tenant,
        writes,
        expects,
        transactions,
        events: encodeAll(decided, context, encoder),
        ...(replay.length === 0 ? {} : { dispatches: await dispatcher.planReplay(replay, requestId) }),
      });
      return outcome.kind === "applied" ? decided : OVERTAKEN;
    });
    if (decision.writes?.some(({ collection }) => collection === TIMERS)) background.timersChanged();
    for (const endpointId of decision.resumes ?? []) await dispatcher.release(endpointId);
    dispatcher.wake();
    return decision.result;
  }

  #capability(name: string): Decider {
    const capability = this.#core.capabilities.get(name) ?? own.get(name);
    if (capability === undefined) throw new Error(`There is no capability ${name}.`);
    return capability;
  }

  async #context(
    operationId: string,
    requestId: string,
    caller: Caller,
    read: Reader = this.#core.read,
  ): Promise<DecisionContext> {
    const { wallClock, newContext } = this.#core;
    const clock = await readClock(read, wallClock());
    return { ...newContext({ requestId, operationId, clock, caller }), read };
  }

  #orchestrator(): Caller {
    return { party: this.#core.parts.catalog.ecosystem.orchestrator, role: "orchestrator", scopes: [] };
  }
}
