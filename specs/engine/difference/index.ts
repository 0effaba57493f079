import type { Catalog, SpecDocument } from "../catalog/types.ts";
import { documentsOfPartners } from "../certification/definitions.ts";
import { LEVELS, type Level, type Place, type SpecChange, type SpecDifference, VERDICTS } from "./change.ts";
import { compareChannels } from "./channels.ts";
import { type Collector, createCollector } from "./collector.ts";
import { type Comparison, compareKeys, newAt, tell } from "./comparison.ts";
import { capital } from "./content.ts";
import { pairDocuments } from "./documents.ts";
import { compareEffect } from "./effect.ts";
import { compareMessages } from "./messages.ts";
import { compareOperations } from "./operations.ts";
import { compareOwnDocument, subjectOfDocument, titleOf } from "./own-documents.ts";
import { SchemaGraph } from "./schema-graph.ts";
import { compareEndpoints, compareServers } from "./servers.ts";
import { sameJson } from "./substance.ts";
import { compareUnusedComponents } from "./unused-components.ts";

/**
 * Everything that changed between two spec sets, for who built against the old one: each change once, with its place,
 * what it reaches there and what it asks. Two sets that say the same, however they are written, differ in nothing.
 */
export function compareSpecs(old: Catalog, now: Catalog): SpecDifference {
  const collector = createCollector();
  const { pairs, removed, added } = pairDocuments(old, now);
  const compare = (before: SpecDocument, after: SpecDocument): void => {
    if (before.kind === "openapi" || before.kind === "asyncapi")
      compareApi(comparisonOf(old, now, before, after, collector), before.kind);
    else {
      compareOwnDocument(before, after, collector);
      compareEffect(before, after, now, collector);
    }
  };
  for (const [before, after] of pairs) compare(before, after);
  for (const before of removed) {
    const after = emptied(before);
    if (after === undefined) documentTold(before, "removed", collector);
    else compare(before, after);
  }
  for (const after of added) {
    const before = emptied(after) ?? versionBefore(old, after);
    if (before === undefined) documentTold(after, "added", collector);
    else compare(before, after);
  }
  const changes = collector.changes();
  return { from: old.digest, to: now.digest, counts: countsOf(changes), changes };
}

/** A document that holds many things, without them: each is told of by itself. Undefined where a document is one thing. */
function emptied({ content, ...document }: SpecDocument): SpecDocument | undefined {
  const { info, id, ...rest } = content;
  switch (document.kind) {
    case "openapi":
    case "asyncapi":
      return { ...document, content: { info } };
    case "arazzo":
      return { ...document, content: { info, ...rest, workflows: [] } };
    case "certification":
      return rest["checks"] === undefined ? undefined : { ...document, content: { id, ...rest, checks: [] } };
    default:
      return undefined;
  }
}

/** A new version that stands beside the old ones is a change of the latest of them. */
function versionBefore({ documents }: Catalog, { kind, content }: SpecDocument): SpecDocument | undefined {
  const { id, version } = content;
  if (typeof id !== "string" || version === undefined) return undefined;
  const inOrder = new Intl.Collator("en", { numeric: true });
  return documents
    .filter((one) => one.kind === kind && one.content["id"] === id)
    .toSorted((one, other) =>
      inOrder.compare(String(one.content["version"]), String(other.content["version"])),
    )
    .at(-1);
}

function documentTold(document: SpecDocument, change: "added" | "removed", collector: Collector): void {
  const subject = subjectOfDocument(document);
  const place: Place = { side: change === "added" ? "new" : "old", document: document.path, pointer: "" };
  const message = `${capital(titleOf(subject))} is ${change === "added" ? "new" : "no longer there"}.`;
  const level = change === "added" ? "compatible" : "breaking";
  collector.add({ rule: `${subject.kind}.${change}`, message, place }, { ...subject, where: "", level });
}

function countsOf(changes: readonly SpecChange[]): Record<Level, number> {
  const counts = { breaking: 0, "possibly-breaking": 0, compatible: 0, text: 0 };
  for (const level of LEVELS) counts[level] = changes.filter((change) => change.level === level).length;
  return counts;
}

function comparisonOf(
  old: Catalog,
  now: Catalog,
  before: SpecDocument,
  after: SpecDocument,
  collector: Collector,
): Comparison {
  const documents = { old: before, new: after };
  const schemas = new SchemaGraph(documents, collector);
  const servedBy = servedByPartners(now, after) || servedByPartners(old, before) ? "partners" : "ecosystem";
  return { old, new: now, documents, schemas, collector, servedBy };
}

/** Whether partners implement a document while they call others: where they would implement all there are, they call them. */
function servedByPartners(catalog: Catalog, { path }: SpecDocument): boolean {
  const served = documentsOfPartners(catalog);
  const all = catalog.documents.filter(({ kind }) => kind === "openapi");
  return served.includes(path) && served.length < all.length;
}

/** What of a document's root has a comparison of its own. Components count where something refers to them. */
const HANDLED = new Set([
  "openapi",
  "asyncapi",
  "info",
  "servers",
  "paths",
  "webhooks",
  "channels",
  "operations",
  "components",
  "security",
  "tags",
  "defaultContentType",
  "jsonSchemaDialect",
  "$self",
]);

function compareApi(comparison: Comparison, kind: "openapi" | "asyncapi"): void {
  const { old, new: now } = comparison.documents;
  if (kind === "openapi") {
    compareServers(comparison);
    compareOperations(comparison);
  } else {
    compareEndpoints(comparison);
    compareChannels(comparison);
  }
  compareMessages(comparison);
  compareUnusedComponents(comparison);
  const subject = { kind: "document", id: old.path } as const;
  const spot = { comparison, subject, where: "", direction: "either" } as const;
  if (!sameJson(old.content["info"], now.content["info"]))
    tell(spot, "words.changed", VERDICTS.text, `info of ${old.path} changed.`, newAt(comparison, "/info"));
  compareKeys(spot, { value: old.content, pointer: "" }, { value: now.content, pointer: "" }, HANDLED);
}
