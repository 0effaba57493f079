import type { Query, Value } from "./connection.ts";

export type Scalar = string | number | bigint | null;

/** Columns with their types, and for each row the values in the same order. */
export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, "text" | "bigint" | "numeric" | "smallint">>;
  /** What to do where the row is there already. */
  readonly conflict?: string;
}

/** One statement, however many rows. */
export async function insertRows(
  query: Query,
  tenant: string,
  { name, columns, conflict = "" }: Table,
  rows: readonly (readonly Scalar[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns);
  const arrays = Object.values(columns).map((type) => `?::${type}[]`);
  const values: Value[] = names.map((_, column) => rows.map((row) => row[column] ?? null));
  await query(
    `INSERT INTO eco.${name} (tenant, ${names.join(", ")}) SELECT ?, * FROM unnest(${arrays.join(", ")}) ${conflict}`,
    [tenant, ...values],
  );
}

/** The rows whose columns hold these values, given column by column. */
export async function deleteRows(
  query: Query,
  tenant: string,
  table: string,
  columns: Readonly<Record<string, readonly (string | number)[]>>,
): Promise<void> {
  const names = Object.keys(columns);
  const values = Object.values(columns);
  if (values[0] === undefined || values[0].length === 0) return;
  const arrays = names.map((name) => (name === "sequence" ? "?::bigint[]" : "?::text[]"));
  await query(
    `DELETE FROM eco.${table} r USING unnest(${arrays.join(", ")}) AS gone (${names.join(", ")})
     WHERE r.tenant = ? AND ${names.map((name) => `r.${name} = gone.${name}`).join(" AND ")}`,
    [...values, tenant],
  );
}
