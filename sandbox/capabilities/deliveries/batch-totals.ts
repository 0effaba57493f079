import type { Json, JsonObject } from "../../store/store.ts";
import { objectsIn } from "../define.ts";

interface Sums {
  netMinor: number;
  serviceCreditMinor: number;
  taxMinor: number;
  payableMinor: number;
  readonly shares: Map<string, number>;
  readonly recourse: Map<string, number>;
}

/** Sums of the deliveries that a batch booked, by currency, over the charges that the caller may see. */
export class BatchTotals {
  readonly #byCurrency = new Map<string, Sums>();

  /** @param delivery as the caller sees it. */
  add(delivery: JsonObject): void {
    for (const charge of objectsIn(delivery["charges"])) this.#addCharge(charge);
  }

  all(): JsonObject[] {
    return [...this.#byCurrency].map(([currency, { shares, recourse, ...amounts }]) => ({
      currency,
      ...amounts,
      shares: toList(shares),
      recourse: toList(recourse),
    }));
  }

  #addCharge(charge: JsonObject): void {
    const sums = this.#sumsOf(String(charge["currency"]));
    addAmounts(sums.recourse, charge["recourse"]);
    // The shares of the sale sum to its net; what the companies of the chain buy from each other is inside them.
    if (charge["side"] === "purchase") return;
    for (const name of ["netMinor", "serviceCreditMinor", "taxMinor", "payableMinor"] as const)
      sums[name] += Number(charge[name]);
    addAmounts(sums.shares, charge["shares"]);
  }

  #sumsOf(currency: string): Sums {
    let sums = this.#byCurrency.get(currency);
    if (sums === undefined) {
      const amounts = { netMinor: 0, serviceCreditMinor: 0, taxMinor: 0, payableMinor: 0 };
      sums = { ...amounts, shares: new Map(), recourse: new Map() };
      this.#byCurrency.set(currency, sums);
    }
    return sums;
  }
}

function addAmounts(sums: Map<string, number>, items: Json | undefined): void {
  for (const { party, amountMinor } of objectsIn(items))
    sums.set(String(party), (sums.get(String(party)) ?? 0) + Number(amountMinor));
}

const toList = (sums: ReadonlyMap<string, number>): JsonObject[] =>
  [...sums].map(([party, amountMinor]) => ({ party, amountMinor }));
