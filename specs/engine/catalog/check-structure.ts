import { join, relative, sep } from "node:path";
import type { UnplacedFinding } from "./finding.ts";
import type { Catalog } from "./types.ts";

/**
 * What Redocly says about the structure of OpenAPI, AsyncAPI and Arazzo documents: misspelt and misplaced keys, which
 * the loader passes over, missing ones, wrong types. Only the rule on structure runs; matters of style are for the
 * author's own `redocly.yaml`.
 */
export async function checkStructure(
  root: string,
  catalog: Catalog,
  findings: UnplacedFinding[],
): Promise<void> {
  const { BaseResolver, ResolveError, createConfig, lint } = await import("@redocly/openapi-core");
  /** Reads files of the spec set and nothing else: examples may name any URL. */
  class ConfinedResolver extends BaseResolver {
    override async loadExternalRef(
      absolute: string,
    ): ReturnType<InstanceType<typeof BaseResolver>["loadExternalRef"]> {
      if (absolute.startsWith(root + sep)) return await super.loadExternalRef(absolute);
      throw new ResolveError(new Error(`${absolute} is not part of the spec set`));
    }
  }
  const config = await createConfig({ rules: { struct: "error" } });
  for (const document of catalog.documents) {
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
      const suggestion = problem.suggest[0];
      findings.push({
        document: path.split(sep).join("/"),
        pointer: location?.pointer?.replace(/^#/, "") ?? "",
        severity: problem.severity === "error" ? "error" : "warning",
        code: "spec.structure",
        message: problem.message,
        fix: suggestion === undefined ? "See the standard of this document." : `Did you mean ${suggestion}?`,
      });
    }
  }
}
