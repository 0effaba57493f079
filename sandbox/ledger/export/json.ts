import type { SettlementExport } from "./types.ts";

/** The settlement and its statements with their proofs, as the API has them; amounts in minor units. Ends with a line feed. */
export function toJson({ settlement, statements }: SettlementExport): string {
  return `${JSON.stringify({ settlement, statements }, null, 2)}\n`;
}
