import type { ControlServer } from "../control/server.ts";
import { type Arrival, hasRequest, requestArrival } from "./arrival.ts";
import type { Core } from "./core.ts";
import type { Overrides } from "./overrides.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Answered } from "./reply.ts";
import { pathBelow } from "./reserved-path.ts";

interface FrontParts {
  readonly core: Core;
  readonly pipeline: Pipeline;
  readonly overrides: Overrides;
  /** Below it lies the control API. */
  readonly controlPath: string;
  /** Asked for once, by the first who controls the sandbox. */
  readonly loadControl: () => Promise<ControlServer>;
}

/** What a request meets first: handlers of the tester's own, then the control API, and for all else the pipeline. */
export class Front {
  readonly #parts: FrontParts;
  #control: Promise<ControlServer> | undefined;

  constructor(parts: FrontParts) {
    this.#parts = parts;
  }

  answer(arrival: Arrival): Promise<Answered> {
    const { pipeline, overrides, controlPath } = this.#parts;
    const below = pathBelow(controlPath, arrival.url);
    const isOurs = below === undefined && !overrides.any;
    return isOurs || !hasRequest(arrival)
      ? pipeline.answer(arrival)
      : this.#answerBeside(arrival.request(), below);
  }

  /** @param below the path below the control's; undefined for other requests */
  async #answerBeside(request: Request, below: string | undefined): Promise<Answered> {
    const { core, pipeline, overrides, loadControl } = this.#parts;
    if (overrides.any) {
      const response = await core.recorder.overridden(request, (asked) => overrides.answer(asked));
      if (response !== undefined) return response;
    }
    if (below === undefined) return pipeline.answer(requestArrival(request));
    this.#control ??= loadControl();
    // Where the database can't be asked, the control itself says so.
    if (core.following.isBehind) await core.following.look().catch(() => {});
    return (await this.#control).answer(request, below);
  }
}
