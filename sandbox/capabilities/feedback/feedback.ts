import type { JsonObject } from "../../store/store.ts";
import { maySee, ownKey } from "../access.ts";
import type { Capability, DecisionContext, Refusal } from "../capability.ts";
import { answer, define, optional, optionalText, pageFields, pick, refuse, required } from "../define.ts";
import { visibleDelivery } from "../deliveries/deliveries.ts";
import { visibleCase } from "../disputes/case-records.ts";
import { feedbackRules } from "../manifest.ts";
import { listPage } from "../page.ts";
import { collections } from "../records.ts";
import { isBefore, plusDuration } from "../time.ts";
import {
  type FeedbackRecord,
  feedbackEvent,
  feedbackId,
  feedbackWrite,
  type Judged,
  judgedCase,
  judgedDelivery,
  type StoredFeedback,
  subjectKey,
  viewFeedback,
  visibleFeedback,
} from "./records.ts";

const idInput = { feedbackId: required("text", "The feedback.") };
const comment = optional("text", "In the customer's own words.");

const give = define({
  name: "feedback.give",
  summary: "A customer says how good a delivery was, or how well its case was resolved: once each.",
  input: {
    deliveryId: optional("text", "The delivery; this or `caseId`."),
    caseId: optional("text", "The resolved case; this or `deliveryId`."),
    score: required("number", "On the scale that the ecosystem declares."),
    comment,
    givenBy: optional(
      "text",
      "`customer`, or `beneficiary` where the customer passes on what that one says.",
    ),
  },
  events: ["feedback.given"],
  async decide(input, context) {
    const judged = await judgedBy(input, context);
    if (judged.kind === "refused") return judged;
    const refused = refuseGiving(judged, input, context);
    if (refused !== undefined) return refused;
    const id = feedbackId(judged);
    const known = await context.read.get<FeedbackRecord>(collections.feedback, id);
    if (known?.value.status === "given") {
      return refuse(
        "ECO_STATE_TRANSITION",
        `${judged.customer} said how good ${judged.id} was, in ${id}. Change that, or withdraw it first.`,
      );
    }
    const { changeableFor } = feedbackRules(context.catalog);
    const given: FeedbackRecord = {
      id,
      ...(judged.kind === "delivery" ? { deliveryId: judged.id } : { caseId: judged.id }),
      ...(judged.product === undefined ? {} : { product: judged.product }),
      customer: judged.customer,
      givenBy: input["givenBy"] === "beneficiary" ? "beneficiary" : "customer",
      status: "given",
      ...pick(input, ["score", "comment"]),
      createdAt: context.now,
      changeableUntil: later(context.now, changeableFor, context),
      provider: judged.provider,
      participants: judged.participants,
    };
    return answer(viewFeedback(given), {
      status: 201,
      writes: [feedbackWrite(given, known?.version ?? 0)],
      events: [feedbackEvent("given", given, context)],
    });
  },
});

const later = (from: string, duration: string, { catalog }: DecisionContext): string =>
  plusDuration(from, duration, catalog.ecosystem.timeZone) ?? from;

async function judgedBy(input: JsonObject, context: DecisionContext): Promise<Judged | Refusal> {
  const caseId = optionalText(input, "caseId");
  if ((caseId === undefined) === (optionalText(input, "deliveryId") === undefined)) {
    return refuse("ECO_REQUEST_INVALID", "Feedback is about one delivery or one case.", [
      { pointer: "#/deliveryId", detail: "give either `deliveryId` or `caseId`" },
    ]);
  }
  if (caseId === undefined) {
    const stored = await visibleDelivery(input, context);
    if ("kind" in stored) return stored;
    return stored.value.status === "cancelled"
      ? refuse("ECO_STATE_TRANSITION", `${stored.id} is cancelled.`)
      : judgedDelivery(stored, context);
  }
  const stored = await visibleCase(input, context);
  if ("kind" in stored) return stored;
  return stored.value.status === "resolved"
    ? judgedCase(stored, context)
    : refuse("ECO_STATE_TRANSITION", `The case ${caseId} is ${stored.value.status}, not resolved yet.`);
}

function refuseGiving(judged: Judged, input: JsonObject, context: DecisionContext): Refusal | undefined {
  const { caller, now, catalog } = context;
  const { customer, doneAt, beneficiary } = judged;
  if (caller?.party !== customer) {
    return refuse("ECO_FORBIDDEN", `Only its customer, ${customer}, says how good ${judged.id} was.`);
  }
  const givenBy = optionalText(input, "givenBy") ?? "customer";
  if (givenBy !== "customer" && (givenBy !== "beneficiary" || beneficiary === undefined)) {
    const detail =
      givenBy === "beneficiary" ? `${judged.id} names no beneficiary` : "must be `customer` or `beneficiary`";
    return refuse("ECO_REQUEST_INVALID", "Nobody can be heard so.", [{ pointer: "#/givenBy", detail }]);
  }
  const until = later(doneAt, feedbackRules(catalog).openFor, context);
  return isBefore(until, now)
    ? refuse("ECO_STATE_TRANSITION", `Feedback on ${judged.id} could be given until ${until}.`)
    : refuseScore(input, context);
}

/** Scores are whole steps of the scale that the manifest declares, whatever the API's own schema lets through. */
function refuseScore(input: JsonObject, { catalog }: DecisionContext): Refusal | undefined {
  const { minimum, maximum } = feedbackRules(catalog).scale;
  const score = input["score"];
  if (typeof score !== "number" || (Number.isInteger(score) && score >= minimum && score <= maximum))
    return undefined;
  return refuse("ECO_REQUEST_INVALID", `${score} is not on the scale.`, [
    { pointer: "#/score", detail: `must be a whole number from ${minimum} to ${maximum}` },
  ]);
}

/** Feedback of the caller's own that stands. */
async function ownFeedback(input: JsonObject, context: DecisionContext): Promise<StoredFeedback | Refusal> {
  const stored = await visibleFeedback(input, context);
  if ("kind" in stored) return stored;
  const { customer, status } = stored.value;
  if (context.caller?.party !== customer) {
    return refuse("ECO_FORBIDDEN", `${stored.id} is what ${customer} says: nobody else changes it.`);
  }
  return status === "withdrawn" ? refuse("ECO_STATE_TRANSITION", `${stored.id} is withdrawn.`) : stored;
}

const change = define({
  name: "feedback.change",
  summary: "The customer changes its score or its words, within the ecosystem's time for it.",
  input: { ...idInput, score: optional("number", "The new score."), comment },
  events: ["feedback.changed"],
  async decide(input, context) {
    const stored = await ownFeedback(input, context);
    if ("kind" in stored) return stored;
    const { changeableUntil } = stored.value;
    if (isBefore(changeableUntil, context.now)) {
      return refuse("ECO_STATE_TRANSITION", `${stored.id} could be changed until ${changeableUntil}.`);
    }
    const refused = refuseScore(input, context);
    if (refused !== undefined) return refused;
    const changed: FeedbackRecord = {
      ...stored.value,
      ...pick(input, ["score", "comment"]),
      changedAt: context.now,
    };
    return answer(viewFeedback(changed), {
      writes: [feedbackWrite(changed, stored.version)],
      events: [feedbackEvent("changed", changed, context)],
    });
  },
});

const withdraw = define({
  name: "feedback.withdraw",
  summary: "The customer takes its word back, at any time: score and comment are erased and count no more.",
  input: idInput,
  events: ["feedback.withdrawn"],
  async decide(input, context) {
    const stored = await ownFeedback(input, context);
    if ("kind" in stored) return stored;
    const { score: _score, comment: _comment, ...rest } = stored.value;
    const withdrawn = { ...rest, status: "withdrawn", withdrawnAt: context.now } as FeedbackRecord;
    return answer(viewFeedback(withdrawn), {
      writes: [feedbackWrite(withdrawn, stored.version)],
      events: [feedbackEvent("withdrawn", withdrawn, context)],
    });
  },
});

const list = define({
  name: "feedback.list",
  summary: "What customers say about deliveries and cases in which the caller takes part.",
  input: {
    ...pageFields,
    deliveryId: optional("text", "Only about this delivery."),
    caseId: optional("text", "Only about this case."),
    status: optional("text", "Only those that stand so."),
  },
  decide(input, context) {
    const about = pick(input, ["deliveryId", "caseId"]);
    return listPage<FeedbackRecord>({
      context,
      input,
      collection: collections.feedback,
      key: Object.keys(about).length === 0 ? ownKey(context) : subjectKey(about),
      filters: ["deliveryId", "caseId", "status"],
      keep: ({ participants }) => maySee(context, participants),
      view: viewFeedback,
    });
  },
});

const get = define({
  name: "feedback.get",
  summary: "One word of a customer.",
  input: idInput,
  async decide(input, context) {
    const stored = await visibleFeedback(input, context);
    return "kind" in stored ? stored : answer(viewFeedback(stored.value));
  },
});

export const feedbackCapabilities: readonly Capability[] = [give, list, get, change, withdraw];
