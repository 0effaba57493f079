import { type Metric, readMetrics } from "../../measures/metric.ts";
import type { JsonObject } from "../../store/store.ts";
import { viewFigures, viewMetric } from "../scorecards/figures.ts";
import { type Measured, measure, metricsOf } from "../scorecards/measuring.ts";
import { tierOf } from "../scorecards/tiers.ts";
import type { ReviewReading } from "./happened.ts";
import type { Quarter } from "./quarter.ts";

/** Tells who rendered something, whatever a catalogue measures: tiers are for them. */
const PROVIDERS: readonly Metric[] = readMetrics([
  { metrics: [{ id: "providers", measure: { kind: "active-providers" } }] },
]).metrics;

/** A quarter as it was measured. */
interface MeasuredQuarter {
  readonly measured: readonly Measured[];
  readonly providers: readonly string[];
}

/** The scorecard of both quarters, and whose tier isn't what it was. */
export async function scorecard(reading: ReviewReading): Promise<JsonObject> {
  const { context, party } = reading;
  const now = await measureQuarter(reading.quarter, reading);
  const before = await measureQuarter(reading.before, reading);
  return {
    metrics: now.measured.map((one, index) => {
      const former = before.measured[index];
      return {
        ...viewMetric(one.metric),
        ...viewFigures(one, party, context),
        ...(former === undefined ? {} : { before: viewFigures(former, party, context) }),
      };
    }),
    tierChanges: tierChanges(now, before, reading),
  };
}

async function measureQuarter(
  { period }: Quarter,
  { context, party }: ReviewReading,
): Promise<MeasuredQuarter> {
  const { metrics, tiers } = metricsOf(context.catalog);
  const ruling = new Set(tiers.flatMap(({ rules }) => rules.map(({ metric }) => metric)));
  // Of everybody, no more is kept than tiers and their holders are made of.
  const isAskedFor = (whose: string, metric: Metric): boolean =>
    party === undefined ? ruling.has(metric.id) || PROVIDERS.includes(metric) : whose === party;
  const all = await measure([...PROVIDERS, ...metrics], { context, period }, isAskedFor);
  return {
    measured: all.slice(PROVIDERS.length),
    providers: all.slice(0, PROVIDERS.length).flatMap(({ own }) => [...own.keys()].sort()),
  };
}

/** Of those who rendered something in the quarter; who rendered nothing before had no tier there. */
function tierChanges(
  now: MeasuredQuarter,
  before: MeasuredQuarter,
  { context }: ReviewReading,
): JsonObject[] {
  const { tiers } = metricsOf(context.catalog);
  const formerly = new Set(before.providers);
  return now.providers.flatMap((party) => {
    const tier = tierOf(party, tiers, now.measured);
    const former = formerly.has(party) ? tierOf(party, tiers, before.measured) : undefined;
    if (tier?.id === former?.id) return [];
    return [
      {
        party,
        ...(tier === undefined ? {} : { tier: tier.id }),
        ...(former === undefined ? {} : { before: former.id }),
        benefits: [...(tier?.benefits ?? [])],
      },
    ];
  });
}
