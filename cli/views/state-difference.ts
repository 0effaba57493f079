import type { StateDifference } from "../../sandbox/session/index.ts";
import type { Output } from "../output/output.ts";
import { sanitizeLine } from "../output/sanitize.ts";

const SHOWN = 40;
const SIGNS = { added: "+", changed: "~", removed: "-" } as const;

export function presentStateDifference(difference: StateDifference, out: Output): void {
  if (difference.same) {
    out.data("The states are the same.");
    return;
  }
  const { records, balances, events, transactions, dispatches } = difference;
  for (const { change, collection, id, pointer, before, after } of records.slice(0, SHOWN)) {
    const where = change === "changed" ? ` ${pointer}: ${short(before)} → ${short(after)}` : "";
    out.data(sanitizeLine(`${SIGNS[change]} ${collection}/${id}${where}`));
  }
  if (records.length > SHOWN) out.data(`  … and ${records.length - SHOWN} more records`);
  for (const { account, currency, beforeMinor, afterMinor } of balances)
    out.data(sanitizeLine(`  ${account} ${currency}: ${beforeMinor} → ${afterMinor}`));
  for (const [name, { added, removed }] of Object.entries({ events, transactions, dispatches }))
    if (added + removed > 0) out.data(`  ${name}: +${added} -${removed}`);
}

/** A value in one short line; what is missing is called so. */
export function short(value: unknown): string {
  const text = value === undefined ? "nothing" : (JSON.stringify(value) ?? "nothing");
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
