import type { Rating } from "../../rating/index.ts";
import type { JsonObject } from "../../store/store.ts";
import { maySee, viewpoint } from "../access.ts";
import type { Answer, Capability, DecisionContext, Refusal } from "../capability.ts";
import { joinChanges } from "../changes.ts";
import { magicIn, refuseByMagic } from "../controls/magic.ts";
import {
  answer,
  define,
  objectAt,
  optional,
  optionalText,
  pageFields,
  pick,
  refuse,
  required,
  text,
} from "../define.ts";
import { disputedByCustomer } from "../disputes/disputing.ts";
import { feedbackOn } from "../feedback/records.ts";
import { incidentsOn } from "../incidents/scope.ts";
import { listPage } from "../page.ts";
import { collections } from "../records.ts";
import { closedPeriods } from "../settlements/periods.ts";
import { finderOf } from "../visible.ts";
import { readChain } from "./attribution/chain.ts";
import { bookDelivery, withdrawFromCounters } from "./book.ts";
import { deliveryEvent } from "./events.ts";
import { explainDelivery } from "./explanation.ts";
import { CONTENT_FIELDS, deliveryFields } from "./fields.ts";
import { mayReport, partiesOf, refuseParties } from "./parties.ts";
import { ratingOf } from "./rating-of.ts";
import {
  type DeliveryRecord,
  type DeliveryRequest,
  digestOfContent,
  digestOfSubmitted,
  requestOf,
  type StoredDelivery,
  viewDelivery,
} from "./records.ts";
import { restate } from "./restate.ts";
import { Surroundings } from "./surroundings.ts";
import { isRefusal, traceOf } from "./trace.ts";

const idInput = { deliveryId: required("text", "The delivery.") };

/** The canonical request of a delivery: only what a delivery has, `usage` always there. */
export function requestFrom(input: JsonObject, id: string): DeliveryRequest {
  return { ...pick(input, CONTENT_FIELDS), id, usage: objectAt(input, "usage") } as DeliveryRequest;
}

/**
 * Rates and books one delivery, or answers what is booked under its id already. `status` 200 tells the latter.
 * Everything that may stop it is a refusal; nothing is half booked.
 */
export async function submitDelivery(
  input: JsonObject,
  context: DecisionContext,
  around = new Surroundings(context),
): Promise<Answer | Refusal> {
  const { read, catalog, caller } = context;
  const rating = ratingOf(catalog);
  if ("kind" in rating) return rating;
  const request = requestFrom(input, optionalText(input, "id") ?? context.newId("dlv"));
  const known = await read.get<DeliveryRecord>(collections.deliveries, request.id);
  if (known !== undefined) return answerKnown(known, request, context);
  // The orchestrator takes part in nearly every delivery, whether it is named or not.
  await around.parties.lookUp([...partiesOf(request, rating), catalog.ecosystem.orchestrator]);
  const refused =
    refuseParties(request, around.parties, catalog) ??
    (request.parent === undefined ? undefined : await refuseParent(request.parent, context));
  if (refused !== undefined) return refused;
  const magic = magicIn("deliveries.submit", input, context);
  const declined = refuseByMagic(magic);
  if (declined !== undefined) return declined;
  const target = { request, submittedBy: caller?.party ?? "" };
  const booking = await bookDelivery(target, rating, context, around);
  if (booking.kind === "refused") return booking;
  if (!mayReport(request, booking.rated.charges, context)) {
    return refuse(
      "ECO_FORBIDDEN",
      `${caller?.party ?? "Nobody"} doesn't render this delivery: its provider, its broker or the orchestrator submits it.`,
    );
  }
  const { delivery, changes } = disputedByCustomer(booking, magic, context, around);
  return answer(viewDelivery(delivery, context), { status: 201, ...changes });
}

function answerKnown(
  known: StoredDelivery,
  request: DeliveryRequest,
  context: DecisionContext,
): Answer | Refusal {
  const { participants } = known.value.internal;
  const isSame = digestOfSubmitted(known.value) === digestOfContent(request);
  if (isSame && maySee(context, participants)) {
    return answer(viewDelivery(known.value, context), { status: 200 });
  }
  return refuse(
    "ECO_DELIVERY_CONFLICT",
    `A delivery ${JSON.stringify(known.id)} with other content is booked already.`,
    [{ pointer: "#/id", detail: "belongs to a delivery with other content" }],
  );
}

async function refuseParent(id: string, context: DecisionContext): Promise<Refusal | undefined> {
  const parent = await context.read.get<DeliveryRecord>(collections.deliveries, id);
  // A parent that the caller may not see is unknown to it: the chain's upper end may be another's business,
  // but then the caller can't name it either.
  if (parent !== undefined && maySee(context, parent.value.internal.participants)) return undefined;
  return refuse("ECO_PARENT_UNKNOWN", `No delivery ${JSON.stringify(id)} can be the parent.`, [
    { pointer: "#/parent", detail: "submit the parent first, or leave it out" },
  ]);
}

/** @param around what the deliveries of one decision share; each has its own where left out */
export const submitWithin = (around?: Surroundings): Capability =>
  define({
    name: "deliveries.submit",
    summary: "A service was rendered: rated on both sides, split, taxed and booked in one step.",
    input: deliveryFields,
    events: ["delivery.rated", "service-level.breached", "delivery.corrected"],
    decide: (input, context) => submitDelivery(input, context, around),
  });

export const submit = submitWithin();

/** The delivery that the caller names and may see. */
export const visibleDelivery = finderOf<DeliveryRecord>({
  collection: collections.deliveries,
  what: "delivery",
  field: "deliveryId",
  parties: ({ internal }) => internal.participants,
});

const list = define({
  name: "deliveries.list",
  summary: "The deliveries in which the caller takes part.",
  input: {
    ...pageFields,
    product: optional("text", "Only of this product."),
    customer: optional("text", "Only of this customer."),
    status: optional("text", "Only those that stand so."),
    parent: optional("text", "Only parts of this delivery."),
  },
  async decide(input, context) {
    const filters = Object.entries(pick(input, ["product", "customer", "status", "parent"]));
    const closed = await closedPeriods(context.read);
    return listPage<DeliveryRecord>({
      context,
      input,
      collection: collections.deliveries,
      party: viewpoint(context),
      keep: (delivery) => {
        const shown = viewDelivery(delivery, context, closed);
        return filters.every(([name, value]) => shown[name] === value);
      },
      view: (delivery) => viewDelivery(delivery, context, closed),
    });
  },
});

const get = define({
  name: "deliveries.get",
  summary: "A delivery with the charges that concern the caller.",
  input: idInput,
  async decide(input, context) {
    const stored = await visibleDelivery(input, context);
    if ("kind" in stored) return stored;
    return answer(viewDelivery(stored.value, context, await closedPeriods(context.read)));
  },
});

const explain = define({
  name: "deliveries.explain",
  summary:
    "Why a delivery costs what it costs, and who caused which part of its delay, its credit and its score, for people and for machines.",
  input: idInput,
  async decide(input, context) {
    const stored = await visibleDelivery(input, context);
    if ("kind" in stored) return stored;
    const trace = await traceOf(stored.value, context);
    if (isRefusal(trace)) return trace;
    const feedback = await feedbackOn(stored.value, context.read);
    const chain = await readChain(stored.value, trace, context);
    const incidents = await incidentsOn(stored.value, context);
    return answer(explainDelivery(trace, { chain, feedback, incidents }, context));
  },
});

/** What a change of a delivery needs, where the caller may change it. */
async function changeable(
  input: JsonObject,
  context: DecisionContext,
): Promise<{ readonly rating: Rating; readonly stored: StoredDelivery } | Refusal> {
  const rating = ratingOf(context.catalog);
  if ("kind" in rating) return rating;
  const stored = await visibleDelivery(input, context);
  if ("kind" in stored) return stored;
  return refuseChange(stored.value, context) ?? { rating, stored };
}

/** What stops a delivery from being changed by the caller. */
function refuseChange(delivery: DeliveryRecord, context: DecisionContext): Refusal | undefined {
  const { status, charges } = delivery;
  if (!mayReport(requestOf(delivery), charges, context)) {
    return refuse("ECO_FORBIDDEN", "Only who renders the delivery, and the orchestrator, may change it.");
  }
  if (status === "cancelled") return refuse("ECO_STATE_TRANSITION", `${delivery.id} is cancelled.`);
  return status === "disputed"
    ? refuse("ECO_STATE_TRANSITION", `${delivery.id} is disputed: the dispute's outcome decides.`)
    : undefined;
}

const correct = define({
  name: "deliveries.correct",
  summary: "Rates a delivery anew with what was wrong put right; books new minus old for each leg.",
  input: {
    ...idInput,
    startedAt: optional("text", "The right start."),
    endedAt: optional("text", "The right end."),
    usage: optional("object", "The right measures; laid over those known."),
    reason: required("text", "Why."),
  },
  events: ["delivery.corrected", "service-level.breached"],
  async decide(input, context) {
    const found = await changeable(input, context);
    if ("kind" in found) return found;
    const { rating, stored } = found;
    const { submittedBy } = stored.value.internal;
    const submitted = { contentDigest: digestOfSubmitted(stored.value) };
    const request = requestOf(stored.value);
    const corrected = {
      ...request,
      ...pick(input, ["startedAt", "endedAt"]),
      usage: { ...request.usage, ...objectAt(input, "usage") },
    } as DeliveryRequest;
    const reason = text(input, "reason");
    const booking = await bookDelivery(
      { request: corrected, stored, submittedBy, submitted, reason },
      rating,
      context,
    );
    if (booking.kind === "refused") return booking;
    return answer(viewDelivery(booking.delivery, context), { ...booking.changes });
  },
});

const cancel = define({
  name: "deliveries.cancel",
  summary: "Books the mirror of everything that was booked for a delivery, to the cent.",
  input: { ...idInput, reason: required("text", "Why.") },
  events: ["delivery.cancelled", "delivery.corrected"],
  async decide(input, context) {
    const found = await changeable(input, context);
    if ("kind" in found) return found;
    const { rating, stored } = found;
    const delivery: DeliveryRecord = { ...stored.value, status: "cancelled" };
    const event = deliveryEvent("delivery.cancelled", delivery, context, text(input, "reason"));
    const mirrored = await restate(
      { stored, delivery, legs: [], kind: "reversal", events: [event] },
      context,
    );
    const moved = await withdrawFromCounters(stored, rating, context);
    if ("code" in moved) return moved;
    return answer(viewDelivery(mirrored.delivery, context), { ...joinChanges(mirrored.changes, moved) });
  },
});

export const deliveryCapabilities: readonly Capability[] = [submit, list, get, explain, correct, cancel];
