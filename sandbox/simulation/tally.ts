import type { PartyId, Rated, Unrated } from "../rating/index.ts";
import type { Month } from "./calendar.ts";
import type {
  Difference,
  MonthOutcome,
  PartyOutcome,
  ProductOutcome,
  SimulationOutcome,
  Spreads,
  UnratedOutcome,
  Verdict,
} from "./outcome.ts";
import { FIGURES, type Figures, type PartyBooks } from "./party-books.ts";
import type { DueOn } from "./payment.ts";
import { type Spread, spreadOf } from "./spread.ts";

/** A figure of a party in one currency: its amount in each run, by month. Months in which it is nothing are left out. */
type ByMonth = Map<number, Float64Array>;

interface PartySums {
  readonly party: PartyId;
  readonly currency: string;
  readonly figures: Readonly<Record<keyof Figures, ByMonth>>;
}

/** All that the runs of one set of terms come to. It grows with parties, months and runs, not with deliveries. */
export class Tally {
  readonly #runs: number;
  readonly #months: readonly Month[];
  readonly #dueOn: DueOn;
  readonly #parties = new Map<string, PartySums>();
  readonly #products = new Map<string, { -readonly [K in keyof ProductOutcome]: ProductOutcome[K] }>();
  readonly #unrated = new Map<string, { -readonly [K in keyof UnratedOutcome]: UnratedOutcome[K] }>();

  constructor(runs: number, months: readonly Month[], dueOn: DueOn) {
    this.#runs = runs;
    this.#months = months;
    this.#dueOn = dueOn;
  }

  addMonth(run: number, month: Month, books: PartyBooks): void {
    for (const [currency, parties] of books.all)
      for (const [party, figures] of parties) {
        const sums = this.#sumsOf(currency, party);
        for (const name of FIGURES) {
          if (figures[name] === 0) continue;
          const months = sums.figures[name];
          let amounts = months.get(month.index);
          if (amounts === undefined) {
            amounts = this.#nothing();
            months.set(month.index, amounts);
          }
          amounts[run] = figures[name];
        }
      }
  }

  addRated({ product, currency, netMinor, serviceCreditMinor }: Rated): void {
    const key = `${product}\n${currency}`;
    const sums = this.#products.get(key) ?? {
      product,
      deliveries: 0,
      credited: 0,
      currency,
      netMeanMinor: 0,
      serviceCreditMeanMinor: 0,
    };
    this.#products.set(key, sums);
    sums.deliveries += 1;
    if (serviceCreditMinor !== 0n) sums.credited += 1;
    sums.netMeanMinor += Number(netMinor);
    sums.serviceCreditMeanMinor += Number(serviceCreditMinor);
  }

  addUnrated(product: string, { code, detail, fix }: Unrated): void {
    const key = `${product}\n${code}`;
    const sums = this.#unrated.get(key) ?? { product, code, count: 0, detail, fix };
    this.#unrated.set(key, sums);
    sums.count += 1;
  }

  outcome(): SimulationOutcome {
    return {
      parties: this.#sorted().map((sums) => this.#party(sums)),
      products: [...this.#products].sort(byKey).map(([, sums]) => ({
        ...sums,
        deliveries: sums.deliveries / this.#runs,
        credited: sums.credited / this.#runs,
        netMeanMinor: Math.round(sums.netMeanMinor / this.#runs),
        serviceCreditMeanMinor: Math.round(sums.serviceCreditMeanMinor / this.#runs),
      })),
      unrated: [...this.#unrated].sort(byKey).map(([, sums]) => sums),
    };
  }

  /** What changes for each party where this is what other terms come to, on the same traffic. */
  differencesFrom(before: Tally): readonly Difference[] {
    const keys = [...new Set([...before.#parties.keys(), ...this.#parties.keys()])].sort();
    return keys.map((key) => {
      const [currency = "", party = ""] = key.split("\n");
      const from = before.#total(before.#parties.get(key), "payableMinor");
      const to = this.#total(this.#parties.get(key), "payableMinor");
      const difference = spreadOf(to.map((amount, run) => amount - (from[run] ?? 0)));
      return {
        party,
        currency,
        fromMeanMinor: spreadOf(from).meanMinor,
        toMeanMinor: spreadOf(to).meanMinor,
        difference,
        verdict: verdictOf(difference),
      };
    });
  }

  #sumsOf(currency: string, party: PartyId): PartySums {
    const key = `${currency}\n${party}`;
    let sums = this.#parties.get(key);
    if (sums === undefined) {
      const figures = Object.fromEntries(FIGURES.map((name) => [name, new Map()]));
      sums = { party, currency, figures: figures as unknown as PartySums["figures"] };
      this.#parties.set(key, sums);
    }
    return sums;
  }

  #sorted(): readonly PartySums[] {
    return [...this.#parties].sort(byKey).map(([, sums]) => sums);
  }

  #party(sums: PartySums): PartyOutcome {
    const { party, currency, figures } = sums;
    return {
      party,
      currency,
      total: spreads((name) => this.#total(sums, name)),
      months: this.#months.map(({ name: month, index, last }): MonthOutcome => {
        const dueOn = this.#dueOn(party, last)?.on;
        return {
          month,
          ...(dueOn === undefined ? {} : { dueOn }),
          ...spreads((name) => figures[name].get(index) ?? this.#nothing()),
        };
      }),
    };
  }

  #total(sums: PartySums | undefined, name: keyof Figures): Float64Array {
    const total = this.#nothing();
    for (const amounts of sums?.figures[name].values() ?? [])
      amounts.forEach((amount, run) => {
        total[run] = (total[run] ?? 0) + amount;
      });
    return total;
  }

  #nothing(): Float64Array {
    return new Float64Array(this.#runs);
  }
}

function spreads(amounts: (name: keyof Figures) => Float64Array): Spreads {
  return Object.fromEntries(
    FIGURES.map((name) => [name.replace(/Minor$/, ""), spreadOf(amounts(name))]),
  ) as unknown as Spreads;
}

function verdictOf({ p5Minor, p95Minor }: Spread): Verdict {
  if (p5Minor === 0 && p95Minor === 0) return "same";
  if (p5Minor >= 0) return "gains";
  return p95Minor <= 0 ? "loses" : "either";
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
