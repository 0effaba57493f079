import type { Metric } from "../../measures/metric.ts";
import type { Observation } from "../../measures/observe.ts";
import { figureOf, shown } from "../../measures/tally.ts";
import type { JsonObject } from "../../store/store.ts";
import { maySee, viewpoint } from "../access.ts";
import type { Capability, DecisionContext, Refusal } from "../capability.ts";
import { answer, define, notFound, optional, optionalText, pageFields, required, text } from "../define.ts";
import { toMinor } from "../money.ts";
import { monthsOf, spanOf } from "../months.ts";
import { cursorAfter, findPage, pageOf, readCursor, readLimit } from "../page.ts";
import { seesParty } from "../parties/records.ts";
import { collections, type PartyRecord } from "../records.ts";
import { plusDuration } from "../time.ts";
import { viewFigures, viewMetric } from "./figures.ts";
import { type Look, type Measured, measure, metricsOf, observations, ownPart } from "./measuring.ts";
import type { MeasuredPeriod } from "./period.ts";
import { tierOf } from "./tiers.ts";

const periodField = optional(
  "text",
  "The month, `2025-03`, or the first and the last of several, `2025-01/2025-03`; the window of the catalogue that ends now where left out.",
);

const get = define({
  name: "scorecards.get",
  summary:
    "The metrics of the published catalogue: a party's own figures beside those of the whole ecosystem, and the tier that follows.",
  input: { partyId: required("text", "The party."), period: periodField },
  async decide(input, context) {
    const partyId = text(input, "partyId");
    if (!(await seesParty(partyId, context))) return notFound("scorecard of party", partyId);
    const period = periodOf(input, context);
    if (period.kind === "refused") return period;
    const { metrics } = metricsOf(context.catalog);
    const measured = await measure(metrics, { context, period }, (party) => party === partyId);
    return answer(viewScorecard(partyId, period, measured, context));
  },
});

const list = define({
  name: "scorecards.list",
  summary:
    "The scorecards of all parties that the caller may see, computed in one pass over the records: for who looks at many.",
  input: { ...pageFields, period: periodField },
  async decide(input, context) {
    const period = periodOf(input, context);
    if (period.kind === "refused") return period;
    const asked = { input, context };
    const found = await findPage<PartyRecord>({
      ...asked,
      collection: collections.parties,
      keep: ({ id }) => maySee(context, [id]),
    });
    if ("kind" in found) return found;
    const shown = new Set(found.records.slice(0, found.limit).map(({ id }) => id));
    const { metrics } = metricsOf(context.catalog);
    const measured = await measure(metrics, { context, period }, (party) => shown.has(party));
    return pageOf(asked, found.records, found.limit, ({ id }) =>
      viewScorecard(id, period, measured, context),
    );
  },
});

function viewScorecard(
  party: string,
  period: MeasuredPeriod,
  measured: readonly Measured[],
  context: DecisionContext,
): JsonObject {
  const tier = tierOf(party, metricsOf(context.catalog).tiers, measured);
  return {
    party,
    ...viewPeriod(period),
    computedAt: context.now,
    ...(tier === undefined ? {} : { tier: tier.id }),
    metrics: measured.map((one) => ({ ...viewMetric(one.metric), ...viewFigures(one, party, context) })),
  };
}

const records = define({
  name: "scorecards.records",
  summary:
    "What a metric was computed from, record by record: the caller's own part; all of it for those who oversee the ecosystem.",
  input: {
    ...pageFields,
    metricId: required("text", "The metric."),
    partyId: optional("text", "Only the part of this party; the caller's own where it may see no other."),
    period: periodField,
  },
  async decide(input, context) {
    const id = text(input, "metricId");
    const metric = metricsOf(context.catalog).metrics.find((each) => each.id === id);
    if (metric === undefined) return notFound("metric", id);
    const asked = optionalText(input, "partyId") ?? viewpoint(context);
    if (asked !== undefined && !(await seesParty(asked, context)))
      return notFound("scorecard of party", asked);
    const period = periodOf(input, context);
    if (period.kind === "refused") return period;
    const after = readCursor({ input, context });
    if (typeof after !== "number") return after;
    const page = await observationsFrom(metric, { context, period, party: asked }, after, readLimit(input));
    return answer({
      items: page.seen.map((each) => viewObservation(each, asked)),
      ...(page.next === undefined ? {} : { nextCursor: cursorAfter({ input, context }, page.next) }),
    });
  },
});

/** What several say at one place, as the providers that were asked for one work order, stays on one page. */
async function observationsFrom(metric: Metric, look: Look, after: number, limit: number) {
  const seen: Observation[] = [];
  let last = after;
  for await (const each of observations(metric, look, after)) {
    if (seen.length >= limit) return { seen, next: last };
    seen.push(...each.seen);
    last = each.sequence;
  }
  return { seen };
}

/** The value of one metric for a party at this moment, as it is shown; undefined where there is none. */
export async function measureOf(
  metricId: string,
  partyId: string,
  context: DecisionContext,
): Promise<number | undefined> {
  const metric = metricsOf(context.catalog).metrics.find(({ id }) => id === metricId);
  const period = windowUntilNow(context);
  if (metric === undefined) return undefined;
  const isOwn = metric.measure.definition.ofParties;
  const narrowed = isOwn && partyId !== context.catalog.ecosystem.orchestrator ? { party: partyId } : {};
  const look = { context, period, ...narrowed };
  const [measured] = await measure([metric], look, (party) => party === partyId);
  const value =
    measured === undefined
      ? undefined
      : figureOf(isOwn ? ownPart(measured, partyId) : measured.whole, metric).value;
  return value === undefined ? undefined : shown(value);
}

function periodOf(input: JsonObject, context: DecisionContext): MeasuredPeriod | Refusal {
  if (optionalText(input, "period") === undefined) return windowUntilNow(context);
  const months = monthsOf(input, context);
  return "kind" in months ? months : { kind: "months", months, zone: context.catalog.ecosystem.timeZone };
}

function windowUntilNow({ catalog, now }: DecisionContext): MeasuredPeriod {
  const { window } = metricsOf(catalog);
  const from = plusDuration(now, `-${window}`, catalog.ecosystem.timeZone) ?? now;
  return { kind: "span", from, until: now };
}

const viewPeriod = (period: MeasuredPeriod): JsonObject =>
  period.kind === "months" ? { period: spanOf(period.months) } : { from: period.from, until: period.until };

/** Of whose part it is, a party that sees its own is told of itself alone. */
function viewObservation(
  { record, id, at, parties, part, of }: Observation,
  party: string | undefined,
): JsonObject {
  return {
    record,
    id,
    at,
    parties: party === undefined ? [...parties] : [party],
    part: toMinor(part),
    of: toMinor(of),
  };
}

export const scorecardCapabilities: readonly Capability[] = [get, list, records];
