import type { JsonObject, RecordWrite } from "../../store/store.ts";
import { isOrchestrator } from "../access.ts";
import type { Capability, DecisionContext, Refusal } from "../capability.ts";
import { answer, define, optional, optionalText, refuse, required, text } from "../define.ts";
import { changeRules } from "../manifest.ts";
import { collections } from "../records.ts";
import { toUtc } from "../time.ts";
import { changeInput } from "./reading.ts";
import {
  affectedBy,
  type ChangeStatus,
  changeEvent,
  changeWrite,
  findChange,
  type SpecChangeRecord,
  type StoredChange,
} from "./records.ts";
import { readDifference } from "./submitted.ts";
import { earliestAfter, noInstant, noticeFor, refuseShortNotice, ruleIsNoDuration } from "./times.ts";

const EFFECT_TIMER = "changes.take-effect";

/** A change that the caller may decide: the caller runs the ecosystem, and the change stands as it has to. */
async function ownChange(
  input: JsonObject,
  from: readonly ChangeStatus[],
  context: DecisionContext,
): Promise<StoredChange | Refusal> {
  const stored = await findChange(input, context);
  if ("kind" in stored) return stored;
  if (!isOrchestrator(context.catalog, context.caller))
    return refuse("ECO_FORBIDDEN", "Changes are decided by the orchestrator.");
  return from.includes(stored.value.status)
    ? stored
    : refuse("ECO_STATE_TRANSITION", `The change ${stored.id} is ${stored.value.status} already.`);
}

export const decide = define({
  name: "changes.decide",
  summary: "The orchestrator announces a change once the time for objections is over, or rejects it.",
  input: {
    ...changeInput,
    outcome: required("text", "`announced` or `rejected`."),
    reason: required("text", "Why."),
    effectiveAt: optional(
      "text",
      "From when it holds; as proposed, or as soon after as the rules allow, where left out.",
    ),
  },
  events: ["change.decided"],
  async decide(input, context) {
    const stored = await ownChange(input, ["proposed"], context);
    if ("kind" in stored) return stored;
    const { value, version, id } = stored;
    const outcome = text(input, "outcome");
    if (outcome !== "announced" && outcome !== "rejected")
      return refuse("ECO_REQUEST_INVALID", "The outcome is unknown.", [
        { pointer: "#/outcome", detail: "must be announced or rejected" },
      ]);
    const announced = outcome === "announced" ? await announcing(input, stored, context) : undefined;
    if (announced !== undefined && "kind" in announced) return announced;
    const decided: SpecChangeRecord = {
      ...value,
      status: outcome,
      reason: text(input, "reason"),
      decidedAt: context.now,
      ...announced,
    };
    const affected = await affectedBy(id, context);
    return answer(decided, {
      writes: [
        changeWrite(decided, version, affected),
        ...(outcome === "announced" ? [effectTimer(decided)] : []),
      ],
      events: [changeEvent("decided", decided, affected, context)],
    });
  },
});

const timerId = (id: string): string => `${id}/effect`;

const effectTimer = ({ id, effectiveAt }: SpecChangeRecord): RecordWrite => ({
  collection: collections.timers,
  id: timerId(id),
  value: { dueAt: effectiveAt, capability: EFFECT_TIMER, input: { changeId: id } },
  expectedVersion: 0,
});

interface Announced {
  readonly announcedAt: string;
  readonly earliestAt: string;
  readonly effectiveAt: string;
}

/** From when the change holds, where it may be announced now. */
async function announcing(
  input: JsonObject,
  { id, value }: StoredChange,
  context: DecisionContext,
): Promise<Announced | Refusal> {
  const { catalog, now, read } = context;
  if (now < value.objectionsUntil)
    return refuse(
      "ECO_STATE_TRANSITION",
      `Objections to ${id} can be raised until ${value.objectionsUntil}.`,
    );
  const open = value.objections.filter(({ answer: answered }) => answered === undefined);
  if (open.length > 0 && changeRules(catalog).answerObjections) {
    const who = open.map(({ id: objection, party }) => `${objection} of ${party}`).join(", ");
    return refuse("ECO_STATE_TRANSITION", `Not answered yet: ${who}. Each objection needs an answer first.`);
  }
  const kept = await read.get(collections.specDifferences, id);
  const difference = readDifference({
    from: value.from,
    to: value.to,
    changes: kept?.value["changes"] ?? [],
  });
  if ("kind" in difference) return difference;
  const notice = noticeFor(difference, catalog);
  const earliest = earliestAfter(now, notice, context);
  if (earliest === undefined) return ruleIsNoDuration();
  const asked = optionalText(input, "effectiveAt");
  const announced = { announcedAt: now, earliestAt: earliest };
  // Who names no day gets the one proposed, or a later one where the decision took its time.
  if (asked === undefined)
    return { ...announced, effectiveAt: value.effectiveAt > earliest ? value.effectiveAt : earliest };
  const effectiveAt = toUtc(asked, catalog.ecosystem.timeZone);
  if (effectiveAt === undefined) return noInstant();
  return refuseShortNotice(effectiveAt, earliest, notice) ?? { ...announced, effectiveAt };
}

export const withdraw = define({
  name: "changes.withdraw",
  summary: "The orchestrator takes a change back before it holds.",
  input: { ...changeInput, reason: required("text", "Why.") },
  events: ["change.withdrawn"],
  async decide(input, context) {
    const stored = await ownChange(input, ["proposed", "announced"], context);
    if ("kind" in stored) return stored;
    const { value, version, id } = stored;
    const withdrawn: SpecChangeRecord = {
      ...value,
      status: "withdrawn",
      reason: text(input, "reason"),
      withdrawnAt: context.now,
    };
    const affected = await affectedBy(id, context);
    const timer = await context.read.get(collections.timers, timerId(id));
    return answer(withdrawn, {
      writes: [
        changeWrite(withdrawn, version, affected),
        ...(timer === undefined
          ? []
          : [{ collection: timer.collection, id: timer.id, value: null, expectedVersion: timer.version }]),
      ],
      events: [changeEvent("withdrawn", withdrawn, affected, context)],
    });
  },
});

/** Set by the announcement: the day has come. The sandbox itself goes on with the specs that it was started with. */
export const takeEffect: Capability = {
  name: EFFECT_TIMER,
  summary: "An announced change holds from now on.",
  input: { changeId: { required: true, description: "The change.", type: "text" } },
  events: ["change.in-effect"],
  async decide(input, context) {
    const id = text(input, "changeId");
    const stored = await context.read.get<SpecChangeRecord>(collections.specChanges, id);
    if (stored?.value.status !== "announced") return answer({});
    const inEffect: SpecChangeRecord = { ...stored.value, status: "in-effect", inEffectAt: context.now };
    const affected = await affectedBy(id, context);
    return answer(inEffect, {
      writes: [changeWrite(inEffect, stored.version, affected)],
      events: [changeEvent("in-effect", inEffect, affected, context)],
    });
  },
};
