import { compileBounds } from "./bounds.ts";
import type { EntryContent, SinglePrice } from "./documents.ts";
import { add, type Exact, formatExact, ZERO } from "./exact.ts";
import { PriceError } from "./models/index.ts";
import { compilePrice, measureRefOf, UNITS_MS } from "./price.ts";
import type { CompiledPrice, PriceResult, PricingContext } from "./pricing.ts";
import { Refused } from "./subject.ts";
import { parseDay } from "./timing/moment.ts";
import { DAY_MS } from "./timing/units.ts";
import {
  type CompiledWindow,
  compileWindow,
  cutByWindow,
  LONGEST_CUT_DAYS,
  windowAt,
} from "./timing/windows.ts";
import type { TraceNode } from "./trace.ts";

export interface TimedResult extends PriceResult {
  readonly windows: readonly string[];
}

/** A price that may change with the time of day, the weekday or the calendar. */
export interface TimedPrice {
  readonly model: string;
  readonly cumulative: boolean;
  readonly needsEnd: boolean;
  evaluate(context: PricingContext): TimedResult;
}

const NO_WINDOWS: readonly string[] = [];

export function compileTimed(
  entry: EntryContent,
  calendars: Readonly<Record<string, readonly string[]>>,
  scope: string,
): TimedPrice {
  const standard = compilePrice(entry.price, scope);
  const { timing } = entry;
  if (timing === undefined) {
    const evaluate = (context: PricingContext): TimedResult => {
      const { amount, bound, node } = standard.evaluate(context);
      return { amount, bound, node, windows: NO_WINDOWS };
    };
    return { ...standard, evaluate };
  }
  const windows = timing.windows.map((window) =>
    compileWindow(window, datesOf(calendars, window.calendar?.id)),
  );
  const prices = new Map<CompiledWindow | undefined, CompiledPrice>([[undefined, standard]]);
  timing.windows.forEach((window, i) => {
    prices.set(windows[i], compilePrice(inherit(entry, window.price), scope));
  });
  const priceIn = (window: CompiledWindow | undefined): CompiledPrice => prices.get(window) ?? standard;
  const evaluate =
    timing.basis === "start" ? byStart(windows, priceIn) : piecewise(entry, windows, priceIn, standard);
  return {
    model: standard.model,
    cumulative: [...prices.values()].some((price) => price.cumulative),
    needsEnd: timing.basis === "elapsed" || standard.needsEnd,
    evaluate,
  };
}

function datesOf(
  calendars: Readonly<Record<string, readonly string[]>>,
  id: string | undefined,
): ReadonlySet<number> {
  if (id === undefined) return new Set();
  const dates = calendars[id];
  if (dates === undefined) throw new PriceError(`the rate card has no calendar "${id}"`);
  return new Set(dates.map((date) => parseDay(date) ?? Number.NaN));
}

/** What a window's price leaves out is as in the standard price: what is measured, and how it is rounded. */
function inherit(entry: EntryContent, price: Partial<SinglePrice>): SinglePrice {
  if ("components" in entry.price) return price as SinglePrice;
  const { measure, conversion, increment, incrementRounding, usageDiscount, cumulative, when } = entry.price;
  const inherited = { measure, conversion, increment, incrementRounding, usageDiscount, cumulative, when };
  const given = Object.entries(inherited).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...price } as SinglePrice;
}

function byStart(
  windows: readonly CompiledWindow[],
  priceIn: (window: CompiledWindow | undefined) => CompiledPrice,
): (context: PricingContext) => TimedResult {
  const names = new Map(windows.map((window) => [window, [window.id]]));
  return (context) => {
    const window = windowAt(windows, context.subject.start.localMs);
    const result = priceIn(window).evaluate(context);
    if (window === undefined) return { ...result, windows: NO_WINDOWS };
    const node = context.traced ? { window: window.id, ...result.node } : result.node;
    return { amount: result.amount, bound: result.bound, node, windows: names.get(window) ?? NO_WINDOWS };
  };
}

/** Rounds the whole, then cuts it where the price changes and prices each piece. */
function piecewise(
  entry: EntryContent,
  windows: readonly CompiledWindow[],
  priceIn: (window: CompiledWindow | undefined) => CompiledPrice,
  standard: CompiledPrice,
): (context: PricingContext) => TimedResult {
  const measure = "components" in entry.price ? undefined : measureRefOf(entry.price);
  if (typeof measure !== "object") {
    throw new PriceError(
      "a price by elapsed time needs `measure: {elapsed: …}`, so that there is something to cut",
    );
  }
  const unitMs = UNITS_MS[measure.elapsed];
  // Bounds of the price bind the sum of the pieces, not each of them.
  const bind = compileBounds(entry.price);
  return (context) => {
    const { subject, traced } = context;
    const whole = standard.quantityOf(context);
    const durationMs = Number((whole.quantity.n * unitMs) / whole.quantity.d);
    if (durationMs > LONGEST_CUT_DAYS * DAY_MS) {
      throw new Refused(
        "USAGE_INVALID",
        `The delivery ${subject.delivery.id} lasts longer than ${LONGEST_CUT_DAYS} days.`,
        "Correct `startedAt` or `endedAt`.",
        `${subject.pointer}/endedAt`,
      );
    }
    const from = subject.start.epochMs;
    const used = new Set<string>();
    const nodes: TraceNode[] = [];
    let amount = ZERO;
    for (const piece of cutByWindow(from, from + durationMs, windows, subject.zone)) {
      const quantity = { n: BigInt(piece.durationMs), d: unitMs };
      const result = priceIn(piece.window).evaluatePiece(quantity, context);
      amount = add(amount, result.amount);
      if (piece.window !== undefined) used.add(piece.window.id);
      if (traced)
        nodes.push({
          window: piece.window?.id ?? "otherwise",
          quantity: formatExact(quantity),
          ...stripped(result),
        });
    }
    const node = traced
      ? { model: standard.model, quantity: whole.node, pieces: nodes, amount: formatExact(amount) }
      : {};
    const bounded = bind?.(amount) ?? { amount, bound: undefined };
    return { ...bounded, node: boundNode(node, bounded.bound, bounded.amount), windows: [...used] };
  };
}

function boundNode(node: TraceNode, bound: string | undefined, amount: Exact): TraceNode {
  return bound === undefined ? node : { ...node, [bound]: formatExact(amount) };
}

function stripped({ node, amount }: PriceResult): TraceNode {
  const steps = node["steps"];
  return { ...(steps === undefined ? {} : { steps }), amount: formatExact(amount) };
}
