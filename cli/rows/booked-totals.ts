import type { Fields } from "../http/api-client.ts";
import { listAt, textAt } from "../views/fields.ts";

/** Sums over what the API says was booked, per currency, in minor units. */
export interface BookedTotals {
  readonly currency: string;
  netMinor: number;
  serviceCreditMinor: number;
  taxMinor: number;
  payableMinor: number;
  readonly sharesMinor: Record<string, number>;
  readonly recourseMinor: Record<string, number>;
}

export class BookedCounter {
  readonly #totals = new Map<string, BookedTotals>();

  /** @param booked a delivery with its charges, or sums in one currency that the API made itself. */
  add(booked: Fields): void {
    const charges = Array.isArray(booked["charges"]) ? listAt(booked, "charges") : [booked];
    for (const charge of charges) this.#addCharge(charge, textAt(booked, "currency"));
  }

  all(): BookedTotals[] {
    return [...this.#totals.values()];
  }

  #addCharge(charge: Fields, currencyOfDelivery: string): void {
    const currency = textAt(charge, "currency") || currencyOfDelivery;
    let totals = this.#totals.get(currency);
    if (totals === undefined) {
      totals = {
        currency,
        netMinor: 0,
        serviceCreditMinor: 0,
        taxMinor: 0,
        payableMinor: 0,
        sharesMinor: {},
        recourseMinor: {},
      };
      this.#totals.set(currency, totals);
    }
    addShares(totals.recourseMinor, charge, "recourse");
    // The shares of the sale sum to the net charge; what the companies of the chain buy from each other is inside them.
    if (charge["side"] === "purchase") return;
    totals.netMinor += numberAt(charge, "netMinor");
    totals.serviceCreditMinor += numberAt(charge, "serviceCreditMinor");
    totals.taxMinor += numberAt(charge, "taxMinor");
    totals.payableMinor += numberAt(charge, "payableMinor");
    addShares(totals.sharesMinor, charge, "shares");
  }
}

function addShares(sums: Record<string, number>, charge: Fields, path: string): void {
  for (const share of listAt(charge, path)) {
    const party = textAt(share, "party");
    sums[party] = (Object.hasOwn(sums, party) ? (sums[party] ?? 0) : 0) + numberAt(share, "amountMinor");
  }
}

function numberAt(fields: Fields, name: string): number {
  const value = fields[name];
  return typeof value === "number" ? value : 0;
}
