import type { Charge, Rated } from "../../sandbox/rating/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";

/** Sums over many deliveries, in minor units of one currency: the form that `eco rate --json` prints. */
export interface Totals {
  readonly deliveries: number;
  readonly rejected: number;
  readonly currency: string;
  readonly netMinor: bigint;
  readonly serviceCreditMinor: bigint;
  readonly taxMinor: bigint;
  readonly payableMinor: bigint;
  /** By party: its part of the net charges. */
  readonly sharesMinor: Readonly<Record<string, bigint>>;
  /** By party: what it has to bear of the service credits. */
  readonly recourseMinor: Readonly<Record<string, bigint>>;
  /** Deliveries with a service credit, and those whose price was decided by the minimum or the maximum. */
  readonly credited: number;
  readonly atMinimum: number;
  readonly atMaximum: number;
}

/** What is summed of a delivery: a locally rated one has more, an answer of the API fits as well. */
export type Summable = Pick<Rated, "currency" | "netMinor" | "serviceCreditMinor" | "taxMinor" | "payableMinor"> & {
  readonly charges: readonly Pick<Charge, "side" | "shares" | "recourse">[];
  readonly bound?: Rated["bound"];
};

export class TotalsCounter {
  #deliveries = 0;
  rejected = 0;
  #currency: string | undefined;
  #net = 0n;
  #credit = 0n;
  #tax = 0n;
  #payable = 0n;
  readonly #shares = new Map<string, bigint>();
  readonly #recourse = new Map<string, bigint>();
  #credited = 0;
  #atMinimum = 0;
  #atMaximum = 0;

  /** @throws {EcoError} where the deliveries are in several currencies: they have no common sum. */
  add(rated: Summable): void {
    this.#currency ??= rated.currency;
    if (rated.currency !== this.#currency)
      throw new EcoError("ECO_INPUT_INVALID", `The file mixes deliveries in ${this.#currency} and ${rated.currency}, which have no common total.`, {
        fix: "Rate the products of each currency in a run of their own.",
      });
    this.#deliveries++;
    this.#net += rated.netMinor;
    this.#credit += rated.serviceCreditMinor;
    this.#tax += rated.taxMinor;
    this.#payable += rated.payableMinor;
    if (rated.serviceCreditMinor !== 0n) this.#credited++;
    if (rated.bound === "minimum") this.#atMinimum++;
    if (rated.bound === "maximum") this.#atMaximum++;
    for (const charge of rated.charges) this.#addParties(charge);
  }

  #addParties(charge: Summable["charges"][number]): void {
    // The shares of the sale sum to the net charge; what companies of the chain buy from each other is inside their shares.
    if (charge.side === "sale")
      for (const share of charge.shares) add(this.#shares, share.party, share.amountMinor);
    for (const part of charge.recourse) add(this.#recourse, part.party, part.amountMinor);
  }

  totals(currency = ""): Totals {
    return {
      deliveries: this.#deliveries,
      rejected: this.rejected,
      currency: this.#currency ?? currency,
      netMinor: this.#net,
      serviceCreditMinor: this.#credit,
      taxMinor: this.#tax,
      payableMinor: this.#payable,
      sharesMinor: Object.fromEntries(this.#shares),
      recourseMinor: Object.fromEntries(this.#recourse),
      credited: this.#credited,
      atMinimum: this.#atMinimum,
      atMaximum: this.#atMaximum,
    };
  }
}

function add(sums: Map<string, bigint>, party: string, amount: bigint): void {
  sums.set(party, (sums.get(party) ?? 0n) + amount);
}
