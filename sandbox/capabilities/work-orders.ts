import { OverlayReader } from "../store/overlay.ts";
import type { JsonObject, RecordWrite } from "../store/store.ts";
import { isOrchestrator, maySee, ownKey } from "./access.ts";
import type { Capability, Decision, DecisionContext, DomainEvent, Refusal } from "./capability.ts";
import { joinChanges, noChanges } from "./changes.ts";
import {
  answer,
  define,
  listAt,
  notFound,
  objectAt,
  optional,
  optionalText,
  pageFields,
  pick,
  refuse,
  required,
  text,
} from "./define.ts";
import { refuseParties } from "./delivery-parties.ts";
import { magicIn } from "./magic.ts";
import { responseWindow, substitutesFor } from "./manifest.ts";
import { listPage } from "./page.ts";
import { ratingOf } from "./rating-of.ts";
import { collections } from "./records.ts";
import { minutesBetween, plusDuration, plusMilliseconds, toUtc } from "./time.ts";
import { type Completed, completeWorkOrder } from "./work-order-completion.ts";
import {
  type Offering,
  offer,
  passOn,
  respondByTimer,
  settleAttempt,
  standInTimer,
} from "./work-order-offers.ts";
import {
  type StoredWorkOrder,
  textMap,
  viewWorkOrder,
  type WorkOrderRecord,
  type WorkOrderStatus,
  workOrderEvent,
  workOrderParties,
  workOrderWrite,
} from "./work-order-records.ts";

const orderInput = { workOrderId: required("text", "The work order.") };
const taken: readonly WorkOrderStatus[] = ["accepted", "rescheduled", "in-progress"];
const unfinished: readonly WorkOrderStatus[] = ["offered", ...taken];

const create = define({
  name: "work-orders.create",
  summary: "Asks a provider for a service, with substitutes for when it declines or stays silent.",
  input: {
    id: optional("text", "An id of the caller's own."),
    product: required("text", "What is asked for."),
    customer: required("text", "Who will receive and pay."),
    provider: required("text", "Who is asked first."),
    substitutes: optional("list", "Who is asked next, in order; the ecosystem's own where left out."),
    parties: optional("object", "The other companies of the chain by role."),
    beneficiary: optional("text", "A customer's customer, who will receive."),
    parent: optional("text", "The delivery that it will be part of."),
    scheduledFor: required("text", "When it shall be rendered."),
    usage: optional("object", "The measures known beforehand."),
    respondWithin: optional("text", "How long each provider has to answer, an ISO 8601 duration."),
  },
  events: ["work-order.offered", "work-order.accepted", "work-order.declined", "work-order.reassigned"],
  async decide(input, context) {
    const { catalog, now } = context;
    const rating = ratingOf(catalog);
    if ("kind" in rating) return rating;
    const product = text(input, "product");
    if (rating.describe(product) === undefined) {
      return refuse("ECO_PRODUCT_UNKNOWN", `No rate card prices the product ${JSON.stringify(product)}.`, [
        { pointer: "#/product", detail: `must be one of ${rating.products.join(", ")}` },
      ]);
    }
    const provider = text(input, "provider");
    const substitutes =
      input["substitutes"] === undefined
        ? substitutesFor(catalog, product, provider)
        : listAt(input, "substitutes").filter((party) => typeof party === "string");
    const refused = await refuseOrderParties(input, substitutes, context);
    if (refused !== undefined) return refused;
    if (toUtc(text(input, "scheduledFor"), catalog.ecosystem.timeZone) === undefined) {
      return invalid("scheduledFor", "must be RFC 3339, or a local time of the ecosystem's zone");
    }
    const respondBy = plusDuration(
      now,
      optionalText(input, "respondWithin") ?? responseWindow(catalog),
      catalog.ecosystem.timeZone,
    );
    if (respondBy === undefined)
      return invalid("respondWithin", "must be an ISO 8601 duration such as PT30M");
    const id = optionalText(input, "id") ?? context.newId("wo");
    if ((await context.read.get(collections.workOrders, id)) !== undefined) {
      return refuse("ECO_CONFLICT", `There is a work order ${JSON.stringify(id)} already.`);
    }
    const order: WorkOrderRecord = {
      ...pick(input, ["beneficiary", "parent"]),
      id,
      product,
      customer: text(input, "customer"),
      provider,
      substitutes,
      parties: textMap(input["parties"]),
      scheduledFor: text(input, "scheduledFor"),
      usage: objectAt(input, "usage"),
      respondBy,
      respondWithinMs: Date.parse(respondBy) - Date.parse(now),
      status: "offered",
      attempts: [],
      createdBy: context.caller?.party ?? "",
      createdAt: now,
      updatedAt: now,
    };
    const played = behavingByMagic(input, context);
    return finish(await offer(order, played), 0, context, 201);
  },
});

/** A test value of the manifest may tell a party how to act, for this order. */
function behavingByMagic(input: JsonObject, context: DecisionContext): DecisionContext {
  const writes = magicIn("work-orders.create", input, context)
    .filter(({ effect }) => effect["kind"] === "behave")
    .map(({ effect }) => {
      const partyId = String(effect["party"]);
      const value = { partyId, behaviour: String(effect["behaviour"]) };
      return { collection: collections.behaviours, id: partyId, value, expectedVersion: 0 };
    });
  if (writes.length === 0) return context;
  const read = new OverlayReader(context.read);
  read.add({ writes });
  return { ...context, read };
}

const invalid = (field: string, detail: string): Refusal =>
  refuse("ECO_REQUEST_INVALID", "The work order can't be placed so.", [{ pointer: `#/${field}`, detail }]);

/** Every party must take part, and the caller must have to do with the order that it places. */
async function refuseOrderParties(
  input: JsonObject,
  substitutes: readonly string[],
  context: DecisionContext,
): Promise<Refusal | undefined> {
  const parties = textMap(input["parties"]);
  const asked = {
    id: "",
    product: text(input, "product"),
    customer: text(input, "customer"),
    provider: text(input, "provider"),
    parties: {
      ...parties,
      ...Object.fromEntries(substitutes.map((party, index) => [`substitutes/${index}`, party])),
    },
    startedAt: "",
    usage: {},
  };
  const refused = await refuseParties(asked, context.read);
  if (refused !== undefined) return refused;
  const { caller, catalog } = context;
  const involved = [asked.customer, ...Object.values(parties)];
  return isOrchestrator(catalog, caller) || (caller !== undefined && involved.includes(caller.party))
    ? undefined
    : refuse(
        "ECO_FORBIDDEN",
        "A work order is placed by its customer, by a company of its chain or by the orchestrator.",
      );
}

/** Stores what an offer came to; a stand-in that is done already completes the order in the same decision. */
async function finish(
  offering: Offering,
  expectedVersion: number,
  context: DecisionContext,
  status = 200,
): Promise<Decision> {
  const { order, writes, events, completeAt } = offering;
  const changes = joinChanges({ writes, events });
  const completed =
    completeAt === undefined ? undefined : await standInCompletion(order, completeAt, context);
  if (completed === undefined) {
    const write = workOrderWrite(order, expectedVersion);
    return answer(viewWorkOrder(order, context), { status, ...joinChanges({ writes: [write] }, changes) });
  }
  const write = workOrderWrite(completed.order, expectedVersion);
  return answer(viewWorkOrder(completed.order, context), {
    status,
    ...joinChanges({ writes: [write] }, changes, completed.changes),
  });
}

/** What a stand-in can't complete stays accepted, with the reason on it, for whoever tests to complete. */
async function standInCompletion(
  order: WorkOrderRecord,
  at: string,
  context: DecisionContext,
): Promise<Pick<Completed, "order" | "changes">> {
  const completed = await completeWorkOrder(order, { at, usage: {} }, context);
  if (completed.kind === "completed") return completed;
  return {
    order: { ...order, note: `The stand-in can't complete it: ${completed.detail}`, updatedAt: context.now },
    changes: noChanges,
  };
}

async function findOrder(input: JsonObject, context: DecisionContext): Promise<StoredWorkOrder | Refusal> {
  const id = text(input, "workOrderId");
  const order = await context.read.get<WorkOrderRecord>(collections.workOrders, id);
  return order === undefined || !maySee(context, workOrderParties(order.value))
    ? notFound("work order", id)
    : order;
}

interface Rule {
  readonly from: readonly WorkOrderStatus[];
  /** Who may, besides the orchestrator. */
  readonly by: (order: WorkOrderRecord) => readonly string[];
}

const byProvider = (order: WorkOrderRecord) => [order.provider];
const byThoseConcerned = (order: WorkOrderRecord) => [order.provider, order.customer, order.createdBy];

/** The order if it may make this step now, by this caller. */
async function stepOf(
  input: JsonObject,
  context: DecisionContext,
  rule: Rule,
): Promise<StoredWorkOrder | Refusal> {
  const order = await findOrder(input, context);
  if ("kind" in order) return order;
  const { caller, catalog } = context;
  if (!isOrchestrator(catalog, caller) && !rule.by(order.value).includes(caller?.party ?? "")) {
    return refuse("ECO_FORBIDDEN", `It is not your turn: the work order is with ${order.value.provider}.`);
  }
  return rule.from.includes(order.value.status)
    ? order
    : refuse(
        "ECO_STATE_TRANSITION",
        `The work order is ${order.value.status}; this takes one that is ${rule.from.join(" or ")}.`,
      );
}

const accept = define({
  name: "work-orders.accept",
  summary: "The provider takes the order.",
  input: { ...orderInput, note: optional("text", "Words for the customer.") },
  events: ["work-order.accepted"],
  async decide(input, context) {
    const stored = await stepOf(input, context, { from: ["offered"], by: byProvider });
    if ("kind" in stored) return stored;
    const order: WorkOrderRecord = {
      ...settleAttempt(stored.value, "accepted", context.now),
      ...pick(input, ["note"]),
      status: "accepted",
    };
    return changed(order, stored, [workOrderEvent("accepted", order, context)], context);
  },
});

const decline = define({
  name: "work-orders.decline",
  summary: "The provider refuses; the next substitute is asked in the same moment.",
  input: { ...orderInput, reason: required("text", "Why.") },
  events: ["work-order.declined", "work-order.reassigned", "work-order.offered", "work-order.accepted"],
  async decide(input, context) {
    const stored = await stepOf(input, context, { from: ["offered"], by: byProvider });
    if ("kind" in stored) return stored;
    const offering = await passOn(stored.value, "declined", text(input, "reason"), context);
    return finish(offering, stored.version, context);
  },
});

/** Called by the virtual clock: who has not answered by `respondBy` loses its turn. */
const respondBy = define({
  name: respondByTimer,
  summary: "The time to answer an offer is over.",
  input: { ...orderInput, attempt: required("number", "Which attempt was waited for.") },
  events: ["work-order.declined", "work-order.reassigned", "work-order.offered", "work-order.accepted"],
  async decide(input, context) {
    const stored = await context.read.get<WorkOrderRecord>(
      collections.workOrders,
      text(input, "workOrderId"),
    );
    const stillWaits =
      stored?.value.status === "offered" && stored.value.attempts.length === input["attempt"];
    if (!stillWaits) return answer({});
    const offering = await passOn(stored.value, "silent", "No answer by the deadline.", context);
    return finish(offering, stored.version, context);
  },
});

/** Called by the virtual clock: a stand-in renders the service that it accepted. */
const standInCompletes = define({
  name: standInTimer,
  summary: "A stand-in completes the order that it accepted.",
  input: { ...orderInput, attempt: required("number", "Which attempt it accepted.") },
  events: ["work-order.completed", "delivery.rated", "service-level.breached"],
  async decide(input, context) {
    const stored = await context.read.get<WorkOrderRecord>(
      collections.workOrders,
      text(input, "workOrderId"),
    );
    const stillIts =
      stored !== undefined &&
      taken.includes(stored.value.status) &&
      stored.value.attempts.length === input["attempt"];
    if (!stillIts) return answer({});
    const completed = await standInCompletion(stored.value, context.now, context);
    const write = workOrderWrite(completed.order, stored.version);
    return answer({}, { ...joinChanges({ writes: [write] }, completed.changes) });
  },
});

const reschedule = define({
  name: "work-orders.reschedule",
  summary: "Moves an order that hasn't ended to another time.",
  input: {
    ...orderInput,
    scheduledFor: required("text", "The new time."),
    reason: required("text", "Why."),
  },
  events: ["work-order.rescheduled"],
  async decide(input, context) {
    const stored = await stepOf(input, context, { from: unfinished, by: byThoseConcerned });
    if ("kind" in stored) return stored;
    const zone = context.catalog.ecosystem.timeZone;
    const former = toUtc(stored.value.scheduledFor, zone);
    const target = toUtc(text(input, "scheduledFor"), zone);
    if (target === undefined || former === undefined) return invalid("scheduledFor", "must be RFC 3339");
    const { status } = stored.value;
    const order: WorkOrderRecord = {
      ...stored.value,
      scheduledFor: text(input, "scheduledFor"),
      // An offer stays an offer: the provider answers to the new time.
      status: status === "offered" ? "offered" : "rescheduled",
      updatedAt: context.now,
    };
    const event = workOrderEvent("rescheduled", order, context, { reason: text(input, "reason") });
    const moved = await moveCompletion(stored.value, minutesBetween(former, target), context);
    return changed(order, stored, [event], context, moved);
  },
});

/** A stand-in that accepted renders the service at the new time. */
async function moveCompletion(order: WorkOrderRecord, minutes: number, context: DecisionContext) {
  const id = `${order.id}/completes/${order.attempts.length}`;
  const timer = await context.read.get<JsonObject & { dueAt: string }>(collections.timers, id);
  if (timer === undefined) return [];
  const value = { ...timer.value, dueAt: plusMilliseconds(timer.value.dueAt, minutes * 60_000) };
  return [{ collection: collections.timers, id, value, expectedVersion: timer.version }];
}

const cancel = define({
  name: "work-orders.cancel",
  summary: "Calls an order off that hasn't ended; nothing is rated.",
  input: { ...orderInput, reason: required("text", "Why.") },
  events: ["work-order.cancelled"],
  async decide(input, context) {
    const stored = await stepOf(input, context, { from: unfinished, by: byThoseConcerned });
    if ("kind" in stored) return stored;
    const order: WorkOrderRecord = { ...stored.value, status: "cancelled", updatedAt: context.now };
    const event = workOrderEvent("cancelled", order, context, { reason: text(input, "reason") });
    return changed(order, stored, [event], context);
  },
});

const report = define({
  name: "work-orders.report",
  summary: "The provider says how far it is.",
  input: {
    ...orderInput,
    note: required("text", "How far it is."),
    expectedAt: optional("text", "When it expects to be there."),
  },
  async decide(input, context) {
    const stored = await stepOf(input, context, { from: taken, by: byProvider });
    if ("kind" in stored) return stored;
    const order: WorkOrderRecord = {
      ...stored.value,
      ...pick(input, ["note", "expectedAt"]),
      status: "in-progress",
      updatedAt: context.now,
    };
    return changed(order, stored, [], context);
  },
});

function changed(
  order: WorkOrderRecord,
  stored: StoredWorkOrder,
  events: readonly DomainEvent[],
  context: DecisionContext,
  writes: readonly RecordWrite[] = [],
): Decision {
  const changes = joinChanges({ writes: [workOrderWrite(order, stored.version), ...writes], events });
  return answer(viewWorkOrder(order, context), { ...changes });
}

const complete = define({
  name: "work-orders.complete",
  summary: "The provider says what it rendered and when; the delivery is rated at once.",
  input: {
    ...orderInput,
    startedAt: optional("text", "When it was there; now where left out."),
    endedAt: optional("text", "When it ended."),
    usage: optional("object", "Measures, laid over those of the order."),
    note: optional("text", "Words for the customer."),
  },
  events: ["work-order.completed", "delivery.rated", "service-level.breached"],
  async decide(input, context) {
    const stored = await stepOf(input, context, { from: taken, by: byProvider });
    if ("kind" in stored) return stored;
    const startedAt = optionalText(input, "startedAt");
    const endedAt = optionalText(input, "endedAt");
    const completed = await completeWorkOrder(
      { ...stored.value, ...pick(input, ["note"]) },
      {
        at: startedAt ?? context.now,
        ...(startedAt === undefined ? {} : { startedAt }),
        ...(endedAt === undefined ? {} : { endedAt }),
        usage: objectAt(input, "usage"),
      },
      context,
    );
    if (completed.kind === "refused") return completed;
    const changes = joinChanges(
      { writes: [workOrderWrite(completed.order, stored.version)] },
      completed.changes,
    );
    return answer(viewWorkOrder(completed.order, context), { ...changes });
  },
});

const list = define({
  name: "work-orders.list",
  summary: "The orders in which the caller takes part.",
  input: {
    ...pageFields,
    status: optional("text", "Only those that stand so."),
    provider: optional("text", "Only those that are with this provider."),
    customer: optional("text", "Only those of this customer."),
  },
  decide(input, context) {
    const filters = Object.entries(pick(input, ["status", "provider", "customer"]));
    return listPage<WorkOrderRecord>({
      read: context.read,
      input,
      collection: collections.workOrders,
      key: ownKey(context),
      keep: (order) => filters.every(([name, value]) => order[name] === value),
      view: (order) => viewWorkOrder(order, context),
    });
  },
});

const get = define({
  name: "work-orders.get",
  summary: "The order with every attempt to place it.",
  input: orderInput,
  async decide(input, context) {
    const stored = await findOrder(input, context);
    return "kind" in stored ? stored : answer(viewWorkOrder(stored.value, context));
  },
});

export const workOrderCapabilities: readonly Capability[] = [
  create,
  list,
  get,
  accept,
  decline,
  reschedule,
  cancel,
  report,
  complete,
  respondBy,
  standInCompletes,
];
