import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { type LevelDefinition, levelDefinitions } from "../../../specs/engine/certification/issuing.ts";
import type { RecordWrite } from "../../store/store.ts";
import type { Capability, DecisionContext, DomainEvent } from "../capability.ts";
import { answer, define, required, text } from "../define.ts";
import { collections } from "../records.ts";
import { measureOf } from "../scorecards/scorecards.ts";
import { plusMilliseconds } from "../time.ts";
import { standingWrites } from "./certificate-issuing.ts";
import {
  type CertificationRecord,
  type CertificationRisk,
  certificationEvent,
  certificationWrite,
} from "./records.ts";

const TIMER_NAME = "certifications.watch";
const DAY_MS = 24 * 3600 * 1000;

type Rule = NonNullable<LevelDefinition["keptBy"]>[number];

const rulesOf = (level: string, catalog: Catalog): readonly Rule[] =>
  levelDefinitions(catalog).find(({ id }) => id === level)?.keptBy ?? [];

/** When a certification has to be looked at next: something ends, or another day was measured. */
function nextLook(certification: CertificationRecord, { catalog, now }: DecisionContext): string {
  const { waivers = [], conditions = [], expiresAt = now, risk, level } = certification;
  const ends = [
    expiresAt,
    ...waivers.filter(({ status }) => status === "granted").map(({ until }) => until),
    ...conditions.filter(({ status }) => status === "open").map(({ until }) => until),
    ...(risk === undefined ? [] : [risk.until]),
    ...(rulesOf(level, catalog).length === 0 ? [] : [plusMilliseconds(now, DAY_MS)]),
  ];
  return ends.filter((one) => one > now).sort()[0] ?? plusMilliseconds(now, DAY_MS);
}

/** The timer that looks after an issued certification; it sets itself anew as long as there is something to look at. */
export function watchTimer(
  certification: CertificationRecord,
  context: DecisionContext,
  expectedVersion = 0,
): RecordWrite {
  const { id } = certification;
  const value = {
    dueAt: nextLook(certification, context),
    capability: TIMER_NAME,
    input: { certificationId: id },
  };
  return { collection: collections.timers, id: `${id}/watch`, value, expectedVersion };
}

/** What a look came to. */
interface Look {
  readonly certification: CertificationRecord;
  readonly events: readonly DomainEvent[];
}

/** A certification that counts no more. */
export function lapse(certification: CertificationRecord, reason: string, context: DecisionContext): Look {
  const { risk: _risk, ...rest } = certification;
  const lapsed: CertificationRecord = { ...rest, status: "lapsed", reason, endedAt: context.now };
  return { certification: lapsed, events: [certificationEvent("lapsed", lapsed, context, { reason })] };
}

/** Expiry, waivers that ended and conditions that were missed, in this order; undefined where nothing of it is. */
function lookAtDates(certification: CertificationRecord, context: DecisionContext): Look | undefined {
  const { now } = context;
  const { expiresAt = now, waivers = [], conditions = [], status } = certification;
  if (expiresAt <= now) return lapse(certification, `It expired on ${expiresAt}.`, context);
  const ended = waivers.find((one) => one.status === "granted" && one.until <= now);
  if (ended !== undefined) {
    return lapse(certification, `The waiver of ${ended.check} ended on ${ended.until}.`, context);
  }
  const missed = conditions.find((one) => one.status === "open" && one.until <= now);
  if (missed === undefined || status !== "issued") return undefined;
  const reason = `Not met by ${missed.until}: ${missed.text}`;
  const suspended: CertificationRecord = { ...certification, status: "suspended", reason };
  return {
    certification: suspended,
    events: [certificationEvent("suspended", suspended, context, { reason })],
  };
}

const holds = ({ atLeast, atMost }: Rule, value: number): boolean =>
  (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);

const wanted = ({ atLeast, atMost }: Rule): string =>
  [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ].join(" and ");

/** Holds the scorecard against the level's rules: what falls below has its grace, and lapses after it. */
async function lookAtMeasures(
  certification: CertificationRecord,
  context: DecisionContext,
): Promise<Look | undefined> {
  const { party, level, risk } = certification;
  for (const rule of rulesOf(level, context.catalog)) {
    const value = await measureOf(rule.metric, party, context);
    // What nobody has measured yet speaks against nobody.
    if (value === undefined || holds(rule, value)) continue;
    if (risk === undefined) return atRisk(certification, rule, value, context);
    if (context.now < risk.until) return undefined;
    const reason = `${rule.metric} is ${value}, ${wanted(rule)} is asked for, since ${risk.since}.`;
    return lapse(certification, reason, context);
  }
  if (risk === undefined) return undefined;
  const { risk: _risk, ...kept } = certification;
  return {
    certification: kept,
    events: [certificationEvent("recovered", kept, context, { metric: risk.metric })],
  };
}

function atRisk(
  certification: CertificationRecord,
  rule: Rule,
  value: number,
  context: DecisionContext,
): Look {
  const { now } = context;
  const until = plusMilliseconds(now, rule.graceDays * DAY_MS);
  const risk: CertificationRisk = { metric: rule.metric, value, since: now, until };
  const changed: CertificationRecord = { ...certification, risk };
  const told = { metric: rule.metric, value, until };
  if (rule.graceDays > 0)
    return { certification: changed, events: [certificationEvent("at-risk", changed, context, told)] };
  return lapse(changed, `${rule.metric} is ${value}, ${wanted(rule)} is asked for.`, context);
}

/** Called by the virtual clock. */
const watch = define({
  name: TIMER_NAME,
  summary:
    "Looks after an issued certification: its expiry, waivers, conditions, and the behaviour that keeps its level.",
  input: { certificationId: required("text", "The certification.") },
  events: [
    "certification.lapsed",
    "certification.suspended",
    "certification.at-risk",
    "certification.recovered",
  ],
  async decide(input, context) {
    const id = text(input, "certificationId");
    const stored = await context.read.get<CertificationRecord>(collections.certifications, id);
    if (stored === undefined || !isWatched(stored.value)) return answer({});
    const look = lookAtDates(stored.value, context) ?? (await lookAtMeasures(stored.value, context));
    const after = look?.certification ?? stored.value;
    const timer = await context.read.get(collections.timers, `${id}/watch`);
    return answer(
      {},
      {
        writes: [
          ...(look === undefined ? [] : [certificationWrite(after, stored.version)]),
          ...(after.status === stored.value.status ? [] : await standingWrites(after, after.status, context)),
          ...(isWatched(after) ? [watchTimer(after, context, timer?.version ?? 0)] : []),
        ],
        events: look?.events ?? [],
      },
    );
  },
});

const isWatched = ({ status }: CertificationRecord): boolean => status === "issued" || status === "suspended";

export const certificationWatch: readonly Capability[] = [watch];
