import { dateOf, daysBetween, later, momentAt, periodOf, thirtyDaysBetween, weekdayOf } from "./clock.ts";
import { ONE, Q, sum, ZERO } from "./fractions.ts";
import { type Before, stepsOf } from "./models.ts";
import { list, type Raw, raw, text } from "./raw.ts";
import { holds, type Subject } from "./subject.ts";

/** What a price comes to, and all that the trace's price node has to say of it. */
export interface Priced {
  readonly amount: Q;
  readonly node: Raw;
}

/** Counters of the period: what they held, and what this delivery adds. */
export interface Counters {
  before(key: string): Before | undefined;
  add(key: string, quantity: Q, events?: number): void;
}

export interface Pricing {
  readonly subject: Subject;
  readonly calendars: Raw;
  readonly counters: Counters;
  /** Names the price among the counters. */
  readonly scope: string;
}

export function priceOf(entry: Raw, pricing: Pricing): Priced {
  const price = raw(entry["price"]);
  const timing = raw(entry["timing"]);
  const windows = list(timing["windows"]);
  if (timing["basis"] === "elapsed") return pieces(price, windows, pricing);
  const { local } = pricing.subject.start;
  const window = windowAt(windows, local, pricing.calendars);
  if (window === undefined) return wholePrice(price, pricing);
  const { amount, node } = wholePrice(inherited(price, raw(window["price"])), pricing);
  return { amount, node: { window: window["id"], ...node } };
}

function wholePrice(price: Raw, pricing: Pricing): Priced {
  if (price["components"] === undefined) return single(price, pricing) ?? { amount: ZERO, node: {} };
  const parts = list(price["components"]).flatMap(
    (part, i) => single(part, { ...pricing, scope: `${pricing.scope}.${i}` }) ?? [],
  );
  const amount = sum(parts.map((part) => part.amount));
  return bounded(price, {
    amount,
    node: { model: "sum", components: parts.map(({ node }) => node), amount },
  });
}

const INHERITED = [
  "measure",
  "conversion",
  "increment",
  "incrementRounding",
  "usageDiscount",
  "cumulative",
  "when",
];

/** What a window's price leaves out is as in the entry's own. */
function inherited(price: Raw, own: Raw): Raw {
  if (price["components"] !== undefined) return own;
  const taken = INHERITED.filter((key) => price[key] !== undefined).map((key) => [key, price[key]]);
  return { ...Object.fromEntries(taken), ...own };
}

/** Maximum first, then minimum. */
export function boundOf(by: Raw, amount: Q): { amount: Q; bound?: "maximum" | "minimum" } {
  const { maximumAmount, minimumAmount } = by;
  const over = maximumAmount !== undefined && amount.compare(Q.of(maximumAmount)) > 0;
  const capped = over ? Q.of(maximumAmount) : amount;
  if (minimumAmount !== undefined && capped.compare(Q.of(minimumAmount)) < 0)
    return { amount: Q.of(minimumAmount), bound: "minimum" };
  return over ? { amount: capped, bound: "maximum" } : { amount };
}

function bounded(by: Raw, { amount: free, node }: Priced): Priced {
  const { amount, bound } = boundOf(by, free);
  return { amount, node: bound === undefined ? node : { ...node, [bound]: amount } };
}

/** Undefined where its conditions don't hold: it isn't there then. */
function single(price: Raw, pricing: Pricing): Priced | undefined {
  const model = String(price["model"]);
  if (model === "recurring") return bounded(price, recurring(price, pricing.subject));
  if (model === "bundle") {
    const amount = Q.of(price["amount"]);
    return bounded(price, { amount, node: { model, amount } });
  }
  if (!holds(price["when"], pricing.subject)) return undefined;
  const { quantity, transactions, node } = measured(price, pricing.subject);
  const { before, told } = fill(price, quantity, transactions.length, pricing);
  const steps = stepsOf(price, { quantity, transactions, before });
  const amount = sum(steps.map((step) => step["amount"] as Q));
  return bounded(price, { amount, node: { model, quantity: node, steps: [...told, ...steps], amount } });
}

/** A cumulative price looks at what the period holds, tells it, and adds to it. */
function fill(
  { cumulative, freeEvents, model }: Raw,
  quantity: Q,
  events: number,
  { subject, scope, counters }: Pricing,
): { before: Before | undefined; told: readonly Raw[] } {
  if (cumulative === undefined) return { before: undefined, told: [] };
  const { period, per = "customer" } = raw(cumulative);
  const whose =
    per === "everybody" ? "*" : (subject.party(String(per)) ?? text(subject.delivery["customer"]));
  const key = `tiers/${scope}/${whose}/${periodOf(subject.date, String(period))}`;
  const before = counters.before(key);
  counters.add(key, quantity, events);
  // A period in which nothing happened is as good as none.
  if (before === undefined || (before.events === 0n && before.quantity.n === 0n))
    return { before: undefined, told: [] };
  const counts = model === "percentage" && Number(freeEvents ?? 0) > 0;
  const told = { before: before.quantity, period: key, ...(counts ? { events: new Q(before.events) } : {}) };
  return { before, told: [told] };
}

interface Measured {
  readonly quantity: Q;
  readonly transactions: readonly Q[];
  readonly node: Raw;
}

const UNITS: Readonly<Record<string, bigint>> = {
  second: 1000n,
  minute: 60_000n,
  hour: 3_600_000n,
  day: 86_400_000n,
};

function measured(price: Raw, subject: Subject): Measured {
  const measure = price["measure"] ?? (price["model"] === "time-rate" ? { elapsed: "second" } : undefined);
  if (price["model"] === "percentage" && typeof measure === "string") {
    const given = subject.usage[measure];
    const transactions = (Array.isArray(given) ? given : [given]).map((each) => Q.of(each));
    return { quantity: sum(transactions), transactions, node: { measure, transactions } };
  }
  const first = measuredRaw(measure, subject);
  const steps: Record<string, Q> = {};
  let quantity = first;
  const conversion = raw(price["conversion"]);
  if (price["conversion"] !== undefined) {
    const factor = Q.of(conversion["factor"]);
    const exact = conversion["operation"] === "divide" ? quantity.over(factor) : quantity.times(factor);
    const { rounding = "none", decimals = 0 } = conversion;
    const unit = new Q(1n, 10n ** BigInt(Number(decimals)));
    quantity = steps["converted"] = rounding === "none" ? exact : exact.roundTo(unit, String(rounding));
  }
  if (price["increment"] !== undefined) {
    const mode = String(price["incrementRounding"] ?? "ceiling");
    quantity = steps["rounded"] = quantity.roundTo(Q.of(price["increment"]), mode);
  }
  if (price["usageDiscount"] !== undefined) {
    const left = quantity.minus(Q.of(price["usageDiscount"]));
    quantity = steps["discounted"] = left.n < 0n && quantity.n >= 0n ? ZERO : left;
  }
  const name =
    typeof measure === "object" ? `elapsed ${String(raw(measure)["elapsed"])}s` : (measure ?? "delivery");
  return { quantity, transactions: [quantity], node: { measure: name, measured: first, ...steps } };
}

function measuredRaw(measure: unknown, subject: Subject): Q {
  if (measure === undefined) return ONE;
  if (typeof measure === "string") return Q.of(subject.usage[measure]);
  if (subject.end === undefined) throw new Error("a price by time, and no end");
  const elapsed = BigInt(subject.end.at - subject.start.at);
  return new Q(elapsed, UNITS[String(raw(measure)["elapsed"])] ?? 1n);
}

/** Period by period from the start, to the end or to the end of the first period. */
function recurring(price: Raw, { date, end }: Subject): Priced {
  const months = { month: 1, quarter: 3, year: 12 }[String(price["period"])] ?? 1;
  const basis = String(price["proration"] ?? "actual-days");
  const each = Q.of(price["amount"]);
  const last = end === undefined ? undefined : lastDay(date, end.local);
  const steps: Raw[] = [];
  for (let from = date; steps.length === 0 || (last !== undefined && from < last); ) {
    const first = later(`${from.slice(0, 7)}-01`, -((Number(from.slice(5, 7)) - 1) % months));
    const next = later(first, months);
    const until = last === undefined || last > next ? next : last;
    const toEnd = (day: string): Q => partOf(basis, months, first, next, day);
    const ratio = basis === "none" ? ONE : toEnd(from).minus(until < next ? toEnd(until) : ZERO);
    steps.push({ from, until, ratio, amount: each.times(ratio) });
    from = next;
  }
  const amount = sum(steps.map((step) => step["amount"] as Q));
  return {
    amount,
    node: { model: "recurring", charged: price["charged"] ?? "advance", basis, steps, amount },
  };
}

/** The part of a period from a day to its end. */
function partOf(basis: string, months: number, first: string, next: string, from: string): Q {
  if (basis === "actual-days")
    return new Q(BigInt(daysBetween(from, next)), BigInt(daysBetween(first, next)));
  return from === first ? ONE : new Q(BigInt(thirtyDaysBetween(from, next)), BigInt(30 * months));
}

function lastDay(date: string, endLocal: number): string {
  const day = dateOf(endLocal);
  const first = endLocal === Date.parse(day) ? day : later(day, 0, 1);
  return first > date ? first : later(date, 0, 1);
}

const MINUTE = 60_000;

/** Minute by minute, by the clocks of the zone: slow, and beyond doubt. */
function pieces(price: Raw, windows: readonly Raw[], pricing: Pricing): Priced {
  const { subject, calendars } = pricing;
  const { quantity, node } = measured(price, subject);
  const unit = UNITS[String(raw(price["measure"])["elapsed"])] ?? 1n;
  const until = subject.start.at + Number(quantity.times(new Q(unit)).round("floor"));
  const runs: { window: Raw | undefined; ms: number }[] = [];
  for (let at = subject.start.at; at < until; ) {
    const next = Math.min(until, (Math.floor(at / MINUTE) + 1) * MINUTE);
    const { local } = momentAt(at, subject.zone);
    const window = windowAt(windows, local, calendars);
    const previous = runs.at(-1);
    if (previous !== undefined && previous.window === window) previous.ms += next - at;
    else runs.push({ window, ms: next - at });
    at = next;
  }
  if (runs.length === 0) {
    const window = windowAt(windows, subject.start.local, calendars);
    runs.push({ window, ms: 0 });
  }
  const nodes = runs.map(({ window, ms }) => {
    const part = new Q(BigInt(ms), unit);
    const own = window === undefined ? price : inherited(price, raw(window["price"]));
    const steps = stepsOf(own, { quantity: part, transactions: [part], before: undefined });
    const amount = sum(steps.map((step) => step["amount"] as Q));
    return { window: window?.["id"] ?? "otherwise", quantity: part, steps, amount };
  });
  const amount = sum(nodes.map((piece) => piece.amount));
  return bounded(price, { amount, node: { model: price["model"], quantity: node, pieces: nodes, amount } });
}

/** The first window, in listed order, that holds a local time. */
function windowAt(windows: readonly Raw[], local: number, calendars: Raw): Raw | undefined {
  const today = dateOf(local);
  const minute = (local - Date.parse(today)) / MINUTE;
  return windows.find((window) => inWindow(window, today, minute, calendars));
}

/** A time of day that ends before it begins runs on into the next day, and belongs to the day on which it began. */
function inWindow(window: Raw, today: string, minute: number, calendars: Raw): boolean {
  const on = (date: string): boolean => onDay(window, date, calendars);
  if (window["times"] === undefined) return on(today);
  return list(window["times"]).some((times) => {
    const [from, to] = [minutes(times["from"]), minutes(times["to"])];
    if (from < to) return minute >= from && minute < to && on(today);
    return (minute >= from && on(today)) || (minute < to && on(later(today, 0, -1)));
  });
}

const minutes = (time: unknown): number =>
  Number(String(time).slice(0, 2)) * 60 + Number(String(time).slice(3));

function onDay(window: Raw, date: string, calendars: Raw): boolean {
  const { id, dates } = raw(window["calendar"]);
  const marked = Array.isArray(calendars[String(id)]) && (calendars[String(id)] as unknown[]).includes(date);
  if (dates === "only") return marked;
  if (dates === "excluded" && marked) return false;
  const days = window["days"];
  return !Array.isArray(days) || days.includes(weekdayOf(date)) || (dates === "included" && marked);
}
