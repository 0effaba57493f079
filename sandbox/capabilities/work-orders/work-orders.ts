import type { Rating } from "../../rating/index.ts";
import { OverlayReader } from "../../store/overlay.ts";
import type { JsonObject } from "../../store/store.ts";
import { isOrchestrator, ownKey } from "../access.ts";
import type { Capability, DecisionContext, Refusal } from "../capability.ts";
import { magicIn } from "../controls/magic.ts";
import {
  answer,
  define,
  listAt,
  objectAt,
  optional,
  optionalText,
  pageFields,
  pick,
  refuse,
  required,
  text,
} from "../define.ts";
import { acceptancesFor, namesIn, refuseParties } from "../deliveries/parties.ts";
import { refuseProduct } from "../deliveries/rate-at-its-place.ts";
import { ratingOf } from "../deliveries/rating-of.ts";
import { responseWindow, substitutesFor } from "../manifest.ts";
import { listPage } from "../page.ts";
import { KnownParties } from "../parties/known-parties.ts";
import { collections } from "../records.ts";
import { plusDuration, toUtc } from "../time.ts";
import { offer, takersAmong } from "./offers.ts";
import { findOrder, finish, orderInput } from "./outcomes.ts";
import { textMap, viewWorkOrder, type WorkOrderRecord } from "./records.ts";
import { workOrderSteps } from "./steps.ts";
import { workOrderTimers } from "./timers.ts";

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
    if (rating.describe(product) === undefined) return refuseProduct(product, rating);
    const provider = text(input, "provider");
    const substitutes =
      input["substitutes"] === undefined
        ? await takersAmong(substitutesFor(catalog, product, provider), context)
        : listAt(input, "substitutes").filter((party) => typeof party === "string");
    const refused = await refuseOrderParties(input, substitutes, context);
    if (refused !== undefined) return refused;
    if (toUtc(text(input, "scheduledFor"), catalog.ecosystem.timeZone) === undefined) {
      return invalid("scheduledFor", "must be RFC 3339, or a local time of the ecosystem's zone");
    }
    const unfit = await refuseProviders(input, [provider, ...substitutes], rating, context);
    if (unfit !== undefined) return unfit;
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
  const known = new KnownParties(context.read);
  await known.lookUp(namesIn(asked));
  const refused = refuseParties(asked, known, context.catalog);
  if (refused !== undefined) return atSubstitutes(refused);
  const { caller, catalog } = context;
  const involved = [asked.customer, ...Object.values(parties)];
  return isOrchestrator(catalog, caller) || (caller !== undefined && involved.includes(caller.party))
    ? undefined
    : refuse(
        "ECO_FORBIDDEN",
        "A work order is placed by its customer, by a company of its chain or by the orchestrator.",
      );
}

/** Substitutes were looked at as if they were roles of the chain; the request has them in a list of their own. */
function atSubstitutes(refusal: Refusal): Refusal {
  const errors = refusal.errors?.map(({ pointer, detail }) => ({
    pointer: pointer.replace(/^#\/parties\/substitutes\//, "#/substitutes/"),
    detail,
  }));
  return errors === undefined ? refusal : { ...refusal, errors };
}

/** Whoever is asked, now or as a substitute, must be one whom the rate card lets render the product. */
async function refuseProviders(
  input: JsonObject,
  asked: readonly string[],
  rating: Rating,
  context: DecisionContext,
): Promise<Refusal | undefined> {
  const parties = new KnownParties(context.read);
  for (const [index, provider] of asked.entries()) {
    const order = {
      id: "",
      product: text(input, "product"),
      customer: text(input, "customer"),
      provider,
      parties: textMap(input["parties"]),
      startedAt: text(input, "scheduledFor"),
      usage: {},
    };
    const accepted = await acceptancesFor(order, rating, parties);
    const unfit = rating.refuseProvider(order, { accepted });
    if (unfit?.code !== "PROVIDER_NOT_ADMITTED") continue;
    const pointer = index === 0 ? "#/provider" : `#/substitutes/${index - 1}`;
    return refuse("ECO_PROVIDER_NOT_ADMITTED", unfit.detail, [{ pointer, detail: unfit.fix }]);
  }
  return undefined;
}

const list = define({
  name: "work-orders.list",
  summary: "The orders in which the caller takes part.",
  input: {
    ...pageFields,
    status: optional("text", "Only those that stand so."),
    provider: optional("text", "Only those that are with this provider."),
    customer: optional("text", "Only those of this customer."),
  },
  decide: (input, context) =>
    listPage<WorkOrderRecord>({
      context,
      input,
      collection: collections.workOrders,
      key: ownKey(context),
      filters: ["status", "provider", "customer"],
      view: (order) => viewWorkOrder(order, context),
    }),
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
  ...workOrderSteps,
  ...workOrderTimers,
];
