import { describe, expect, it } from "vitest";
import { rateThing, sharesOf, tryThing, usage } from "./cards.ts";

describe("splits", () => {
  const split = (shares: object[], remainder: unknown = "first-listed", more: object = {}) => ({
    entry: { split: { remainder, shares }, ...more },
  });

  it.each<[string, object[], Record<string, bigint>]>([
    [
      "percentages of the whole beside a fixed amount",
      [
        { party: "a", fixedAmount: "5.00" },
        { party: "b", percent: "10" },
        { party: "c", remaining: true },
      ],
      { a: 500n, b: 1000n, c: 8500n },
    ],
    [
      "a waterfall in listed order",
      [
        { party: "a", maximumAmount: "60.00" },
        { party: "b", maximumAmount: "60.00" },
        { party: "c", remaining: true },
      ],
      { a: 6000n, b: 4000n, c: 0n },
    ],
    [
      "a percentage with a cap",
      [
        { party: "a", percent: "30", maximumAmount: "20.00" },
        { party: "c", remaining: true },
      ],
      { a: 2000n, c: 8000n },
    ],
    [
      "ratios of what a fixed amount leaves",
      [
        { party: "a", fixedAmount: "0.01" },
        { party: "b", ratio: "1" },
        { party: "c", ratio: "1" },
      ],
      { a: 1n, b: 5000n, c: 4999n },
    ],
    [
      "fractions",
      [
        { party: "a", fraction: "1/3" },
        { party: "b", fraction: "2/3" },
      ],
      { a: 3334n, b: 6666n },
    ],
    [
      "a fixed amount above the charge takes what there is",
      [
        { party: "a", fixedAmount: "500.00" },
        { party: "b", remaining: true },
      ],
      { a: 10000n, b: 0n },
    ],
  ])("%s", (_, shares, want) => {
    expect(sharesOf(rateThing(split(shares), usage(100)))).toEqual(want);
  });

  it("left-over units go to the party that is named for them", () => {
    const shares = [
      { party: "a", ratio: "1" },
      { party: "b", ratio: "1" },
      { party: "c", ratio: "1" },
    ];
    expect(sharesOf(rateThing(split(shares, { party: "c" }), usage("0.10")))).toEqual({
      a: 3n,
      b: 3n,
      c: 4n,
    });
  });

  it("nest to any depth, and what everybody keeps sums to the charge", () => {
    const shares = [
      { party: "shop", percent: "10" },
      {
        role: "provider",
        remaining: true,
        split: {
          shares: [
            { role: "provider", percent: "60" },
            {
              party: "sub",
              remaining: true,
              split: {
                shares: [
                  { party: "sub", percent: "50" },
                  { party: "subsub", remaining: true },
                ],
              },
            },
          ],
        },
      },
    ];
    const outcome = rateThing(split(shares, undefined, { providers: [{ party: "maker" }] }), {
      provider: "maker",
      ...usage("100.01"),
    });
    expect(sharesOf(outcome)).toEqual({ shop: 1001n, maker: 5400n, sub: 1800n, subsub: 1800n });
    expect(outcome.legs.map(({ payer, payee, netMinor }) => [payer, payee, netMinor])).toEqual([
      ["member", "shop", 10001n],
      ["shop", "maker", 9000n],
      ["maker", "sub", 3600n],
      ["sub", "subsub", 1800n],
    ]);
  });

  it("a role that nobody has is refused by name", () => {
    const outcome = tryThing(
      split([
        { role: "scout", percent: "10" },
        { party: "shop", remaining: true },
      ]),
      usage(1),
    );
    expect(outcome).toMatchObject({ kind: "unrated", code: "PARTY_UNKNOWN", pointer: "/parties/scout" });
  });
});

describe("a promotion", () => {
  const shares = [
    { party: "broker", percent: "10" },
    { party: "shop", percent: "40" },
    { party: "maker", remaining: true },
  ];

  it("that names its funder leaves the others what they would have had", () => {
    const discounts = [{ id: "summer", percent: "20", fundedBy: { party: "shop" } }];
    const outcome = rateThing({ entry: { discounts, split: { shares } } }, usage(100));
    expect(outcome.netMinor).toBe(8000n);
    expect(sharesOf(outcome)).toEqual({ broker: 1000n, shop: 2000n, maker: 5000n });
  });

  it("funded by somebody who has no share has that party pay", () => {
    const discounts = [{ id: "summer", percent: "20", fundedBy: { party: "sponsor" } }];
    const outcome = rateThing({ entry: { discounts, split: { shares } } }, usage(100));
    expect(sharesOf(outcome)).toEqual({ broker: 1000n, shop: 4000n, maker: 5000n, sponsor: -2000n });
    expect(outcome.legs.at(-1)).toMatchObject({ payer: "shop", payee: "sponsor", netMinor: -2000n });
  });

  it("without a funder is borne by all", () => {
    const outcome = rateThing(
      { entry: { discounts: [{ id: "summer", percent: "20" }], split: { shares } } },
      usage(100),
    );
    expect(sharesOf(outcome)).toEqual({ broker: 800n, shop: 3200n, maker: 4000n });
  });

  it("of an agreement applies to its products, in its days", () => {
    const commercial = {
      rateCards: [{ id: "card" }],
      discounts: [{ id: "loyal", percent: "10", products: ["thing"], validFor: { end: "2025-03-31" } }],
    };
    expect(rateThing({ entry: {}, terms: { commercial } }, usage(100)).netMinor).toBe(9000n);
    expect(
      rateThing({ entry: {}, terms: { commercial } }, { ...usage(100), startedAt: "2025-04-01T00:00:00" })
        .netMinor,
    ).toBe(10000n);
  });
});
