import type { Told } from "../control/told.ts";

/**
 * What is done at once: a step reads and changes the sandbox's state, and talks to nobody outside. Waiting for a client,
 * for an endpoint or for a fault's delay happens between steps.
 */
export type StepKind =
  /** A request is let in: who calls, within which limit, with which key. */
  | "admit"
  /** Whether it meets a fault; only where there are rules. */
  | "fault"
  /** Its decision is taken and applied, with all that follows before the answer. */
  | "decide"
  /** Something that the sandbox's control was told: its clock is set, it goes back to its seed. */
  | "control"
  /** Timers that became due. */
  | "timers"
  /** Expired answers of idempotency keys are forgotten. */
  | "forget"
  /** New events are spread over endpoints. */
  | "fan-out"
  /** Due dispatches are claimed and made ready to go out. */
  | "claim"
  /** Due offers to builds of stand-ins are claimed and made ready to go out. */
  | "forward"
  /** What came of one dispatch, of an offer to a build, or of a run of a certification, is kept. */
  | "settle"
  /** A request of a client that is observed has come, or what it was answered is kept. */
  | "observe"
  /** A run of a certification is begun. */
  | "certification";

/** What the sandbox does without being asked, one step of its kind at a time; and what it does when it is told. */
export type TakenOver = Readonly<
  Record<
    Exclude<StepKind, "admit" | "fault" | "decide" | "observe" | "control" | "settle">,
    () => Promise<unknown>
  >
> & { readonly control: (told: Told) => Promise<unknown> };

/**
 * Says when each step runs. Usually at once, side by side with others; while a session is recorded one after the other,
 * so that their order is known; in a replay in the order that was recorded.
 */
export interface Steps {
  /**
   * `of` is the request, dispatch, forwarded offer or certification that the step belongs to; empty where it belongs to
   * none. What `work` has at once is there at once where the step may run at once.
   */
  run<T>(kind: Exclude<StepKind, "control">, of: string, work: () => T): T | Promise<Awaited<T>>;
  /** A step of the kind `control`, which says what was told. */
  control<T>(requestId: string, told: Told, work: () => Promise<T>): Promise<T>;
  /** Takes over what the sandbox would do by itself; where it is there, nothing happens in the background unasked. */
  takeOver?(work: TakenOver): void;
}

export const sideBySide: Steps = {
  run: (_kind, _of, work) => work(),
  control: (_requestId, _told, work) => work(),
};
