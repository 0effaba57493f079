import { type MeasureKind, measureKind } from "../../specs/engine/catalog/measures.ts";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import { objectsOf, textOf, textsOf } from "../../specs/engine/catalog/untyped.ts";
import { type Exact, isExact, parseExact } from "../rating/exact.ts";

/** A measure as a metric sets it. Lists that are left out narrow nothing. */
export interface Measure {
  readonly kind: string;
  readonly definition: MeasureKind;
  readonly products: readonly string[];
  readonly serviceLevels: readonly string[];
  readonly outcomes: readonly string[];
  /** Patterns: `provider.security.*`. */
  readonly checks: readonly string[];
  /** How bad incidents have to be to count. */
  readonly severities: readonly string[];
  /** From which score on a customer is satisfied. */
  readonly score: number;
  /** Whose part a record is. */
  readonly party: "provider" | "customer" | "participant";
}

export interface Metric {
  readonly id: string;
  readonly layer: string;
  readonly title: string;
  readonly unit: string;
  readonly lowerIsBetter: boolean;
  readonly target: Exact | undefined;
  /** From how many records on there is a figure. */
  readonly minimum: number;
  readonly measure: Measure;
}

/** Benefits follow from quality: a tier holds while all its rules do. */
export interface Tier {
  readonly id: string;
  readonly title: string;
  readonly benefits: readonly string[];
  readonly rules: readonly {
    readonly metric: string;
    readonly atLeast: Exact | undefined;
    readonly atMost: Exact | undefined;
  }[];
}

export interface MetricCatalogue {
  readonly metrics: readonly Metric[];
  /** Best first. */
  readonly tiers: readonly Tier[];
  /** How far back a scorecard looks where no period is asked for: an ISO 8601 duration. */
  readonly window: string;
}

const USUAL_WINDOW = "P90D";

/** What a dispute has to have come to where a metric doesn't say so. */
const USUAL_OUTCOMES = ["upheld", "partly-upheld"];

/** The metrics of the documents, in their order. What their schema would refuse is left out; the first of an id stands. */
export function readMetrics(documents: readonly { readonly [key: string]: unknown }[]): MetricCatalogue {
  const metrics = new Map<string, Metric>();
  for (const node of documents.flatMap((content) => objectsOf(content["metrics"]))) {
    const metric = readMetric(node);
    if (metric !== undefined && !metrics.has(metric.id)) metrics.set(metric.id, metric);
  }
  const window = documents.map((content) => textOf(content["window"])).find((text) => text !== "");
  return {
    metrics: [...metrics.values()],
    tiers: documents.flatMap((content) => objectsOf(content["tiers"])).map(readTier),
    window: window ?? USUAL_WINDOW,
  };
}

function readMetric(node: { readonly [key: string]: unknown }): Metric | undefined {
  const measure = isPlainObject(node["measure"]) ? readMeasure(node["measure"]) : undefined;
  const id = textOf(node["id"]);
  if (measure === undefined || id === "") return undefined;
  const minimum = node["minimum"];
  return {
    id,
    layer: textOf(node["layer"]),
    title: textOf(node["title"]) || id,
    unit: textOf(node["unit"]),
    lowerIsBetter: node["direction"] === "lower-is-better",
    target: exactOf(node["target"]),
    minimum: typeof minimum === "number" ? minimum : 1,
    measure,
  };
}

function readMeasure(node: { readonly [key: string]: unknown }): Measure | undefined {
  const kind = textOf(node["kind"]);
  const definition = measureKind(kind);
  if (definition === undefined) return undefined;
  const outcomes = textsOf(node["outcomes"]);
  return {
    kind,
    definition,
    products: textsOf(node["products"]),
    serviceLevels: textsOf(node["serviceLevels"]),
    outcomes: outcomes.length === 0 ? USUAL_OUTCOMES : outcomes,
    checks: textsOf(node["checks"]),
    severities: textsOf(node["severities"]),
    score: typeof node["score"] === "number" ? node["score"] : 0,
    party: partyOf(definition, node["party"]),
  };
}

/** A dispute concerns everybody who takes part in the delivery; of the rest one party answers for it, unless the metric says otherwise. */
function partyOf({ data, parameters }: MeasureKind, named: unknown): Measure["party"] {
  if (!parameters.includes("party")) return data === "disputes" ? "participant" : "provider";
  return named === "customer" || named === "participant" ? named : "provider";
}

function readTier(node: { readonly [key: string]: unknown }): Tier {
  const rules = objectsOf(node["rules"]).map((rule) => ({
    metric: textOf(rule["metric"]),
    atLeast: exactOf(rule["atLeast"]),
    atMost: exactOf(rule["atMost"]),
  }));
  const id = textOf(node["id"]);
  return { id, title: textOf(node["title"]) || id, benefits: textsOf(node["benefits"]), rules };
}

/** A bound as the document writes it, exactly. */
const exactOf = (value: unknown): Exact | undefined => (isExact(value) ? parseExact(value) : undefined);
