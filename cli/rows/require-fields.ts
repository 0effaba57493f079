import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Mapping } from "./mapping.ts";

/** Says before anything is sent that no row can be complete, instead of rejecting each. */
export function requireFields(mapping: Mapping, fields: readonly string[], columns: readonly string[]): void {
  const missing = fields.filter((field) => !mapping.columns.has(field) && !mapping.constants.has(field));
  const first = missing[0];
  if (first === undefined) return;
  throw new EcoError(
    "ECO_INPUT_MISSING",
    `Nothing gives ${missing.map((field) => `\`${field}\``).join(" and ")} of the deliveries.`,
    {
      fix: `Name a column with --map ${first}=COLUMN, or one value for all rows with --set ${first}=VALUE. Columns: ${columns.join(", ")}.`,
    },
  );
}
