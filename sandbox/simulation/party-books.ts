import type { Leg, PartyId } from "../rating/index.ts";

/** What a party gets (positive) or pays, in minor units. The same figure of all parties together is zero, but for shares. */
export interface Figures {
  /** Charges, shares and purchases, before credits and tax. */
  readonly netMinor: number;
  /** The part of it that comes by splits; no party gives it back. */
  readonly sharesMinor: number;
  /** Service credits between customers and whoever charges them. */
  readonly serviceCreditMinor: number;
  /** What companies of a chain take back from each other for them. */
  readonly recourseMinor: number;
  /** Tax that stays with it: of whoever can't claim it back, and of the authority. */
  readonly taxMinor: number;
  /** Drawn from what was paid ahead. */
  readonly prepaidMinor: number;
  /** All of them but the shares, which are within: what it is paid when the month is settled, or pays. */
  readonly payableMinor: number;
}

export const FIGURES = [
  "netMinor",
  "sharesMinor",
  "serviceCreditMinor",
  "recourseMinor",
  "taxMinor",
  "prepaidMinor",
  "payableMinor",
] as const satisfies readonly (keyof Figures)[];

type Sums = { -readonly [Name in keyof Figures]: number };

/** The sums of one month: by currency, then by party. */
export class PartyBooks {
  readonly #sums = new Map<string, Map<PartyId, Sums>>();

  /** Every currency with its parties. */
  get all(): Iterable<readonly [currency: string, parties: ReadonlyMap<PartyId, Figures>]> {
    return this.#sums;
  }

  addLeg(leg: Leg): void {
    const { payer, payee, currency } = leg;
    const [net, credit, tax] = [Number(leg.netMinor), Number(leg.creditMinor), Number(leg.taxMinor)];
    const from = this.#of(currency, payer);
    const to = this.#of(currency, payee);
    const isSold = leg.kind === "sale" || leg.kind === "commitment";
    // What no other leg could take off is compensation by itself.
    move(from, to, leg.kind === "recourse" ? "recourseMinor" : "netMinor", net);
    move(to, from, isSold ? "serviceCreditMinor" : "recourseMinor", credit);
    if (leg.kind === "share") to.sharesMinor += net;
    // A tax that nobody collects stays with who was paid it; one that is collected is passed on, and taken off by companies.
    if (leg.taxAuthority === undefined) move(from, to, "taxMinor", tax);
    else if (!leg.taxRecovered) move(from, this.#of(currency, leg.taxAuthority), "taxMinor", tax);
  }

  /** What was paid ahead settles as much of what the payer owes. */
  addDrawing(payer: PartyId, payee: PartyId, currency: string, amountMinor: number): void {
    move(this.#of(currency, payee), this.#of(currency, payer), "prepaidMinor", amountMinor);
  }

  #of(currency: string, party: PartyId): Sums {
    let parties = this.#sums.get(currency);
    if (parties === undefined) {
      parties = new Map();
      this.#sums.set(currency, parties);
    }
    let sums = parties.get(party);
    if (sums === undefined) {
      sums = Object.fromEntries(FIGURES.map((name) => [name, 0])) as unknown as Sums;
      parties.set(party, sums);
    }
    return sums;
  }
}

function move(from: Sums, to: Sums, name: Exclude<keyof Sums, "payableMinor">, amountMinor: number): void {
  from[name] -= amountMinor;
  to[name] += amountMinor;
  from.payableMinor -= amountMinor;
  to.payableMinor += amountMinor;
}
