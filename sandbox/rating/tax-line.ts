import type { CompiledCard } from "./compiled.ts";
import type { Funding } from "./discounts.ts";
import type { NetCharge } from "./entry.ts";
import { add, type Exact, formatExact, multiply, parseExact, ZERO } from "./exact.ts";
import type { PricingContext } from "./pricing.ts";
import { fromMinor, toMinor } from "./rounding.ts";
import { byWeight } from "./split.ts";
import { type TaxRate, taxOn, taxWithin } from "./tax.ts";
import { periodOf } from "./timing/period.ts";
import type { TraceNode } from "./trace.ts";
import type { PartyId } from "./types.ts";

/** A charge as its tax looks at it. */
export interface TaxedLine {
  readonly card: CompiledCard;
  readonly rate: TaxRate;
  readonly payer: PartyId;
  readonly context: PricingContext;
  /** Gathers the running sums that tax by statement was taken from, for the trace. */
  readonly running: TraceNode[];
}

/** The charge without the tax that its price holds already. */
export function netOfTax(grossMinor: bigint, line: TaxedLine): bigint {
  const { tax, setting } = line.card;
  if (!tax.inclusive) return grossMinor;
  if (tax.level === "line") return grossMinor - taxWithin(grossMinor, line.rate, setting.mode);
  return grossMinor - byStatement("within", grossMinor, partWithin(line.rate), line);
}

/** On the net less its credit; prices that hold the tax already give up what the credit takes with it. */
export function taxOf(grossMinor: bigint, netMinor: bigint, creditMinor: bigint, line: TaxedLine): bigint {
  const { tax, setting } = line.card;
  const part = partOn(line.rate);
  if (!tax.inclusive) {
    if (tax.level === "statement") return byStatement("on", netMinor - creditMinor, part, line);
    return taxOn(netMinor - creditMinor, line.rate, setting.mode);
  }
  const within = grossMinor - netMinor;
  if (tax.level === "statement") return within - byStatement("credit", creditMinor, part, line);
  return within - taxOn(creditMinor, line.rate, setting.mode);
}

/** What funders of a discount bear, without tax: the others' shares are those of the undiscounted charge, net of its tax. */
export function fundedNet(
  { netMinor: grossMinor, funded }: NetCharge,
  netMinor: bigint,
  line: TaxedLine,
): readonly Funding[] {
  const { tax, setting } = line.card;
  if (!tax.inclusive || funded.length === 0) return funded;
  const before = funded.reduce((sum, { amountMinor }) => sum + amountMinor, grossMinor);
  const backMinor = before - taxWithin(before, line.rate, setting.mode) - netMinor;
  const weights = funded.map(({ amountMinor }) => ({
    n: amountMinor < 0n ? -amountMinor : amountMinor,
    d: 1n,
  }));
  const parts = byWeight(backMinor, weights);
  return funded.map(({ party }, i) => ({ party, amountMinor: parts[i] ?? 0n }));
}

const HUNDRED: Exact = { n: 100n, d: 1n };

/** Tax as a part of the amount that it comes on top of. */
const partOn = ({ percent }: TaxRate): Exact => ({ n: percent.n, d: percent.d * 100n });

/** Tax as a part of the amount that holds it. */
function partWithin({ percent }: TaxRate): Exact {
  const whole = add(HUNDRED, percent);
  return { n: percent.n * whole.d, d: percent.d * whole.n };
}

/** Tax by statement: the line takes what the tax on the running sum of the payer's month moves. */
function byStatement(
  kind: string,
  minor: bigint,
  part: Exact,
  { card, rate, payer, context, running: told }: TaxedLine,
): bigint {
  const { scale, mode } = card.setting;
  // Each currency has a sum of its own: cents and yen on one counter would tax neither.
  const key = `tax/${kind}/${card.currency}/${rate.code}/${payer}/${periodOf(context.subject.day, "month")}`;
  const before = context.prior(key) ?? ZERO;
  const pending = context.counters.filter((counter) => counter.key === key);
  const sumBefore = pending.reduce((sum, { quantity }) => add(sum, parseExact(quantity)), before);
  const amount = fromMinor(minor, scale);
  context.counters.push({ key, quantity: formatExact(amount) });
  told.push({ period: key, before: formatExact(sumBefore) });
  const taxed = (sum: Exact): bigint => toMinor(multiply(sum, part), scale, mode);
  return taxed(add(sumBefore, amount)) - taxed(sumBefore);
}
