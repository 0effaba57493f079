import { MEASURED_DATA, measureKind } from "../../specs/engine/catalog/measures.ts";
import { type Json, object, objects, text, texts } from "./json.ts";
import { quantity } from "./outcomes.ts";
import type { Site } from "./site.ts";

/** A line about a metric: Markdown, in which names are linked to their pages. */
export interface MetricFact {
  readonly term: string;
  readonly words: string;
}

const WHOSE: Readonly<Record<string, string>> = {
  provider: "who answers for the record, such as the provider of a delivery",
  customer: "who the record was made for",
  participant: "everybody who takes part",
};

/** How a metric is computed, from what, whose part a record is and what leans on the figure. */
export function metricFacts(metric: Json, portal: Site): readonly MetricFact[] {
  const measure = object(metric["measure"]);
  const kind = measureKind(text(measure["kind"]));
  const minimum = Number(metric["minimum"] ?? 1);
  const lines: readonly (readonly [string, string])[] = [
    ["Formula", text(metric["formula"])],
    ["Measure", kind === undefined ? "" : kind.summary],
    ["From", kind === undefined ? "" : MEASURED_DATA[kind.data]],
    ["Only", narrowing(measure)],
    [
      "Part of",
      kind?.parameters.includes("party") ? (WHOSE[text(measure["party"]) || "provider"] ?? "") : "",
    ],
    ["Not below", minimum > 1 ? `${minimum} records` : ""],
    ["Sample", sampleWords(metric)],
    ["Decides on", leaningOn(text(metric["id"]), portal).join(", ")],
  ];
  return lines.filter(([, words]) => words !== "").map(([term, words]) => ({ term, words }));
}

function narrowing(measure: Json): string {
  const names = ["products", "serviceLevels", "outcomes", "checks"].flatMap((key) => texts(measure[key]));
  return names.map((name) => `\`${name}\``).join(", ");
}

function sampleWords(metric: Json): string {
  const { part, of, value } = object(metric["sample"]);
  if (value === undefined) return "";
  const result = quantity(value, text(metric["unit"]));
  return part === undefined ? result : `${text(part)} of ${text(of)} are ${result}`;
}

/** Outcomes, tiers and levels of certification that go by a metric. */
function leaningOn(id: string, { catalog, ofKind }: Site): string[] {
  const contents = (kind: Parameters<Site["ofKind"]>[0]): readonly Json[] =>
    ofKind(kind).map((document) => document.content);
  const ruled = (nodes: readonly Json[], rules: string, noun: string): string[] =>
    nodes
      .filter((node) => objects(node[rules]).some(({ metric }) => metric === id))
      .map((node) => `${noun} ${text(node["title"]) || text(node["id"])}`);
  return [
    ...objects(catalog.ecosystem.content["outcomes"])
      .filter(({ metric }) => metric === id)
      .map((outcome) => `the outcome “${text(outcome["title"])}”`),
    ...ruled(
      contents("metrics").flatMap(({ tiers }) => objects(tiers)),
      "rules",
      "the tier",
    ),
    ...ruled(
      contents("certification").flatMap(({ levels }) => objects(levels)),
      "keptBy",
      "the level",
    ),
  ];
}
