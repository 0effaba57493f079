import { isExact } from "../rating/exact.ts";
import type { Delivery, DeliveryPart, Rating, RatingOutcome, UsageValue } from "../rating/index.ts";
import { decimalsOf } from "./draw.ts";
import { type Member, untracedWith } from "./members.ts";
import type { Draw, Scenario, Traffic, TrafficPart, Weights } from "./scenario.ts";
import { promisesOf } from "./service-levels.ts";
import type { Terms } from "./simulate.ts";

/** A scenario that nobody wrote, and what it had to leave out. */
export interface DerivedScenario {
  readonly scenario: Scenario;
  readonly skipped: readonly SkippedProduct[];
}

export interface SkippedProduct {
  readonly product: string;
  /** Why no delivery of it can be made up. */
  readonly detail: string;
}

export interface DeriveOptions extends Pick<Scenario, "months" | "runs" | "seed"> {
  readonly start?: string | undefined;
  readonly growth?: number | undefined;
  /** Of products that have a service level; 0.1 where left out. */
  readonly late?: number | undefined;
}

/** Deliveries a month of each product. */
const VOLUME = 100;
const LATE = 0.1;
/** How far a made-up measure lies around the one of an example. */
const AROUND = [0.5, 1.5] as const;

/**
 * The scenario that a spec set suggests: of each product a hundred deliveries a month, or one for each customer where the price
 * recurs, around those of the documents' examples, from all companies that may be their customers.
 * @param examples deliveries as the documents show them; without one of a product, the first that the rules rate
 */
export function deriveScenario(
  { rating, documents }: Terms,
  examples: readonly Delivery[],
  members: readonly Member[],
  options: DeriveOptions,
): DerivedScenario {
  const skipped: SkippedProduct[] = [];
  const days = daysOf(documents);
  const context = untracedWith(members);
  const bases = rating.products.flatMap((product) => {
    const found = baseOf(
      (delivery) => rating.rate(delivery, context),
      [examples.filter((each) => each.product === product), madeUp(rating, product, members, days)],
    );
    if (typeof found === "object") return [found];
    skipped.push({ product, detail: found });
    return [];
  });
  const { start, months, runs, seed, growth, late = LATE } = options;
  const latest = bases
    .map(({ startedAt }) => startedAt.slice(0, 7))
    .sort()
    .at(-1);
  const traffic = bases.map((base): Traffic => {
    const promises = promisesOf(documents, base.product);
    const measured = new Set(promises.map(({ measure }) => measure));
    return {
      ...trafficLike(base, rating, members, measured),
      ...(growth === undefined ? {} : { growth }),
      ...(promises.length === 0 ? {} : { late }),
    };
  });
  return { scenario: { start: start ?? latest ?? "2025-01", months, runs, seed, traffic }, skipped };
}

/** Of deliveries that are made up, so many are rated in search of one that lets money go from one company to another. */
const MOST_RATED = 100;

/**
 * The first delivery of a product that the rules rate and by which a company pays another: an example, or one that is made up.
 * Where each company would only pay itself, the first that is rated. Else why there is none.
 */
function baseOf(
  rate: (delivery: Delivery) => RatingOutcome,
  kinds: readonly Iterable<Delivery>[],
): Delivery | string {
  let detail = "nothing describes it";
  let rated: Delivery | undefined;
  for (const kind of kinds) {
    let count = 0;
    for (const delivery of kind) {
      const outcome = rate(delivery);
      if (outcome.kind === "unrated") {
        detail = outcome.detail;
        continue;
      }
      if (outcome.legs.some(({ payer, payee }) => payer !== payee)) return delivery;
      rated ??= delivery;
      if (++count === MOST_RATED) break;
    }
  }
  return rated ?? detail;
}

/** The days from which documents hold, the newest first: on it most of them do. */
function daysOf({ rateCards, agreements }: Terms["documents"]): readonly string[] {
  const starts = [...rateCards, ...agreements].flatMap(({ content }) => {
    const { start } = (content as { readonly validFor?: { readonly start?: string } }).validFor ?? {};
    return start === undefined ? [] : [start];
  });
  return [...new Set([...starts.sort().reverse(), "2025-03-03"])];
}

/** Ten of each measure, between each pair of companies. */
function* madeUp(
  rating: Rating,
  product: string,
  members: readonly Member[],
  days: readonly string[],
): Iterable<Delivery> {
  const info = rating.describe(product);
  if (info === undefined) return;
  const usage = Object.fromEntries(
    info.measures.filter(({ required }) => required).map(({ name, type }) => [name, TEN[type]]),
  );
  const ids = members.map(({ id }) => id);
  const customers = members.filter(({ role }) => /customer/u.test(role)).map(({ id }) => id);
  for (const day of days)
    for (const provider of [undefined, ...ids])
      for (const customer of new Set([...customers, ...ids]))
        yield {
          id: "made-up",
          product,
          customer,
          ...(provider === undefined ? {} : { provider }),
          startedAt: `${day}T09:00:00`,
          ...(info.needsEnd ? { endedAt: `${day}T12:00:00` } : {}),
          usage,
        };
}

const TEN = { number: 10, boolean: true, text: "10", amounts: [10] } as const;

/** Traffic around one delivery. */
function trafficLike(
  base: Delivery,
  rating: Rating,
  members: readonly Member[],
  measured: ReadonlySet<string>,
): Traffic {
  const { product, provider, parties, startedAt, endedAt, parts } = base;
  const rates = (change: Partial<Delivery>): boolean =>
    rating.rate({ ...base, ...change }, untracedWith(members)).kind === "rated";
  const info = rating.describe(product);
  // What is said of only some deliveries, as whether one contact was enough, no example needs to have.
  const flags = (info?.measures ?? []).filter(
    ({ name, type }) => type === "boolean" && !(name in base.usage),
  );
  const usage = [...Object.entries(base.usage), ...flags.map(({ name }) => [name, false] as const)]
    .filter(([name]) => !measured.has(name))
    .map(([name, value]) => [
      name,
      around(value, (other) => rates({ usage: { ...base.usage, [name]: other } })),
    ]);
  const minutes =
    endedAt === undefined
      ? undefined
      : Math.round((Date.parse(utc(endedAt)) - Date.parse(utc(startedAt))) / 60_000);
  const recurs = info?.model === "recurring";
  return {
    product,
    ...(recurs ? { perCustomer: 1, monthDays: [1] } : { perMonth: VOLUME, ...OFFICE_HOURS }),
    customers: customersLike(base, members, (customer) => rates({ customer })),
    ...(provider === undefined ? {} : { providers: { [provider]: 1 } }),
    ...(parties === undefined ? {} : { parties: mapped(parties, (party) => ({ [party]: 1 })) }),
    ...(minutes === undefined || minutes <= 0 ? {} : { lasts: range(minutes, minutes % 30 === 0 ? 30 : 1) }),
    ...(usage.length === 0 ? {} : { usage: Object.fromEntries(usage) }),
    ...(parts === undefined ? {} : { parts: parts.map(partLike) }),
  };
}

const OFFICE_HOURS = {
  weekdays: { monday: 1, tuesday: 1, wednesday: 1, thursday: 1, friday: 1 },
  times: [{ from: "08:00", to: "18:00" }],
} as const;

/** Without its offset, so that two times of the same clocks can be told apart. */
const utc = (time: string): string => `${time.slice(0, 19)}Z`;

/** All companies of the same role that the rules take as its customer. */
function customersLike(
  { customer }: Delivery,
  members: readonly Member[],
  mayBe: (customer: string) => boolean,
): Weights {
  const role = members.find(({ id }) => id === customer)?.role;
  const others = members.filter((each) => each.role === role && mayBe(each.id)).map(({ id }) => id);
  return Object.fromEntries([...new Set([customer, ...others])].map((id) => [id, 1]));
}

/** Between half and one and a half times as much, where the rules take both; sometimes so and sometimes not. */
function around(value: UsageValue, mayBe: (value: UsageValue) => boolean): Draw {
  if (typeof value === "boolean") return mayBe(!value) ? { share: 0.5 } : value;
  if (typeof value === "object") return fixed(value);
  const number = Number(value);
  if (!isExact(value)) return value;
  const draw = range(number, Number(`1e-${decimalsOf(number)}`));
  const { min, max } = draw.uniform;
  return number > 0 && mayBe(min) && mayBe(max) ? draw : number;
}

function range(value: number, step: number): { uniform: { min: number; max: number }; step: number } {
  const [low, high] = AROUND.map((factor) =>
    Number((Math.round((value * factor) / step) * step).toFixed(decimalsOf(step))),
  );
  return { uniform: { min: low ?? value, max: high ?? value }, step };
}

function partLike({ product, provider, parties, usage }: DeliveryPart): TrafficPart {
  return {
    product,
    ...(provider === undefined ? {} : { providers: { [provider]: 1 } }),
    ...(parties === undefined ? {} : { parties: mapped(parties, (party) => ({ [party]: 1 })) }),
    ...(usage === undefined ? {} : { usage: mapped(usage, fixed) }),
  };
}

/** A value as an example has it. */
const fixed = (value: UsageValue): Draw =>
  typeof value === "object" ? { list: { count: value.length, of: Number(value[0] ?? 0) } } : value;

const mapped = <From, To>(of: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, to(value)]));
