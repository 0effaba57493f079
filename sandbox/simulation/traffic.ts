import type { Delivery, DeliveryPart, RatingDocuments } from "../rating/index.ts";
import { compileDays, compileTimes, dayLike, localTime, type Month } from "./calendar.ts";
import { type Chance, chanceFrom, compileWeights } from "./chance.ts";
import { compileDraw, compileNumber } from "./draw.ts";
import type { Sample, SampleValue, Scenario, Traffic, TrafficPart, Weights } from "./scenario.ts";
import { type Promised, promisesOf } from "./service-levels.ts";

/** Makes up the deliveries of a month, in the order of their times. The same run and month make the same ones. */
export type MakeMonth = (run: number, month: Month) => Delivery[];

/** @param documents whose service levels say what is late */
export function compileTraffic({ seed, traffic }: Scenario, documents: RatingDocuments): MakeMonth {
  const streams = traffic.map((each, at) => compileStream(each, at, promisesOf(documents, each.product)));
  return (run, month) => {
    const made = streams.flatMap((stream, at) =>
      stream(month, chanceFrom(`${seed}\n${run}\n${at}\n${month.index}`)),
    );
    return made.sort(byTime);
  };
}

const byTime = (a: Delivery, b: Delivery): number => {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
};

type Fill = (chance: Chance, month: Month) => Omit<Delivery, "id" | "product"> | undefined;

function compileStream(
  traffic: Traffic,
  at: number,
  promises: readonly Promised[],
): (month: Month, chance: Chance) => Delivery[] {
  const { product, perMonth, perCustomer, growth = 0, customers } = traffic;
  const count = compileNumber(perMonth ?? perCustomer ?? 0, false);
  const fill = compileFill(traffic, promises);
  const customer = compileWeights(customers) ?? (() => "");
  const each =
    perCustomer === undefined ? [undefined] : Object.keys(customers).filter((id) => (customers[id] ?? 0) > 0);
  return (month, chance) => {
    const made: Delivery[] = [];
    for (const one of each) {
      const wanted = howMany(count(chance), growth, month.index, chance);
      for (let i = 0; i < wanted; i++) {
        const filled = fill(chance, month);
        if (filled === undefined) continue;
        const named = one ?? (filled.customer === "" ? customer(chance) : filled.customer);
        const id = `t${at}-${month.name}-${String(made.length + 1).padStart(7, "0")}`;
        made.push({ ...filled, id, product, customer: named });
      }
    }
    return made;
  };
}

/** What is left of a whole delivery is one more in as many of the runs. */
function howMany(first: number, growth: number, months: number, chance: Chance): number {
  let count = first;
  for (let month = 0; month < months; month++) count *= 1 + growth;
  const whole = Math.floor(count);
  const rest = count - whole;
  return Math.max(0, rest > 1e-9 && chance.next() < rest ? whole + 1 : whole);
}

function compileFill(traffic: Traffic, promises: readonly Promised[]): Fill {
  const { samples = [], late } = traffic;
  const draw = samples.length > 0 ? likeSamples(samples, promises) : byDraws(traffic);
  if (late === undefined || promises.length === 0) return (chance, month) => draw(chance, month, undefined);
  const settle = compileLateness(traffic, promises);
  return (chance, month) => {
    const isLate = chance.next() < late;
    const filled = draw(chance, month, isLate);
    return filled && { ...filled, usage: settle(filled.usage, isLate, chance) };
  };
}

/** Draws what a delivery has but its id and product; one that is late, or on time, where that is possible. */
type LateFill = (chance: Chance, month: Month, isLate: boolean | undefined) => ReturnType<Fill>;

const REDRAWS = 50;

/** Lets a delivery miss one service level, or keep all: by the measure's own distribution where that has such values. */
function compileLateness(
  { usage = {} }: Traffic,
  promises: readonly Promised[],
): (usage: Delivery["usage"], isLate: boolean, chance: Chance) => Delivery["usage"] {
  const settled = promises.map((promise) => {
    const draw = usage[promise.measure];
    return { promise, draw: draw === undefined ? undefined : compileDraw(draw) };
  });
  return (given, isLate, chance) => {
    const isMeasured = promises.every(({ measure }) => given[measure] !== undefined);
    if (isMeasured && isLate === promises.some(({ measure, isMissed }) => isMissed(given[measure])))
      return given;
    const missed = isLate ? chance.below(promises.length) : -1;
    const all = settled.map(({ promise, draw }, at) => {
      const isWanted = (value: SampleValue): boolean => promise.isMissed(value) === (at === missed);
      for (let left = draw === undefined ? 0 : REDRAWS; left > 0; left--) {
        const value = draw?.(chance);
        if (value !== undefined && isWanted(value)) return [promise.measure, value];
      }
      return [promise.measure, at === missed ? promise.missing(chance) : promise.keeping(chance)];
    });
    return { ...given, ...Object.fromEntries(all) };
  };
}

function byDraws(traffic: Traffic): LateFill {
  const { usage = {}, parts } = traffic;
  const dayOf = compileDays(traffic);
  const minuteOf = compileTimes(traffic);
  const lasts = traffic.lasts === undefined ? undefined : compileNumber(traffic.lasts);
  const measures = compileUsage(usage);
  const named = compileNamed(traffic);
  const inside = parts?.map(compilePart);
  return (chance, month) => {
    const day = dayOf(month, chance);
    if (day === undefined) return undefined;
    const minute = minuteOf(chance);
    return {
      customer: "",
      startedAt: localTime(day, minute),
      ...(lasts === undefined
        ? {}
        : { endedAt: localTime(day, minute + Math.max(0, Math.round(lasts(chance)))) }),
      ...named(chance),
      usage: measures(chance),
      ...(inside === undefined ? {} : { parts: inside.map((part) => part(chance)) }),
    };
  };
}

function compileUsage(usage: NonNullable<Traffic["usage"]>): (chance: Chance) => Record<string, SampleValue> {
  const drawers = Object.entries(usage).map(([name, draw]) => [name, compileDraw(draw)] as const);
  return (chance) => Object.fromEntries(drawers.map(([name, draw]) => [name, draw(chance)]));
}

type Named = Pick<Delivery, "provider" | "parties">;

function compileNamed({
  providers,
  parties,
}: Pick<Traffic, "providers" | "parties">): (chance: Chance) => Named {
  const provider = providers === undefined ? undefined : compileWeights(providers);
  const roles = Object.entries(parties ?? {}).flatMap(([role, weights]: [string, Weights]) => {
    const pick = compileWeights(weights);
    return pick === undefined ? [] : [[role, pick] as const];
  });
  return (chance) => ({
    ...(provider === undefined ? {} : { provider: provider(chance) }),
    ...(roles.length === 0
      ? {}
      : { parties: Object.fromEntries(roles.map(([role, pick]) => [role, pick(chance)])) }),
  });
}

function compilePart(part: TrafficPart): (chance: Chance) => DeliveryPart {
  const { product } = part;
  const named = compileNamed(part);
  const usage = part.usage === undefined ? undefined : compileUsage(part.usage);
  return (chance) => ({
    product,
    ...named(chance),
    ...(usage === undefined ? {} : { usage: usage(chance) }),
  });
}

/** Like deliveries that once were; late ones like late ones, where there are any. */
function likeSamples(samples: readonly Sample[], promises: readonly Promised[]): LateFill {
  const wasLate = ({ usage }: Sample): boolean =>
    promises.some(({ measure, isMissed }) => isMissed(usage[measure]));
  const { missed = [], kept = [] } = Object.groupBy(samples, (sample) =>
    wasLate(sample) ? "missed" : "kept",
  );
  return (chance, month, isLate) => {
    const pool = isLate === undefined ? samples : isLate ? missed : kept;
    const from = pool.length === 0 ? samples : pool;
    const sample = from[chance.below(from.length)];
    if (sample === undefined) return undefined;
    const { customer, provider, parties, usage, parts, minute, lastsMinutes } = sample;
    const day = dayLike(sample, month, chance);
    return {
      customer,
      startedAt: localTime(day, minute),
      ...(lastsMinutes === undefined ? {} : { endedAt: localTime(day, minute + lastsMinutes) }),
      ...(provider === undefined ? {} : { provider }),
      ...(parties === undefined ? {} : { parties }),
      usage,
      ...(parts === undefined ? {} : { parts }),
    };
  };
}
