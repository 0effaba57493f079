import { type Bound, compileBounds } from "./bounds.ts";
import { compileConditions, type Test } from "./conditions.ts";
import {
  type CompiledDiscount,
  compileDiscount,
  discounted,
  type Funding,
  fundings,
  UNDISCOUNTED,
} from "./discounts.ts";
import type { Citation, Condition, DiscountContent, EntryContent } from "./documents.ts";
import { add, type Exact, formatExact, isExact, ZERO } from "./exact.ts";
import type { MeasureInfo } from "./outcome.ts";
import type { PriceResult, PricingContext } from "./pricing.ts";
import { type RoundingMode, toMinor } from "./rounding.ts";
import { compileShares, type SplitTree } from "./shares.ts";
import { invalid, measureValue, readMeasure, type Subject } from "./subject.ts";
import { compileTimed, type TimedPrice } from "./timed.ts";
import { periodOf } from "./timing/period.ts";
import { minorValue, type NodeInMaking, type TraceNode } from "./trace.ts";

/** What an entry needs to know of its rate card. */
export interface CardSetting {
  readonly scale: number;
  readonly mode: RoundingMode;
  readonly roundingLevel: "line" | "statement";
  readonly calendars: Readonly<Record<string, readonly string[]>>;
}

interface CardOfEntry {
  readonly setting: CardSetting;
  readonly citation: Citation;
  readonly base: Citation | undefined;
}

/** A net charge before split, credit and tax. */
export interface NetCharge {
  readonly netMinor: bigint;
  readonly bound: Bound | undefined;
  readonly windows: readonly string[];
  /** What each funder bears of the discounts, to be added back before the split. */
  readonly funded: readonly Funding[];
  readonly node: TraceNode;
}

export interface CompiledEntry {
  readonly content: EntryContent;
  readonly pointer: string;
  /** The rate card and the clause, as a trace cites them. */
  readonly cited: TraceNode;
  readonly timed: TimedPrice;
  readonly when: Test | undefined;
  /** How many conditions it has: the more, the more specific. */
  readonly specificity: number;
  readonly split: SplitTree | undefined;
  readonly measures: readonly MeasureInfo[];
  net(context: PricingContext): NetCharge;
}

export function compileEntry(
  content: EntryContent,
  pointer: string,
  card: CardOfEntry,
  agreed: readonly DiscountContent[],
): CompiledEntry {
  const { setting, citation, base } = card;
  // What companies of a chain pay each other fills tiers of its own, beside those of the sale of the same product.
  const scope = content.side === "purchase" ? `${citation.id}:${content.product}` : content.product;
  const timed = compileTimed(content, setting.calendars, scope);
  const bind = compileBounds(content);
  const discounts = [...(content.discounts ?? []), ...agreed].map(compileDiscount);
  const limits = compileLimits(content);
  return {
    content,
    pointer,
    cited: { ...citation, clause: pointer, ...(base === undefined ? {} : { extends: { ...base } }) },
    timed,
    when: compileConditions(content.when),
    specificity: content.when?.length ?? 0,
    split: content.split === undefined ? undefined : compileShares(content.split, setting.scale),
    measures: measuresOf(content),
    net(context) {
      limits?.(context.subject);
      const priced = timed.evaluate(context);
      const full = bind?.(priced.amount);
      const active =
        discounts.length === 0 ? discounts : discounts.filter(({ applies }) => applies(context.subject));
      const cut = active.length === 0 ? priced.amount : discounted(priced.amount, active);
      const bounded = active.length === 0 ? full : bind?.(cut);
      const exact = bounded?.amount ?? cut;
      const bound = bounded?.bound ?? priced.bound;
      const { netMinor, running } = roundNet(exact, scope, setting, context);
      const funded =
        active.length === 0
          ? UNDISCOUNTED
          : fundings(
              toMinor(full?.amount ?? priced.amount, setting.scale, setting.mode) - netMinor,
              active,
              priced.amount,
              context.subject,
            );
      const node: NodeInMaking = context.traced
        ? netNode(priced, active, exact, bounded?.bound, running, setting)
        : {};
      if (context.traced) node["netMinor"] = minorValue(netMinor);
      return { netMinor, bound, windows: priced.windows, funded, node };
    },
  };
}

function netNode(
  priced: PriceResult,
  discounts: readonly CompiledDiscount[],
  exact: Exact,
  bound: Bound | undefined,
  running: TraceNode | undefined,
  { mode }: CardSetting,
): NodeInMaking {
  const node: NodeInMaking = { price: priced.node };
  if (discounts.length > 0) {
    node["discounts"] = discounts.map(({ id, percentText }) => ({ id, percent: percentText }));
  }
  // Writing a number costs more than computing it: where nothing changed the price, its own text will do.
  const written = exact === priced.amount && priced.bound === undefined ? priced.node["amount"] : undefined;
  const text = typeof written === "string" ? written : formatExact(exact);
  if (bound !== undefined) node[bound] = text;
  node["exact"] = text;
  node["rounding"] = running === undefined ? mode : `${mode}, by statement`;
  if (running !== undefined) node["running"] = running;
  return node;
}

/** Rounded by line; by statement, the line takes what the running sum of the month moves once it is rounded. */
function roundNet(
  exact: Exact,
  scope: string,
  setting: CardSetting,
  context: PricingContext,
): { readonly netMinor: bigint; readonly running?: TraceNode } {
  if (setting.roundingLevel === "line" || context.listed === true)
    return { netMinor: toMinor(exact, setting.scale, setting.mode) };
  const { subject } = context;
  const key = `rounding/${scope}/${subject.delivery.customer}/${periodOf(subject.day, "month")}`;
  const before = context.prior(key) ?? ZERO;
  context.counters.push({ key, quantity: formatExact(exact) });
  const rounded = (sum: Exact): bigint => toMinor(sum, setting.scale, setting.mode);
  return {
    netMinor: rounded(add(before, exact)) - rounded(before),
    running: { period: key, before: formatExact(before) },
  };
}

/** Bounds that the rate card declares for its measures: outside of them a delivery is refused. */
function compileLimits(content: EntryContent): ((subject: Subject) => void) | undefined {
  const limits = Object.entries(content.measures ?? {})
    .filter(
      ([, { minimum, maximum, required }]) =>
        minimum !== undefined || maximum !== undefined || required === true,
    )
    .map(([measure, spec]) => ({
      measure,
      required: spec.required === true,
      bind: compileBounds({
        ...(spec.minimum === undefined ? {} : { minimumAmount: spec.minimum }),
        ...(spec.maximum === undefined ? {} : { maximumAmount: spec.maximum }),
      }),
    }));
  if (limits.length === 0) return undefined;
  return (subject) => {
    for (const { measure, required, bind } of limits) {
      const value = measureValue(subject, measure);
      if (value === undefined && !required) continue;
      const bound = bind?.(readMeasure(subject, measure));
      if (bound?.bound === undefined) continue;
      const limit = formatExact(bound.amount);
      throw invalid(
        subject,
        measure,
        bound.bound === "minimum" ? `is below its minimum, ${limit}` : `is above its maximum, ${limit}`,
      );
    }
  };
}

/** Every measure that the entry reads; required are those without which it can never be priced. */
function measuresOf(content: EntryContent): readonly MeasureInfo[] {
  const prices = "components" in content.price ? content.price.components : [content.price];
  const others = (content.timing?.windows ?? []).map(({ price }) => price);
  const priced = new Map<string, MeasureInfo["type"]>();
  const required = new Set<string>();
  for (const { measure, model } of [...prices, ...others]) {
    if (typeof measure === "string" && !priced.has(measure))
      priced.set(measure, model === "percentage" ? "amounts" : "number");
  }
  for (const { measure, when } of prices)
    if (typeof measure === "string" && when === undefined) required.add(measure);
  const conditions = [content, ...prices, ...others, ...(content.discounts ?? [])].flatMap(
    ({ when }) => when ?? [],
  );
  for (const condition of conditions) {
    const { measure } = condition;
    if (measure !== undefined && !priced.has(measure)) priced.set(measure, typeOf(condition));
  }
  const declared = content.measures ?? {};
  const names = new Set([...priced.keys(), ...Object.keys(declared)]);
  return [...names].map((name) => {
    const spec = declared[name];
    return {
      name,
      type: spec?.type ?? priced.get(name) ?? "number",
      required: required.has(name) || spec?.required === true,
      ...(spec?.unit === undefined ? {} : { unit: spec.unit }),
      ...(spec?.description === undefined ? {} : { description: spec.description }),
    };
  });
}

/** What a condition compares its measure with. */
function typeOf({ equals, in: list }: Condition): MeasureInfo["type"] {
  const [value] = equals === undefined ? (list ?? []) : [equals];
  if (typeof value === "boolean") return "boolean";
  return value === undefined || isExact(value) ? "number" : "text";
}
