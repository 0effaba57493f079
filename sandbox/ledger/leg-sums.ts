import type { Leg, PartyId } from "../rating/types.ts";

/** Legs between the same parties, under the same tax, for the same document: what they come to together. */
export interface LegSum {
  readonly payer: PartyId;
  readonly payee: PartyId;
  readonly currency: string;
  readonly taxCode: string;
  readonly taxPercent: string;
  readonly taxAuthority?: PartyId;
  readonly taxRecovered: boolean;
  readonly note: NoteType;
  /** Number of the document of an earlier period that these legs change. */
  readonly corrects?: string;
  readonly legs: number;
  readonly netMinor: bigint;
  readonly creditMinor: bigint;
  readonly taxMinor: bigint;
  readonly payableMinor: bigint;
}

/** The kind of document that a leg belongs to: what takes off something invoiced before is a credit. */
export type NoteType = "invoice" | "credit-note" | "debit-note";

/**
 * The legs of a period as sums. Documents, totals, tax and positions all follow from them, so that a period is read leg by leg
 * and what is kept grows with those who trade with each other, not with what they traded.
 */
export class LegSums {
  readonly #sums = new Map<string, { -readonly [K in keyof LegSum]: LegSum[K] }>();

  add(leg: Leg, corrects?: string): void {
    const { payer, payee, currency, taxCode, taxPercent, taxAuthority, taxRecovered } = leg;
    const note = noteOf(leg, corrects);
    const key = `${payer}\n${payee}\n${currency}\n${taxCode}\n${taxPercent}\n${taxAuthority ?? ""}\n${taxRecovered}\n${note}\n${corrects ?? ""}`;
    const known = this.#sums.get(key);
    if (known === undefined) {
      this.#sums.set(key, {
        payer,
        payee,
        currency,
        taxCode,
        taxPercent,
        taxRecovered,
        note,
        legs: 1,
        ...(taxAuthority === undefined ? {} : { taxAuthority }),
        ...(corrects === undefined ? {} : { corrects }),
        netMinor: leg.netMinor,
        creditMinor: leg.creditMinor,
        taxMinor: leg.taxMinor,
        payableMinor: leg.payableMinor,
      });
      return;
    }
    known.legs += 1;
    known.netMinor += leg.netMinor;
    known.creditMinor += leg.creditMinor;
    known.taxMinor += leg.taxMinor;
    known.payableMinor += leg.payableMinor;
  }

  /** In an order that depends on nothing but their contents. */
  all(): LegSum[] {
    return [...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  }

  /** As legs, for the postings of all of them: postings grow with the amounts, so those of the sum are the sum of those. */
  legs(): Leg[] {
    return this.all().map(({ note, corrects: _, legs: __, ...sum }) => ({
      ...sum,
      id: note,
      kind: "sale",
      deliveryId: "",
      product: "",
    }));
  }
}

export function noteOf(leg: Leg, corrects: string | undefined): NoteType {
  if (corrects === undefined) return "invoice";
  const sign = leg.payableMinor === 0n ? leg.netMinor - leg.creditMinor : leg.payableMinor;
  return sign < 0n ? "credit-note" : "debit-note";
}
