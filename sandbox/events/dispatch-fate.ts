import type { PlannedDispatch, StoredDispatch, StoredEvent } from "../store/store.ts";
import type { WebhookEndpoint } from "./endpoint.ts";

/** How a signature is made wrong on purpose. */
export type SpoiledSignature = "wrong" | "missing" | "stale";

/** What becomes of a dispatch that is due. */
export type DispatchFate =
  | {
      readonly kind: "goes";
      readonly signature?: SpoiledSignature;
      /** How many times more it is sent. */
      readonly copies?: number;
      /** Sent before it, although it is its successor. */
      readonly after?: StoredDispatch;
    }
  /** Back to the queue until this instant of virtual time. */
  | { readonly kind: "held"; readonly notBeforeMs: number }
  /** Never sent, and not tried again. */
  | { readonly kind: "lost"; readonly error: string };

/** What goes wrong on purpose with dispatches. */
export interface DispatchFaults {
  /** `successor` looks for the next of the same endpoint and key. */
  fateOf(
    dispatch: StoredDispatch,
    event: StoredEvent,
    endpoint: WebhookEndpoint,
    nowMs: number,
    successor: () => Promise<StoredDispatch | undefined>,
  ): Promise<DispatchFate>;
  /**
   * Ids of those that waited for one of these to be planned.
   * @param pending gives what waits for an endpoint
   */
  released(
    planned: readonly PlannedDispatch[],
    pending: (endpointId: string) => Promise<readonly StoredDispatch[]>,
  ): Promise<readonly string[]>;
}

export const undisturbed: DispatchFaults = {
  fateOf: async () => ({ kind: "goes" }),
  released: async () => [],
};
