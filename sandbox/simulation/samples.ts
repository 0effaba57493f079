import type { Delivery } from "../rating/index.ts";
import { daysFromCivil, parseDay, weekdayOf } from "../rating/timing/moment.ts";
import { type Chance, chanceFrom } from "./chance.ts";
import type { Sample, SampleValue, Scenario, Traffic } from "./scenario.ts";

/** Deliveries that once were, as the base of a scenario. Of each product a sample is kept, however many there are. */
export interface PastDeliveries {
  add(delivery: Delivery): void;
  /**
   * Traffic like theirs: as many a month as they were on average, from the month after the last one on. Undefined where there
   * were none.
   */
  scenario(options: PastOptions): Scenario | undefined;
}

interface PastOptions extends Pick<Scenario, "months" | "runs" | "seed"> {
  readonly start?: string | undefined;
  readonly growth?: number | undefined;
  readonly late?: number | undefined;
}

/** Kept of each product. */
const KEPT = 10_000;

interface Kind {
  readonly samples: Sample[];
  readonly customers: Map<string, number>;
  readonly chance: Chance;
  count: number;
}

export function pastDeliveries(seed: string): PastDeliveries {
  const kinds = new Map<string, Kind>();
  let [first, last] = ["9999-12", "0000-01"];
  return {
    add(delivery) {
      const { product, startedAt, customer } = delivery;
      const month = startedAt.slice(0, 7);
      if (month < first) first = month;
      if (month > last) last = month;
      const kind = kinds.get(product) ?? {
        samples: [],
        customers: new Map<string, number>(),
        chance: chanceFrom(`${seed}\n${product}`),
        count: 0,
      };
      kinds.set(product, kind);
      kind.count += 1;
      kind.customers.set(customer, (kind.customers.get(customer) ?? 0) + 1);
      // Each delivery is kept with the same likelihood, whenever it came.
      const at = kind.count <= KEPT ? kind.samples.length : kind.chance.below(kind.count);
      if (at < KEPT) kind.samples[at] = sampleOf(delivery);
    },
    scenario({ start, months, runs, seed, growth, late }) {
      if (kinds.size === 0) return undefined;
      const span = monthNumber(last) - monthNumber(first) + 1;
      const traffic = [...kinds].map(
        ([product, { samples, customers, count }]): Traffic => ({
          product,
          perMonth: count / span,
          customers: Object.fromEntries(customers),
          samples,
          ...(growth === undefined ? {} : { growth }),
          ...(late === undefined ? {} : { late }),
        }),
      );
      return { start: start ?? monthName(monthNumber(last) + 1), months, runs, seed, traffic };
    },
  };
}

function sampleOf({ customer, provider, parties, usage, startedAt, endedAt, parts }: Delivery): Sample {
  const started = minutesOf(startedAt);
  const day = parseDay(startedAt.slice(0, 10)) ?? 0;
  return {
    customer,
    ...(provider === undefined ? {} : { provider }),
    ...(parties === undefined ? {} : { parties }),
    usage: usage as Readonly<Record<string, SampleValue>>,
    weekday: weekdayOf(day),
    minute: started - day * 24 * 60,
    ...(endedAt === undefined ? {} : { lastsMinutes: Math.max(0, Math.round(lasted(startedAt, endedAt))) }),
    ...(parts === undefined
      ? {}
      : {
          parts: parts.map(({ product, provider, parties, usage }) => ({
            product,
            ...(provider === undefined ? {} : { provider }),
            ...(parties === undefined ? {} : { parties }),
            ...(usage === undefined ? {} : { usage: usage as Readonly<Record<string, SampleValue>> }),
          })),
        }),
  };
}

/** Minutes since 1970 by the clocks that the text shows. */
function minutesOf(text: string): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = (text.match(/\d+/g) ?? [])
    .slice(0, 5)
    .map(Number);
  return (daysFromCivil(year, month, day) * 24 + hour) * 60 + minute;
}

/** In minutes; by real time where both say how far they are from UTC. */
function lasted(from: string, to: string): number {
  const hasOffset = (text: string): boolean => /(?:z|[+-]\d\d:\d\d)$/i.test(text);
  return hasOffset(from) && hasOffset(to)
    ? (Date.parse(to) - Date.parse(from)) / 60_000
    : minutesOf(to) - minutesOf(from);
}

const monthNumber = (name: string): number => Number(name.slice(0, 4)) * 12 + Number(name.slice(5, 7)) - 1;

const monthName = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
