import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { textsOf } from "../../../specs/engine/catalog/untyped.ts";
import { checkDefinitions } from "../../../specs/engine/certification/definitions.ts";
import {
  checksFor,
  type PartnerTraffic,
  thingsTouched,
} from "../../../specs/engine/certification/touched.ts";
import type { SpecChange } from "../../../specs/engine/difference/change.ts";
import type { JsonObject } from "../../store/store.ts";
import { isOrchestrator } from "../access.ts";
import type { DecisionContext, Refusal } from "../capability.ts";
import {
  answer,
  define,
  objectAt,
  objectsIn,
  optional,
  optionalText,
  pick,
  refuse,
  required,
  text,
} from "../define.ts";
import { collections } from "../records.ts";
import { plusDuration, toUtc } from "../time.ts";
import { effectsOf } from "./affected.ts";
import { changeEvent, changeKey, changeWrite, effectId, type SpecChangeRecord } from "./records.ts";
import { changesToJson, readDifference, type SubmittedDifference } from "./submitted.ts";
import {
  earliestAfter,
  noInstant,
  noticeFor,
  refuseShortNotice,
  ruleIsNoDuration,
  timesOf,
} from "./times.ts";

export const propose = define({
  name: "changes.propose",
  summary: "The orchestrator proposes a change of the specs; whom it affects is worked out, and told.",
  input: {
    title: required("text", "What the change is for, in a few words."),
    summary: optional("text", "Why, and what partners have to do."),
    difference: required(
      "object",
      "What changed between the two spec sets, as `eco specs diff --json` says it.",
    ),
    effectiveAt: optional("text", "From when it holds; as soon as the rules allow where left out."),
    traffic: optional("list", "Who uses what: partner, calls, implements, receives, documents."),
  },
  events: ["change.proposed"],
  async decide(input, context) {
    const { caller, catalog, now } = context;
    if (caller === undefined || !isOrchestrator(catalog, caller))
      return refuse("ECO_FORBIDDEN", "Changes are proposed by the orchestrator.");
    const difference = readDifference(objectAt(input, "difference"));
    if ("kind" in difference) return difference;
    const stale = refuseStale(difference, catalog);
    if (stale !== undefined) return stale;
    const times = scheduled(input, difference, context);
    if ("kind" in times) return times;
    const id = context.newId("chg");
    const effects = await effectsOf(id, difference.changes, readTraffic(input), context);
    const proposed: SpecChangeRecord = {
      id,
      ...pick(input, ["summary"]),
      title: text(input, "title"),
      status: "proposed",
      proposedBy: caller.party,
      proposedAt: now,
      from: difference.from,
      to: difference.to,
      level: difference.level,
      counts: difference.counts,
      ...times,
      journeys: journeysTouched(difference.changes, catalog),
      checks: checksTouched(difference.changes, catalog),
      affectedCount: effects.length,
      objections: [],
    };
    const parties = effects.map(({ party }) => party);
    const changes = changesToJson(difference.changes);
    return answer(
      { ...proposed, changes },
      {
        status: 201,
        writes: [
          changeWrite(proposed, 0, parties),
          { collection: collections.specDifferences, id, value: { changes }, expectedVersion: 0 },
          ...effects.map((effect) => ({
            collection: collections.specChangeEffects,
            id: effectId(id, effect.party),
            value: effect,
            expectedVersion: 0,
            keys: [changeKey(id)],
          })),
        ],
        events: [changeEvent("proposed", proposed, parties, context)],
      },
    );
  },
});

/** A difference from other specs than those in force here would name the wrong parties. */
function refuseStale({ from, to }: SubmittedDifference, catalog: Catalog): Refusal | undefined {
  const wrong = (detail: string, pointer: string, words: string): Refusal =>
    refuse("ECO_REQUEST_INVALID", words, [{ pointer: `#/difference/${pointer}`, detail }]);
  if (from !== catalog.digest)
    return wrong(
      `must be ${catalog.digest}`,
      "from",
      "The difference starts from other specs than those in force here.",
    );
  return to === from
    ? wrong("must differ from `from`", "to", "The difference leads to the specs in force.")
    : undefined;
}

function scheduled(
  input: JsonObject,
  difference: SubmittedDifference,
  context: DecisionContext,
): Pick<SpecChangeRecord, "objectionsUntil" | "effectiveAt"> | Refusal {
  const { catalog, now } = context;
  const { timeZone } = catalog.ecosystem;
  const objectionsUntil = plusDuration(now, timesOf(difference, catalog).objections, timeZone);
  const notice = noticeFor(difference, catalog);
  const earliest =
    objectionsUntil === undefined ? undefined : earliestAfter(objectionsUntil, notice, context);
  if (objectionsUntil === undefined || earliest === undefined) return ruleIsNoDuration();
  const asked = optionalText(input, "effectiveAt");
  const effectiveAt = asked === undefined ? earliest : toUtc(asked, timeZone);
  if (effectiveAt === undefined) return noInstant();
  return refuseShortNotice(effectiveAt, earliest, notice) ?? { objectionsUntil, effectiveAt };
}

const readTraffic = (input: JsonObject): PartnerTraffic[] =>
  objectsIn(input["traffic"]).map((one) => ({
    partner: text(one, "partner"),
    calls: textsOf(one["calls"]),
    implements: textsOf(one["implements"]),
    receives: textsOf(one["receives"]),
    documents: textsOf(one["documents"]),
  }));

/** Workflows that changed, or call an operation that did. */
function journeysTouched(changes: readonly SpecChange[], { workflows }: Catalog): string[] {
  const touched = new Set(
    thingsTouched(changes)
      .filter(({ change }) => change !== "added")
      .map(({ kind, id }) => `${kind} ${id}`),
  );
  return workflows
    .filter(
      ({ id, operations }) =>
        touched.has(`workflow ${id}`) || operations.some((one) => touched.has(`operation ${one}`)),
    )
    .map(({ id }) => id);
}

const checksTouched = (changes: readonly SpecChange[], catalog: Catalog): string[] =>
  checksFor(thingsTouched(changes), { from: catalog, to: catalog }, checkDefinitions(catalog));
