import { createHash } from "node:crypto";
import type { Columns } from "./row.ts";

/**
 * Gives rows their ids: the mapped one, else a hash of the row's content and of which occurrence of that content in the file it is.
 * So two equal rows of one file are two deliveries, and a file sent again, or mended and sent again, gives the same ids to the same rows.
 */
export class Identities {
  readonly #batch: string;
  readonly #occurrences = new Map<string, number>();

  /** @param batch tells genuine twins of another file apart (`--batch`). */
  constructor(batch = "") {
    this.#batch = batch;
  }

  of(columns: Columns, product: string): string {
    const content = digest(canonical(withoutRejectColumns(columns)), product, this.#batch);
    const occurrence = (this.#occurrences.get(content) ?? 0) + 1;
    this.#occurrences.set(content, occurrence);
    return `row_${(occurrence === 1 ? content : digest(content, String(occurrence))).slice(0, 32)}`;
  }
}

/** The two columns that a rejects file puts before the row's own. */
export const rejectColumns = ["line", "reason"] as const;

export function isRejectsHeader(columns: readonly string[]): boolean {
  return rejectColumns.every((name, i) => columns[i] === name);
}

/** A row of a rejects file, mended, is the row that it would have been in its own file. */
function withoutRejectColumns(columns: Columns): Columns {
  if (!isRejectsHeader(Object.keys(columns))) return columns;
  return Object.fromEntries(Object.entries(columns).slice(rejectColumns.length));
}

/** The order of columns, and blanks around a cell, say nothing about the content. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "string") return JSON.stringify(value.trim());
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}

function digest(...parts: readonly string[]): string {
  const hash = createHash("sha256");
  // Lengths in front, so that no two lists of parts run together into one text.
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex");
}
