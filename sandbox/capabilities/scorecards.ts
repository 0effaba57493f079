import { documentsOf } from "../../specs/engine/catalog/lookup.ts";
import type { JsonObject } from "../store/store.ts";
import { maySee } from "./access.ts";
import type { Capability, DecisionContext } from "./capability.ts";
import { answer, define, notFound, objectsIn, required, text } from "./define.ts";
import { computeMetric, type MetricSample, type MetricScope } from "./metric-computation.ts";
import { findParty } from "./party-records.ts";
import type { PartyRecord } from "./records.ts";
import { plusDuration } from "./time.ts";

const USUAL_WINDOW = "P90D";

interface Computed {
  readonly metric: JsonObject;
  readonly sample: MetricSample;
}

const get = define({
  name: "scorecards.get",
  summary: "The metrics of the published catalogue for one party, and the tier that follows from them.",
  input: { partyId: required("text", "The party.") },
  async decide(input, context) {
    const partyId = text(input, "partyId");
    const party = await findParty(context.read, partyId);
    if (party === undefined || !maySee(context, [partyId])) return notFound("scorecard of party", partyId);
    const [document] = documentsOf(context.catalog, "metrics");
    const content = document?.content ?? {};
    const computed: Computed[] = [];
    for (const metric of objectsIn(content["metrics"])) {
      const scope = scopeOf(metric, party.value, content["window"], context);
      computed.push({ metric, sample: await computeMetric(metric["compute"], scope, context) });
    }
    const tier = tierOf(objectsIn(content["tiers"]), computed);
    return answer({
      party: partyId,
      computedAt: context.now,
      ...(tier === undefined ? {} : { tier }),
      metrics: computed.map(viewMetric),
    });
  },
});

/** The value of one metric for a party at this moment; undefined where nothing was measured, or there is no such metric. */
export async function measureOf(
  metricId: string,
  partyId: string,
  context: DecisionContext,
): Promise<number | undefined> {
  const [document] = documentsOf(context.catalog, "metrics");
  const metric = objectsIn(document?.content["metrics"]).find(({ id }) => id === metricId);
  const party = await findParty(context.read, partyId);
  if (metric === undefined || party === undefined) return undefined;
  const scope = scopeOf(metric, party.value, document?.content["window"], context);
  const { value } = await computeMetric(metric["compute"], scope, context);
  return value === undefined ? undefined : round(value);
}

/** Since when and for whom a metric counts. Metrics of the ecosystem count for everybody. */
function scopeOf(
  metric: JsonObject,
  party: PartyRecord,
  window: unknown,
  { catalog, now }: DecisionContext,
): MetricScope {
  const length = typeof window === "string" ? window : USUAL_WINDOW;
  const since = plusDuration(now, `-${length}`, catalog.ecosystem.timeZone) ?? now;
  return metric["scope"] === "ecosystem" || party.id === catalog.ecosystem.orchestrator
    ? { since }
    : {
        since,
        party: party.id,
        role: party.role,
        ...(typeof metric["party"] === "string" ? { field: metric["party"] } : {}),
      };
}

function viewMetric({ metric, sample }: Computed): JsonObject {
  const { target } = metric;
  const value = sample.value === undefined ? undefined : round(sample.value);
  return {
    id: String(metric["id"]),
    layer: String(metric["layer"]),
    title: String(metric["title"] ?? metric["id"]),
    unit: String(metric["unit"] ?? "ratio"),
    ...(value === undefined ? {} : { value }),
    ...(typeof target === "number" ? { target } : {}),
    ...(value === undefined || typeof target !== "number" ? {} : { met: meets(metric, value, target) }),
    samples: sample.samples,
    ...(sample.reason === undefined ? {} : { reason: sample.reason }),
  };
}

/** Six decimals: enough for a ratio, and the same on every host. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

const meets = (metric: JsonObject, value: number, target: number): boolean =>
  metric["direction"] === "lower-is-better" ? value <= target : value >= target;

/** The first tier all of whose rules hold. A metric that has no value yet holds no rule. */
function tierOf(tiers: readonly JsonObject[], computed: readonly Computed[]): string | undefined {
  const values = new Map(computed.map(({ metric, sample }) => [metric["id"], sample.value]));
  const tier = tiers.find((each) =>
    objectsIn(each["rules"]).every((rule) => {
      const value = values.get(rule["metric"]);
      if (value === undefined) return false;
      const { atLeast, atMost } = rule;
      return (
        (typeof atLeast !== "number" || value >= atLeast) && (typeof atMost !== "number" || value <= atMost)
      );
    }),
  );
  return tier === undefined ? undefined : String(tier["id"]);
}

export const scorecardCapabilities: readonly Capability[] = [get];
