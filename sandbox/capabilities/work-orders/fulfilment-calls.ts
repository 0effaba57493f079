import type { Capability } from "../capability.ts";
import { optional, required } from "../define.ts";

export const OFFER = "fulfilment.offer";
export const LOOK = "fulfilment.get";
export const MOVE = "fulfilment.move";
export const CANCEL = "fulfilment.cancel";

/** A capability that the sandbox doesn't serve but calls, at a partner's own build. */
export type OutgoingCapability = Omit<Capability, "decide">;

const workOrderId = required("text", "The work order.");

/**
 * What the API that partners implement is bound to. The answer's `status` says what the build makes of the order
 * (`offered` is not decided yet), its `reason` why it declines.
 */
export const outgoingCapabilities: readonly OutgoingCapability[] = [
  {
    name: OFFER,
    summary: "Offers a work order to the build of its provider.",
    input: {
      workOrderId,
      product: required("text", "What is asked for."),
      customer: optional("text", "Who will receive and pay."),
      scheduledFor: optional("text", "When it shall be rendered, in UTC."),
      usage: optional("object", "The measures known beforehand."),
      respondBy: optional("text", "By when it must be answered."),
    },
    events: [],
  },
  {
    name: LOOK,
    summary: "Asks the build of a provider what became of an order that it took in.",
    input: { workOrderId },
    events: [],
  },
  {
    name: MOVE,
    summary: "Tells the build of a provider that an order which it has was moved.",
    input: {
      workOrderId,
      scheduledFor: required("text", "When it shall be rendered now, in UTC."),
      reason: optional("text", "Why."),
    },
    events: [],
  },
  {
    name: CANCEL,
    summary: "Tells the build of a provider that an order which it has was called off.",
    input: { workOrderId, reason: optional("text", "Why.") },
    events: [],
  },
];
