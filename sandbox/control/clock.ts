import { type ClockChange, clockTarget } from "../capabilities/controls/clock-change.ts";
import type { Core } from "../pipeline/core.ts";
import { clockWrite, readClock } from "../store/clock.ts";
import { OVERTAKEN, untilApplied } from "../store/until-applied.ts";
import type { ControlSchemas } from "./api.ts";
import { ControlRefusal } from "./refused.ts";

type Clock = ControlSchemas["Clock"];

/** The virtual clock of one tenant. */
export class ClockControl {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  async read(): Promise<Clock> {
    const { now, mode, offsetMs } = await readClock(this.#core.read, this.#core.wallClock());
    return { now, mode, offsetMs };
  }

  /**
   * Advances, sets, freezes or releases it. Every timer that became due has run when this resolves; events and calls to
   * builds are on their way, which `settle` waits for.
   * @throws EcoError `ECO_REQUEST_INVALID` for what is no duration or no instant, `ECO_CONFLICT` where others keep setting it;
   * nothing is changed then
   */
  set(change: ClockChange): Promise<Clock> {
    const { steps, randomness } = this.#core;
    const requestId = randomness.requestId();
    return steps.control(requestId, { does: "clock.set", with: change }, () => this.#set(change, requestId));
  }

  async #set(change: ClockChange, causedBy: string): Promise<Clock> {
    const { store, tenant, wallClock, parts, background, dispatcher } = this.#core;
    const set = await untilApplied({ store, tenant, what: "The clock" }, async ({ reader, apply }) => {
      const wallMs = wallClock();
      const clock = await readClock(reader, wallMs);
      const target = clockTarget(change, clock, parts.catalog.ecosystem.timeZone);
      if (target.kind === "refused") throw new ControlRefusal(target);
      const writes = [clockWrite(target, wallMs, clock.version)];
      const outcome = await apply({ tenant, writes, transactions: [], events: [] });
      if (outcome.kind !== "applied") return OVERTAKEN;
      return { now: target.now, mode: target.mode, offsetMs: Date.parse(target.now) - wallMs };
    });
    await background.runTimers(causedBy);
    dispatcher.wake();
    return set;
  }
}
