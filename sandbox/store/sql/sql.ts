import type { Row } from "./rows.ts";

export type SqlValue = string | number | null;
type Condition = readonly [sql: string, value: string | number | undefined];

/** A part of a statement with the values for its places. */
export interface SqlPart {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/**
 * The first rows of each of several sets, in order: `LIMIT` within a join, which each database writes in its own way. Rows go
 * by `x` in all conditions.
 */
export interface FirstOfEach {
  /** Gives the sets' ids, each once, as `id`. */
  readonly sets: SqlPart;
  readonly table: string;
  /** The table's column that holds a set's id. */
  readonly column: string;
  readonly tenant: string;
  /** Of records: which ones have their order by it. */
  readonly collection: string | undefined;
  /** Conditions on a set's rows. */
  readonly where: SqlPart;
  readonly descending: boolean;
  readonly limit: number;
}

/** A database that speaks SQL, and what it says differently from the others. */
export interface SqlDatabase {
  /** What a table's name begins with: `eco.`, or nothing. */
  readonly schema: string;
  /** How no limit is written. */
  readonly noLimit: number | null;
  /** A query that gives the texts of a list, whose JSON is its one value. */
  readonly textsIn: string;
  /** `FROM …` of the rows, which go by `x`; they may come in any order. */
  firstOfEach(parts: FirstOfEach): SqlPart;
  all(sql: string, values: readonly SqlValue[]): Promise<readonly Row[]>;
}

/** The conditions that were asked for. */
export function where(conditions: readonly Condition[]): SqlPart & { readonly values: (string | number)[] } {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  for (const [sql, value] of conditions) {
    if (value === undefined) continue;
    parts.push(sql);
    values.push(value);
  }
  return { sql: parts.join(" AND "), values };
}
