import { join, relative, sep } from "node:path";
import type { Document, NormalizedProblem } from "@redocly/openapi-core";
import { reasonOf } from "../../errors/reason.ts";
import { editDistance } from "../../suggest.ts";
import type { Finding, UnplacedFinding } from "../finding.ts";
import { LONG_CHAIN, placeOfFile } from "../source/references.ts";
import { readSource, type SourceFile } from "../source/source.ts";
import type { Catalog } from "../types.ts";
import { COMPLETED, checkVersion, isAllowed } from "./structure-gaps.ts";

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
  const { BaseResolver, ResolveError, Source, createConfig, detectSpec, lint } = await import(
    "@redocly/openapi-core"
  );
  // Promises, since Redocly asks for a file once for each reference to it, all at the same time.
  const documents = new Map<string, Promise<Document>>();
  const documentAt = async (absolute: string): Promise<Document> => {
    const file = absolute.startsWith(root + sep) ? await read(root, relative(root, absolute)) : undefined;
    if (file === undefined) throw new ResolveError(new Error(`${absolute} is not part of the spec set`));
    return { source: new Source(absolute, file.text), parsed: file.value };
  };
  /** Gives files of the spec set as the loader reads them, and nothing else: examples may name any URL. */
  class ConfinedResolver extends BaseResolver {
    override resolveDocument<T = unknown>(base: string | null, ref: string): Promise<Document<T>> {
      const absolute = this.resolveExternalRef(base, ref);
      const document = documents.get(absolute) ?? documentAt(absolute);
      documents.set(absolute, document);
      return document as Promise<Document<T>>;
    }
  }
  const config = await createConfig({ rules: { struct: "error" }, plugins: [COMPLETED] });
  // Redocly follows a chain of references step within step.
  const chained = new Set(known.filter(({ code }) => code === LONG_CHAIN).map(({ document }) => document));
  for (const document of catalog.documents) {
    if (chained.has(document.path)) continue;
    if (!["openapi", "asyncapi", "arazzo"].includes(document.kind)) continue;
    const ref = join(root, document.path);
    const externalRefResolver = new ConfinedResolver(config.resolve);
    const { parsed } = await externalRefResolver.resolveDocument(null, ref);
    const version = checkVersion(document, parsed, detectSpec);
    if (version !== undefined) {
      findings.push(version);
      continue;
    }
    let problems: NormalizedProblem[];
    try {
      problems = await lint({ ref, config, externalRefResolver });
    } catch (cause) {
      findings.push({
        document: document.path,
        pointer: "",
        severity: "error",
        code: "spec.structure",
        message: `The structure of the document can't be checked: ${reasonOf(cause)}.`,
        fix: "Correct the references that lead back to themselves.",
      });
      continue;
    }
    for (const problem of problems) {
      if (problem.ruleId !== "struct") continue;
      const [location] = problem.location;
      const path = location === undefined ? document.path : relative(root, location.source.absoluteRef);
      const pointer = location?.pointer?.replace(/^#/, "") ?? "";
      if (path === document.path && isAllowed(document, pointer, problem.message)) continue;
      findings.push({
        document: path.split(sep).join("/"),
        pointer,
        severity: problem.severity === "error" ? "error" : "warning",
        code: "spec.structure",
        message: problem.message,
        fix: fixOf(problem, pointer),
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

/** How to mend what the rule found, in the words of its message. */
function fixOf({ message, suggest: [suggestion] }: NormalizedProblem, pointer: string): string {
  const [, name = ""] = /`([^`]*)`/.exec(message) ?? [];
  // The rule also suggests what a name of a few letters has nothing in common with.
  if (suggestion !== undefined && editDistance(name, suggestion) <= Math.max(1, name.length / 3)) {
    return `Did you mean ${suggestion}?`;
  }
  if (message.includes("not expected") && name.includes("/")) return `Move \`${name}\` into \`content\`.`;
  const place = pointer === "" || pointer === "/" ? "the top of the document" : pointer;
  if (message.includes("must be present")) return `Add \`${name}\` to ${place}.`;
  if (message.includes("at least one of")) return `Add one of them to ${place}.`;
  if (message.includes("not expected"))
    return `Remove \`${name}\`, or call it \`x-${name}\` if it is your own.`;
  if (message.includes("not allowed"))
    return `Remove \`${name}\`: what stands beside it leaves no room for it.`;
  if (message.includes("one of the following")) return "Use one of these.";
  return `Correct the value at ${place}.`;
}
