import { type Exact, formatExact } from "../exact.ts";
import type { TraceNode } from "../trace.ts";
import { NO_STEPS, type Priced, PriceError, type PriceModel } from "./model.ts";
import { type CompiledTier, compileTiers, type Tier } from "./tiers.ts";

export interface GraduatedPrice {
  readonly model: "graduated" | "graduated-percentage";
  readonly tiers: readonly Tier[];
}

/** Tiers as integers over one denominator for bounds and one for amounts, with everything of a full tier worked out. */
interface TierTable {
  readonly boundDenominator: bigint;
  readonly amountDenominator: bigint;
  readonly rows: readonly TierRow[];
}

interface TierRow {
  readonly tier: CompiledTier;
  /** Over `boundDenominator`; undefined where unbounded. */
  readonly from: bigint;
  readonly upTo: bigint | undefined;
  /** Over `amountDenominator`. */
  readonly unit: bigint;
  readonly flat: bigint;
  /** The step of the trace when a delivery fills the whole tier: the same object each time. */
  readonly full: TraceNode | undefined;
}

/**
 * Each tier prices its own part; a tier's flat amount is charged once it is entered, the first tier's even at zero.
 * With a prior quantity, only what this delivery adds is priced and only tiers that it enters first charge their flat amount.
 */
export function compileGraduated(spec: GraduatedPrice): PriceModel {
  const table = tierTable(compileTiers(spec.tiers));
  return {
    price({ quantity, prior }, traced) {
      return prior === undefined && quantity.d === table.boundDenominator
        ? climb(table, 1n, 0n, quantity.n, true, traced)
        : climbScaled(table, quantity, prior, traced);
    },
  };
}

function tierTable(tiers: readonly CompiledTier[]): TierTable {
  const boundDenominator = tiers.reduce((d, { upTo }) => common(d, upTo?.d ?? 1n), 1n);
  const amountDenominator = tiers.reduce((d, { unit, flat }) => common(common(d, unit.d), flat.d), 1n);
  let from = 0n;
  const rows = tiers.map((tier) => {
    const upTo = tier.upTo === undefined ? undefined : (tier.upTo.n * boundDenominator) / tier.upTo.d;
    const unit = (tier.unit.n * amountDenominator) / tier.unit.d;
    const flat = (tier.flat.n * amountDenominator) / tier.flat.d;
    const row = { tier, from, upTo, unit, flat, full: undefined as TraceNode | undefined };
    if (upTo !== undefined) {
      const amount = {
        n: (upTo - from) * unit + flat * boundDenominator,
        d: boundDenominator * amountDenominator,
      };
      row.full = stepOf(row, { n: upTo - from, d: boundDenominator }, amount, boundDenominator, true);
      from = upTo;
    }
    return row;
  });
  return { boundDenominator, amountDenominator, rows };
}

function common(a: bigint, b: bigint): bigint {
  if (a % b === 0n) return a;
  return b % a === 0n ? b : a * b;
}

function climbScaled(table: TierTable, quantity: Exact, prior: Exact | undefined, traced: boolean): Priced {
  // Bounds, prior and quantity brought to one denominator, so that everything between integer tiers is priced too.
  const denominator = common(common(table.boundDenominator, quantity.d), prior?.d ?? 1n);
  const factor = denominator / table.boundDenominator;
  const before = prior === undefined ? 0n : (prior.n * denominator) / prior.d;
  const after = before + (quantity.n * denominator) / quantity.d;
  if (after >= before || before <= 0n)
    return climb(table, factor, before, after, prior === undefined, traced);
  // A quantity taken back leaves from the top: what the tiers gave for it is given back.
  const now = climb(table, factor, 0n, after, true, traced);
  const then = climb(table, factor, 0n, before, true, false);
  const former = { n: -then.amount.n, d: then.amount.d };
  const steps = traced ? [...now.steps, { former: formatExact(former) }] : NO_STEPS;
  return { amount: { n: now.amount.n + former.n, d: now.amount.d }, steps };
}

function climb(
  table: TierTable,
  factor: bigint,
  before: bigint,
  after: bigint,
  first: boolean,
  traced: boolean,
): Priced {
  const denominator = table.boundDenominator * factor;
  const amountDenominator = denominator * table.amountDenominator;
  const steps: TraceNode[] = [];
  let exact = 0n;
  for (let i = 0; i < table.rows.length; i++) {
    const row = table.rows[i];
    if (row === undefined) break;
    const from = row.from * factor;
    const upTo = row.upTo === undefined ? undefined : row.upTo * factor;
    const last = upTo === undefined || after <= upTo;
    const low = before > from ? before : from;
    const part = (last ? after : upTo) - low;
    // Entered by this delivery: the first tier by the first delivery, another one when nothing lay in it before.
    const entered = i === 0 ? first : before <= from && after > from;
    if (entered || (last && part !== 0n) || part > 0n) {
      const amount = part * row.unit + (entered ? row.flat * denominator : 0n);
      exact += amount;
      if (traced) {
        const full =
          entered && upTo !== undefined && low + part === upTo && low === from ? row.full : undefined;
        const exactAmount = { n: amount, d: amountDenominator };
        steps.push(
          full ?? stepOf(row, { n: part, d: denominator }, exactAmount, table.boundDenominator, entered),
        );
      }
    }
    if (last) return { amount: { n: exact, d: amountDenominator }, steps };
  }
  throw new PriceError("no tier holds this quantity: the last tier ends below it");
}

function stepOf(
  row: Omit<TierRow, "full">,
  quantity: Exact,
  amount: Exact,
  boundDenominator: bigint,
  entered: boolean,
): TraceNode {
  return {
    above: formatExact({ n: row.from, d: boundDenominator }),
    upTo: row.tier.upTo === undefined ? null : formatExact(row.tier.upTo),
    quantity: formatExact(quantity),
    ...(row.tier.rate === undefined ? { unitAmount: formatExact(row.tier.unit) } : { rate: row.tier.rate }),
    ...(entered && row.tier.flat.n !== 0n ? { flatAmount: formatExact(row.tier.flat) } : {}),
    amount: formatExact(amount),
  };
}
