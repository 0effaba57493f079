import type { JsonObject } from "../../store/store.ts";
import { isOrchestrator, ownKey } from "../access.ts";
import type { Capability, DecisionContext, Refusal } from "../capability.ts";
import { type Changes, joinChanges, noChanges } from "../changes.ts";
import { answer, define, optional, pageFields, pick, refuse, required, text } from "../define.ts";
import { bookDelivery } from "../deliveries/book.ts";
import { requestFrom } from "../deliveries/deliveries.ts";
import { ratingOf } from "../deliveries/rating-of.ts";
import { routingOf } from "../manifest.ts";
import { listPage } from "../page.ts";
import { findParty, refuseLeaver, standingOf, takesPart } from "../parties/records.ts";
import { collections } from "../records.ts";
import { takersAmong } from "../work-orders/offers.ts";
import {
  type CaseRecord,
  caseEvent,
  caseWrite,
  notification,
  type StoredCase,
  viewCase,
  visibleCase,
} from "./case-records.ts";

const caseInput = { caseId: required("text", "The case.") };

const open = define({
  name: "cases.open",
  summary: "A member's request in a standard intent, routed at once to who can resolve it.",
  input: {
    intent: required("text", "One of the ecosystem's intents."),
    customer: required("text", "Whose request it is."),
    subject: required("text", "What it is about."),
    beneficiary: optional("text", "The member's visitor or client."),
    relatesTo: optional("text", "A delivery or work order that it is about."),
  },
  events: ["case.opened", "case.routed"],
  async decide(input, context) {
    const { rules, fallback } = routingOf(context.catalog);
    const intent = text(input, "intent");
    const rule = rules.find((each) => each.intent === intent);
    if (rule === undefined && rules.length > 0) {
      return refuse("ECO_REQUEST_INVALID", `The ecosystem has no intent ${JSON.stringify(intent)}.`, [
        { pointer: "#/intent", detail: `must be one of ${rules.map((each) => each.intent).join(", ")}` },
      ]);
    }
    const refused = await refuseCustomer(text(input, "customer"), context);
    if (refused !== undefined) return refused;
    const opened: CaseRecord = {
      ...pick(input, ["beneficiary", "relatesTo"]),
      id: context.newId("cas"),
      intent,
      customer: text(input, "customer"),
      subject: text(input, "subject"),
      status: "open",
      openedAt: context.now,
      assignees: [],
    };
    const assignee = await assigneeFor([rule?.assignee, fallback], context);
    const told = notification(opened, "We have your request.", context);
    if (assignee === undefined) {
      return answer(viewCase(opened), {
        status: 201,
        writes: [caseWrite(opened, 0), told],
        events: [caseEvent("opened", opened, context)],
      });
    }
    const routed: CaseRecord = { ...opened, status: "routed", assignees: [assignee] };
    return answer(viewCase(routed), {
      status: 201,
      writes: [
        caseWrite(routed, 0),
        told,
        notification(routed, `${await nameOf(assignee, context)} takes care of it.`, context),
      ],
      events: [caseEvent("opened", opened, context), caseEvent("routed", routed, context)],
    });
  },
});

/** The first that takes part: who has left gets no new cases. Undefined leaves the case to the orchestrator. */
async function assigneeFor(
  wanted: readonly (string | undefined)[],
  context: DecisionContext,
): Promise<string | undefined> {
  const [first] = await takersAmong(
    wanted.filter((party) => party !== undefined),
    context,
  );
  return first;
}

/** A member opens its own cases; whoever serves it may open them on its behalf. */
async function refuseCustomer(customer: string, context: DecisionContext): Promise<Refusal | undefined> {
  const party = await findParty(context.read, customer);
  const pointer = "#/customer";
  if (party === undefined) {
    return refuse("ECO_PARTY_UNKNOWN", `There is no party ${JSON.stringify(customer)} in this ecosystem.`, [
      { pointer, detail: "is not a party of this ecosystem" },
    ]);
  }
  if (!takesPart(party.value)) {
    const detail = `${customer} is ${party.value.status}`;
    return refuse("ECO_PARTY_NOT_ACTIVE", `${standingOf(party.value)}, and opens no cases.`, [
      { pointer, detail },
    ]);
  }
  const leaving = await refuseLeaver(context, "opens no cases");
  if (leaving !== undefined) return leaving;
  const { caller } = context;
  return caller?.role === party.value.role && caller.party !== customer
    ? refuse("ECO_FORBIDDEN", `${caller.party} may not open a case for ${customer}.`)
    : undefined;
}

async function nameOf(party: string, context: DecisionContext): Promise<string> {
  return (await findParty(context.read, party))?.value.name ?? party;
}

/** A case that the caller may move on: it is on its list, or the caller runs the ecosystem. */
async function workableCase(input: JsonObject, context: DecisionContext): Promise<StoredCase | Refusal> {
  const stored = await visibleCase(input, context);
  if ("kind" in stored) return stored;
  const assignee = stored.value.assignees.at(-1);
  const { caller, catalog } = context;
  if (caller?.party !== assignee && !isOrchestrator(catalog, caller)) {
    return refuse("ECO_FORBIDDEN", `The case is with ${assignee ?? "nobody yet"}.`);
  }
  return stored.value.status === "resolved"
    ? refuse("ECO_STATE_TRANSITION", `The case ${stored.id} is resolved.`)
    : stored;
}

const route = define({
  name: "cases.route",
  summary: "Hands a case on to another party.",
  input: {
    ...caseInput,
    assignee: required("text", "Who takes it."),
    note: optional("text", "Words for the new assignee."),
  },
  events: ["case.routed"],
  async decide(input, context) {
    const stored = await workableCase(input, context);
    if ("kind" in stored) return stored;
    const assignee = text(input, "assignee");
    const party = await findParty(context.read, assignee);
    if (party === undefined || !takesPart(party.value)) {
      const code = party === undefined ? "ECO_PARTY_UNKNOWN" : "ECO_PARTY_NOT_ACTIVE";
      return refuse(code, `${assignee} can't take the case.`, [
        {
          pointer: "#/assignee",
          detail: party === undefined ? "is not a party" : `is ${party.value.status}`,
        },
      ]);
    }
    const routed: CaseRecord = {
      ...stored.value,
      ...pick(input, ["note"]),
      status: "routed",
      assignees: [...stored.value.assignees, assignee],
    };
    return answer(viewCase(routed), {
      writes: [
        caseWrite(routed, stored.version),
        notification(routed, `${party.value.name} takes care of it now.`, context),
      ],
      events: [caseEvent("routed", routed, context)],
    });
  },
});

const resolve = define({
  name: "cases.resolve",
  summary: "Ends a case and rates its resolution: quality is paid, not volume.",
  input: {
    ...caseInput,
    firstContact: required("boolean", "Whether the member had to ask only once."),
    summary: required("text", "How it was resolved."),
  },
  events: ["case.resolved", "delivery.rated"],
  async decide(input, context) {
    const stored = await workableCase(input, context);
    if ("kind" in stored) return stored;
    const rated = await rateResolution(stored.value, input["firstContact"] === true, context);
    if ("code" in rated) return rated;
    const resolved: CaseRecord = {
      ...stored.value,
      status: "resolved",
      resolvedAt: context.now,
      firstContact: input["firstContact"] === true,
      summary: text(input, "summary"),
      ...(rated.deliveryId === undefined ? {} : { deliveryId: rated.deliveryId }),
    };
    const changes = joinChanges(
      {
        writes: [
          caseWrite(resolved, stored.version),
          notification(resolved, `Resolved: ${text(input, "summary")}`, context),
        ],
        events: [caseEvent("resolved", resolved, context)],
      },
      rated.changes,
    );
    return answer(viewCase(resolved), { ...changes });
  },
});

/** The delivery that the manifest makes of a resolved case; the rate card says who pays. */
async function rateResolution(
  each: CaseRecord,
  firstContact: boolean,
  context: DecisionContext,
): Promise<{ deliveryId?: string; changes: Changes } | Refusal> {
  const { resolution } = routingOf(context.catalog);
  if (resolution === undefined) return { changes: noChanges };
  const rating = ratingOf(context.catalog);
  if ("kind" in rating) return rating;
  const provider = each.assignees.at(-1) ?? context.caller?.party ?? "";
  const request = requestFrom(
    {
      product: resolution.product,
      customer: each.customer,
      provider,
      ...pick(each, ["beneficiary"]),
      startedAt: context.now,
      usage: { [resolution.firstContactMeasure]: firstContact },
    },
    context.newId("dlv"),
  );
  const target = { request, submittedBy: provider, agreed: true } as const;
  const booking = await bookDelivery(target, rating, context);
  return booking.kind === "refused" ? booking : { deliveryId: request.id, changes: booking.changes };
}

const list = define({
  name: "cases.list",
  summary: "The cases of the caller as member or assignee.",
  input: {
    ...pageFields,
    status: optional("text", "Only those that stand so."),
    intent: optional("text", "Only those with this intent."),
    customer: optional("text", "Only those of this customer."),
  },
  decide: (input, context) =>
    listPage<CaseRecord>({
      context,
      input,
      collection: collections.cases,
      key: ownKey(context),
      filters: ["status", "intent", "customer"],
      view: viewCase,
    }),
});

const get = define({
  name: "cases.get",
  summary: "A case with its assignee and, once resolved, whether first contact was enough.",
  input: caseInput,
  async decide(input, context) {
    const stored = await visibleCase(input, context);
    return "kind" in stored ? stored : answer(viewCase(stored.value));
  },
});

const notifications = define({
  name: "cases.notifications",
  summary: "What the member was told about a case, oldest first.",
  input: { ...caseInput, ...pageFields },
  async decide(input, context) {
    const stored = await visibleCase(input, context);
    if ("kind" in stored) return stored;
    return listPage<JsonObject>({
      context,
      input,
      collection: collections.notifications,
      key: `case:${stored.id}`,
      view: (each) => each,
    });
  },
});

export const caseCapabilities: readonly Capability[] = [open, list, get, route, resolve, notifications];
