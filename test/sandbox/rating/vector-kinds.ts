/** A vector that prices a usage; `amount` in units of the currency. */
export const charge = (price: object, usage: object, amount: string): object => ({
  kind: "charge",
  price,
  usage,
  expect: { amount },
});

/** A vector that shares an amount out; `amount` and `parts` in minor units. */
export const split = (
  amount: string,
  shares: object[],
  parts: string[],
  remainder = "first-listed",
): object => ({
  kind: "split",
  amount,
  shares,
  remainder,
  expect: { parts },
});

/** A vector that rounds a value to so many decimals. */
export const rounding = (mode: string, value: string, want: string, decimals = 0): object => ({
  kind: "rounding",
  mode,
  decimals,
  value,
  expect: { value: want },
});

/** A vector that says which part of a month is charged, to six decimals. */
export const proration = (basis: string, start: string, nextBillingDate: string, ratio: string): object => ({
  kind: "proration",
  basis,
  start,
  nextBillingDate,
  decimals: 6,
  expect: { ratio },
});
