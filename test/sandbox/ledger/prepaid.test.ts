import { describe, expect, it } from "vitest";
import { drawingPostings, drawPrepaid, prepaidPostings, sumsOf } from "../../../sandbox/ledger/index.ts";

describe("a prepaid balance", () => {
  it.each([
    [10000n, [4000n, 8000n], [4000n, 6000n], 0n],
    [10000n, [4000n, 3000n], [4000n, 3000n], 3000n],
    [10000n, [], [], 10000n],
    [10000n, [0n, 500n], [500n], 9500n],
    [-200n, [500n], [], -200n],
    [0n, [500n], [], 0n],
  ])("of %d draws in the declared order, and never below zero", (payable, balances, drawn, left) => {
    const outcome = drawPrepaid(
      payable,
      balances.map((leftMinor, i) => ({ id: `p${i}`, leftMinor })),
    );
    expect(outcome.drawn.map(({ amountMinor }) => amountMinor)).toEqual(drawn);
    expect(outcome.leftToPayMinor).toBe(left);
  });

  it("paid in and drawn leaves the books balanced, and the prepaid accounts empty once it is used up", () => {
    const postings = [
      ...prepaidPostings("member", "campus", "EUR", 5000n),
      ...drawingPostings("member", "campus", "EUR", [{ id: "p", amountMinor: 5000n }]),
    ];
    expect(sumsOf(postings)).toEqual({ EUR: 0n });
    const prepaid = postings.filter(({ account }) => account.includes("/prepaid/"));
    expect(
      prepaid.reduce(
        (sum, { account, amountMinor }) => sum + (account.startsWith("member") ? amountMinor : 0n),
        0n,
      ),
    ).toBe(0n);
    expect(postings.find(({ account }) => account === "member/payable/campus")?.amountMinor).toBe(5000n);
  });
});
