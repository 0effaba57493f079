import type { SpecDocument } from "../../specs/engine/catalog/types.ts";
import { type Json, list, objects, text, texts } from "./json.ts";
import type { Site } from "./site.ts";
import { uniqueSegments } from "./url.ts";

export interface CheckPage {
  readonly id: string;
  readonly part: string;
  readonly suite: string;
  readonly title: string;
  readonly severity: string;
  readonly content: Json;
  readonly document: SpecDocument;
  readonly href: string;
  readonly segment: string;
}

export interface LevelPage {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly checks: readonly CheckPage[];
  readonly severities: readonly string[];
  readonly parts: readonly string[];
  readonly maySkip: readonly string[];
  readonly keptBy: readonly { metric: string; atLeast: string; graceDays: string }[];
  readonly href: string;
  readonly segment: string;
}

export interface PartGroup {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly checks: readonly CheckPage[];
}

export interface Certification {
  readonly parts: readonly PartGroup[];
  readonly levels: readonly LevelPage[];
  readonly checks: readonly CheckPage[];
}

/** The certification catalogue as pages: parts with their checks, levels with the checks that count for them. */
export function certificationOf(site: Site): Certification {
  const segments = uniqueSegments();
  const documents = site.ofKind("certification");
  const levelSegments = new Map(
    documents
      .flatMap((one) => objects(one.content["levels"]))
      .map((level) => [level, segments(text(level["id"]))]),
  );
  const parts = documents
    .filter((document) => list(document.content["checks"]).length > 0)
    .map((document) => ({
      id: text(document.content["id"]),
      title: text(document.content["title"]),
      description: text(document.content["description"]),
      checks: objects(document.content["checks"]).map((check) => checkPage(check, document, segments)),
    }));
  const checks = parts.flatMap((part) => part.checks);
  const levels = [...levelSegments].map(([level, segment]) => levelPage(level, segment, checks));
  return { parts, levels, checks };
}

function checkPage(content: Json, document: SpecDocument, segments: (name: string) => string): CheckPage {
  const id = text(content["id"]);
  const [part = "", suite = ""] = id.split(".");
  const segment = segments(id);
  const title = text(content["title"]) || id;
  return {
    id,
    part,
    suite,
    title,
    severity: text(content["severity"]),
    content,
    document,
    segment,
    href: `/certify/${segment}/`,
  };
}

function levelPage(level: Json, segment: string, all: readonly CheckPage[]): LevelPage {
  const patterns = texts(level["checks"]);
  const severities = texts(level["severities"]);
  const counts = (check: CheckPage): boolean =>
    (severities.length === 0 || severities.includes(check.severity)) &&
    patterns.some((pattern) => matches(pattern, check.id));
  return {
    id: text(level["id"]),
    title: text(level["title"]) || text(level["id"]),
    description: text(level["description"]),
    checks: all.filter(counts),
    severities,
    parts: texts(level["parts"]),
    maySkip: texts(level["maySkip"]),
    keptBy: objects(level["keptBy"]).map((rule) => ({
      metric: text(rule["metric"]),
      atLeast: text(rule["atLeast"]),
      graceDays: text(rule["graceDays"]),
    })),
    segment,
    href: `/certify/${segment}/`,
  };
}

/** Whether a check's id is meant by a pattern: an id, or a glob such as `provider.*`. */
function matches(pattern: string, id: string): boolean {
  if (!pattern.includes("*")) return pattern === id;
  const [before = "", ...rest] = pattern.split("*");
  const after = rest.at(-1) ?? "";
  return id.startsWith(before) && id.endsWith(after) && id.length >= before.length + after.length;
}
