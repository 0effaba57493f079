import { type Json, list, object, objects, text, texts } from "./json.ts";
import { count, grouped, wordsOf } from "./words.ts";

/** One price of a rate card in words: rows of a table, and what else is to know. */
export interface PriceView {
  /** `Peak`, or empty for the standard price. */
  readonly title: string;
  /** When it applies, in words. */
  readonly when: string;
  readonly rows: readonly { what: string; price: string }[];
  readonly notes: readonly string[];
}

/** The prices of an entry: the standard one, its components, and those of its time windows. */
export function pricesOf(entry: Json, currency: string): readonly PriceView[] {
  const price = object(entry["price"]);
  const components = objects(price["components"]);
  const timing = object(entry["timing"]);
  const windows = objects(timing["windows"]);
  const standard =
    components.length > 0
      ? components.map((one, index) => viewPrice(one, currency, `Part ${index + 1}`))
      : [viewPrice(price, currency, windows.length > 0 ? "Otherwise" : "")];
  const bounds =
    components.length > 0 ? boundsOf(price, currency).map((note) => `${note}, over the sum`) : [];
  const timed = windows.map((window) => {
    const view = viewPrice(
      { ...price, ...object(window["price"]) },
      currency,
      text(window["title"]) || text(window["id"]),
    );
    // A title that already says when is not said again.
    const said = /\d:\d/u.test(view.title);
    return { ...view, when: said ? "" : windowWords(window, text(timing["basis"])) };
  });
  // What bounds the whole stands behind its last part.
  const own = [...bounds, ...boundsOf(entry, currency)];
  const last = standard.length - 1;
  const whole = standard.map((view, at) => (at < last ? view : { ...view, notes: [...view.notes, ...own] }));
  return [...whole, ...timed];
}

function viewPrice(price: Json, currency: string, title: string): PriceView {
  const model = text(price["model"]);
  const rows = (ROWS[model] ?? (() => []))(price, currency);
  return {
    title,
    when: text(price["description"]),
    rows,
    notes: [...quantityNotes(price), ...boundsOf(price, currency)],
  };
}

/** A condition of a rate card in words: `if first contact`, `if covers above 10`, `if broker is spacefinder`. */
export function conditionWords(condition: Json): string {
  const subject = wordsOf(text(condition["measure"]) || text(condition["role"]) || "party");
  const { equals, present } = condition;
  if (equals === true || present === true) return `if ${subject}`;
  if (equals === false || present === false) return `if no ${subject}`;
  if (equals !== undefined) return `if ${subject} is ${text(equals)}`;
  if (condition["party"] !== undefined) return `if ${subject} is ${text(condition["party"])}`;
  if (condition["in"] !== undefined)
    return `if ${subject} is one of ${list(condition["in"]).map(String).join(", ")}`;
  const bounds = [
    ["above", "above"],
    ["atLeast", "at least"],
    ["atMost", "at most"],
    ["below", "below"],
  ] as const;
  const said = bounds.flatMap(([key, words]) =>
    condition[key] === undefined ? [] : [`${words} ${text(condition[key])}`],
  );
  return `if ${[subject, ...said].join(" ")}`;
}

/** An amount with its currency, as documents write it. */
export const amount = (value: unknown, currency: string): string => `${text(value)} ${currency}`;

type RowMaker = (price: Json, currency: string) => readonly { what: string; price: string }[];

const ROWS: Readonly<Record<string, RowMaker>> = {
  unit: (price, currency) => [
    ...(price["freeUnits"] === undefined
      ? []
      : [{ what: `First ${text(price["freeUnits"])}`, price: "free" }]),
    {
      what: `Each ${singular(unitOf(price))}`,
      price: amount(price["unitAmount"] ?? price["amount"], currency),
    },
  ],
  package: (price, currency) => [
    ...(price["freeUnits"] === undefined
      ? []
      : [{ what: `First ${text(price["freeUnits"])}`, price: "free" }]),
    {
      what: `Each started ${text(price["packageSize"])} ${unitOf(price)}`,
      price: amount(price["packageAmount"], currency),
    },
  ],
  graduated: tierRows,
  volume: tierRows,
  "graduated-percentage": tierRows,
  percentage: (price, currency) => [
    ...(price["fixedAmount"] === undefined
      ? []
      : [{ what: "Fixed", price: amount(price["fixedAmount"], currency) }]),
    { what: `Of ${unitOf(price)}`, price: `${text(price["rate"])} %` },
    ...(price["perTransactionMin"] === undefined
      ? []
      : [{ what: "At least, each transaction", price: amount(price["perTransactionMin"], currency) }]),
    ...(price["perTransactionMax"] === undefined
      ? []
      : [{ what: "At most, each transaction", price: amount(price["perTransactionMax"], currency) }]),
  ],
  "time-rate": (price, currency) => [
    ...(price["connectAmount"] === undefined
      ? []
      : [{ what: "To begin with", price: amount(price["connectAmount"], currency) }]),
    ...objects(price["intervals"]).map((one) => ({
      what: `From ${durationWords(one["start"] ?? 0)}, in steps of ${durationWords(one["increment"] ?? 1)}`,
      price: `${amount(one["amount"] ?? 0, currency)} per ${durationWords(one["per"] ?? 1).replace(/^1 /u, "")}`,
    })),
  ],
  recurring: (price, currency) => [
    {
      what: `Each ${text(price["period"])}, in ${text(price["charged"]) || "advance"}`,
      price: amount(price["amount"], currency),
    },
  ],
  "one-off": (price, currency) => [{ what: "Once", price: amount(price["amount"], currency) }],
  bundle: (price, currency) => [
    { what: `For ${texts(price["parts"]).join(", ")} together`, price: amount(price["amount"], currency) },
  ],
  dynamic: (price, currency) => [
    {
      what: "The amount comes with the delivery",
      price: [
        price["lowestAmount"] === undefined ? "" : `from ${amount(price["lowestAmount"], currency)}`,
        price["highestAmount"] === undefined ? "" : `to ${amount(price["highestAmount"], currency)}`,
      ]
        .filter(Boolean)
        .join(" "),
    },
  ],
};

function unitOf(price: Json): string {
  const measure = price["measure"];
  if (typeof measure === "string") return wordsOf(measure);
  const elapsed = text(object(measure)["elapsed"]);
  return elapsed || "delivery";
}

function singular(words: string): string {
  return words.replace(/([^s])s$/u, "$1");
}

function tierRows(price: Json, currency: string): readonly { what: string; price: string }[] {
  const tiers = objects(price["tiers"]);
  const unit = unitOf(price);
  const units = unit === "delivery" ? "deliveries" : unit.replace(/^.* /u, "");
  return tiers.map((tier, index) => {
    const before = tiers[index - 1]?.["upTo"];
    const upTo = tier["upTo"];
    const open = upTo === undefined || upTo === null;
    const what =
      before === undefined
        ? open
          ? "Any amount"
          : `Up to ${grouped(text(upTo))} ${units}`
        : open
          ? `Above ${grouped(text(before))} ${units}`
          : `Above ${grouped(text(before))}, up to ${grouped(text(upTo))} ${units}`;
    const parts = [
      tier["flatAmount"] === undefined || Number(tier["flatAmount"]) === 0
        ? ""
        : `${amount(tier["flatAmount"], currency)} flat`,
      tier["unitAmount"] === undefined
        ? ""
        : `${amount(tier["unitAmount"], currency)} per ${singular(unit).replace(/^.* /u, "")}`,
      tier["rate"] === undefined ? "" : `${text(tier["rate"])} %`,
    ];
    return { what, price: parts.filter(Boolean).join(" + ") || "free" };
  });
}

function durationWords(seconds: unknown): string {
  const value = Number(text(seconds) || seconds);
  const [size, unit] =
    value !== 0 && value % 3600 === 0 ? [3600, "hour"] : value % 60 === 0 ? [60, "minute"] : [1, "second"];
  return count(value / size, unit);
}

function quantityNotes(price: Json): readonly string[] {
  const cumulative = object(price["cumulative"]);
  const conversion = object(price["conversion"]);
  return [
    conversion["factor"] === undefined
      ? ""
      : `The quantity is first ${text(conversion["operation"]) === "divide" ? "divided" : "multiplied"} by ${text(conversion["factor"])}`,
    price["increment"] === undefined ? "" : `Billed in steps of ${text(price["increment"])}`,
    price["usageDiscount"] === undefined
      ? ""
      : `${text(price["usageDiscount"])} of the quantity are taken off`,
    cumulative["period"] === undefined
      ? ""
      : `Quantities add up over the ${text(cumulative["period"])}, per ${text(cumulative["per"]) || "customer"}`,
    price["proration"] === undefined ? "" : `Part of a period: prorated by ${text(price["proration"])}`,
  ].filter(Boolean);
}

function boundsOf(price: Json, currency: string): readonly string[] {
  return [
    price["minimumAmount"] === undefined ? "" : `At least ${amount(price["minimumAmount"], currency)}`,
    price["maximumAmount"] === undefined ? "" : `At most ${amount(price["maximumAmount"], currency)}`,
  ].filter(Boolean);
}

function windowWords(window: Json, basis: string): string {
  const days = texts(window["days"]).map((day) => day.charAt(0).toUpperCase() + day.slice(1, 3));
  const week = "Mon Tue Wed Thu Fri Sat Sun".split(" ");
  const first = week.indexOf(days[0] ?? "");
  const inRow = days.length > 2 && days.every((day, index) => week[first + index] === day);
  const named = inRow ? `${days[0]}–${days.at(-1)}` : days.join(", ");
  const times = objects(window["times"])
    .map((one) => `${text(one["from"])}–${text(one["to"])}`)
    .join(" and ");
  const calendar = object(window["calendar"]);
  const dates =
    calendar["id"] === undefined ? "" : `dates of ${text(calendar["id"])} ${text(calendar["dates"])}`;
  const how = basis === "start" ? "by when it begins" : "for the time inside";
  return `${[named, times, dates].filter(Boolean).join(", ")} · ${how}`;
}
