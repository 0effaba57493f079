import {
  add,
  compare,
  type Exact,
  formatExact,
  larger,
  parseExact,
  percentOf,
  subtract,
  ZERO,
} from "./exact.ts";
import { compileModel, type ModelPrice } from "./models/index.ts";
import { compileBounds } from "./price.ts";
import { type Conversion, compileConversion, compileQuantity, type QuantityRules } from "./quantity.ts";
import { ROUNDING_MODES, type RoundingMode, roundExact } from "./rounding.ts";
import { compileSplit, type RemainderPolicy, type ShareRule, splitMinor } from "./split.ts";
import { parseDay } from "./timing/moment.ts";
import { PRORATION_BASES, prorate } from "./timing/period.ts";

export interface VectorResult {
  readonly id: string;
  readonly kind: string;
  readonly passed: boolean;
  readonly want: unknown;
  /** What came out, where something did. */
  readonly got?: unknown;
  /** Why nothing came out. */
  readonly error?: string;
}

export interface VectorReport {
  readonly passed: number;
  readonly failed: number;
  readonly results: readonly VectorResult[];
}

type Fields = { readonly [key: string]: unknown };

/**
 * Runs a file of rating vectors (`{"format": "rating-vectors/1", "vectors": […]}`, or the bare list). A vector that can't be
 * run counts as failed, with the reason; only a file that holds no vectors throws (a TypeError).
 */
export function runVectors(file: unknown): VectorReport {
  const list = Array.isArray(file) ? file : isFields(file) ? file["vectors"] : undefined;
  if (!Array.isArray(list)) {
    throw new TypeError(
      'no rating vectors here: a file of them is {"format": "rating-vectors/1", "vectors": […]}',
    );
  }
  const results = list.map((vector: unknown, i) => runVector(isFields(vector) ? vector : {}, i));
  const passed = results.filter((result) => result.passed).length;
  return { passed, failed: results.length - passed, results };
}

function runVector(vector: Fields, index: number): VectorResult {
  const id = String(vector["id"] ?? `#${index + 1}`);
  const kind = String(vector["kind"] ?? "");
  const want = vector["expect"];
  try {
    const run = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
    if (run === undefined)
      throw new TypeError(`"${kind}" is no kind of vector (${Object.keys(KINDS).join(", ")})`);
    if (!isFields(want) || Object.keys(want).length === 0) throw new TypeError("`expect` is missing");
    const got = run(vector);
    const unknown = Object.keys(want).find((field) => !Object.hasOwn(got, field));
    if (unknown !== undefined)
      throw new TypeError(
        `\`expect\` asks for \`${unknown}\`; a ${kind} has ${Object.keys(got).join(" and ")}`,
      );
    return { id, kind, passed: agrees(want, got), want, got };
  } catch (error) {
    return { id, kind, passed: false, want, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Every expected field must be there and equal as a number: `3.0` is `3`, `1/2` is `0.5`. */
function agrees(want: Fields, got: Fields): boolean {
  return Object.entries(want).every(([key, value]) => same(value, got[key]));
}

function same(want: unknown, got: unknown): boolean {
  if (Array.isArray(want)) {
    return Array.isArray(got) && want.length === got.length && want.every((value, i) => same(value, got[i]));
  }
  return got !== undefined && compare(number(want), number(got)) === 0;
}

const KINDS: Readonly<Record<string, (vector: Fields) => Fields>> = {
  charge: (vector) => ({ amount: formatExact(charge(fields(vector, "price"), fields(vector, "usage"))) }),
  quantity: (vector) => {
    const convert = compileConversion(fields(vector, "conversion") as unknown as Conversion);
    return { quantity: formatExact(convert(number(fields(vector, "usage")["quantity"]))) };
  },
  rounding: (vector) => ({
    value: formatExact(
      roundExact(number(vector["value"]), integer(vector["decimals"]), modeOf(vector["mode"])),
    ),
  }),
  split: runSplit,
  rerate: runRerate,
  credits: (vector) => {
    const owed = charge(fields(vector, "price"), fields(vector, "usage"));
    const credits = list(vector["credits"], "credits").map(number);
    // Drawn one after the other, never below what is owed.
    return {
      amount: formatExact(
        credits.reduce((left, credit) => (left.n <= 0n ? left : larger(subtract(left, credit), ZERO)), owed),
      ),
    };
  },
  tax: (vector) => {
    const net = number(vector["net"]);
    const rate = percentOf(text(vector["rate"]));
    const exact = { n: net.n * rate.n, d: net.d * rate.d };
    const tax = roundExact(exact, integer(vector["decimals"]), modeOf(vector["rounding"]));
    return { tax: formatExact(tax), gross: formatExact(add(net, tax)) };
  },
  proration: runProration,
};

/** Models that are made of rows, and what the rows are called. */
const ROWS = [
  [/^(graduated|graduated-percentage|volume)$/, "tiers"],
  [/^time-rate$/, "intervals"],
] as const;

/** A price with its modifiers in their fixed order: convert, round, discount, price, maximum, minimum. */
function charge(price: Fields, usage: Fields): Exact {
  for (const [model, rows] of ROWS) {
    if (model.test(String(price["model"])) && !list(price[rows], rows).every(isFields))
      throw new TypeError(`each of \`${rows}\` is an object`);
  }
  const model = compileModel(price as unknown as ModelPrice);
  const plan = compileQuantity(price as unknown as QuantityRules);
  const bind = compileBounds(price as Parameters<typeof compileBounds>[0]);
  const transactions =
    usage["transactions"] === undefined ? undefined : list(usage["transactions"], "transactions").map(number);
  const measured = usage["quantity"] ?? usage["seconds"];
  if (measured === undefined && transactions === undefined) {
    throw new TypeError("`usage` needs a quantity, seconds or transactions");
  }
  const { quantity } = plan(
    measured === undefined ? (transactions ?? []).reduce(add, ZERO) : number(measured),
  );
  const { amount } = model.price({ quantity, transactions }, false);
  return bind?.(amount).amount ?? amount;
}

function runSplit(vector: Fields): Fields {
  const rules = list(vector["shares"], "shares").map((share) => shareRule(isFields(share) ? share : {}));
  const remainder = vector["remainder"] ?? "first-listed";
  if (!POLICIES.includes(remainder as string))
    throw new TypeError(`"${String(remainder)}" is no remainder policy`);
  const split = compileSplit(rules, remainder as RemainderPolicy);
  return {
    parts: splitMinor(minor(vector["amount"], "amount"), split).map((part) => part.amountMinor.toString()),
  };
}

const POLICIES: readonly string[] = ["first-listed", "largest-ratio-first", "largest-remainder"];

function shareRule(share: Fields): ShareRule {
  const maximum = share["maximum"] === undefined ? undefined : minor(share["maximum"], "maximum");
  const capped = maximum === undefined ? {} : { maximumMinor: maximum };
  if (share["percent"] !== undefined)
    return { kind: "weight", weight: percentOf(text(share["percent"])), ...capped };
  if (share["fraction"] !== undefined)
    return { kind: "weight", weight: number(share["fraction"]), ...capped };
  if (share["ratio"] !== undefined) return { kind: "ratio", ratio: number(share["ratio"]) };
  if (share["fixed"] !== undefined) return { kind: "fixed", amountMinor: minor(share["fixed"], "fixed") };
  if (share["remaining"] === true) return { kind: "remaining" };
  if (maximum !== undefined) return { kind: "capped", maximumMinor: maximum };
  throw new TypeError(
    `a share needs percent, ratio, fraction, fixed, maximum or remaining: ${JSON.stringify(share)}`,
  );
}

/** What each run books: the price of the corrected quantity, less what was booked before. */
function runRerate(vector: Fields): Fields {
  let booked = ZERO;
  const deltas = list(fields(vector, "usage")["quantities"], "quantities").map((quantity) => {
    const now = charge(fields(vector, "price"), { quantity });
    const delta = subtract(now, booked);
    booked = now;
    return formatExact(delta);
  });
  return { deltas };
}

function runProration(vector: Fields): Fields {
  const basis = PRORATION_BASES.find((known) => known === vector["basis"]);
  const start = parseDay(String(vector["start"]));
  const next = parseDay(String(vector["nextBillingDate"]));
  if (basis === undefined) throw new TypeError(`"${String(vector["basis"])}" is no proration basis`);
  if (start === undefined || next === undefined)
    throw new TypeError("`start` and `nextBillingDate` are dates, YYYY-MM-DD");
  return {
    ratio: formatExact(roundExact(prorate(basis, start, next), integer(vector["decimals"]), "half-up")),
  };
}

function modeOf(value: unknown): RoundingMode {
  const mode = ROUNDING_MODES.find((known) => known === value);
  if (mode === undefined) throw new TypeError(`"${String(value)}" is no rounding mode`);
  return mode;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fields(parent: Fields, key: string): Fields {
  const value = parent[key];
  if (!isFields(value)) throw new TypeError(`\`${key}\` is missing`);
  return value;
}

function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`\`${name}\` is missing, or no list`);
  return value;
}

function text(value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number") throw new TypeError("a number is missing");
  return String(value);
}

function number(value: unknown): Exact {
  return parseExact(text(value));
}

/** Decimals beyond this are a mistake, and would stall whoever computes them. */
const MOST_DECIMALS = 100;

function integer(value: unknown): number {
  const decimals = value === undefined ? 0 : Number(minor(value, "decimals"));
  if (Math.abs(decimals) <= MOST_DECIMALS) return decimals;
  throw new TypeError(`\`decimals\` lies between -${MOST_DECIMALS} and ${MOST_DECIMALS}, and is ${decimals}`);
}

/** A whole number: minor units, or decimals. */
function minor(value: unknown, name: string): bigint {
  const exact = number(value);
  if (exact.n % exact.d === 0n) return exact.n / exact.d;
  throw new TypeError(`\`${name}\` is a whole number, and says ${text(value)}`);
}
