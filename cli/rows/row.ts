/** One row of a file of deliveries, whatever its format. */
export type Row =
  | {
      readonly kind: "row";
      /** Line of the file on which it starts, counted from 1. */
      readonly line: number;
      /** By column name. Texts in CSV; any JSON value in JSON and NDJSON. */
      readonly columns: Columns;
    }
  | {
      readonly kind: "malformed";
      readonly line: number;
      readonly problem: string;
      /** What stood there, for the rejects file. */
      readonly columns: Columns;
    };

export type Columns = Readonly<Record<string, unknown>>;

export type RowFormat = "csv" | "json" | "ndjson";

/** Where the row that was read last ends. */
export interface Position {
  bytes: number;
}

/** Longest row in characters: a quote or a line that never ends must not draw a whole file into memory. */
export const LONGEST_ROW = 1_000_000;
