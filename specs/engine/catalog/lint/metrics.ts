import { didYouMean } from "../../suggest.ts";
import type { UnplacedFinding } from "../finding.ts";
import { documentsOf } from "../lookup.ts";
import { measureKind, UNITS_OF } from "../measures.ts";
import { isPlainObject, type PlainObject, pointerOf } from "../pointer.ts";
import { createReport, type Report } from "../report.ts";
import { USUAL_BRIEF } from "../signals.ts";
import type { Catalog, DocumentKind } from "../types.ts";
import { objectsOf, textOf, textsOf } from "../untyped.ts";

/** What a metric catalogue may name. */
interface Known {
  readonly metrics: readonly string[];
  readonly products: readonly string[];
  readonly serviceLevels: readonly string[];
  readonly checks: readonly string[];
  readonly severities: readonly string[];
}

/**
 * Reports what the schema of a metric catalogue can't see: products, service levels and checks that no document has, units
 * that don't fit the measure, metrics that are declared twice, a brief that compares nothing, and names of metrics that there are none of.
 */
export function checkMetrics(catalog: Catalog, findings: UnplacedFinding[]): void {
  const known: Known = {
    metrics: objectsIn(catalog, "metrics", "metrics").map(({ id }) => textOf(id)),
    products: objectsIn(catalog, "rate-card", "entries").map(({ product }) => textOf(product)),
    serviceLevels: documentsOf(catalog, "agreement").flatMap(({ content: { terms } }) =>
      objectsOf(isPlainObject(terms) ? terms["serviceLevels"] : undefined).map(({ id }) => textOf(id)),
    ),
    checks: objectsIn(catalog, "certification", "checks").map(({ id }) => textOf(id)),
    severities: documentsOf(catalog, "ecosystem").flatMap(({ content: { incidents } }) =>
      objectsOf(isPlainObject(incidents) ? incidents["severities"] : undefined).map(({ id }) => textOf(id)),
    ),
  };
  const seen = new Set<string>();
  for (const { path, content } of documentsOf(catalog, "metrics")) {
    const report = createReport(path, findings);
    for (const [index, metric] of objectsOf(content["metrics"]).entries()) {
      checkMetric(metric, pointerOf("metrics", index), known, report);
      checkTwice(textOf(metric["id"]), pointerOf("metrics", index, "id"), seen, report);
    }
    checkRules(content["tiers"], "tiers", "rules", known, report);
    checkBrief(content["brief"], report);
  }
  checkOutcomes(catalog, known, findings);
  for (const { path, content } of documentsOf(catalog, "certification"))
    checkRules(content["levels"], "levels", "keptBy", known, createReport(path, findings));
}

const objectsIn = (catalog: Catalog, kind: DocumentKind, list: string): PlainObject[] =>
  documentsOf(catalog, kind).flatMap(({ content }) => objectsOf(content[list]));

function checkTwice(id: string, pointer: string, seen: Set<string>, report: Report): void {
  if (seen.has(id)) {
    const fix = "Give it an id of its own: the first one of an id is measured, the others are left out.";
    report.error(pointer, "spec.metrics.duplicate-id", `There are two metrics ${id}.`, fix);
  }
  seen.add(id);
}

function checkMetric(metric: PlainObject, pointer: string, known: Known, report: Report): void {
  const measure = isPlainObject(metric["measure"]) ? metric["measure"] : {};
  const kind = textOf(measure["kind"]);
  const definition = measureKind(kind);
  // The schema has said so.
  if (definition === undefined) return;
  const unit = textOf(metric["unit"]);
  const units = UNITS_OF[definition.result];
  if (!units.includes(unit)) {
    const message = `The measure ${kind} isn't given in ${unit}.`;
    report.error(`${pointer}/unit`, "spec.metrics.unit", message, `Use ${units.join(", ")}.`);
  }
  checkNames(measure, "products", "product", `${pointer}/measure`, known, report);
  checkNames(measure, "serviceLevels", "service level", `${pointer}/measure`, known, report);
  checkNames(measure, "checks", "check", `${pointer}/measure`, known, report);
  checkNames(measure, "severities", "severity", `${pointer}/measure`, known, report);
  checkSample(metric["sample"], `${pointer}/sample`, report);
}

function checkNames(
  measure: PlainObject,
  list: "products" | "serviceLevels" | "checks" | "severities",
  noun: string,
  pointer: string,
  { [list]: names }: Known,
  report: Report,
): void {
  for (const [index, name] of textsOf(measure[list]).entries()) {
    const prefix = name.endsWith("*") && list === "checks" ? name.slice(0, -1) : undefined;
    const isKnown = prefix === undefined ? names.includes(name) : names.some((one) => one.startsWith(prefix));
    if (isKnown) continue;
    const message = `No document has the ${noun} ${name}: nothing would be measured of it.`;
    report.error(`${pointer}/${list}/${index}`, "spec.metrics.name", message, oneOf(name, names));
  }
}

/** The nearest names for what may be a slip, and else all that there are. */
function oneOf(word: string, names: readonly string[]): string {
  if (names.length === 0) return "Leave it out, or add the document that declares it.";
  return didYouMean(word, names) ?? `Use one of ${[...new Set(names)].sort().join(", ")}.`;
}

/** Six places: half a millionth is lost at most. */
const SAMPLE_TOLERANCE = 0.5000001e-6;

function checkSample(sample: unknown, pointer: string, report: Report): void {
  if (!isPlainObject(sample)) return;
  const { part, of, value } = sample;
  if (typeof part !== "number" || typeof of !== "number" || typeof value !== "number") return;
  if (Math.abs(part / of - value) <= SAMPLE_TOLERANCE) return;
  const message = `${part} / ${of} isn't ${value}.`;
  report.error(
    `${pointer}/value`,
    "spec.metrics.sample",
    message,
    `Write ${Number((part / of).toFixed(6))}.`,
  );
}

/** A brief that asks for more weeks than it looks back would compare nothing. */
function checkBrief(brief: unknown, report: Report): void {
  if (!isPlainObject(brief)) return;
  const { weeks = USUAL_BRIEF.weeks, minimumWeeks } = brief;
  if (typeof weeks !== "number" || typeof minimumWeeks !== "number" || minimumWeeks <= weeks) return;
  report.error(
    "/brief/minimumWeeks",
    "spec.metrics.brief",
    `The brief looks back ${weeks} weeks and asks for at least ${minimumWeeks}: nothing would be compared.`,
    `Give at most ${weeks}, or more \`weeks\`.`,
  );
}

/** Rules of tiers, and those that keep a level of certification. */
function checkRules(holders: unknown, list: string, rules: string, known: Known, report: Report): void {
  for (const [holder, node] of objectsOf(holders).entries()) {
    for (const [rule, { metric }] of objectsOf(node[rules]).entries())
      checkName(textOf(metric), pointerOf(list, holder, rules, rule, "metric"), known, report);
  }
}

function checkName(metric: string, pointer: string, { metrics }: Known, report: Report): boolean {
  if (metrics.includes(metric)) return true;
  report.error(pointer, "spec.metrics.unknown", `There is no metric ${metric}.`, oneOf(metric, metrics));
  return false;
}

/** An outcome that is aimed at otherwise than its metric would be met on one page and missed on another. */
function checkOutcomes(catalog: Catalog, known: Known, findings: UnplacedFinding[]): void {
  for (const { path, content } of documentsOf(catalog, "ecosystem")) {
    const report = createReport(path, findings);
    for (const [index, outcome] of objectsOf(content["outcomes"]).entries()) {
      const name = textOf(outcome["metric"]);
      if (!checkName(name, pointerOf("outcomes", index, "metric"), known, report)) continue;
      const metric = objectsIn(catalog, "metrics", "metrics").find(({ id }) => id === name);
      const target = metric?.["target"];
      if (target === undefined || target === outcome["target"]) continue;
      report.error(
        pointerOf("outcomes", index, "target"),
        "spec.metrics.target",
        `The outcome ${textOf(outcome["id"])} aims at ${String(outcome["target"])}, its metric ${name} at ${String(target)}.`,
        "Give both the same target: the scorecard shows the metric's.",
      );
    }
  }
}
