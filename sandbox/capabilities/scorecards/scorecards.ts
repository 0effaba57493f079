import type { Metric, Tier } from "../../measures/metric.ts";
import type { Observation } from "../../measures/observe.ts";
import { type Figure, figureOf, shown, type Tally } from "../../measures/tally.ts";
import { compare, formatExact } from "../../rating/exact.ts";
import type { JsonObject } from "../../store/store.ts";
import { viewpoint } from "../access.ts";
import type { Capability, DecisionContext, Refusal } from "../capability.ts";
import {
  answer,
  define,
  notFound,
  optional,
  optionalText,
  pageFields,
  refuse,
  required,
  text,
} from "../define.ts";
import { toMinor } from "../money.ts";
import { cursorAfter, readCursor, readLimit } from "../page.ts";
import { seesParty } from "../parties/records.ts";
import { plusDuration } from "../time.ts";
import { type Look, type Measured, measure, metricsOf, observations } from "./measuring.ts";
import type { MeasuredPeriod } from "./period.ts";

const periodField = optional(
  "text",
  "The month, `2025-03`; the window of the catalogue that ends now where left out.",
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
    const { metrics, tiers } = metricsOf(context.catalog);
    const measured = await measure(metrics, partyId, { context, period });
    const tier = tiers.find((each) => holds(each, measured));
    return answer({
      party: partyId,
      ...viewPeriod(period),
      computedAt: context.now,
      ...(tier === undefined ? {} : { tier: tier.id }),
      metrics: measured.map((one) => viewMetric(one, context)),
    });
  },
});

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
    const page = await pageOf(metric, { context, period, party: asked }, after, readLimit(input));
    return answer({
      items: page.seen.map((each) => viewObservation(each, asked)),
      ...(page.next === undefined ? {} : { nextCursor: cursorAfter({ input, context }, page.next) }),
    });
  },
});

/** What several say at one place, as the providers that were asked for one work order, stays on one page. */
async function pageOf(metric: Metric, look: Look, after: number, limit: number) {
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
  const [measured] = await measure([metric], partyId, { context, period, ...narrowed });
  const value =
    measured === undefined ? undefined : figureOf(isOwn ? measured.own : measured.whole, metric).value;
  return value === undefined ? undefined : shown(value);
}

function periodOf(input: JsonObject, context: DecisionContext): MeasuredPeriod | Refusal {
  const month = optionalText(input, "period");
  if (month === undefined) return windowUntilNow(context);
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    return { kind: "month", month, zone: context.catalog.ecosystem.timeZone };
  return refuse("ECO_REQUEST_INVALID", `${JSON.stringify(month)} is no month.`, [
    { pointer: "#/period", detail: "must be a calendar month such as 2025-03" },
  ]);
}

function windowUntilNow({ catalog, now }: DecisionContext): MeasuredPeriod {
  const { window } = metricsOf(catalog);
  const from = plusDuration(now, `-${window}`, catalog.ecosystem.timeZone) ?? now;
  return { kind: "span", from, until: now };
}

const viewPeriod = (period: MeasuredPeriod): JsonObject =>
  period.kind === "month" ? { period: period.month } : { from: period.from, until: period.until };

function viewMetric({ metric, own, whole }: Measured, context: DecisionContext): JsonObject {
  const { id, layer, title, unit, lowerIsBetter, target, minimum, measure } = metric;
  // Of what others charge, only what is shared with everybody: the ratio, and not the sums that it is made of.
  const seesAll = viewpoint(context) === undefined;
  return {
    id,
    layer,
    title,
    unit,
    direction: lowerIsBetter ? "lower-is-better" : "higher-is-better",
    ...(target === undefined ? {} : { target: Number(formatExact(target)) }),
    minimum,
    ...(measure.definition.ofParties ? { own: viewFigure(own, metric, true) } : {}),
    ecosystem: viewFigure(whole, metric, seesAll),
  };
}

function viewFigure(tally: Tally, metric: Metric, withParts: boolean): JsonObject {
  const { value, met, samples, reason }: Figure = figureOf(tally, metric);
  const hasParts = tally.result === "share" || tally.result === "mean";
  return {
    ...(value === undefined ? {} : { value: shown(value) }),
    ...(met === undefined ? {} : { met }),
    samples,
    ...(withParts && hasParts ? { part: toMinor(tally.part), of: toMinor(tally.of) } : {}),
    ...(reason === undefined ? {} : { reason }),
  };
}

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

/** Whether all rules of a tier hold for the party; a metric without a value holds none. */
function holds({ rules }: Tier, measured: readonly Measured[]): boolean {
  return rules.every(({ metric: id, atLeast, atMost }) => {
    const found = measured.find(({ metric }) => metric.id === id);
    if (found === undefined) return false;
    const { metric, own, whole } = found;
    const { value } = figureOf(metric.measure.definition.ofParties ? own : whole, metric);
    if (value === undefined) return false;
    return (
      (atLeast === undefined || compare(value, atLeast) >= 0) &&
      (atMost === undefined || compare(value, atMost) <= 0)
    );
  });
}

export const scorecardCapabilities: readonly Capability[] = [get, records];
