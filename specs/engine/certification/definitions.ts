import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";
import type { Catalog, Operation } from "../catalog/types.ts";
import { objectsOf, textsOf } from "../catalog/untyped.ts";
import { globOf } from "../glob.ts";
import { type CheckDefinition, type LevelDefinition, type Part, parts, type Severity } from "./model.ts";

function certificationDocuments(catalog: Catalog): PlainObject[] {
  return catalog.documents.filter((one) => one.kind === "certification").map((one) => one.content);
}

function isPart(value: string): value is Part {
  return (parts as readonly string[]).includes(value);
}

function checkOf(raw: PlainObject): CheckDefinition | undefined {
  const id = String(raw["id"]);
  const [part = "", suite = ""] = id.split(".");
  if (!isPart(part)) return undefined;
  return {
    id,
    version: Number(raw["version"]),
    title: String(raw["title"]),
    part,
    suite,
    severity: raw["severity"] as Severity,
    requirement: String(raw["requirement"]),
    source: String(raw["source"]),
    does: String(raw["does"]),
    fix: String(raw["fix"]),
  };
}

/** The checks that the catalogue's certification documents declare, in their order. Empty where it has no such document. */
export function checkDefinitions(catalog: Catalog): CheckDefinition[] {
  return certificationDocuments(catalog)
    .flatMap((document) => objectsOf(document["checks"]).map(checkOf))
    .filter((check) => check !== undefined);
}

/** The levels that the catalogue's certification documents declare, lowest first. */
export function levelDefinitions(catalog: Catalog): LevelDefinition[] {
  return certificationDocuments(catalog).flatMap((document) =>
    objectsOf(document["levels"]).map((raw) => ({
      id: String(raw["id"]),
      title: String(raw["title"]),
      description: String(raw["description"]),
      checks: textsOf(raw["checks"]),
      severities: textsOf(raw["severities"]) as Severity[],
      parts: textsOf(raw["parts"]).filter(isPart),
      maySkip: textsOf(raw["maySkip"]) as LevelDefinition["maySkip"],
      keptBy: objectsOf(raw["keptBy"]).map((rule) => ({
        metric: String(rule["metric"]),
        ...(typeof rule["atLeast"] === "number" ? { atLeast: rule["atLeast"] } : {}),
        ...(typeof rule["atMost"] === "number" ? { atMost: rule["atMost"] } : {}),
        graceDays: Number(rule["graceDays"]),
      })),
      ...(isPlainObject(raw["review"]) ? { review: { persons: Number(raw["review"]["persons"]) } } : {}),
    })),
  );
}

/**
 * Paths of the OpenAPI documents that partners implement: those that a certification document names, or whose operations
 * bring orders to a partner; without any, the only OpenAPI document, or those in which no operation is bound to a capability.
 */
export function documentsOfPartners(catalog: Catalog): string[] {
  const known = documentsImplementedByPartners(catalog);
  if (known.length > 0) return known;
  const all = openApiPaths(catalog);
  if (all.length === 1) return all;
  const bound = new Set(catalog.operations.filter((one) => one.capability).map((one) => one.document));
  return all.filter((path) => !bound.has(path));
}

/** Paths of the OpenAPI documents that partners call: all but those that they implement. */
export function documentsForPartners(catalog: Catalog): string[] {
  const implemented = documentsImplementedByPartners(catalog);
  return openApiPaths(catalog).filter((path) => !implemented.includes(path));
}

/**
 * Paths of the OpenAPI documents of which it is said that partners implement them: in a certification document, else by what
 * they mean, where every bound operation is one that the platform calls (`fulfilment.offer`). Empty where nothing says so.
 */
export function documentsImplementedByPartners(catalog: Catalog): string[] {
  const all = openApiPaths(catalog);
  const named = namedForPartners(catalog).filter((path) => all.includes(path));
  if (named.length > 0) return named;
  const bound = Map.groupBy(
    catalog.operations.filter(({ capability }) => capability !== undefined),
    ({ document }) => document,
  );
  return all.filter((path) => bound.get(path)?.every(isCalledByPlatform) ?? false);
}

const isCalledByPlatform = ({ capability }: Operation): boolean =>
  capability?.name.startsWith("fulfilment.") === true;

const openApiPaths = (catalog: Catalog): string[] =>
  catalog.documents.filter((one) => one.kind === "openapi").map((one) => one.path);

const namedForPartners = (catalog: Catalog): string[] =>
  certificationDocuments(catalog).flatMap((one) => textsOf(one["implementedByPartners"]));

/** `provider.*` matches every id that begins with `provider.`; a glob without `*` matches itself. */
export function matchesGlob(glob: string, id: string): boolean {
  return globOf(glob).test(id);
}
