import type { RunContext } from "../check.ts";
import type { FigureDelivery, RatedFigures, RatingRules } from "../options.ts";
import type { Random } from "../random.ts";
import { changesOf, type Measure, type Turn, turnsOf, windowsOf } from "./turns.ts";

type Facts = NonNullable<ReturnType<RatingRules["describe"]>>;

/** A delivery with what it comes to by the rules: nothing, where they refuse it. */
export interface MadeUp {
  readonly delivery: FigureDelivery;
  readonly want?: RatedFigures;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};
const MOST_HOURS = 12;

/** A local time so much later, by its own clock. */
function later(local: string, ms: number): string {
  return new Date(Date.parse(`${local}Z`) + ms).toISOString().slice(0, 19);
}

/** Deliveries of one product, made up from what its rate card asks for. */
export class Maker {
  readonly #rules: RatingRules;
  readonly #facts: Facts;
  readonly #turns: readonly Turn[];
  readonly #random: Random;
  readonly #product: string;
  readonly #run: RunContext;
  readonly #base: FigureDelivery | undefined;

  constructor(product: string, facts: Facts, rules: RatingRules, run: RunContext) {
    this.#product = product;
    this.#facts = facts;
    this.#rules = rules;
    this.#run = run;
    this.#turns = turnsOf(product, run.catalog);
    this.#random = run.random.fork(`figures/${product}`);
    this.#base = this.#findBase();
  }

  /** Whether the rules rate any delivery that can be made up here. */
  get works(): boolean {
    return this.#base !== undefined;
  }

  /** Deliveries of any quantity at any time of the last weeks, and in each window of time; all of them rated. */
  any(count: number): MadeUp[] {
    const minutes = (most: number): number => this.#random.integer(most) * unit("minute");
    const times = Array.from({ length: count }, () => later(this.#noon(), -minutes(40 * 24 * 60)));
    const all = [...times, ...this.#inWindows()];
    return this.#all(
      all.map((startedAt) => this.#at(startedAt, this.#usage(), unit("minute") + minutes(MOST_HOURS * 60))),
    ).filter(isRated);
  }

  /** The first and the last second of each window of time that has a price of its own, on a day of the last week. */
  #inWindows(): string[] {
    return windowsOf(this.#product, this.#run.catalog).flatMap(({ days, from, to }) => {
      const week = Array.from({ length: 7 }, (_, back) => later(this.#noon(), -back * unit("day")));
      const day = week.find((one) => days.length === 0 || days.includes(weekdayOf(one)))?.slice(0, 10);
      if (day === undefined) return [];
      return [`${day}T${from}:00`, later(`${day}T${to}:00`, -unit("second"))];
    });
  }

  /** One before, at and one after each quantity at which the price turns. */
  atTurns(): MadeUp[] {
    const base = this.#base;
    if (base === undefined) return [];
    const deliveries = this.#turns.flatMap(({ measure, before, at, after }) =>
      [before, at, after].map((quantity) => this.#measuring(base, measure, quantity)),
    );
    return this.#all(deliveries).filter(isRated);
  }

  /** A second before, at and a second after each moment from which something else is in force. */
  atChanges(): MadeUp[] {
    const base = this.#base;
    if (base === undefined) return [];
    const moments = changesOf(this.#product, this.#run.catalog).flatMap((date) =>
      [-1, 0, 1].map((seconds) => later(`${date}T00:00:00`, seconds * unit("second"))),
    );
    return this.#all(moments.map((moment) => this.#at(moment, base.usage, unit("hour"))));
  }

  #all(deliveries: readonly (FigureDelivery | undefined)[]): MadeUp[] {
    return deliveries
      .filter((one) => one !== undefined)
      .map((delivery) => {
        const want = this.#rules.rate(delivery);
        if (want.kind === "unrated") return { delivery };
        // With the offset, so that the partner needs no guess about an hour that comes twice a year.
        const { startedAt, endedAt } = want;
        return { delivery: { ...delivery, startedAt, ...(endedAt === undefined ? {} : { endedAt }) }, want };
      });
  }

  /** Noon of today: the rules that are in force now. */
  #noon(): string {
    return `${new Date(this.#run.now()).toISOString().slice(0, 10)}T12:00:00`;
  }

  #at(startedAt: string, usage: FigureDelivery["usage"], lastsMs: number): FigureDelivery | undefined {
    const base = this.#base;
    return base && { ...base, id: this.#id(), startedAt, usage, ...this.#until(startedAt, lastsMs) };
  }

  #until(startedAt: string, lastsMs: number): { endedAt?: string } {
    return this.#facts.needsEnd ? { endedAt: later(startedAt, lastsMs) } : {};
  }

  #id(): string {
    return `fig-${this.#random.word(12)}`;
  }

  #measuring(base: FigureDelivery, measure: Measure, quantity: string): FigureDelivery {
    if (typeof measure === "string")
      return { ...base, id: this.#id(), usage: { ...base.usage, [measure]: quantity } };
    const lastsMs = Number(quantity) * unit(measure.elapsed);
    return { ...base, id: this.#id(), endedAt: later(base.startedAt, lastsMs) };
  }

  /** Required measures always, the others every other time. */
  #usage(): FigureDelivery["usage"] {
    const given = this.#facts.measures.filter(({ required }) => required || this.#random.integer(2) === 0);
    return Object.fromEntries(given.map(({ name, type }) => [name, this.#value(name, type)]));
  }

  #value(name: string, type: Facts["measures"][number]["type"]): FigureDelivery["usage"][string] {
    if (type === "boolean") return this.#random.integer(2) === 0;
    if (type === "text") return this.#random.word(6);
    const highest = Math.max(
      40,
      ...this.#turns.filter(({ measure }) => measure === name).map(({ at }) => Number(at)),
    );
    const number = (): string => String(1 + this.#random.integer(Math.ceil(highest * 1.4)));
    return type === "amounts" ? [number(), number()] : number();
  }

  /** The first pair of customer and provider between whom the rules rate a delivery of today. */
  #findBase(): FigureDelivery | undefined {
    const { parties } = this.#run.catalog.ecosystem;
    const customers = parties.toSorted(
      (a, b) => Number(b.role === "customer") - Number(a.role === "customer"),
    );
    const partner = this.#run.options.partner?.id;
    const providers = [partner, undefined, ...parties.map(({ id }) => id)];
    const startedAt = this.#noon();
    const usage = Object.fromEntries(
      this.#facts.measures
        .filter(({ required }) => required)
        .map(({ name, type }) => [name, this.#value(name, type)]),
    );
    for (const provider of providers)
      for (const { id: customer } of customers) {
        const delivery: FigureDelivery = {
          id: this.#id(),
          product: this.#product,
          customer,
          ...(provider === undefined ? {} : { provider }),
          startedAt,
          ...this.#until(startedAt, unit("hour")),
          usage,
        };
        if (this.#rules.rate(delivery).kind === "rated") return delivery;
      }
    return undefined;
  }
}

/** `monday`, of a local time. */
function weekdayOf(local: string): string {
  const format = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" });
  return format.format(new Date(`${local}Z`)).toLowerCase();
}

const isRated = (one: MadeUp): boolean => one.want !== undefined;
const unit = (name: string): number => UNIT_MS[name] ?? 0;
