import type { EcoErrorOptions } from "../errors/index.ts";
import { EcoError } from "../errors/index.ts";
import type { Catalog } from "./types.ts";

/** Something to know or to mend in a spec document. */
export interface Finding {
  /** Path of the file in the spec set. */
  readonly document: string;
  /** JSON pointer in that file. */
  readonly pointer: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** An `error` makes the document, or the part of it named, unusable; a `warning` is worked around. */
  readonly severity: "error" | "warning";
  /** Stable name of the rule: `spec.ref.refused`. */
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** A finding before its line is known. */
export type UnplacedFinding = Omit<Finding, "line" | "column"> & {
  readonly line?: number;
  readonly column?: number;
};

/** `openapi/api.yaml:12:5 error spec.ref.refused …`, as linters print it. */
export function formatFinding(finding: Finding): string {
  const place = `${finding.document}:${finding.line}:${finding.column}`;
  return `${place} ${finding.severity} ${finding.code}: ${finding.message} ${finding.fix}`;
}

/**
 * For who goes on without what an OpenAPI, AsyncAPI or Arazzo document gets wrong; terms are taken whole or not at all.
 * @returns what to tell of the errors, where there are any
 * @throws EcoError `ECO_SPEC_INVALID`, … where a rate card, an agreement, the manifest, … breaks its schema, and where no
 *   document could be read
 */
export function assertUsable(
  { documents }: Pick<Catalog, "documents">,
  findings: readonly Finding[],
): string | undefined {
  const errors = findings.filter(({ severity }) => severity === "error");
  assertSound(documents.length === 0 ? errors : errors.filter(({ code }) => OWN_DOCUMENT.test(code)));
  const [first] = errors;
  if (first === undefined) return undefined;
  const count = errors.length === 1 ? "an error" : `${errors.length} errors`;
  const place = `${first.document}:${first.line}:${first.column}`;
  return `The spec set has ${count}, \`eco specs lint\` lists all: ${place} ${first.message}`;
}

const OWN_DOCUMENT = /^spec\.(agreement|certification|ecosystem|metrics|rate-card)\./;

/**
 * Lets nobody who needs a spec set whole go on with half of it.
 * @throws EcoError `ECO_SPEC_INVALID`, `ECO_SPEC_REF_REFUSED`, `ECO_SPEC_TOO_LARGE` when the findings hold errors
 */
export function assertSound(findings: readonly Finding[]): void {
  const errors = findings.filter((finding) => finding.severity === "error");
  const first = errors[0];
  if (first === undefined) return;
  const code = errors.some((finding) => finding.code === "spec.ref.refused")
    ? "ECO_SPEC_REF_REFUSED"
    : errors.some((finding) => finding.code === "spec.document.too-large")
      ? "ECO_SPEC_TOO_LARGE"
      : "ECO_SPEC_INVALID";
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  const options: EcoErrorOptions = { fix: first.fix, details: { findings: errors.slice(0, 50) } };
  const place = `${first.document}:${first.line}:${first.column}`;
  throw new EcoError(code, `${place}: ${first.message}${more}`, options);
}
