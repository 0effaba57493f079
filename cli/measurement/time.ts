import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Fields } from "../http/api-client.ts";

/** @throws EcoError ECO_USAGE for what isn't written as a day */
export function dayInput(day: string | undefined): Fields {
  if (day === undefined) return {};
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))) return { day };
  throw new EcoError("ECO_USAGE", `--period \`${day}\` is no day.`, { fix: "Write it like 2025-03-11." });
}

/** @throws EcoError ECO_USAGE for what isn't written as a week */
export function weekInput(week: string | undefined): Fields {
  if (week === undefined) return {};
  if (/^\d{4}-W\d{2}$/.test(week)) return { week };
  throw new EcoError("ECO_USAGE", `--period \`${week}\` is no week.`, {
    fix: "Write it like 2025-W11, as ISO 8601 counts weeks.",
  });
}

/** @throws EcoError ECO_USAGE for what is neither a month nor two of them */
export function monthsInput(period: string | undefined): Fields {
  if (period === undefined) return {};
  if (/^\d{4}-(0[1-9]|1[0-2])(\/\d{4}-(0[1-9]|1[0-2]))?$/.test(period)) return { period };
  throw new EcoError("ECO_USAGE", `--period \`${period}\` is neither a month nor two of them.`, {
    fix: "Write it like 2025-03, or 2025-01/2025-03 for a quarter.",
  });
}

/** @throws EcoError ECO_USAGE for what isn't written as a quarter */
export function quarterInput(quarter: string | undefined): Fields {
  if (quarter === undefined) return {};
  if (/^\d{4}-Q[1-4]$/.test(quarter)) return { quarter };
  throw new EcoError("ECO_USAGE", `--period \`${quarter}\` is no quarter.`, {
    fix: "Write it like 2025-Q1.",
  });
}
