import { compare, type Exact, parseExact } from "./exact.ts";

export interface Bounds {
  readonly maximumAmount?: string | number | undefined;
  readonly minimumAmount?: string | number | undefined;
}

export type Bound = "minimum" | "maximum";

export type BoundAmount = (amount: Exact) => { readonly amount: Exact; readonly bound: Bound | undefined };

/** Maximum first, then minimum: where they cross, the minimum stands. */
export function compileBounds({ maximumAmount, minimumAmount }: Bounds): BoundAmount | undefined {
  if (maximumAmount === undefined && minimumAmount === undefined) return undefined;
  const maximum = maximumAmount === undefined ? undefined : parseExact(maximumAmount);
  const minimum = minimumAmount === undefined ? undefined : parseExact(minimumAmount);
  return (amount) => {
    const over = maximum !== undefined && compare(amount, maximum) > 0;
    const capped = over ? maximum : amount;
    if (minimum !== undefined && compare(capped, minimum) < 0) return { amount: minimum, bound: "minimum" };
    return { amount: capped, bound: over ? "maximum" : undefined };
  };
}
