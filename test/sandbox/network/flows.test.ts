import { describe, expect, it } from "vitest";
import { differenceOf, type Leg, mirrored } from "../../../sandbox/ledger/index.ts";
import { FlowSums } from "../../../sandbox/network/flows.ts";

const leg = (id: string, payer: string, payee: string, net: bigint, over: Partial<Leg> = {}): Leg => {
  const { netMinor = net, creditMinor = 0n, taxMinor = 0n } = over;
  return {
    id,
    kind: "sale",
    deliveryId: "one",
    product: "lunch",
    payer,
    payee,
    currency: "EUR",
    netMinor,
    creditMinor,
    taxCode: "standard",
    taxPercent: "0",
    taxMinor,
    payableMinor: netMinor - creditMinor + taxMinor,
    taxRecovered: false,
    ...over,
  };
};

const sums = (...bookings: Parameters<FlowSums["add"]>[0][]): FlowSums => {
  const made = new FlowSums();
  for (const booking of bookings) made.add(booking);
  return made;
};

const sale = leg("0/sale", "member", "hub", 1000n, { creditMinor: 100n, taxMinor: 90n });
const food = leg("0/share/1", "hub", "cook", 700n);
const tip = leg("1/share/0", "hub", "cook", 50n, { product: "tip" });

describe("flows", () => {
  it("sum the legs of a pair, credits off, taxes apart, and count a delivery once", () => {
    const made = sums({ kind: "rating", legs: [sale, food, tip], former: [] });
    expect(made.all()).toEqual([
      {
        payer: "hub",
        payee: "cook",
        deliveries: 1,
        products: ["lunch", "tip"],
        amounts: [{ currency: "EUR", netMinor: 750n, creditMinor: 0n, valueMinor: 750n, taxMinor: 0n }],
      },
      {
        payer: "member",
        payee: "hub",
        deliveries: 1,
        products: ["lunch"],
        amounts: [{ currency: "EUR", netMinor: 1000n, creditMinor: 100n, valueMinor: 900n, taxMinor: 90n }],
      },
    ]);
    expect([made.deliveriesOf("hub"), made.deliveriesOf("cook"), made.deliveriesOf("nobody")]).toEqual([
      1, 1, 0,
    ]);
  });

  it("take a correction as the same delivery, and the part that it takes away as gone", () => {
    const now = [leg("0/sale", "member", "hub", 800n), leg("0/share/1", "hub", "baker", 700n)];
    const former = [sale, food];
    const made = sums(
      { kind: "rating", legs: former, former: [] },
      { kind: "correction", legs: differenceOf(former, now), former },
    );
    expect(made.all().map(({ payer, payee, deliveries }) => [payer, payee, deliveries])).toEqual([
      ["hub", "baker", 1],
      ["member", "hub", 1],
    ]);
    expect([made.deliveriesOf("cook"), made.deliveriesOf("baker"), made.deliveriesOf("hub")]).toEqual([
      0, 1, 1,
    ]);
  });

  it("leave nothing of what was cancelled; of an earlier month's they take it off", () => {
    const former = [sale, food];
    const rated = { kind: "rating", legs: former, former: [] };
    const reversal = { kind: "reversal", legs: mirrored(former), former };
    expect(sums(rated, reversal).all()).toEqual([]);
    expect(
      sums(reversal)
        .all()
        .map(({ deliveries, amounts }) => [deliveries, amounts[0]?.valueMinor]),
    ).toEqual([
      [-1, -700n],
      [-1, -900n],
    ]);
  });

  it("hold what is owed for a period, for no delivery, and nothing that a party keeps for itself", () => {
    const made = sums({
      kind: "commitment",
      legs: [leg("minimum", "member", "hub", 500n, { kind: "commitment" }), leg("own", "hub", "hub", 9n)],
      former: [],
    });
    expect(made.all().map(({ payer, payee, deliveries }) => [payer, payee, deliveries])).toEqual([
      ["member", "hub", 0],
    ]);
  });

  it("are those of one product where they are asked for it", () => {
    const made = new FlowSums("tip");
    made.add({ kind: "rating", legs: [sale, food, tip], former: [] });
    expect(made.all().map(({ payer, payee, products }) => [payer, payee, products])).toEqual([
      ["hub", "cook", ["tip"]],
    ]);
  });
});
