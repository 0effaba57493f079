import { isOrchestrator } from "../access.ts";
import type { Capability, DecisionContext, Refusal } from "../capability.ts";
import { answer, define, refuse, required, text } from "../define.ts";
import { bookDelivery } from "../deliveries/book.ts";
import { visibleDelivery } from "../deliveries/deliveries.ts";
import { ratingOf } from "../deliveries/rating-of.ts";
import {
  type DeliveryRecord,
  digestOfSubmitted,
  type Excuses,
  requestOf,
  viewDelivery,
} from "../deliveries/records.ts";
import { incidentRules } from "../manifest.ts";
import { incidentInput } from "./incidents.ts";
import { type IncidentRecord, visibleIncident } from "./records.ts";
import { isHit } from "./scope.ts";

const excuse = define({
  name: "incidents.excuse",
  summary:
    "Excuses the breaches of a delivery that fell into an incident, where the ecosystem's rules for its cause say so: credit and recourse are booked back.",
  input: {
    ...incidentInput,
    deliveryId: required("text", "The delivery."),
    reason: required("text", "Why."),
  },
  events: ["delivery.corrected"],
  async decide(input, context) {
    const rating = ratingOf(context.catalog);
    if ("kind" in rating) return rating;
    const incident = await visibleIncident(input, context);
    if ("kind" in incident) return incident;
    const stored = await visibleDelivery(input, context);
    if ("kind" in stored) return stored;
    if (!isOrchestrator(context.catalog, context.caller))
      return refuse("ECO_FORBIDDEN", "What an incident excuses is decided by the orchestrator.");
    const excused = excusesBy(incident.value, stored.value, context);
    if ("code" in excused) return excused as Refusal;
    const booking = await bookDelivery(
      {
        request: requestOf(stored.value),
        stored,
        submittedBy: stored.value.internal.submittedBy,
        submitted: { contentDigest: digestOfSubmitted(stored.value) },
        excused: { ...stored.value.internal.excused, ...excused },
        reason: `Excused by incident ${incident.id}: ${text(input, "reason")}`,
      },
      rating,
      context,
    );
    if (booking.kind === "refused") return booking;
    return answer(viewDelivery(booking.delivery, context), { ...booking.changes });
  },
});

/** The breaches that the incident excuses by the rules, or why it excuses none. */
function excusesBy(
  incident: IncidentRecord,
  delivery: DeliveryRecord,
  { catalog }: DecisionContext,
): Excuses | Refusal {
  const wrong = (why: string): Refusal => refuse("ECO_STATE_TRANSITION", why);
  if (incident.status !== "resolved") return wrong(`${incident.id} isn't resolved: its cause isn't known.`);
  if (delivery.status === "cancelled" || delivery.status === "disputed")
    return wrong(`${delivery.id} is ${delivery.status}.`);
  if (!isHit(incident, delivery)) return wrong(`${delivery.id} didn't fall into ${incident.id}.`);
  const rule = incidentRules(catalog).causes.find(({ id }) => id === incident.cause)?.excuses;
  if (rule === undefined || !allows(rule.severities, incident.severity))
    return wrong(
      `An incident that is ${incident.severity}, by ${String(incident.cause)}, excuses nothing by the ecosystem's rules.`,
    );
  const ids = delivery.internal.serviceLevels
    .filter(({ breached, excused }) => breached === true && excused === undefined)
    .map(({ id }) => String(id))
    .filter((id) => allows(rule.serviceLevels, id));
  return ids.length === 0
    ? wrong(`${delivery.id} has no breach that ${incident.id} excuses.`)
    : Object.fromEntries(ids.map((id) => [id, incident.id]));
}

const allows = (list: readonly string[], name: string): boolean => list.length === 0 || list.includes(name);

export const excusing: readonly Capability[] = [excuse];
