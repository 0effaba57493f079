import { join, relative, sep } from "node:path";
import type { Document } from "@redocly/openapi-core";
import type { Finding, UnplacedFinding } from "../finding.ts";
import { isPlainObject, type PlainObject, pointerTokens } from "../pointer.ts";
import { LONG_CHAIN, placeOfFile } from "../source/references.ts";
import { readSource, type SourceFile } from "../source/source.ts";
import type { Catalog, SpecDocument } from "../types.ts";

/**
 * What Redocly says about the structure of OpenAPI, AsyncAPI and Arazzo documents: misspelt and misplaced keys, which
 * the loader passes over, missing ones, wrong types. Only the rule on structure runs; matters of style are for the
 * author's own `redocly.yaml`.
 */
export async function checkStructure(
  root: string,
  catalog: Catalog,
  findings: UnplacedFinding[],
  known: readonly Finding[],
): Promise<void> {
  const { BaseResolver, ResolveError, Source, createConfig, lint } = await import("@redocly/openapi-core");
  const documents = new Map<string, Document>();
  /** Gives files of the spec set as the loader reads them, and nothing else: examples may name any URL. */
  class ConfinedResolver extends BaseResolver {
    override async resolveDocument<T = unknown>(base: string | null, ref: string): Promise<Document<T>> {
      const absolute = this.resolveExternalRef(base, ref);
      const known = documents.get(absolute);
      if (known !== undefined) return known as Document<T>;
      const file = absolute.startsWith(root + sep) ? await read(root, relative(root, absolute)) : undefined;
      if (file === undefined) throw new ResolveError(new Error(`${absolute} is not part of the spec set`));
      const document = { source: new Source(absolute, file.text), parsed: file.value };
      documents.set(absolute, document);
      return document as Document<T>;
    }
  }
  const config = await createConfig({ rules: { struct: "error" } });
  // Redocly follows a chain of references step within step.
  const chained = new Set(known.filter(({ code }) => code === LONG_CHAIN).map(({ document }) => document));
  for (const document of catalog.documents) {
    if (chained.has(document.path)) continue;
    if (!["openapi", "asyncapi", "arazzo"].includes(document.kind)) continue;
    const problems = await lint({
      ref: join(root, document.path),
      config,
      externalRefResolver: new ConfinedResolver(config.resolve),
    });
    for (const problem of problems) {
      if (problem.ruleId !== "struct") continue;
      const [location] = problem.location;
      const path = location === undefined ? document.path : relative(root, location.source.absoluteRef);
      const pointer = location?.pointer?.replace(/^#/, "") ?? "";
      if (path === document.path && isAllowed(document, pointer)) continue;
      const suggestion = problem.suggest[0];
      findings.push({
        document: path.split(sep).join("/"),
        pointer,
        severity: problem.severity === "error" ? "error" : "warning",
        code: "spec.structure",
        message: problem.message,
        fix: suggestion === undefined ? "See the standard of this document." : `Did you mean ${suggestion}?`,
      });
    }
  }
}

/** What leads elsewhere by a link, is no plain file, has no end or is a bomb is not read. */
async function read(root: string, path: string): Promise<SourceFile | undefined> {
  if ((await placeOfFile(root, path)) !== "within") return undefined;
  const source = await readSource(root, path);
  return source !== undefined && "value" in source ? source : undefined;
}

/** What AsyncAPI 3 allows and the rule doesn't know: a schema in a format of its own, and a channel without an address. */
function isAllowed({ kind, content }: SpecDocument, pointer: string): boolean {
  if (kind !== "asyncapi") return false;
  const tokens = pointerTokens(pointer);
  let node: unknown = content;
  for (const token of tokens) {
    if (isPlainObject(node) && typeof node["schemaFormat"] === "string" && token === "schema") return true;
    node = isPlainObject(node) || Array.isArray(node) ? (node as PlainObject)[token] : undefined;
  }
  return node === null && tokens.at(-1) === "address";
}
