import type { RecurringPrice } from "./documents.ts";
import { add, type Exact, formatExact, multiply, ONE, parseExact, subtract, ZERO } from "./exact.ts";
import type { CompiledPrice, PriceResult, PricingContext } from "./pricing.ts";
import type { Subject } from "./subject.ts";
import { civilOf, dayOf, daysFromCivil, formatDay } from "./timing/moment.ts";
import { addMonths, prorate } from "./timing/period.ts";
import { DAY_MS } from "./timing/units.ts";
import type { TraceNode } from "./trace.ts";

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
/** A subscription is charged period by period; no delivery covers more of them than this. */
const MOST_PERIODS = 1200;

/** So much a calendar period, for the part of it from the delivery's start to its end or to the end of the period. */
export function compileRecurring(content: RecurringPrice): CompiledPrice {
  const amount = parseExact(content.amount);
  const months = MONTHS[content.period];
  const basis = content.proration ?? "actual-days";
  const ratioOf = (from: number, until: number, next: number): Exact => {
    if (basis === "none") return ONE;
    const whole = prorate(basis, from, next, months);
    return until < next ? subtract(whole, prorate(basis, until, next, months)) : whole;
  };
  const evaluate = ({ subject, traced }: PricingContext): PriceResult => {
    const steps: TraceNode[] = [];
    let total = ZERO;
    let from = subject.day;
    const last = lastDay(subject);
    for (let i = 0; i < MOST_PERIODS; i++) {
      const next = addMonths(periodStart(from, months), months);
      const until = last === undefined || last > next ? next : last;
      const ratio = ratioOf(from, until, next);
      const part = multiply(amount, ratio);
      total = add(total, part);
      if (traced) {
        steps.push({
          from: formatDay(from),
          until: formatDay(until),
          ratio: formatExact(ratio),
          amount: formatExact(part),
        });
      }
      if (last === undefined || last <= next) break;
      from = next;
    }
    if (!traced) return { amount: total, bound: undefined, node: {} };
    const node = {
      model: "recurring",
      charged: content.charged ?? "advance",
      basis,
      steps,
      amount: formatExact(total),
    };
    return { amount: total, bound: undefined, node };
  };
  return {
    model: "recurring",
    cumulative: false,
    needsEnd: false,
    evaluate,
    evaluatePiece: (_, context) => evaluate(context),
    quantityOf: () => ({ quantity: ONE, transactions: undefined, node: {} }),
  };
}

function periodStart(day: number, months: number): number {
  const { year, month } = civilOf(day);
  return daysFromCivil(year, month - ((month - 1) % months), 1);
}

/** The first day that no longer belongs to the delivery; an end at midnight leaves its own day out. */
function lastDay({ end, day }: Subject): number | undefined {
  if (end === undefined) return undefined;
  const endDay = dayOf(end.localMs);
  const first = end.localMs === endDay * DAY_MS ? endDay : endDay + 1;
  return first > day ? first : day + 1;
}
