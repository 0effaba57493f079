import type { JsonObject } from "../../store/store.ts";
import { isWithin } from "../scorecards/period.ts";
import type { Quarter } from "./quarter.ts";

/** How often something happened in a quarter, and in the one before. */
interface Count {
  quarter: number;
  before: number;
}

/** Counts what happened in one of two quarters, by what it was. */
export class Counts<What extends string | number = string> {
  readonly #quarter: Quarter;
  readonly #before: Quarter;
  readonly #counts = new Map<What, Count>();

  /** @param whats counted from nothing on, so that what didn't happen is told too */
  constructor(
    { quarter, before }: { readonly quarter: Quarter; readonly before: Quarter },
    whats: readonly What[] = [],
  ) {
    this.#quarter = quarter;
    this.#before = before;
    for (const what of whats) this.#counts.set(what, { quarter: 0, before: 0 });
  }

  /** @param at undefined for what hasn't happened. @param amount how much it counts for */
  add(what: What, at: string | undefined, amount = 1): void {
    if (at === undefined) return;
    const isNow = isWithin(this.#quarter.period, at);
    if (!isNow && !isWithin(this.#before.period, at)) return;
    const count = this.#counts.get(what) ?? { quarter: 0, before: 0 };
    count[isNow ? "quarter" : "before"] += amount;
    this.#counts.set(what, count);
  }

  /** Each under its name. */
  byName(): JsonObject {
    return Object.fromEntries([...this.#counts].map(([what, count]) => [what, { ...count }]));
  }

  /** A row each, in their order. @param field which tells what it is: `severity` */
  rows(field: string): JsonObject[] {
    return [...this.#counts]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([what, count]) => ({ [field]: what, ...count }));
  }
}
