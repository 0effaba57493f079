import { documentsOf } from "../../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { oncePer } from "../../../specs/engine/once-per.ts";
import type { Fact } from "../../measures/facts.ts";
import { type Metric, type MetricCatalogue, readMetrics } from "../../measures/metric.ts";
import { type Observation, observe } from "../../measures/observe.ts";
import { count, emptyTally, type Tally } from "../../measures/tally.ts";
import { readFacts } from "./facts.ts";
import { ProviderCounts } from "./providers.ts";
import type { Reading } from "./reading.ts";

/** The metrics that the spec set declares; none where it has no document of them. */
export const metricsOf = oncePer(
  (catalog: Catalog): MetricCatalogue =>
    readMetrics(documentsOf(catalog, "metrics").map(({ content }) => content)),
);

/** A metric over the whole ecosystem, and over the parts of parties. */
export interface Measured {
  readonly metric: Metric;
  readonly whole: Tally;
  /** Of those that were asked for and of which something was seen. */
  readonly own: ReadonlyMap<string, Tally>;
}

/** The part of one party; an empty one where nothing was seen of it. */
export const ownPart = ({ metric, own }: Measured, party: string): Tally =>
  own.get(party) ?? emptyTally(metric.measure.definition.result);

/** What is looked at, before it is known for which metrics. */
export type Look = Omit<Reading, "withSubstitutes">;

const readingFor = (metrics: readonly Metric[], look: Look): Reading => ({
  ...look,
  withSubstitutes: metrics.some(({ measure }) => measure.kind === "delivered-first-time"),
});

/**
 * Computes metrics in one pass over the records that they are made of. Holds counts, and never the records.
 *
 * @param isAskedFor whose part of a metric is counted beside the whole
 */
export async function measure(
  metrics: readonly Metric[],
  look: Look,
  isAskedFor: (party: string, metric: Metric) => boolean,
): Promise<readonly Measured[]> {
  const reading = readingFor(metrics, look);
  const { currency } = reading.context.catalog.ecosystem;
  const measured = metrics.map((metric) => ({
    metric,
    whole: emptyTally(metric.measure.definition.result),
    own: new Map<string, Tally>(),
  }));
  const take = (facts: readonly Fact[]): void => {
    for (const fact of facts) {
      for (const each of measured) {
        const seen = observe(each.metric.measure, fact, currency);
        if (seen === undefined) continue;
        count(each.whole, seen);
        for (const party of seen.parties) {
          if (!isAskedFor(party, each.metric)) continue;
          const own = ownPart(each, party);
          count(own, seen);
          each.own.set(party, own);
        }
      }
    }
  };
  const needed = new Set(metrics.map(({ measure }) => measure.definition.data));
  // Providers are known from the deliveries, which would be read twice for them.
  if (needed.delete("providers")) {
    const providers = new ProviderCounts();
    const isAsked = needed.delete("deliveries");
    for await (const { facts } of readFacts("deliveries", reading)) {
      providers.add(facts);
      if (isAsked) take(facts);
    }
    take(await providers.facts(reading));
  }
  for (const data of needed) for await (const { facts } of readFacts(data, reading)) take(facts);
  return measured;
}

/** What a metric was computed from, of one party where the reading is narrowed to it, in the order of the store. */
export async function* observations(
  metric: Metric,
  look: Look,
  from: number,
): AsyncGenerator<{ readonly sequence: number; readonly seen: readonly Observation[] }> {
  const { measure } = metric;
  const { context, party } = look;
  const { currency } = context.catalog.ecosystem;
  const reading = readingFor([metric], look);
  for await (const { sequence, facts } of readFacts(measure.definition.data, reading, from)) {
    const seen = facts.flatMap((fact) => {
      const one = observe(measure, fact, currency);
      return one === undefined || (party !== undefined && !one.parties.includes(party)) ? [] : [one];
    });
    if (seen.length > 0) yield { sequence, seen };
  }
}
