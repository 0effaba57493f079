import { add, type Exact, larger, percentOf, subtract, ZERO } from "../exact.ts";
import { compileConversion } from "../quantity.ts";
import { ROUNDING_MODES, type RoundingMode, roundExact } from "../rounding.ts";
import { compileSplit, type ShareRule, singleRule, splitMinor } from "../split.ts";
import { parseDay } from "../timing/moment.ts";
import { PRORATION_BASES, prorate } from "../timing/period.ts";
import {
  decimals,
  type Fields,
  fields,
  isFields,
  number,
  numbers,
  oneOf,
  rows,
  shown,
  strange,
  whole,
} from "./fields.ts";
import { priceOf, readConversion, readUsage, unknownInConversion, unknownInPrice } from "./price.ts";

/** What a vector comes to, under the names that its `expect` uses. */
export type Computed = Readonly<Record<string, Exact | readonly Exact[]>>;

interface Kind {
  /** What such a vector says, beside what every vector does. */
  readonly says: readonly string[];
  compute(vector: Fields): Computed;
}

export const KINDS: Readonly<Record<string, Kind>> = {
  charge: {
    says: ["price", "usage"],
    compute: (vector) => ({ amount: charge(vector) }),
  },
  quantity: {
    says: ["conversion", "usage"],
    compute: (vector) => {
      const convert = compileConversion(readConversion(fields(vector, "conversion")));
      return { quantity: convert(number(fields(vector, "usage")["quantity"], "quantity")) };
    },
  },
  rounding: {
    says: ["mode", "decimals", "value"],
    compute: (vector) => ({
      value: roundExact(number(vector["value"], "value"), decimals(vector), modeOf(vector["mode"])),
    }),
  },
  split: { says: ["amount", "shares", "remainder"], compute: split },
  rerate: { says: ["price", "usage"], compute: rerate },
  credits: { says: ["price", "credits", "usage"], compute: credits },
  tax: { says: ["net", "rate", "rounding", "decimals"], compute: tax },
  proration: { says: ["basis", "start", "nextBillingDate", "decimals"], compute: proration },
};

function charge(vector: Fields): Exact {
  return priceOf(vector)(readUsage(fields(vector, "usage")));
}

function modeOf(value: unknown): RoundingMode {
  return oneOf(ROUNDING_MODES, value, "rounding mode");
}

const POLICIES = ["first-listed", "largest-ratio-first", "largest-remainder"] as const;

function split(vector: Fields): Computed {
  const rules = rows(vector, "shares").map(shareRule);
  const policy = oneOf(POLICIES, vector["remainder"] ?? "first-listed", "remainder policy");
  const parts = splitMinor(whole(vector["amount"], "amount"), compileSplit(rules, policy));
  return { parts: parts.map(({ amountMinor }) => ({ n: amountMinor, d: 1n })) };
}

const SHARE = ["percent", "fraction", "ratio", "fixed", "remaining", "maximum"];

function shareRule(share: Fields): ShareRule {
  const { percent, fraction, ratio, fixed, remaining, maximum } = share;
  if (remaining !== undefined && typeof remaining !== "boolean")
    throw new TypeError(`\`remaining\` is true or not there, and is ${shown(remaining)}`);
  singleRule(SHARE.filter((name) => share[name] !== undefined && share[name] !== false));
  const cap = maximum === undefined ? undefined : whole(maximum, "maximum");
  const capped = cap === undefined ? {} : { maximumMinor: cap };
  if (percent !== undefined) {
    number(percent, "percent");
    return { kind: "weight", weight: percentOf(percent as string | number), ...capped };
  }
  if (fraction !== undefined) return { kind: "weight", weight: number(fraction, "fraction"), ...capped };
  if (ratio !== undefined) return { kind: "ratio", ratio: number(ratio, "ratio") };
  if (fixed !== undefined) return { kind: "fixed", amountMinor: whole(fixed, "fixed") };
  if (remaining === true) return { kind: "remaining" };
  if (cap !== undefined) return { kind: "capped", maximumMinor: cap };
  throw new TypeError(`a share needs percent, ratio, fraction, fixed, maximum or remaining: ${shown(share)}`);
}

/** What each run books: the price of the corrected quantity, less what was booked before. */
function rerate(vector: Fields): Computed {
  let booked = ZERO;
  const price = priceOf(vector);
  const deltas = numbers(fields(vector, "usage")["quantities"], "quantities").map((quantity) => {
    const now = price({ quantity });
    const delta = subtract(now, booked);
    booked = now;
    return delta;
  });
  return { deltas };
}

/** Prepaid balances, drawn one after the other, never below what is owed. */
function credits(vector: Fields): Computed {
  const balances = numbers(vector["credits"], "credits");
  if (balances.some(({ n }) => n < 0n)) throw new TypeError("one of `credits` is below zero");
  const draw = (left: Exact, balance: Exact): Exact =>
    left.n <= 0n ? left : larger(subtract(left, balance), ZERO);
  return { amount: balances.reduce(draw, charge(vector)) };
}

function tax(vector: Fields): Computed {
  const net = number(vector["net"], "net");
  const rate = number(vector["rate"], "rate");
  const exact = { n: net.n * rate.n, d: net.d * rate.d * 100n };
  const amount = roundExact(exact, decimals(vector), modeOf(vector["rounding"]));
  return { tax: amount, gross: add(net, amount) };
}

function proration(vector: Fields): Computed {
  const basis = oneOf(PRORATION_BASES, vector["basis"], "proration basis");
  const start = parseDay(String(vector["start"]));
  const next = parseDay(String(vector["nextBillingDate"]));
  if (start === undefined || next === undefined)
    throw new TypeError("`start` and `nextBillingDate` are dates, YYYY-MM-DD");
  if (start > next) throw new TypeError("`start` lies after `nextBillingDate`");
  return { ratio: roundExact(prorate(basis, start, next), decimals(vector), "half-up") };
}

const EVERY = ["id", "source", "kind", "expect", "note"];
const USAGE = ["quantity", "seconds", "transactions", "quantities"];

/** What a vector says that the format doesn't know, each with where it stands. */
export function unknownFields(vector: Fields, kind: string): string[] {
  if (!Object.hasOwn(KINDS, kind)) return [];
  const { price, shares } = vector;
  return [
    ...strange(vector, [...EVERY, ...(KINDS[kind]?.says ?? [])], ""),
    ...(isFields(price) ? unknownInPrice(price) : []),
    ...unknownInConversion(vector["conversion"], "conversion"),
    ...strange(vector["usage"], USAGE, "usage"),
    ...(Array.isArray(shares) ? shares.flatMap((share, i) => strange(share, SHARE, `shares[${i}]`)) : []),
  ];
}
