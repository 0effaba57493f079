import { describe, expect, it } from "vitest";
import type { Store } from "../../../../sandbox/store/store.ts";
import { booking, change, ids, T } from "./changes.ts";

/** Bookings of legs: stored as legs, read as the postings that they make. */
export function describeLegs(name: string, open: () => Promise<Store>): void {
  describe(`${name}: bookings of legs`, () => {
    it("keeps the legs, and shows the postings that follow from them", async () => {
      const store = await open();
      const large = 4n * 9007199254740993n;
      const sale = booking("t1", "d1", { netMinor: large });
      await store.apply(change({ transactions: [sale] }));
      const read = store.reader(T);
      expect(await read.transactions({ limit: 9 })).toEqual([{ ...sale, sequence: 7 }]);
      const postings = await read.postings({ deliveryId: "d1", limit: 9 });
      expect(postings.map(({ account, amountMinor, sequence }) => [account, amountMinor, sequence])).toEqual([
        ["nordic-apps/cost", (large * 5n) / 4n, 1],
        ["nordic-apps/payable/harbour", (-large * 5n) / 4n, 2],
        ["harbour/receivable/nordic-apps", (large * 5n) / 4n, 3],
        ["harbour/revenue", -large, 4],
        ["harbour/tax/tax-office", -large / 4n, 5],
        ["tax-office/receivable/harbour", large / 4n, 6],
        ["tax-office/revenue", -large / 4n, 7],
      ]);
      expect(await read.balances("tax-office/")).toEqual([
        { account: "tax-office/receivable/harbour", currency: "EUR", amountMinor: large / 4n },
        { account: "tax-office/revenue", currency: "EUR", amountMinor: -large / 4n },
      ]);
    });

    it("finds transactions as it finds postings, page after page through the middle of one", async () => {
      const store = await open();
      const payers = ["a", "b", "a", "c", "b", "a"];
      for (const [n, payer] of payers.entries())
        await store.apply(change({ transactions: [booking(`t${n}`, `d${n}`, { payer })] }));
      const read = store.reader(T);
      const of = async (query: Partial<Parameters<typeof read.transactions>[0]>): Promise<string[]> =>
        ids(await read.transactions({ limit: 9, ...query }));
      expect(await of({})).toEqual(payers.map((_, n) => `t${n}`));
      expect(await of({ account: "a/cost" })).toEqual(["t0", "t2", "t5"]);
      expect(await of({ account: "b/", limit: 1 })).toEqual(["t1"]);
      expect(await of({ account: "harbour/receivable/c" })).toEqual(["t3"]);
      expect(await of({ account: "harbour/", after: 35 })).toEqual(["t5"]);
      expect(await of({ deliveryId: "d4" })).toEqual(["t4"]);
      expect(await of({ deliveryId: "d4", account: "a/" })).toEqual([]);
      expect(await of({ transactionId: "t1" })).toEqual(["t1"]);
      expect(await of({ period: "2025-03", after: 14, limit: 2 })).toEqual(["t2", "t3"]);
      expect(await of({ period: "2025-04" })).toEqual([]);
      const found: number[] = [];
      for (let after = 0; ; ) {
        const page = await read.postings({ account: "a/", after, limit: 1 });
        const [posting] = page;
        if (posting === undefined) break;
        expect(posting.account).toMatch(/^a\//);
        found.push(posting.sequence);
        after = posting.sequence;
      }
      expect(found).toEqual([1, 2, 15, 16, 36, 37]);
    });

    it("throws on legs that make no postings", async () => {
      const store = await open();
      const nothing = { ...booking("t", "d"), legs: [] };
      await expect(store.apply(change({ transactions: [nothing] }))).rejects.toThrow(/^Transaction t /);
    });
  });
}
