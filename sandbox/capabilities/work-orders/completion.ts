import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import type { Rating } from "../../rating/index.ts";
import type { JsonObject } from "../../store/store.ts";
import type { DecisionContext, Refusal } from "../capability.ts";
import { type Changes, joinChanges } from "../changes.ts";
import { isObject, pick } from "../define.ts";
import { bookDelivery } from "../deliveries/book.ts";
import { requestFrom } from "../deliveries/deliveries.ts";
import { ratingOf } from "../deliveries/rating-of.ts";
import { Surroundings } from "../deliveries/surroundings.ts";
import { disputedByCustomer } from "../disputes/disputing.ts";
import { serviceLevelsOf } from "../parties/agreement-documents.ts";
import { minutesBetween, toUtc } from "../time.ts";
import { type WorkOrderRecord, workOrderEvent } from "./records.ts";

/** What the provider says of the service that it rendered. */
export interface Completion {
  /** When it was there: the delay is counted from the appointed time until then. */
  readonly at: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly usage: JsonObject;
}

export interface Completed {
  readonly kind: "completed";
  readonly order: WorkOrderRecord;
  readonly changes: Changes;
}

/** Rates the delivery that an order turned into, and ends the order. */
export async function completeWorkOrder(
  order: WorkOrderRecord,
  completion: Completion,
  context: DecisionContext,
): Promise<Completed | Refusal> {
  const rating = ratingOf(context.catalog);
  if ("kind" in rating) return rating;
  const zone = context.catalog.ecosystem.timeZone;
  const [scheduled, at] = [toUtc(order.scheduledFor, zone), toUtc(completion.at, zone)];
  const minutes = scheduled === undefined || at === undefined ? undefined : minutesBetween(scheduled, at);
  const delays: string[] = minutes === undefined ? [] : delayMeasures(context.catalog, rating, order.product);
  const usage = {
    ...order.usage,
    ...Object.fromEntries(delays.map((measure) => [measure, minutes ?? 0])),
    ...completion.usage,
  };
  const request = requestFrom(
    {
      ...pick(order, ["product", "customer", "provider", "beneficiary", "parent"]),
      ...(Object.keys(order.parties).length === 0 ? {} : { parties: order.parties }),
      startedAt: completion.startedAt ?? order.scheduledFor,
      ...(completion.endedAt === undefined ? {} : { endedAt: completion.endedAt }),
      usage,
    },
    context.newId("dlv"),
  );
  const target = { request, submittedBy: order.provider, agreed: true } as const;
  const around = new Surroundings(context);
  const booking = await bookDelivery(target, rating, context, around);
  if (booking.kind === "refused") return booking;
  const completed: WorkOrderRecord = {
    ...order,
    usage,
    status: "completed",
    deliveryId: request.id,
    updatedAt: context.now,
  };
  const event = workOrderEvent("completed", completed, context, { deliveryId: request.id });
  const { changes } = disputedByCustomer(booking, [], context, around);
  return { kind: "completed", order: completed, changes: joinChanges({ events: [event] }, changes) };
}

/**
 * The measures of a product that count its delay: in minutes, with a service level that promises at most so many.
 * Known from the documents alone, whatever they call it.
 */
function delayMeasures(catalog: Catalog, rating: Rating, product: string): string[] {
  const inMinutes = (rating.describe(product)?.measures ?? [])
    .filter((measure) => /^min(ute)?s?$/.test(measure.unit ?? ""))
    .map((measure) => measure.name);
  const promised = serviceLevelsOf(catalog)
    .filter((level) => Array.isArray(level["products"]) && level["products"].includes(product))
    .filter((level) => isObject(level["target"]) && level["target"]["atMost"] !== undefined)
    .map((level) => level["measure"]);
  return inMinutes.filter((measure) => promised.includes(measure));
}
