import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countPostings, isBalanced } from "../../../sandbox/ledger/book.ts";
import {
  differenceOf,
  isBooked,
  mirrored,
  parseAccount,
  positionsOf,
  postingsOf,
  settle,
  sumsOf,
} from "../../../sandbox/ledger/index.ts";
import type { Leg } from "../../../sandbox/rating/index.ts";
import { leg } from "./leg.ts";

/** The catering of a chain: 478.40 net, 47.84 credited, 14 % tax; commissions and the courier behind it at 25.5 %. */
const chain: readonly Leg[] = [
  leg("0/sale", "member", "campus", 47840n, 4784n, 6028n),
  leg("0/share/0", "campus", "broker", 3828n, 0n, 976n),
  leg("0/share/2", "campus", "caterer", 39228n, 4784n, 4822n),
  leg("1/purchase", "caterer", "courier", 2745n, 1000n, 445n),
];

const positions = (legs: readonly Leg[]) =>
  Object.fromEntries(positionsOf(postingsOf(legs)).map(({ party, amountMinor }) => [party, amountMinor]));

/** Each party's own books, which sum to zero by themselves. */
const partySums = (legs: readonly Leg[]) =>
  postingsOf(legs).reduce<Record<string, bigint>>((sums, { account, amountMinor }) => {
    const { party } = parseAccount(account);
    sums[party] = (sums[party] ?? 0n) + amountMinor;
    return sums;
  }, {});

/** Any leg, whether its amounts go together or not. */
const anyLeg = (() => {
  const amount = fc.bigInt({ min: -2n, max: 2n });
  const amounts = fc.record({ net: amount, credit: amount, tax: amount, payable: amount });
  const taxed = fc.record({ recovered: fc.boolean(), collected: fc.boolean() });
  return fc.tuple(amounts, taxed).map(([{ net, credit, tax, payable }, { recovered, collected }]): Leg => {
    const { taxAuthority, ...own } = leg("0/sale", "member", "campus", net, credit, tax);
    const each = { ...own, payableMinor: payable, taxRecovered: recovered };
    return collected ? { ...each, taxAuthority } : each;
  });
})();

describe("what is said of a leg without making its postings", () => {
  it("is how many there are", () => {
    fc.assert(
      fc.property(anyLeg, (each) => {
        const { length } = postingsOf([each]);
        expect(countPostings(each)).toBe(length);
        expect(isBooked(each)).toBe(length > 0);
      }),
      { numRuns: 500 },
    );
  });

  it("is whether they sum to zero in the books of each party", () => {
    fc.assert(
      fc.property(anyLeg, (each) => {
        const even = Object.values(partySums([each])).every((sum) => sum === 0n);
        expect(isBalanced(each)).toBe(even);
      }),
      { numRuns: 500 },
    );
  });
});

describe("postingsOf", () => {
  it("sums to zero per currency and in the books of each party", () => {
    expect(sumsOf(postingsOf(chain))).toEqual({ EUR: 0n });
    for (const sum of Object.values(partySums(chain))) expect(sum).toBe(0n);
  });

  it("nets every party to what it keeps, with the customer's tax at the authority", () => {
    expect(positions(chain)).toEqual({
      member: -49084n,
      broker: 3828n,
      campus: 4784n,
      caterer: 32699n,
      courier: 1745n,
      "tax-office": 6028n,
    });
  });

  it("leaves a tax that no authority collects with the payee", () => {
    const { taxAuthority: _, ...bare } = leg("0/sale", "member", "campus", 100n, 0n, 25n);
    const postings = postingsOf([bare]);
    expect(sumsOf(postings)).toEqual({ EUR: 0n });
    expect(positionsOf(postings).map(({ amountMinor }) => amountMinor)).toEqual([125n, -125n]);
  });
});

describe("differenceOf", () => {
  it("books a correction from 150 to 80 at 12/88 as −8 and −62, and not as a split of −70", () => {
    const before = [leg("a", "x", "y", 18n, 0n, 0n), leg("b", "x", "z", 132n, 0n, 0n)];
    const now = [leg("a", "x", "y", 10n, 0n, 0n), leg("b", "x", "z", 70n, 0n, 0n)];
    expect(differenceOf(before, now).map(({ netMinor }) => netMinor)).toEqual([-8n, -62n]);
  });

  it("takes a leg back whole where its payee changed, and drops what did not change", () => {
    const before = [leg("a", "x", "y", 18n, 0n, 4n), leg("b", "x", "z", 5n, 0n, 1n)];
    const now = [leg("a", "x", "w", 18n, 0n, 4n), leg("b", "x", "z", 5n, 0n, 1n)];
    expect(differenceOf(before, now).map(({ payee, netMinor }) => [payee, netMinor])).toEqual([
      ["y", -18n],
      ["w", 18n],
    ]);
  });

  it("reverses to the cent: a delivery and its mirror leave every account at zero", () => {
    const sums = new Map<string, bigint>();
    for (const { account, amountMinor } of postingsOf([...chain, ...mirrored(chain)]))
      sums.set(account, (sums.get(account) ?? 0n) + amountMinor);
    for (const sum of sums.values()) expect(sum).toBe(0n);
  });
});

describe("settle", () => {
  const settled = settle({
    id: "s1",
    period: "2025-03",
    bookedAt: "2025-04-01T00:00:00.000Z",
    amounts: postingsOf(chain),
  });

  it("clears all open items, and leaves nothing to settle again", () => {
    expect(sumsOf(settled.transaction.postings)).toEqual({ EUR: 0n });
    const after = positionsOf([...postingsOf(chain), ...settled.transaction.postings]);
    for (const { amountMinor } of after) expect(amountMinor).toBe(0n);
  });

  it("puts each party's net on its settled account", () => {
    const nets = settled.transaction.postings.filter(({ account }) => account.endsWith("/settled"));
    expect(nets.find(({ account }) => account === "caterer/settled")?.amountMinor).toBe(32699n);
    expect(sumsOf(nets)).toEqual({ EUR: 0n });
  });
});

it.each(["harbour", "harbour/purse", "/revenue", "a/receivable/b/c"])("refuses %s as an account", (name) => {
  expect(() => parseAccount(name)).toThrow(RangeError);
});
