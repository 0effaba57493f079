import { type Json, list, object, objects, text } from "./json.ts";
import { amount } from "./price.ts";
import { labelOf } from "./words.ts";

export interface SplitRow {
  readonly who: string;
  readonly part: string;
  readonly note: string;
  readonly level: number;
}

/** Who gets what part of the net charge, nested parts after their own. */
export function splitOf(entry: Json, currency: string, names: Names): readonly SplitRow[] {
  return shareRows(object(entry["split"]), currency, names, 0);
}

function shareRows(split: Json, currency: string, names: Names, level: number): readonly SplitRow[] {
  return objects(split["shares"]).flatMap((share) => {
    const part =
      share["percent"] !== undefined
        ? `${text(share["percent"])} %`
        : share["ratio"] !== undefined
          ? `${text(share["ratio"])} parts`
          : share["fraction"] !== undefined
            ? text(share["fraction"])
            : share["fixedAmount"] !== undefined
              ? amount(share["fixedAmount"], currency)
              : "the rest";
    const cap =
      share["maximumAmount"] === undefined ? "" : `at most ${amount(share["maximumAmount"], currency)}`;
    const note = [text(share["description"]), cap].filter(Boolean).join(" · ");
    const who = whoIn(share, names);
    return [{ who, part, note, level }, ...shareRows(object(share["split"]), currency, names, level + 1)];
  });
}

const REMAINDERS: Readonly<Record<string, string>> = {
  "first-listed": "the first listed",
  "largest-remainder": "who is cut off most",
  "largest-ratio-first": "who gets most",
};

/** Who gets the odd cents of a split, in words; empty where it doesn't say. */
export function remainderOf(entry: Json, names: Names): string {
  const { remainder } = object(entry["split"]);
  if (typeof remainder === "string") return REMAINDERS[remainder] ?? remainder;
  return whoIn(object(remainder), names);
}

/** Names of parties by id. */
export type Names = ReadonlyMap<string, string>;

/** The party by its name, or the role in the chain: `Wayfare Forwarding`, `Provider`. */
function whoIn(one: Json, names: Names): string {
  const party = text(one["party"]);
  return party === "" ? labelOf(text(one["role"])) : (names.get(party) ?? party);
}

/** What a service level promises: `Arrival delay minutes at most 15`. */
export function promiseWords(level: Json): string {
  const { atMost, atLeast } = object(level["target"]);
  const bound = atMost === undefined ? `at least ${text(atLeast)}` : `at most ${text(atMost)}`;
  return `${labelOf(text(level["measure"]))} ${bound}`;
}

/** The steps of a service credit in words. */
export function creditWords(level: Json, currency: string): readonly string[] {
  const credit = object(level["credit"]);
  const steps = objects(credit["steps"]).map((step) => {
    const above = step["above"] ?? step["below"];
    const end = step["upTo"] ?? step["downTo"];
    const word = step["below"] === undefined ? "above" : "below";
    const range = [
      above === undefined ? "" : `${word} ${text(above)}`,
      end === undefined ? "" : `to ${text(end)}`,
    ]
      .filter(Boolean)
      .join(" ");
    const size =
      step["percent"] === undefined
        ? amount(step["amount"], currency)
        : `${text(step["percent"])} % of the net charge`;
    return `${range}: ${size}`;
  });
  return [
    ...steps,
    ...(credit["maximumAmount"] === undefined
      ? []
      : [`at most ${amount(credit["maximumAmount"], currency)}`]),
  ];
}

/** Who takes what part of a credit in turn. */
export function recourseWords(level: Json, currency: string, names: Names): readonly string[] {
  return objects(level["recourse"]).flatMap((one) => {
    const who = whoIn(one, names);
    const cap =
      one["maximumAmount"] === undefined ? "" : `, at most ${amount(one["maximumAmount"], currency)}`;
    const further = recourseWords(one, currency, names).map((words) => `${words} of that`);
    return [`${who} ${text(one["percent"])} %${cap}`, ...further];
  });
}

/** Tax rates of a code over time, in words. */
export function taxWords(card: Json, code: string): readonly string[] {
  const rates = list(object(object(object(card["tax"])["codes"])[code])["rates"]);
  return rates.map(object).map((rate) => {
    const from = rate["from"] === undefined ? "" : `from ${text(rate["from"])}`;
    const to = rate["to"] === undefined ? "" : `to ${text(rate["to"])}`;
    return [`${text(rate["percent"])} %`, from, to].filter(Boolean).join(" ");
  });
}
