import type { Metric } from "../../measures/metric.ts";
import { type Figure, figureOf, shown, type Tally } from "../../measures/tally.ts";
import { formatExact } from "../../rating/exact.ts";
import type { JsonObject } from "../../store/store.ts";
import { viewpoint } from "../access.ts";
import type { DecisionContext } from "../capability.ts";
import { toMinor } from "../money.ts";
import { type Measured, ownPart } from "./measuring.ts";

/** What a metric is, before anything is measured. */
export const viewMetric = ({
  id,
  layer,
  title,
  unit,
  lowerIsBetter,
  target,
  minimum,
}: Metric): JsonObject => ({
  id,
  layer,
  title,
  unit,
  direction: lowerIsBetter ? "lower-is-better" : "higher-is-better",
  ...(target === undefined ? {} : { target: Number(formatExact(target)) }),
  minimum,
});

/** `{own?, ecosystem}`. @param party whose own part is shown; undefined for the whole alone */
export function viewFigures(
  measured: Measured,
  party: string | undefined,
  context: DecisionContext,
): JsonObject {
  const { metric, whole } = measured;
  // Of what others charge, only what is shared with everybody: the ratio, and not the sums that it is made of.
  const seesAll = viewpoint(context) === undefined;
  const hasOwn = party !== undefined && metric.measure.definition.ofParties;
  return {
    ...(hasOwn ? { own: viewFigure(ownPart(measured, party), metric, true) } : {}),
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
