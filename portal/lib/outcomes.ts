import { type Json, objects, text, texts } from "./json.ts";
import type { Site } from "./site.ts";

export interface OutcomeView {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** `≥ 80 %`, `≤ 24 hours`. */
  readonly target: string;
  readonly metric: string;
}

/** All metrics of the spec set, whichever document they stand in. */
export function metricsOf(site: Site): readonly Json[] {
  return site.ofKind("metrics").flatMap((document) => objects(document.content["metrics"]));
}

/** The outcome thesis: what the ecosystem promises, with the target of the metric that measures it. */
export function outcomesOf(site: Site): readonly OutcomeView[] {
  const metrics = new Map(metricsOf(site).map((metric) => [text(metric["id"]), metric]));
  return objects(site.catalog.ecosystem.content["outcomes"]).map((outcome) => {
    const metric = metrics.get(text(outcome["metric"])) ?? {};
    return {
      id: text(outcome["id"]),
      title: text(outcome["title"]),
      description: text(outcome["description"]),
      target: targetWords({ ...metric, target: outcome["target"] ?? metric["target"] }),
      metric: text(outcome["metric"]),
    };
  });
}

/** A metric's target as a person says it. Empty where it has none. */
export function targetWords(metric: Json): string {
  const value = metric["target"];
  if (value === undefined) return "";
  return `${text(metric["direction"]).startsWith("lower") ? "≤" : "≥"} ${quantity(value, text(metric["unit"]))}`;
}

/** A value in the metric's unit: ratios as percentages. */
export function quantity(value: unknown, unit: string): string {
  const number = Number(value);
  if (unit === "ratio" && Number.isFinite(number)) return `${Number((number * 100).toFixed(2))} %`;
  return [text(value), unit].filter(Boolean).join(" ");
}

/** What a role must be certified in, as the participation rules say. */
export function certificationRule(
  role: string,
  site: Site,
): { level: string; parts: readonly string[]; dueWithin: string } | undefined {
  const participation = site.catalog.ecosystem.content["participation"];
  const rules = objects(
    ((participation as Json | undefined)?.["certification"] as Json | undefined)?.["levels"],
  );
  const rule = rules.find((one) => text(one["role"]) === role);
  return (
    rule && { level: text(rule["level"]), parts: texts(rule["parts"]), dueWithin: text(rule["dueWithin"]) }
  );
}

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^P(\d+)D$/u, "day"],
  [/^P(\d+)M$/u, "month"],
  [/^P(\d+)Y$/u, "year"],
  [/^PT(\d+)H$/u, "hour"],
  [/^PT(\d+)M$/u, "minute"],
];

/** `P30D` → `30 days`; what is no simple duration stays as it is. */
export function durationWords(iso: string): string {
  for (const [form, unit] of UNITS) {
    const count = form.exec(iso)?.[1];
    if (count !== undefined) return `${count} ${unit}${count === "1" ? "" : "s"}`;
  }
  return iso;
}
