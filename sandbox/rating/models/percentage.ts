import { type BoundAmount, compileBounds } from "../bounds.ts";
import {
  add,
  compare,
  type Exact,
  formatExact,
  larger,
  multiply,
  parseExact,
  percentOf,
  smaller,
  subtract,
  ZERO,
} from "../exact.ts";
import type { TraceNode } from "../trace.ts";
import { NO_STEPS, type Priced, type PriceModel, type PriceUsage } from "./model.ts";

export interface PercentagePrice {
  readonly model: "percentage";
  readonly rate?: string | number;
  /** Added to each transaction that isn't free. */
  readonly fixedAmount?: string | number;
  /** Transactions are free in order until either allowance would be exceeded. Zero counts as none declared. */
  readonly freeUnits?: string | number;
  readonly freeEvents?: string | number;
  readonly perTransactionMin?: string | number;
  readonly perTransactionMax?: string | number;
}

interface Terms {
  readonly rate: Exact;
  readonly fixed: Exact;
  readonly freeUnits: Exact | undefined;
  readonly freeEvents: Exact | undefined;
  readonly bind: BoundAmount | undefined;
}

/** A part of each transaction's amount, with free allowances and bounds a transaction. */
export function compilePercentage(spec: PercentagePrice): PriceModel {
  const terms: Terms = {
    rate: percentOf(spec.rate ?? "0"),
    fixed: parseExact(spec.fixedAmount ?? "0"),
    freeUnits: allowance(spec.freeUnits),
    freeEvents: allowance(spec.freeEvents),
    bind: compileBounds({ maximumAmount: spec.perTransactionMax, minimumAmount: spec.perTransactionMin }),
  };
  return {
    countsEvents: terms.freeEvents !== undefined,
    price: (usage, traced) => priceTransactions(terms, usage, traced),
  };
}

function allowance(value: string | number | undefined): Exact | undefined {
  if (value === undefined) return undefined;
  const exact = parseExact(value);
  return exact.n > 0n ? exact : undefined;
}

const FREE = { amount: ZERO, bound: undefined };

function priceTransactions(terms: Terms, usage: PriceUsage, traced: boolean): Priced {
  const transactions = usage.transactions ?? [usage.quantity];
  const steps: TraceNode[] = [];
  let seen = usage.prior ?? ZERO;
  let events = usage.priorEvents ?? 0n;
  let total = ZERO;
  for (const transaction of transactions) {
    events += 1n;
    const free = isFree(terms, add(seen, transaction), events);
    const reduction = free ? transaction : leftToReduce(terms, seen, transaction);
    seen = add(seen, transaction);
    const charged = free ? FREE : chargeOf(terms, subtract(transaction, reduction));
    total = add(total, charged.amount);
    if (!traced) continue;
    steps.push({
      transaction: formatExact(transaction),
      ...(reduction.n === 0n ? {} : { free: formatExact(reduction) }),
      ...(charged.bound === undefined ? {} : { bound: charged.bound }),
      amount: formatExact(charged.amount),
    });
  }
  return { amount: total, steps: traced ? steps : NO_STEPS };
}

function isFree(terms: Terms, running: Exact, events: bigint): boolean {
  if (terms.freeUnits === undefined && terms.freeEvents === undefined) return false;
  if (terms.freeUnits !== undefined && compare(running, terms.freeUnits) > 0) return false;
  return terms.freeEvents === undefined || events * terms.freeEvents.d <= terms.freeEvents.n;
}

/** What is left of the free units still reduces the base of transactions that aren't free. */
function leftToReduce(terms: Terms, seen: Exact, transaction: Exact): Exact {
  if (terms.freeUnits === undefined) return ZERO;
  return larger(smaller(subtract(terms.freeUnits, seen), transaction), ZERO);
}

function chargeOf(terms: Terms, base: Exact): ReturnType<BoundAmount> {
  const amount = add(multiply(base, terms.rate), terms.fixed);
  return terms.bind?.(amount) ?? { amount, bound: undefined };
}
