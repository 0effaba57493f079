import type { RecordChange, StateDifference } from "../../sandbox/session/index.ts";
import type { Output } from "../output/output.ts";
import { sanitizeLine } from "../output/sanitize.ts";

const SHOWN = 40;
const PLACES = 8;
const SIGNS = { added: "+", changed: "~", removed: "-" } as const;

export function presentStateDifference(difference: StateDifference, out: Output): void {
  if (difference.same) {
    out.data("The states are the same.");
    return;
  }
  const { records, balances, events, transactions, dispatches, answers } = difference;
  for (const record of records.slice(0, SHOWN)) presentRecord(record, out);
  if (records.length > SHOWN) out.data(`  … and ${records.length - SHOWN} more records`);
  for (const { account, currency, beforeMinor, afterMinor } of balances)
    out.data(sanitizeLine(`  ${account} ${currency}: ${beforeMinor} → ${afterMinor}`));
  const lists = Object.entries({ events, transactions, dispatches, answers });
  const grown = lists.filter(([, { added, removed }]) => added + removed > 0);
  for (const [name, { added, removed }] of grown) out.data(`  ${name}: +${added} -${removed}`);
  if (records.length + balances.length + grown.length === 0)
    out.data("They hold the same, but it was written in another order or more than once.");
}

function presentRecord({ change, collection, id, places = [] }: RecordChange, out: Output): void {
  out.data(sanitizeLine(`${SIGNS[change]} ${collection}/${id}`));
  for (const { pointer, before, after } of places.slice(0, PLACES))
    out.data(sanitizeLine(`    ${pointer}: ${short(before)} → ${short(after)}`));
  if (places.length > PLACES) out.data(`    … and ${places.length - PLACES} more places`);
}

/** A value in one short line; what is missing is called so. */
export function short(value: unknown): string {
  const text = value === undefined ? "nothing" : (JSON.stringify(value) ?? "nothing");
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}
