import type { Run } from "./choose.ts";
import type { Offer } from "./compiled.ts";
import { legNode } from "./legs.ts";
import type { NodeInMaking, Trace, TraceNode } from "./trace.ts";
import type { Delivery, Leg } from "./types.ts";

/** Everything about a rated delivery that a person can read and a machine can check. */
export function traceOf(
  run: Run,
  offer: Offer,
  startedAt: string,
  endedAt: string | undefined,
  legs: readonly Leg[],
): Trace {
  const { delivery } = run;
  return {
    trace: "rating-trace/1",
    delivery: deliveryNode(delivery, startedAt, endedAt),
    timeZone: offer.card.zone.id,
    currency: offer.card.currency,
    scale: offer.card.setting.scale,
    charges: run.outcomes.map((outcome) => outcome.node),
    legs: legs.map(legNode),
  };
}

function deliveryNode(delivery: Delivery, startedAt: string, endedAt: string | undefined): TraceNode {
  const node: NodeInMaking = {
    id: delivery.id,
    product: delivery.product,
    customer: delivery.customer,
    startedAt,
    usage: delivery.usage,
  };
  if (endedAt !== undefined) node["endedAt"] = endedAt;
  if (delivery.provider !== undefined) node["provider"] = delivery.provider;
  if (delivery.parties !== undefined) node["parties"] = delivery.parties;
  if (delivery.beneficiary !== undefined) node["beneficiary"] = delivery.beneficiary;
  if (delivery.parent !== undefined) node["parent"] = delivery.parent;
  if (delivery.parts !== undefined) node["parts"] = delivery.parts.map((part) => ({ ...part }) as TraceNode);
  return node;
}
