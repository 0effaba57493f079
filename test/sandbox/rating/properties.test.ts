import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differenceOf, mirrored, positionsOf, postingsOf, sumsOf } from "../../../sandbox/ledger/index.ts";
import { add, compare, formatExact, parseExact } from "../../../sandbox/rating/exact.ts";
import { canonicalJson, createSession, type Delivery, runVectors } from "../../../sandbox/rating/index.ts";
import { ROUNDING_MODES, roundDivision } from "../../../sandbox/rating/rounding.ts";
import { compileSplit, type ShareRule, splitMinor } from "../../../sandbox/rating/split.ts";
import { harbourRating, rated } from "./harbour.ts";

const RUNS = { numRuns: 1000 };
const policy = fc.constantFrom(
  "first-listed" as const,
  "largest-remainder" as const,
  "largest-ratio-first" as const,
);
const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });

const ratios = fc
  .array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 8 })
  .filter((list) => list.some((ratio) => ratio > 0))
  .map((list): ShareRule[] => list.map((ratio) => ({ kind: "ratio", ratio: parseExact(ratio) })));

const mixed = fc
  .tuple(fc.array(fc.nat({ max: 12 }), { maxLength: 6 }), fc.array(fc.nat({ max: 5000 }), { maxLength: 3 }))
  .map(([percents, caps]): ShareRule[] => [
    ...caps.map(
      (cap, i): ShareRule =>
        i % 2 === 0
          ? { kind: "capped", maximumMinor: BigInt(cap) }
          : { kind: "fixed", amountMinor: BigInt(cap) },
    ),
    ...percents.map((percent): ShareRule => ({ kind: "weight", weight: parseExact(`${percent}/100`) })),
    { kind: "remaining" },
  ]);

const total = (parts: readonly { amountMinor: bigint }[]): bigint =>
  parts.reduce((sum, part) => sum + part.amountMinor, 0n);

describe("splits", () => {
  it("always sum to the amount, whatever the shares and the policy", () => {
    fc.assert(
      fc.property(amount, fc.oneof(ratios, mixed), policy, (minor, rules, remainder) => {
        expect(total(splitMinor(minor, compileSplit(rules, remainder)))).toBe(minor);
      }),
      RUNS,
    );
  });

  it("mirror: the split of a refund is the negated split", () => {
    fc.assert(
      fc.property(amount, fc.oneof(ratios, mixed), policy, (minor, rules, remainder) => {
        const split = compileSplit(rules, remainder);
        const there = splitMinor(minor, split).map((part) => part.amountMinor);
        expect(splitMinor(-minor, split).map((part) => -part.amountMinor)).toEqual(there);
      }),
      RUNS,
    );
  });

  it("of ratios are within one minor unit of the exact share, and never below zero", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), ratios, policy, (minor, rules, remainder) => {
        const weights = rules.map((rule) => (rule.kind === "ratio" ? rule.ratio.n : 0n));
        const whole = weights.reduce((sum, weight) => sum + weight, 0n);
        splitMinor(minor, compileSplit(rules, remainder)).forEach(({ amountMinor }, i) => {
          const exact = minor * (weights[i] ?? 0n);
          expect(
            amountMinor >= 0n && amountMinor * whole > exact - whole && amountMinor * whole <= exact + whole,
          ).toBe(true);
        });
      }),
      RUNS,
    );
  });
});

const flight = fc.record({
  distanceMiles: fc.nat({ max: 6000 }),
  arrivalDelayMinutes: fc.integer({ min: -60, max: 300 }),
});
const order = fc.record({ covers: fc.nat({ max: 400 }), delayMinutes: fc.integer({ min: -30, max: 120 }) });
const when = fc
  .date({ min: new Date("2021-01-01"), max: new Date("2027-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString());
const delivery = fc.oneof(
  fc.record({ product: fc.constant("express-leg"), startedAt: when, usage: flight }),
  fc.record({ product: fc.constant("catering-cover"), startedAt: when, usage: order }),
);

describe("rated deliveries", () => {
  it("have shares that sum to the net charge, and legs that pay it out", () => {
    fc.assert(
      fc.property(delivery, (given) => {
        for (const charge of rated(given).charges) {
          expect(total(charge.shares)).toBe(charge.netMinor);
          expect(charge.payableMinor).toBe(charge.netMinor - charge.serviceCreditMinor + charge.taxMinor);
          expect(charge.serviceCreditMinor <= charge.netMinor).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("book to zero, with all positions together at zero and the customer's tax at the tax office", () => {
    fc.assert(
      fc.property(delivery, (given) => {
        const { legs, taxMinor, payableMinor } = rated(given);
        const postings = postingsOf(legs);
        expect(Object.values(sumsOf(postings)).every((sum) => sum === 0n)).toBe(true);
        const positions = new Map(
          positionsOf(postings).map(({ party, amountMinor }) => [party, amountMinor]),
        );
        expect([...positions.values()].reduce((sum, each) => sum + each, 0n)).toBe(0n);
        expect([positions.get("tax-office") ?? 0n, positions.get("nordic-apps") ?? 0n]).toEqual([
          taxMinor,
          -payableMinor,
        ]);
      }),
      RUNS,
    );
  });

  it("are reversed to the cent, on every account", () => {
    fc.assert(
      fc.property(delivery, (given) => {
        const { legs } = rated(given);
        const sums = new Map<string, bigint>();
        for (const { account, amountMinor } of postingsOf([...legs, ...mirrored(legs)]))
          sums.set(account, (sums.get(account) ?? 0n) + amountMinor);
        expect([...sums.values()].every((sum) => sum === 0n)).toBe(true);
      }),
      RUNS,
    );
  });

  it("are corrected to what they would have been: old plus difference is new, leg by leg", () => {
    fc.assert(
      fc.property(fc.tuple(flight, flight), ([before, now]) => {
        const [old, next] = [before, now].map((usage) => rated({ product: "express-leg", usage }));
        const sums = (legs: Parameters<typeof postingsOf>[0]) => {
          const accounts: Record<string, bigint> = {};
          for (const { account, amountMinor } of postingsOf(legs))
            accounts[account] = (accounts[account] ?? 0n) + amountMinor;
          return Object.fromEntries(Object.entries(accounts).filter(([, sum]) => sum !== 0n));
        };
        const [was, is] = [old?.legs ?? [], next?.legs ?? []];
        expect(sums([...was, ...differenceOf(was, is)])).toEqual(sums(is));
      }),
      RUNS,
    );
  });

  it("have the same trace, byte for byte, each time", () => {
    fc.assert(
      fc.property(delivery, (given) => {
        const [one, two] = [rated(given, { secret: "s" }), rated(structuredClone(given), { secret: "s" })];
        expect(canonicalJson(one.trace)).toBe(canonicalJson(two.trace));
        expect(one.fingerprint).toBe(two.fingerprint);
      }),
      RUNS,
    );
  });
});

describe("a session", () => {
  const days = fc.array(fc.tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 0, max: 4 })), {
    minLength: 1,
    maxLength: 30,
  });

  it("comes to the same figures in any order of arrival", () => {
    fc.assert(
      fc.property(
        days.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(
              list.map((_, i) => i),
              { minLength: list.length },
            ),
          ),
        ),
        ([list, arrival]) => {
          const deliveries = list.map(
            ([day, product], i): Delivery => ({
              id: `d${i}`,
              product: product < 3 ? "desk-day" : "guest-pass",
              customer: "nordic-apps",
              startedAt: `2025-03-${String(day).padStart(2, "0")}`,
              usage: {},
            }),
          );
          const totals = (indexes: readonly number[]) => {
            const session = createSession(harbourRating(), { untraced: true });
            for (const index of indexes) {
              const each = deliveries[index];
              if (each !== undefined) session.add(each);
            }
            return session.totals();
          };
          expect(totals(arrival)).toEqual(totals(deliveries.map((_, i) => i)));
        },
      ),
      RUNS,
    );
  });
});

describe("numbers", () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat({ max: 12 }))
    .map(([n, places]) => {
      const digits = (n < 0n ? -n : n).toString().padStart(places + 1, "0");
      return `${n < 0n ? "-" : ""}${places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`}`;
    });

  it("survive being written and read", () => {
    fc.assert(
      fc.property(decimal, (text) => {
        expect(compare(parseExact(formatExact(parseExact(text))), parseExact(text))).toBe(0);
      }),
      RUNS,
    );
  });

  it("add up without loss, thirds included", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 999 }),
        fc.integer(),
        fc.integer({ min: 1, max: 999 }),
        (a, b, c, d) => {
          const sum = add(parseExact(`${a}/${b}`), parseExact(`${c}/${d}`));
          expect(sum.n * BigInt(b) * BigInt(d)).toBe((BigInt(a) * BigInt(d) + BigInt(c) * BigInt(b)) * sum.d);
        },
      ),
      RUNS,
    );
  });

  it("round to a neighbour, and not at all where they are whole", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -10_000n, max: 10_000n }),
        fc.bigInt({ min: 1n, max: 50n }),
        fc.constantFrom(...ROUNDING_MODES),
        (n, d, mode) => {
          const rounded = roundDivision(n, d, mode);
          expect(rounded * d > n - d && rounded * d < n + d).toBe(true);
        },
      ),
      RUNS,
    );
  });
});

describe("vectors made at random", () => {
  it("price a graduated quantity as the sum of its parts, and a correction as new minus old", () => {
    const tiers = fc
      .uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 5 })
      .map((ends) => ends.sort((a, b) => a - b));
    fc.assert(
      fc.property(tiers, fc.nat({ max: 9000 }), fc.nat({ max: 9000 }), (ends, first, second) => {
        const rates = ends.map((_, i) => i * 3 + 2);
        const open = 1;
        const model = {
          model: "graduated",
          tiers: [
            ...ends.map((upTo, i) => ({ upTo: String(upTo), unitAmount: `${rates[i]}/100` })),
            { upTo: null, unitAmount: `${open}/100` },
          ],
        };
        const hundredths = (quantity: number): number => {
          let sum = 0;
          let from = 0;
          [...ends, Number.POSITIVE_INFINITY].forEach((end, i) => {
            sum += Math.max(0, Math.min(quantity, end) - from) * (rates[i] ?? open);
            from = end;
          });
          return sum;
        };
        const delta = hundredths(second) - hundredths(first);
        const [report] = runVectors([
          {
            kind: "rerate",
            price: model,
            usage: { quantities: [String(first), String(second)] },
            expect: { deltas: [`${hundredths(first)}/100`, `${delta}/100`] },
          },
        ]).results;
        expect(report).toMatchObject({ passed: true });
      }),
      RUNS,
    );
  });
});
