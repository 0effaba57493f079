import type { Rated } from "../../rating/index.ts";
import type { DecisionContext, DomainEvent } from "../capability.ts";
import { pick } from "../define.ts";
import type { DeliveryRecord } from "./records.ts";

/** What everybody in the chain may know of a delivery: who and what, never what the others are paid. */
export function deliveryEvent(
  name: string,
  delivery: DeliveryRecord,
  context: DecisionContext,
  reason?: string,
): DomainEvent {
  const { product, customer, status, startedAt, fingerprint } = delivery;
  return {
    name,
    subject: delivery.id,
    audience: audienceOf(delivery, context),
    data: {
      deliveryId: delivery.id,
      product,
      customer,
      ...pick(delivery, ["provider", "parent"]),
      status,
      startedAt,
      fingerprint,
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

export function audienceOf(delivery: DeliveryRecord, context: DecisionContext): readonly string[] {
  const { participants } = delivery.internal;
  const { orchestrator } = context.catalog.ecosystem;
  return participants.includes(orchestrator) ? participants : [...participants, orchestrator];
}

/** One event for each service level that the delivery missed without an excuse. */
export function serviceLevelEvents(
  delivery: DeliveryRecord,
  rated: Rated,
  context: DecisionContext,
): DomainEvent[] {
  return rated.serviceLevels
    .filter((level) => level.breached && level.excused === undefined)
    .map((level) => ({
      name: "service-level.breached",
      subject: delivery.id,
      audience: audienceOf(delivery, context),
      data: {
        deliveryId: delivery.id,
        ...pick(delivery, ["product", "customer", "provider"]),
        measure: level.measure,
        ...(level.target === undefined ? {} : { target: level.target }),
        actual: level.value,
      },
    }));
}
