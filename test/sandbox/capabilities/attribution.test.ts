import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  answeringFor,
  creditParts,
  delayParts,
  type Level,
  type Link,
  type Passed,
  wholeDelay,
} from "../../../sandbox/capabilities/deliveries/attribution/attribute.ts";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { expectStatus, type Harbour, openHarbour } from "./harbour.ts";
import { leg, lunch } from "./legs.ts";

const PARTIES = ["ash", "birch", "cedar", "dogwood"];
const anyParty = fc.constantFrom(...PARTIES);

const { passed: anyPassed } = fc.letrec<{ passed: Passed[] }>((tie) => ({
  passed: fc.array(
    fc.record({
      party: anyParty,
      fraction: fc.integer({ min: 0, max: 40 }).map((n) => ({ n: BigInt(n), d: 100n })),
      passed: fc.oneof({ maxDepth: 3 }, fc.constant([]), tie("passed")),
    }),
    { maxLength: 2 },
  ),
}));

const anyLevel: fc.Arbitrary<Level> = fc.record({
  id: fc.constant("on-time"),
  product: fc.constant("ferry"),
  measure: fc.constantFrom("delayMinutes", "late"),
  unit: fc.constantFrom("minute", "hour", undefined),
  target: fc.constantFrom({ atMost: "10" }, { atLeast: "99" }),
  value: fc.record({ n: fc.bigInt({ min: -50n, max: 900n }), d: fc.constantFrom(1n, 10n, 100n) }),
  breached: fc.boolean(),
  payee: anyParty,
  passed: anyPassed,
});

const { link: anyLink } = fc.letrec<{ link: Link }>((tie) => ({
  link: fc.record({
    id: fc.constant("d"),
    provider: anyParty,
    levels: fc.array(anyLevel, { maxLength: 2 }),
    children: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie("link"), { maxLength: 3 })),
  }),
}));

const sum = (parts: readonly { readonly amount: bigint }[]): bigint =>
  parts.reduce((total, { amount }) => total + amount, 0n);

describe("the parts of a delay", () => {
  it("sum to it, whatever the chain and its agreements, and none is less than nothing", () => {
    fc.assert(
      fc.property(anyLink, (link) => {
        for (const level of link.levels) {
          const parts = delayParts(level, link);
          expect(sum(parts)).toBe(wholeDelay(level));
          expect(parts.every(({ amount }) => amount > 0n)).toBe(true);
        }
        expect(sum(answeringFor(link)) % 1_000_000_000n).toBe(0n);
      }),
    );
  });

  const level = (over: Partial<Level> = {}): Level => ({
    id: "on-time",
    product: "ferry",
    measure: "delayMinutes",
    unit: "minute",
    target: { atMost: "10" },
    value: { n: 25n, d: 1n },
    breached: true,
    payee: "ash",
    passed: [],
    ...over,
  });
  const part = (provider: string, minutes: bigint, over: Partial<Level> = {}): Link => ({
    id: provider,
    provider,
    levels: [level({ value: { n: minutes, d: 1n }, ...over })],
    children: [],
  });
  const of = (children: readonly Link[], whole = level()): Record<string, bigint> =>
    Object.fromEntries(
      delayParts(whole, { id: "d", provider: "birch", levels: [whole], children }).map((each) => [
        `${each.party} ${each.basis}`,
        each.amount,
      ]),
    );

  it.each([
    ["one's own where nobody else answers", [], { "birch rendered": 2500n }],
    [
      "measured first, and the rest one's own",
      [part("cedar", 20n)],
      { "cedar measured": 2000n, "birch rendered": 500n },
    ],
    [
      "in proportion where they were late side by side",
      [part("cedar", 20n), part("dogwood", 30n)],
      // 30 minutes of a delay of 25 were 25 at most.
      { "cedar measured": 1111n, "dogwood measured": 1389n },
    ],
    ["nothing of what came early", [part("cedar", -5n)], { "birch rendered": 2500n }],
    [
      "nothing of what is measured in something else",
      [part("cedar", 20n, { unit: "mile" })],
      { "birch rendered": 2500n },
    ],
  ])("are %s", (_what, children, want) => {
    expect(of(children)).toEqual(want);
  });

  it("go down the chain as recourse does, and what isn't passed on stays", () => {
    const half = { n: 1n, d: 2n };
    const passed = [
      {
        party: "birch",
        fraction: { n: 4n, d: 5n },
        passed: [{ party: "cedar", fraction: half, passed: [] }],
      },
    ];
    expect(of([], level({ passed }))).toEqual({
      "ash agreed": 500n,
      "birch agreed": 1000n,
      "cedar agreed": 1000n,
    });
  });
});

it("the parts of a credit sum to it, and each bears what it doesn't take back", () => {
  const recourse = fc.array(
    fc.record({ party: anyParty, to: anyParty, amountMinor: fc.nat({ max: 9_999 }) }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(anyParty, fc.nat({ max: 99_999 }), recourse, (payee, serviceCreditMinor, list) => {
      const parts = creditParts({ payee, serviceCreditMinor, recourse: list });
      expect(parts.reduce((total, { amountMinor }) => total + amountMinor, 0)).toBe(serviceCreditMinor);
    }),
  );
});

describe("the explanation of a delivery", () => {
  let harbour: Harbour;
  beforeEach(async () => {
    harbour = await openHarbour();
    await expectStatus(harbour.as("harbour").post("/deliveries", lunch), 201);
    await expectStatus(harbour.as("nordic-apps").post("/feedback", { deliveryId: "lunch", score: 3 }), 201);
  });
  afterEach(() => harbour.close());

  const explained = async (party: string): Promise<JsonObject> =>
    (await expectStatus(harbour.as(party).get("/deliveries/lunch/explanation"), 200)).body;
  const attributionTo = async (party: string) => (await explained(party))["attribution"] as JsonObject;
  const partsIn = (attribution: JsonObject, list: string): JsonObject[][] =>
    (attribution[list] as JsonObject[]).map((each) => each["parts"] as JsonObject[]);
  const named = (parts: readonly JsonObject[], amount = "amount") =>
    Object.fromEntries(parts.map((part) => [String(part["party"] ?? "others"), part[amount]]));

  it("names everybody to who sells it, and to who oversees", async () => {
    for (const party of ["harbour", "privacy-board"]) {
      const attribution = await attributionTo(party);
      expect(partsIn(attribution, "delays").map((parts) => named(parts))).toEqual([
        { "fjord-catering": "12.5", kestrel: "12.5" },
      ]);
      expect(partsIn(attribution, "credits").map((parts) => named(parts, "amountMinor"))).toEqual([
        { "fjord-catering": 3784, kestrel: 1000 },
        { kestrel: 1000 },
      ]);
      expect(attribution["score"]).toMatchObject({ score: 3, best: 5, short: 2 });
      expect(named((attribution["score"] as JsonObject)["parts"] as JsonObject[])).toEqual({
        "fjord-catering": "1",
        kestrel: "1",
      });
    }
  });

  it("names a party itself and whom it deals with; the others' parts stand together", async () => {
    const own = await attributionTo("kestrel");
    expect(named(partsIn(own, "delays")[0] ?? [])).toEqual({ "fjord-catering": "12.5", kestrel: "12.5" });
    expect(partsIn(own, "credits").map((parts) => named(parts, "amountMinor"))).toEqual([{ kestrel: 1000 }]);
    expect(JSON.stringify(own)).not.toContain("4784");
    for (const party of ["nordic-apps", "spacefinder"])
      expect(named(partsIn(await attributionTo(party), "delays")[0] ?? [])).toEqual({ others: "25" });
  });

  it("puts first what a part of the delivery measured itself", async () => {
    await expectStatus(harbour.as("harbour").post("/deliveries", leg("flight", { parent: "lunch" })), 201);
    const [delay = []] = partsIn(await attributionTo("harbour"), "delays");
    expect(delay).toEqual([
      { party: "blueline", basis: "measured", amount: "16" },
      { party: "wayfare", basis: "measured", amount: "4" },
      { party: "kestrel", basis: "agreed", amount: "2.5" },
      { party: "fjord-catering", basis: "agreed", amount: "2.5" },
    ]);
    expect(named(partsIn(await attributionTo("fjord-catering"), "delays")[0] ?? [])).toEqual({
      kestrel: "2.5",
      "fjord-catering": "2.5",
      others: "20",
    });
    await expectStatus(
      harbour.as("harbour").post("/deliveries/flight/cancellation", { reason: "It was another lunch's." }),
      200,
    );
    expect(partsIn(await attributionTo("harbour"), "delays")[0]).toHaveLength(2);
  });

  it("says so in words", async () => {
    expect(((await explained("harbour"))["lines"] as string[]).slice(-4)).toEqual([
      "Of delayMinutes 25, at most 10 promised: kestrel 12.5 (as agreed), fjord-catering 12.5 (as agreed).",
      "Service credit of 47.84 EUR for catering-cover: borne by fjord-catering 37.84 EUR, kestrel 10.00 EUR.",
      "Service credit of 10.00 EUR for catering-cover: borne by kestrel 10.00 EUR.",
      "The customer's score: 3 of 5; of the 2 that it is short: kestrel 1, fjord-catering 1.",
    ]);
  });
});
