import fc from "fast-check";

/** Prices made at random, of every model, with every modifier that the model takes. */
type Price = Record<string, unknown>;

export const decimal = (least: number, most: number, places: number): fc.Arbitrary<string> =>
  fc
    .integer({ min: least * 10 ** places, max: most * 10 ** places })
    .map((n) => (n / 10 ** places).toFixed(places));

/** Left out once in `freq` times. */
export const maybe = <T>(value: fc.Arbitrary<T>, freq = 2): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq });

/** Without what is undefined: a document leaves out, and never says nothing. */
export const told = (fields: Price): Price =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

export const record = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Price> =>
  fc.record(fields).map(told);

export const MODES = [
  "floor",
  "ceiling",
  "half-up",
  "half-down",
  "half-even",
  "half-odd",
  "half-away-from-zero",
  "half-towards-zero",
] as const;
export const mode = fc.constantFrom(...MODES);

const amount = fc.oneof(decimal(0, 40, 2), decimal(0, 2, 5));
const bounds = {
  maximumAmount: maybe(decimal(30, 90, 2)),
  minimumAmount: maybe(decimal(1, 30, 3)),
};
const conversion = record({
  operation: fc.constantFrom("multiply", "divide"),
  factor: fc.constantFrom("1.5", "3", "7", "1000", "0.3"),
  rounding: maybe(fc.constantFrom("none", ...MODES)),
  decimals: maybe(fc.nat({ max: 3 })),
});
const modifiers = {
  conversion: maybe(conversion),
  increment: maybe(fc.constantFrom("0.5", "1", "15", "0.3")),
  incrementRounding: maybe(mode),
  usageDiscount: maybe(decimal(0, 5, 1)),
};
const period = fc.constantFrom("day", "week", "month", "quarter", "year", "all");
const cumulative = maybe(
  record({ period, per: maybe(fc.constantFrom("customer", "provider", "beneficiary", "everybody")) }),
);

const tiers = (row: (i: number) => Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Price[]> =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 3 })
    .chain((ends) =>
      fc.tuple(
        ...[...ends.sort((a, b) => a - b).map(String), null].map((upTo, i) =>
          record({ ...row(i), upTo: fc.constant(upTo) }),
        ),
      ),
    );
const graduatedTiers = tiers(() => ({ unitAmount: maybe(amount, 3), flatAmount: maybe(amount) }));
// Rising, so that a volume price has no inversion that turns charges round more often than not; some still do.
const volumeTiers = tiers((i) => ({
  unitAmount: decimal(1, 4, 2),
  flatAmount: maybe(fc.constant(`${i * 40}`)),
}));
const rateTiers = tiers(() => ({ rate: decimal(0, 30, 2), flatAmount: maybe(amount) }));

const single = (
  fields: Record<string, fc.Arbitrary<unknown>>,
  model: string,
  more = {},
): fc.Arbitrary<Price> => record({ model: fc.constant(model), ...more, ...bounds, ...fields });
const measured = { measure: fc.constant("units"), ...modifiers };

/** Prices that a quantity decides; they may fill over a period. */
export const byQuantity = fc.oneof(
  single({ unitAmount: amount, freeUnits: maybe(decimal(0, 20, 1)) }, "unit", { ...measured, cumulative }),
  single(
    {
      packageSize: fc.constantFrom("1", "4", "2.5"),
      packageAmount: amount,
      freeUnits: maybe(decimal(0, 9, 0)),
    },
    "package",
    { ...measured, cumulative },
  ),
  single({ tiers: graduatedTiers }, "graduated", { ...measured, cumulative }),
  single({ tiers: rateTiers }, "graduated-percentage", { ...measured, cumulative }),
  single({ tiers: volumeTiers }, "volume", { ...measured, cumulative }),
);

const byTransactions = single(
  {
    rate: decimal(0, 20, 2),
    fixedAmount: maybe(amount),
    freeUnits: maybe(decimal(0, 60, 1)),
    freeEvents: maybe(fc.constantFrom("0", "1", "3")),
    perTransactionMin: maybe(decimal(0, 1, 2)),
    perTransactionMax: maybe(decimal(2, 9, 2)),
  },
  "percentage",
  { measure: fc.constant("amounts"), cumulative },
);
const interval = (start: string): fc.Arbitrary<Price> =>
  record({
    start: fc.constant(start),
    amount,
    per: maybe(fc.constantFrom("60", "3600")),
    increment: maybe(fc.constantFrom("1", "60", "900", "7")),
  });
const byTime = fc.oneof(
  single({ connectAmount: maybe(amount), intervals: fc.tuple(interval("0"), interval("1800")) }, "time-rate"),
  single({ unitAmount: amount }, "unit", {
    measure: fc.constantFrom("second", "minute", "hour", "day").map((elapsed) => ({ elapsed })),
    ...modifiers,
  }),
);
const recurring = single(
  {
    amount,
    period: fc.constantFrom("month", "quarter", "year"),
    charged: maybe(fc.constantFrom("advance", "arrears")),
    proration: maybe(fc.constantFrom("actual-days", "fixed-30", "none")),
  },
  "recurring",
);
const oneOff = single({ amount }, "one-off");
/** The amount comes with the delivery, and may be below zero. */
const dynamic = record({ model: fc.constant("dynamic"), measure: fc.constant("agreed") });

const singlePrice = fc.oneof(
  { arbitrary: byQuantity, weight: 6 },
  { arbitrary: byTransactions, weight: 2 },
  { arbitrary: byTime, weight: 2 },
  recurring,
  oneOff,
  { arbitrary: dynamic, weight: 2 },
);
const component = fc
  .tuple(
    fc.oneof(byQuantity, byTransactions, byTime, oneOff),
    maybe(fc.constant([{ measure: "units", above: "8" }])),
  )
  .map(([price, when]) => told({ ...price, when }));
const components = record({ components: fc.array(component, { minLength: 1, maxLength: 3 }), ...bounds });

/** In which the minimum never lies above the maximum. */
export const price = fc.oneof({ arbitrary: singlePrice, weight: 4 }, components);

const window = (id: string, own: fc.Arbitrary<Price>): fc.Arbitrary<Price> =>
  record({
    id: fc.constant(id),
    days: maybe(
      fc.constantFrom(["monday", "friday", "sunday"], ["tuesday", "wednesday", "thursday", "saturday"]),
    ),
    times: maybe(
      fc.constantFrom(
        [{ from: "09:00", to: "16:30" }],
        [{ from: "22:00", to: "03:30" }],
        [
          { from: "00:00", to: "03:10" },
          { from: "18:00", to: "24:00" },
        ],
      ),
    ),
    calendar: maybe(
      record({ id: fc.constant("holidays"), dates: fc.constantFrom("included", "excluded", "only") }),
    ),
    price: own,
  });

/** A price with windows: by the start for any, piece by piece for those that time decides. */
export const timed = fc.oneof(
  fc.record({
    price: byQuantity,
    timing: fc.record({
      basis: fc.constant("start"),
      windows: fc.tuple(window("early", byQuantity), window("late", oneOff)),
    }),
  }),
  fc
    .record({
      elapsed: fc.constantFrom("minute", "hour"),
      increment: modifiers.increment,
      unitAmount: amount,
      ...bounds,
    })
    .chain(({ elapsed, ...fields }) =>
      fc.record({
        price: fc.constant(told({ model: "unit", measure: { elapsed }, ...fields })),
        timing: fc.record({
          basis: fc.constant("elapsed"),
          windows: fc.tuple(
            window("early", record({ model: fc.constant("unit"), unitAmount: amount })),
            window("late", record({ model: fc.constant("graduated"), tiers: graduatedTiers })),
          ),
        }),
      }),
    ),
);
