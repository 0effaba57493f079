import type { Difference } from "./difference.ts";
import type { StepLine } from "./format.ts";

/** Where a replay first came out differently. */
export interface Divergence extends Difference {
  /** `step`: another order, or something that wasn't recorded; `changes`: what a step did to the store. */
  readonly what:
    | "status"
    | "header"
    | "body"
    | "step"
    | "changes"
    | "webhook"
    | "call"
    | "certification"
    | "state";
  /** The exchange, where it is one's own answer or step. */
  readonly exchange?: string;
  readonly step?: Pick<StepLine, "step" | "of" | "told">;
  /** What the sandbox said against being told again what it was told in the recording. */
  readonly refusal?: string;
}

/** Ends a replay at its first difference. */
export class Differs extends Error {
  readonly divergence: Divergence;

  constructor(divergence: Divergence) {
    super(`The replay differs: ${divergence.what} ${divergence.pointer}`);
    this.name = "Differs";
    this.divergence = divergence;
  }
}
