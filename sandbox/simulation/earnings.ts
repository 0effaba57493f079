import { minorUnits } from "../rating/currency.ts";
import type { Leg, PartyId, Rated } from "../rating/index.ts";
import { type Month, monthsOf } from "./calendar.ts";
import type { UnratedOutcome } from "./outcome.ts";
import { compileDueOn, type Due } from "./payment.ts";
import type { MonthEnd } from "./period-terms.ts";
import { createSimulation, type SimulationInput } from "./simulate.ts";
import { type LineAmount, type LineCause, linesOf, taxOf } from "./statement-lines.ts";

/** Where somebody stands: as this party, in the deliveries of this product; without one, in what binds the party's period. */
export interface Place {
  readonly party: PartyId;
  readonly product?: string;
}

export interface StatementLine extends LineCause {
  /** Positive where it is got, in minor units, by month. */
  readonly monthsMinor: readonly number[];
}

/** What arrives, or has to be paid, for one month. */
export interface Payment {
  /** `2025-03` */
  readonly month: string;
  /** Undefined where no agreement of the party says by when. */
  readonly due?: Due;
  readonly amountMinor: number;
}

/**
 * What somebody in some places gets, line by line, in the run in the middle: as many runs come to more as to less. Every amount is
 * one of that run, so that lines sum to months, months to the total, and payments to the same, to the cent.
 */
export interface Statement {
  readonly currency: string;
  /** Decimals of its minor unit. */
  readonly scale: number;
  readonly months: readonly string[];
  readonly deliveries: readonly number[];
  readonly lines: readonly StatementLine[];
  /** Tax that it gets or pays for good, by month. */
  readonly taxMinor: readonly number[];
  /** Tax on what it is paid, which it passes on; and on what it pays, which it takes off. In no other figure. */
  readonly taxPassedOnMinor: number;
  readonly taxTakenOffMinor: number;
  readonly payments: readonly Payment[];
  readonly totalMinor: number;
  /** Of the run that comes to least, and of the one that comes to most. */
  readonly leastMinor: number;
  readonly mostMinor: number;
}

/** A simulation that is seen from some places. */
export interface Earnings {
  readonly steps: number;
  /** Takes the next step. False where none is left. */
  step(): boolean;
  /** Of how many deliveries, over all runs. */
  readonly deliveries: number;
  /** What the terms can't rate, after the last step: the statements are without it. */
  unrated(): readonly UnratedOutcome[];
  /** One for each currency, sorted. The places were among those watched; each counts once. */
  statements(places: readonly Place[]): readonly Statement[];
}

export function createEarnings(
  input: Pick<SimulationInput, "scenario" | "from" | "members">,
  places: readonly Place[],
): Earnings {
  const { scenario, from, members } = input;
  const months = monthsOf(scenario.start, scenario.months);
  const dueOn = compileDueOn(from.documents, members);
  const slots = scenario.runs * months.length;
  const ledgers = new Map(places.map((place) => [keyOf(place), new PlaceLedger(place, slots)]));
  const slotOf = (run: number, { index }: Month): number => run * months.length + index;
  const byProduct = Map.groupBy(ledgers.values(), ({ place }) => place.product);
  const simulation = createSimulation({
    scenario,
    from,
    members,
    watcher: {
      rated(run, month, rated) {
        for (const ledger of byProduct.get(rated.product) ?? []) ledger.addRated(slotOf(run, month), rated);
      },
      monthEnded(run, month, end) {
        for (const ledger of byProduct.get(undefined) ?? []) ledger.addMonthEnd(slotOf(run, month), end);
      },
    },
  });
  return {
    steps: simulation.steps,
    step: () => simulation.step(),
    get deliveries() {
      return simulation.deliveries;
    },
    unrated: () => simulation.result().from.unrated,
    statements(wanted) {
      const found = wanted.flatMap((place) => ledgers.get(keyOf(place)) ?? []);
      const currencies = [...new Set(found.flatMap(({ books }) => [...books.keys()]))].sort();
      return currencies.map((currency) => {
        const books = found.flatMap((ledger) => {
          const own = ledger.books.get(currency);
          return own === undefined ? [] : [{ party: ledger.place.party, ...own }];
        });
        return statementOf(currency, books, months, scenario.runs, (party, { last }) => dueOn(party, last));
      });
    },
  };
}

const keyOf = ({ party, product = "" }: Place): string => `${party}\n${product}`;

/** Amounts by run and month. */
type Slots = Float64Array<ArrayBuffer>;

/** What one place comes to in one currency. */
interface Books {
  readonly lines: Map<string, { readonly cause: LineCause; readonly slots: Slots }>;
  readonly tax: Slots;
  readonly taxPassedOn: Slots;
  readonly taxTakenOff: Slots;
  readonly deliveries: Slots;
}

class PlaceLedger {
  readonly place: Place;
  readonly books = new Map<string, Books>();
  readonly #slots: number;

  constructor(place: Place, slots: number) {
    this.place = place;
    this.#slots = slots;
  }

  addRated(slot: number, rated: Rated): void {
    const { party } = this.place;
    let counts = false;
    for (const line of linesOf(party, rated)) {
      this.#add(slot, line);
      counts = true;
    }
    if (!counts) return;
    for (const leg of rated.legs) this.#addTax(slot, leg);
    bump(this.#of(rated.currency).deliveries, slot, 1);
  }

  addMonthEnd(slot: number, { commitments, drawings }: MonthEnd): void {
    const { party } = this.place;
    for (const { agreement, leg } of commitments) {
      const { payer, payee, currency } = leg;
      if (payer === payee || (payer !== party && payee !== party)) continue;
      const isPaid = payee === party;
      const cause: LineCause = {
        kind: "commitment",
        product: leg.product,
        side: "sale",
        other: isPaid ? payer : payee,
        agreement,
      };
      this.#add(slot, { cause, currency, amountMinor: Number(leg.netMinor) * (isPaid ? 1 : -1) });
      this.#addTax(slot, leg);
    }
    for (const { agreement, payer, payee, currency, amountMinor } of drawings) {
      if (payer !== party && payee !== party) continue;
      const other = payer === party ? payee : payer;
      const cause: LineCause = { kind: "prepaid", product: "", side: "sale", other, agreement };
      this.#add(slot, { cause, currency, amountMinor: Number(amountMinor) * (payer === party ? 1 : -1) });
    }
  }

  #of(currency: string): Books {
    const known = this.books.get(currency);
    if (known !== undefined) return known;
    const nothing = (): Slots => new Float64Array(this.#slots);
    const books = {
      lines: new Map(),
      tax: nothing(),
      taxPassedOn: nothing(),
      taxTakenOff: nothing(),
      deliveries: nothing(),
    };
    this.books.set(currency, books);
    return books;
  }

  #add(slot: number, { cause, currency, amountMinor }: LineAmount): void {
    const { kind, product, side, other, agreement, rateCard, serviceLevel } = cause;
    const key = [kind, product, side, other, agreement.id, agreement.version, rateCard?.id, serviceLevel];
    const { lines } = this.#of(currency);
    const line = lines.get(key.join("\n")) ?? { cause, slots: new Float64Array(this.#slots) };
    lines.set(key.join("\n"), line);
    bump(line.slots, slot, amountMinor);
  }

  #addTax(slot: number, leg: Leg): void {
    const { ownMinor, passedOnMinor, takenOffMinor } = taxOf(this.place.party, leg);
    const { tax, taxPassedOn, taxTakenOff } = this.#of(leg.currency);
    bump(tax, slot, ownMinor);
    bump(taxPassedOn, slot, passedOnMinor);
    bump(taxTakenOff, slot, takenOffMinor);
  }
}

const bump = (slots: Slots, slot: number, by: number): void => {
  slots[slot] = (slots[slot] ?? 0) + by;
};

function statementOf(
  currency: string,
  books: readonly (Books & { readonly party: PartyId })[],
  months: readonly Month[],
  runs: number,
  dueOf: (party: PartyId, month: Month) => Due | undefined,
): Statement {
  const count = months.length;
  const payable = books.map(({ lines, tax }) => [...lines.values()].map(({ slots }) => slots).concat(tax));
  const totals = Array.from({ length: runs }, (_, run) => ({
    run,
    minor: sum(payable.flat().map((slots) => sum([...slots.subarray(run * count, (run + 1) * count)]))),
  })).sort((a, b) => a.minor - b.minor || a.run - b.run);
  // The nearest rank, as everywhere that a range is told.
  const middle = totals[Math.ceil(runs / 2) - 1]?.run ?? 0;
  const monthly = (slots: Slots): number[] => [...slots.subarray(middle * count, (middle + 1) * count)];
  const together = (all: readonly Slots[]): number[] =>
    months.map(({ index }) => sum(all.map((slots) => slots[middle * count + index] ?? 0)));
  const lines = books.flatMap(({ lines }) =>
    [...lines.values()].map(({ cause, slots }) => ({ ...cause, monthsMinor: monthly(slots) })),
  );
  const payments = months.flatMap((month) =>
    paymentsOf(
      month.name,
      books.map(({ party }, at) => ({
        due: dueOf(party, month),
        amountMinor: together(payable[at] ?? [])[month.index] ?? 0,
      })),
    ),
  );
  return {
    currency,
    scale: minorUnits(currency),
    months: months.map(({ name }) => name),
    deliveries: together(books.map(({ deliveries }) => deliveries)),
    lines: lines.filter(({ monthsMinor }) => monthsMinor.some((minor) => minor !== 0)),
    taxMinor: together(books.map(({ tax }) => tax)),
    taxPassedOnMinor: sum(together(books.map(({ taxPassedOn }) => taxPassedOn))),
    taxTakenOffMinor: sum(together(books.map(({ taxTakenOff }) => taxTakenOff))),
    payments,
    totalMinor: totals.find(({ run }) => run === middle)?.minor ?? 0,
    leastMinor: totals.at(0)?.minor ?? 0,
    mostMinor: totals.at(-1)?.minor ?? 0,
  };
}

/** What is due on one day by one agreement arrives as one. */
function paymentsOf(
  month: string,
  parts: readonly { readonly due: Due | undefined; readonly amountMinor: number }[],
): Payment[] {
  const byDay = Map.groupBy(parts, ({ due }) => `${due?.on} ${due?.agreement.id}`);
  return [...byDay.values()].map((own) => {
    const due = own[0]?.due;
    const amountMinor = sum(own.map((part) => part.amountMinor));
    return { month, ...(due === undefined ? {} : { due }), amountMinor };
  });
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);
