import { add, type Exact, formatExact, parseExact, ZERO } from "../rating/exact.ts";
import type { Delivery, Rated, Rating, RatingDocuments, Unrated } from "../rating/index.ts";
import { type Month, monthsOf } from "./calendar.ts";
import { type Member, untracedWith } from "./members.ts";
import type { Difference, SimulationOutcome } from "./outcome.ts";
import { PartyBooks } from "./party-books.ts";
import { compileDueOn } from "./payment.ts";
import { type MonthEnd, RunningTerms } from "./period-terms.ts";
import type { Scenario } from "./scenario.ts";
import { Tally } from "./tally.ts";
import { compileTraffic } from "./traffic.ts";

/** One set of terms under which the traffic is rated. */
export interface Terms {
  readonly rating: Rating;
  /** What it was compiled from: service levels and terms of payment are read from there. */
  readonly documents: RatingDocuments;
}

export interface SimulationInput {
  readonly scenario: Scenario;
  readonly from: Terms;
  /** Other terms, to be compared on the same traffic. */
  readonly to?: Terms;
  /** The companies of the ecosystem: those whose role an agreement is open to are bound by it. */
  readonly members: readonly Member[];
  /** Looks on under the first terms. */
  readonly watcher?: Watcher;
}

/** Is told of everything that a simulation comes to, in its order. */
export interface Watcher {
  rated(run: number, month: Month, rated: Rated): void;
  monthEnded(run: number, month: Month, end: MonthEnd): void;
}

/** A simulation in steps of a month, so that whoever drives it can show progress and stop. */
export interface Simulation {
  readonly steps: number;
  /** Takes the next step. False where none is left. */
  step(): boolean;
  /** Deliveries made up so far, over all runs. */
  readonly deliveries: number;
  /** What it comes to after its last step. */
  result(): SimulationResult;
}

export interface SimulationResult {
  readonly from: SimulationOutcome;
  readonly to?: SimulationOutcome;
  /** Who gains and who loses, where there are other terms. */
  readonly differences?: readonly Difference[];
}

/** Makes up the traffic of a scenario, run by run, and rates, settles and pays it as the terms say. Nothing is booked. */
export function createSimulation({ scenario, from, to, members, watcher }: SimulationInput): Simulation {
  const months = monthsOf(scenario.start, scenario.months);
  const make = compileTraffic(scenario, from.documents);
  const before = new Side(from, scenario.runs, months, members, watcher);
  const after = to === undefined ? undefined : new Side(to, scenario.runs, months, members);
  const sides = after === undefined ? [before] : [before, after];
  const steps = scenario.runs * months.length;
  let done = 0;
  let deliveries = 0;
  return {
    steps,
    get deliveries() {
      return deliveries;
    },
    step() {
      const month = months[done % months.length];
      if (done >= steps || month === undefined) return false;
      const run = Math.floor(done / months.length);
      const made = make(run, month);
      for (const each of sides) each.takeMonth(run, month, made);
      deliveries += made.length;
      done += 1;
      return true;
    },
    result: () => ({
      from: before.tally.outcome(),
      ...(after === undefined
        ? {}
        : { to: after.tally.outcome(), differences: after.tally.differencesFrom(before.tally) }),
    }),
  };
}

class Side {
  readonly tally: Tally;
  readonly #rating: Rating;
  readonly #start: () => RunningTerms;
  readonly #context: ReturnType<typeof untracedWith>;
  readonly #watcher: Watcher | undefined;
  #running: RunningTerms;
  #counters = new Map<string, Exact>();

  constructor(
    { rating, documents }: Terms,
    runs: number,
    months: readonly Month[],
    members: readonly Member[],
    watcher?: Watcher,
  ) {
    this.#rating = rating;
    this.#watcher = watcher;
    this.tally = new Tally(runs, months, compileDueOn(documents, members));
    this.#context = untracedWith(members);
    this.#start = () => new RunningTerms(rating, members, months[0]?.first ?? 0);
    this.#running = this.#start();
  }

  /** The months of a run come in their order, deliveries in the order of their times. */
  takeMonth(run: number, month: Month, deliveries: readonly Delivery[]): void {
    if (month.index === 0) {
      this.#running = this.#start();
      this.#counters = new Map();
    }
    const books = new PartyBooks();
    for (const delivery of deliveries) {
      const rated = this.#rate(delivery);
      if (rated.kind === "unrated") {
        this.tally.addUnrated(delivery.product, rated);
        continue;
      }
      for (const leg of rated.legs) books.addLeg(leg);
      this.#running.add(rated);
      this.tally.addRated(rated);
      this.#watcher?.rated(run, month, rated);
    }
    const end = this.#running.endMonth(month);
    for (const { leg } of end.commitments) books.addLeg(leg);
    for (const { payer, payee, currency, amountMinor } of end.drawings)
      books.addDrawing(payer, payee, currency, Number(amountMinor));
    this.#watcher?.monthEnded(run, month, end);
    this.tally.addMonth(run, month, books);
  }

  /** None comes late, so what fills tiers are sums alone: a session would keep every delivery of a cumulative price. */
  #rate(delivery: Delivery): Rated | Unrated {
    const counters = this.#counters;
    const rated = this.#rating.rate(delivery, {
      ...this.#context,
      prior(key) {
        const sum = counters.get(key);
        return sum === undefined ? undefined : formatExact(sum);
      },
    });
    if (rated.kind === "rated")
      for (const { key, quantity } of rated.counters)
        counters.set(key, add(counters.get(key) ?? ZERO, parseExact(quantity)));
    return rated;
  }
}
