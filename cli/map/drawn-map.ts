import { minorUnits, readableMinor } from "../../sandbox/rating/currency.ts";
import type { Fields } from "../http/api-client.ts";
import { listAt, textAt } from "../views/fields.ts";

/** The map as drawing programs take it. */
export interface DrawnMap {
  readonly title: string;
  readonly parties: readonly DrawnParty[];
  readonly flows: readonly DrawnFlow[];
}

export interface DrawnParty {
  readonly id: string;
  /** Empty where nobody knows it. */
  readonly role: string;
}

export interface DrawnFlow {
  readonly payer: string;
  readonly payee: string;
  readonly deliveries: string;
  /** One of each currency. */
  readonly values: readonly { readonly currency: string; readonly valueMinor: string }[];
  /** `344.44 EUR`, of several currencies all. */
  readonly label: string;
}

export function drawnMap(map: Fields, title: string): DrawnMap {
  return {
    title,
    parties: listAt(map, "parties").map((party) => ({
      id: textAt(party, "id"),
      role: textAt(party, "role"),
    })),
    flows: listAt(map, "flows").map((flow) => {
      const amounts = listAt(flow, "amounts");
      return {
        payer: textAt(flow, "payer"),
        payee: textAt(flow, "payee"),
        deliveries: textAt(flow, "deliveries"),
        values: amounts.map((amount) => ({
          currency: textAt(amount, "currency"),
          valueMinor: textAt(amount, "valueMinor"),
        })),
        label: amounts.map(valueWords).join(", "),
      };
    }),
  };
}

function valueWords(amount: Fields): string {
  const currency = textAt(amount, "currency");
  return `${readableMinor(BigInt(textAt(amount, "valueMinor")), minorUnits(currency))} ${currency}`;
}
