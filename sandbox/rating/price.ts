import { type Bounds, compileBounds } from "./bounds.ts";
import { compileConditions, type Test } from "./conditions.ts";
import type { ComponentPrice, Cumulative, MeasureRef, PriceContent, SinglePrice } from "./documents.ts";
import { add, type Exact, formatExact, ONE, parseExact, ZERO } from "./exact.ts";
import { compileModel, type ModelPrice, type Priced, type PriceModel } from "./models/index.ts";
import type { CompiledPrice, MeasuredQuantity, PriceResult, PricingContext } from "./pricing.ts";
import { compileQuantity, type QuantityPlan } from "./quantity.ts";
import { compileRecurring } from "./recurring.ts";
import { elapsedMs, invalid, readAmounts, readMeasure, type Subject } from "./subject.ts";
import { periodOf } from "./timing/period.ts";
import type { TraceNode } from "./trace.ts";

export const UNITS_MS = { second: 1000n, minute: 60_000n, hour: 3_600_000n, day: 86_400_000n } as const;

const NO_NODE: TraceNode = {};

/** `scope` names the price in counters: the product, and which component of it. */
export function compilePrice(content: PriceContent, scope: string): CompiledPrice {
  return "components" in content ? compileComponents(content, scope) : compileSingle(content, scope);
}

function compileSingle(content: SinglePrice, scope: string): CompiledPrice {
  if (content.model === "recurring") return bounded(compileRecurring(content), content);
  if (content.model === "bundle") {
    const amount = parseExact(content.amount);
    return fixedPrice("bundle", amount);
  }
  const model = compileModel(content as ModelPrice);
  const plan = compileQuantity(content);
  const measure = measureRefOf(content);
  const when = compileConditions(content.when);
  const measured = (context: PricingContext): MeasuredQuantity =>
    measureOf(content.model, measure, plan, context);
  const price = pricer(model, content.cumulative, scope);
  return bounded(
    {
      model: content.model,
      cumulative: content.cumulative !== undefined,
      needsEnd: typeof measure === "object",
      quantityOf: measured,
      evaluatePiece(quantity, context) {
        const priced = model.price({ quantity }, context.traced);
        return resultOf(content.model, priced, NO_NODE, context.traced);
      },
      evaluate(context) {
        if (skips(when, context)) return { amount: ZERO, bound: undefined, node: NO_NODE, skipped: true };
        const quantity = measured(context);
        return resultOf(content.model, price(quantity, context), quantity.node, context.traced);
      },
    },
    content,
  );
}

/** What a price measures; one a delivery where undefined. */
export function measureRefOf({ measure, model }: SinglePrice): MeasureRef | undefined {
  return measure ?? (model === "time-rate" ? { elapsed: "second" } : undefined);
}

function skips(when: Test | undefined, { subject }: PricingContext): boolean {
  return when !== undefined && !when(subject);
}

function resultOf(
  model: string,
  { amount, steps }: Priced,
  quantity: TraceNode,
  traced: boolean,
): PriceResult {
  if (!traced) return { amount, bound: undefined, node: NO_NODE };
  return { amount, bound: undefined, node: { model, quantity, steps, amount: formatExact(amount) } };
}

function fixedPrice(model: string, amount: Exact): CompiledPrice {
  const node = { model, amount: formatExact(amount) };
  const evaluate = (): PriceResult => ({ amount, bound: undefined, node });
  const quantityOf = (): MeasuredQuantity => ({ quantity: ONE, transactions: undefined, node: NO_NODE });
  return { model, cumulative: false, needsEnd: false, evaluate, evaluatePiece: evaluate, quantityOf };
}

function measureOf(
  model: string,
  measure: MeasureRef | undefined,
  plan: QuantityPlan,
  context: PricingContext,
): MeasuredQuantity {
  const { subject, traced } = context;
  if (model === "percentage" && typeof measure === "string") {
    const transactions = readAmounts(subject, measure);
    const node = traced ? { measure, transactions: transactions.map(formatExact) } : NO_NODE;
    return { quantity: transactions.reduce(add, ZERO), transactions, node };
  }
  const raw = rawQuantity(measure, subject);
  if (raw.n < 0n && typeof measure === "string" && model !== "dynamic") {
    throw invalid(subject, measure, `is negative: ${formatExact(raw)}`);
  }
  const { quantity, steps } = plan(raw);
  if (!traced) return { quantity, transactions: undefined, node: NO_NODE };
  const name = typeof measure === "object" ? `elapsed ${measure.elapsed}s` : (measure ?? "delivery");
  const node: Record<string, string> = { measure: name, measured: formatExact(raw) };
  for (const [step, value] of steps) node[step] = formatExact(value);
  return { quantity, transactions: undefined, node };
}

function rawQuantity(measure: MeasureRef | undefined, subject: Subject): Exact {
  if (measure === undefined) return ONE;
  if (typeof measure === "string") return readMeasure(subject, measure);
  return { n: BigInt(elapsedMs(subject)), d: UNITS_MS[measure.elapsed] };
}

/** Prices on top of what the period holds already, and notes what this delivery adds to it. */
function pricer(
  model: PriceModel,
  cumulative: Cumulative | undefined,
  scope: string,
): (measured: MeasuredQuantity, context: PricingContext) => Priced {
  if (cumulative === undefined) return (measured, { traced }) => model.price(measured, traced);
  return (measured, context) => {
    const key = counterKey(cumulative, scope, context.subject);
    const events = BigInt(measured.transactions?.length ?? 1);
    const priorEvents = context.prior(`${key}/events`);
    const asked = context.prior(key);
    // A counter that stands at zero because nothing came before is as good as none: the first tier is entered now.
    const prior = priorEvents === undefined || priorEvents.n === 0n ? nonZero(asked) : asked;
    context.counters.push(
      { key, quantity: formatExact(measured.quantity) },
      { key: `${key}/events`, quantity: events.toString() },
    );
    const before = {
      prior,
      priorEvents: priorEvents === undefined ? undefined : priorEvents.n / priorEvents.d,
    };
    const priced = model.price({ ...measured, ...before }, context.traced);
    if (!context.traced || prior === undefined) return priced;
    const told = { before: formatExact(prior), period: key };
    // Allowances that count events need to be told how many there were.
    const counted =
      model.countsEvents === true ? { ...told, events: String(before.priorEvents ?? 0n) } : told;
    return { amount: priced.amount, steps: [counted, ...priced.steps] };
  };
}

function nonZero(quantity: Exact | undefined): Exact | undefined {
  return quantity === undefined || quantity.n === 0n ? undefined : quantity;
}

function counterKey({ period, per }: Cumulative, scope: string, subject: Subject): string {
  const whose = per === undefined ? "customer" : per;
  const who = whose === "everybody" ? "*" : (subject.partyOf(whose) ?? subject.delivery.customer);
  return `tiers/${scope}/${who}/${periodOf(subject.day, period)}`;
}

function compileComponents(content: ComponentPrice, scope: string): CompiledPrice {
  const components = content.components.map((component, i) => compileSingle(component, `${scope}.${i}`));
  const evaluate = (context: PricingContext): PriceResult => {
    const results = components.map((component) => component.evaluate(context));
    const amount = results.reduce((sum, result) => add(sum, result.amount), ZERO);
    if (!context.traced) return { amount, bound: undefined, node: NO_NODE };
    const nodes = results.filter(({ skipped }) => skipped === undefined).map(({ node }) => node);
    return {
      amount,
      bound: undefined,
      node: { model: "sum", components: nodes, amount: formatExact(amount) },
    };
  };
  return bounded(
    {
      model: "sum",
      cumulative: components.some((component) => component.cumulative),
      needsEnd: components.some((component) => component.needsEnd),
      evaluate,
      evaluatePiece: (_, context) => evaluate(context),
      quantityOf: (context) =>
        components[0]?.quantityOf(context) ?? { quantity: ONE, transactions: undefined, node: NO_NODE },
    },
    content,
  );
}

function bounded(price: CompiledPrice, content: Bounds): CompiledPrice {
  const bind = compileBounds(content);
  if (bind === undefined) return price;
  return {
    ...price,
    evaluate(context) {
      const result = price.evaluate(context);
      if (result.skipped === true) return result;
      const { amount, bound } = bind(result.amount);
      if (bound === undefined) return result;
      return {
        amount,
        bound,
        node: context.traced ? { ...result.node, [bound]: formatExact(amount) } : NO_NODE,
      };
    },
  };
}
