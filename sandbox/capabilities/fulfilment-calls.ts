import type { Capability } from "./capability.ts";
import { optional, required } from "./define.ts";

export const OFFER = "fulfilment.offer";
export const LOOK = "fulfilment.get";

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
];
