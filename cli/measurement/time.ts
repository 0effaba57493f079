import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Fields } from "../http/api-client.ts";

/** @throws EcoError ECO_USAGE for what isn't written as a day */
export function dayInput(day: string | undefined): Fields {
  if (day === undefined) return {};
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))) return { day };
  throw new EcoError("ECO_USAGE", `--day \`${day}\` is no day.`, { fix: "Write it like 2025-03-11." });
}

/** @throws EcoError ECO_USAGE for what isn't written as a week */
export function weekInput(week: string | undefined): Fields {
  if (week === undefined) return {};
  if (/^\d{4}-W\d{2}$/.test(week)) return { week };
  throw new EcoError("ECO_USAGE", `--week \`${week}\` is no week.`, {
    fix: "Write it like 2025-W11, as ISO 8601 counts weeks.",
  });
}
