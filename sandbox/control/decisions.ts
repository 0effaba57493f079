import type { Caller, Capability, Decision, DecisionContext } from "../capabilities/capability.ts";
import { capabilities } from "../capabilities/index.ts";
import type { Core } from "../pipeline/core.ts";
import { encodeAll } from "../pipeline/decide.ts";
import { TIMERS } from "../pipeline/timers.ts";
import { readClock } from "../store/clock.ts";
import type { JsonObject } from "../store/store.ts";
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
   * @throws EcoError with the refusal's code
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
    for (;;) {
      const context = await this.#context(name, requestId, caller);
      const decision = await this.#capability(name).decide(input, context);
      if (decision.kind === "refused") throw new ControlRefusal(decision);
      const { writes = [], expects = [], transactions = [], replay = [] } = decision;
      const outcome = await store.apply({
        tenant,
        writes,
        expects,
        transactions,
        events: encodeAll(decision, context, encoder),
        ...(replay.length === 0 ? {} : { dispatches: await dispatcher.planReplay(replay, requestId) }),
      });
      if (outcome.kind !== "applied") continue;
      if (writes.some(({ collection }) => collection === TIMERS)) background.timersChanged();
      for (const endpointId of decision.resumes ?? []) await dispatcher.release(endpointId);
      dispatcher.wake();
      return decision.result;
    }
  }

  #capability(name: string): Capability {
    const capability = this.#core.capabilities.get(name) ?? own.get(name);
    if (capability === undefined) throw new Error(`There is no capability ${name}.`);
    return capability;
  }

  async #context(operationId: string, requestId: string, caller: Caller): Promise<DecisionContext> {
    const { read, wallClock, newContext } = this.#core;
    return newContext({ requestId, operationId, clock: await readClock(read, wallClock()), caller });
  }

  #orchestrator(): Caller {
    return { party: this.#core.parts.catalog.ecosystem.orchestrator, role: "orchestrator", scopes: [] };
  }
}
