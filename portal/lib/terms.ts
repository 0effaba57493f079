import { type Json, list, object, objects, text } from "./json.ts";
import { amount } from "./price.ts";

export interface SplitRow {
  readonly who: string;
  readonly part: string;
  readonly note: string;
  readonly level: number;
}

/** Who gets what part of the net charge, nested parts after their own. */
export function splitOf(entry: Json, currency: string): readonly SplitRow[] {
  return shareRows(object(entry["split"]), currency, 0);
}

function shareRows(split: Json, currency: string, level: number): readonly SplitRow[] {
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
              : "the remaining";
    const cap =
      share["maximumAmount"] === undefined ? "" : `at most ${amount(share["maximumAmount"], currency)}`;
    const note = [text(share["description"]), cap].filter(Boolean).join(" · ");
    const who = text(share["party"]) || text(share["role"]);
    return [{ who, part, note, level }, ...shareRows(object(share["split"]), currency, level + 1)];
  });
}

/** The remainder policy in words. */
export function remainderOf(entry: Json): string {
  const { remainder } = object(entry["split"]);
  if (typeof remainder === "string") return remainder;
  return text(object(remainder)["party"]) || text(object(remainder)["role"]);
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
export function recourseWords(level: Json, currency: string): readonly string[] {
  return objects(level["recourse"]).flatMap((one) => {
    const who = text(one["party"]) || text(one["role"]);
    const cap =
      one["maximumAmount"] === undefined ? "" : `, at most ${amount(one["maximumAmount"], currency)}`;
    const further = recourseWords(one, currency).map((words) => `${words} of that`);
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
