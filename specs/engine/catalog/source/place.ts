import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Finding, UnplacedFinding } from "../finding.ts";
import { locateSpecs } from "./discover.ts";
import { placeFindings } from "./source.ts";

/** Gives findings about documents of a spec set the line and column of what their pointer names. */
export async function placeInSources(path: string, findings: readonly UnplacedFinding[]): Promise<Finding[]> {
  if (findings.length === 0) return [];
  const { root } = await locateSpecs(path);
  const texts = new Map<string, string>();
  for (const { document } of findings) {
    if (texts.has(document)) continue;
    texts.set(document, await readFile(join(root, document), "utf8").catch(() => ""));
  }
  return await placeFindings(findings, (document) => texts.get(document));
}
