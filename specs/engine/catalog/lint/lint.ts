import { checkJourneys } from "../../journey/check-journeys.ts";
import type { Finding, UnplacedFinding } from "../finding.ts";
import { type LoadOptions, type LoadResult, loadCatalog } from "../load.ts";
import { locateSpecs } from "../source/discover.ts";
import { placeInSources } from "../source/place.ts";
import type { Catalog } from "../types.ts";
import { checkCapabilities, type KnownMeanings } from "./capabilities.ts";
import { checkCurrencies } from "./currencies.ts";
import { checkExamples } from "./examples.ts";
import { checkMembers } from "./members.ts";
import { checkMetrics } from "./metrics.ts";
import { checkNamed } from "./named.ts";
import { compileSchemas } from "./schemas.ts";
import { checkStructure } from "./structure.ts";
import { checkUnfilled } from "./unfilled.ts";

/** A check that another part of the toolkit adds: the static checks of rate cards come in this way. */
export type ExtraCheck = (catalog: Catalog) => Iterable<UnplacedFinding> | Promise<Iterable<UnplacedFinding>>;

export interface LintOptions extends LoadOptions {
  readonly extraChecks?: readonly ExtraCheck[];
  /** What there is to bind to. Without it the names of capabilities, fields and events aren't checked. */
  readonly meanings?: KnownMeanings;
}

export interface LintResult {
  readonly catalog: Catalog;
  /** Documents that can't be read first, then by document, line and column; errors and warnings. */
  readonly findings: readonly Finding[];
}

/**
 * Everything that can be said about a spec set without running it: what the loader finds, misspelt and misplaced keys, schemas that can't be
 * compiled, examples that break their schemas, bindings that miss a required field or member, journeys that can't run, and the extra checks.
 */
export async function lintSpecs(path: string, options: LintOptions = {}): Promise<LintResult> {
  const loaded: LoadResult = await loadCatalog(path, options);
  const { catalog } = loaded;
  const found: UnplacedFinding[] = [];
  await checkStructure((await locateSpecs(path)).root, catalog, found, loaded.findings);
  compileSchemas(catalog, found);
  checkExamples(catalog, found);
  checkMetrics(catalog, found);
  checkMembers(catalog, found);
  checkNamed(catalog, found);
  checkCurrencies(catalog, found);
  checkUnfilled(catalog, found);
  if (options.meanings !== undefined) checkCapabilities(catalog, options.meanings, found);
  found.push(...(await checkJourneys(catalog)));
  for (const check of options.extraChecks ?? []) found.push(...(await check(catalog)));
  const placed = await placeInSources(path, withoutKnown(found, loaded.findings), catalog.documents);
  return { catalog, findings: [...loaded.findings, ...placed].sort(byPlace) };
}

/** What the loader has said of a place needn't be said again by the check of structure. */
function withoutKnown(found: readonly UnplacedFinding[], known: readonly Finding[]): UnplacedFinding[] {
  const places = new Set(known.map(({ document, pointer }) => `${document}#${pointer}`));
  return found.filter(
    ({ code, document, pointer }) => code !== "spec.structure" || !places.has(`${document}#${pointer}`),
  );
}

/** What can't be read at all comes first: much of the rest follows from it. */
function byPlace(a: Finding, b: Finding): number {
  return (
    Number(isUnreadable(b)) - Number(isUnreadable(a)) ||
    a.document.localeCompare(b.document, "en") ||
    a.line - b.line ||
    a.column - b.column ||
    a.code.localeCompare(b.code, "en")
  );
}

const isUnreadable = ({ code }: Finding): boolean => code === "spec.document.syntax";
