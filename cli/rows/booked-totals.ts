import type { Fields } from "../http/api-client.ts";
import { listAt, textAt } from "../views/fields.ts";

/** Sums over what the API says was booked, per currency, in minor units. What it doesn't tell has no sum. */
export interface BookedTotals extends Partial<Record<Amount, number>> {
  readonly currency: string;
  readonly sharesMinor: Record<string, number>;
  readonly recourseMinor: Record<string, number>;
}

const AMOUNTS = ["netMinor", "serviceCreditMinor", "taxMinor", "payableMinor"] as const;
type Amount = (typeof AMOUNTS)[number];

export class BookedCounter {
  readonly #totals = new Map<string, BookedTotals>();

  /** @param booked a delivery with its charges, or sums in one currency that the API made itself. */
  add(booked: Fields): void {
    const currency = textAt(booked, "currency");
    const charges = Array.isArray(booked["charges"]) ? listAt(booked, "charges") : [booked];
    // A delivery's own totals are those of the sale. An API of other words may tell them there, at its charges, or nowhere.
    for (const name of AMOUNTS) {
      const tellers = typeof booked[name] === "number" ? [booked] : charges.filter(isSale);
      for (const teller of tellers) this.#count(name, teller, textAt(teller, "currency") || currency);
    }
    for (const charge of charges) this.#addParties(charge, textAt(charge, "currency") || currency);
  }

  all(): BookedTotals[] {
    return [...this.#totals.values()];
  }

  #count(name: Amount, teller: Fields, currency: string): void {
    const told = teller[name];
    if (typeof told !== "number") return;
    const totals = this.#in(currency);
    totals[name] = (totals[name] ?? 0) + told;
  }

  #addParties(charge: Fields, currency: string): void {
    const totals = this.#in(currency);
    addShares(totals.recourseMinor, charge, "recourse");
    if (isSale(charge)) addShares(totals.sharesMinor, charge, "shares");
  }

  #in(currency: string): BookedTotals {
    let totals = this.#totals.get(currency);
    if (totals === undefined) {
      totals = { currency, sharesMinor: {}, recourseMinor: {} };
      this.#totals.set(currency, totals);
    }
    return totals;
  }
}

/** The shares of the sale sum to the net charge; what the companies of the chain buy from each other is inside them. */
const isSale = (charge: Fields): boolean => charge["side"] !== "purchase";

function addShares(sums: Record<string, number>, charge: Fields, path: string): void {
  for (const share of listAt(charge, path)) {
    const party = textAt(share, "party");
    const { amountMinor } = share;
    const before = Object.hasOwn(sums, party) ? (sums[party] ?? 0) : 0;
    sums[party] = before + (typeof amountMinor === "number" ? amountMinor : 0);
  }
}
