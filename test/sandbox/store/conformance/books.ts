import { describe, expect, it } from "vitest";
import type { LedgerTransaction } from "../../../../sandbox/ledger/types.ts";
import type { Leg } from "../../../../sandbox/rating/types.ts";
import type { Store } from "../../../../sandbox/store/store.ts";
import { change, ids, put, T, transaction } from "./changes.ts";

const leg = {
  id: "0/sale",
  kind: "sale",
  deliveryId: "d",
  product: "catering",
  payer: "a",
  payee: "b",
  currency: "EUR",
  netMinor: 100n,
  creditMinor: 0n,
  taxCode: "standard",
  taxPercent: "25",
  taxMinor: 25n,
  payableMinor: 125n,
  taxRecovered: false,
} as const;

/** A transaction of legs. */
const booked = (legs: readonly Leg[]): LedgerTransaction => ({
  id: "t",
  kind: "rating",
  bookedAt: "2025-03-01T00:00:00.000Z",
  period: "2025-03",
  deliveryId: "d",
  legs,
});

/** Transactions, postings and balances. */
export function describeBooks(name: string, open: () => Promise<Store>): void {
  describe(`${name}: books`, () => {
    it("keeps balances per account and currency", async () => {
      const store = await open();
      await store.apply(
        change({
          transactions: [
            transaction("t1", [
              ["a/x", 100n],
              ["b", -100n],
            ]),
          ],
        }),
      );
      await store.apply(
        change({
          transactions: [
            transaction("t2", [
              ["a/x", -30n],
              ["a/y", 30n],
              ["a/x", 5n, "USD"],
              ["b", -5n, "USD"],
            ]),
          ],
        }),
      );
      expect(await store.reader(T).balances("a/")).toEqual([
        { account: "a/x", currency: "EUR", amountMinor: 70n },
        { account: "a/x", currency: "USD", amountMinor: 5n },
        { account: "a/y", currency: "EUR", amountMinor: 30n },
      ]);
      expect(await store.reader(T).balances()).toHaveLength(5);
    });

    it.each([
      [
        "one currency",
        transaction("t", [
          ["a", 100n],
          ["b", -99n],
        ]),
      ],
      [
        "currencies that balance only together",
        transaction("t", [
          ["a", 100n],
          ["b", -100n, "USD"],
        ]),
      ],
      ["no postings at all", transaction("t", [])],
      ["a leg that is payable with more than it comes to", booked([{ ...leg, payableMinor: 126n }])],
      ["no legs at all", booked([])],
    ])("throws on a transaction that doesn't balance: %s", async (_, unbalanced) => {
      const store = await open();
      await expect(
        store.apply(change({ writes: [put("a", 0)], transactions: [unbalanced] })),
      ).rejects.toThrow(/^Transaction t /);
      expect(await store.reader(T).get("things", "a")).toBeUndefined();
      expect(await store.reader(T).balances()).toEqual([]);
    });

    it("books a transaction id once", async () => {
      const store = await open();
      const once = change({
        transactions: [
          transaction("t", [
            ["a", 1n],
            ["b", -1n],
          ]),
        ],
      });
      await store.apply(once);
      expect(await store.apply(once)).toEqual({ kind: "conflict", collection: "transactions", id: "t" });
      expect((await store.reader(T).balances("a"))[0]?.amountMinor).toBe(1n);
    });

    it("holds amounts beyond what a float holds exactly", async () => {
      const store = await open();
      const large = 2n ** 60n + 1n;
      await store.apply(
        change({
          transactions: [
            transaction("t", [
              ["a", large],
              ["b", -large],
            ]),
          ],
        }),
      );
      expect((await store.reader(T).balances("a"))[0]?.amountMinor).toBe(large);
      expect((await store.reader(T).postings({ account: "a", limit: 1 }))[0]?.amountMinor).toBe(large);
    });

    it("gives back legs as they were booked, however large", async () => {
      const store = await open();
      const legs = [leg, { ...leg, id: "0/share/0", netMinor: 2n ** 60n, payableMinor: 2n ** 60n + 25n }];
      await store.apply(change({ transactions: [booked(legs)] }));
      const [transaction] = await store.reader(T).transactions({ transactionId: "t", limit: 1 });
      expect(transaction).toStrictEqual({ ...booked(legs), sequence: 8 });
    });

    it("finds what moved an account in a period, wherever its transactions stand among those of others", async () => {
      const store = await open();
      const periods = ["2025-04", "2025-03", "2025-04", "2025-05", "2025-03", "2025-04"];
      await store.apply(
        change({
          transactions: periods.map((period, index) => ({
            ...transaction(`t${index}`, [
              [index === 2 ? "c" : "a/x", 1n],
              ["b", -1n],
            ]),
            period,
          })),
        }),
      );
      const found = async (query: object): Promise<string[]> =>
        ids(await store.reader("main").transactions({ limit: 9, ...query }));
      expect(await found({ account: "a/x", period: "2025-04" })).toEqual(["t0", "t5"]);
      expect(await found({ account: "a/", period: "2025-03" })).toEqual(["t1", "t4"]);
      expect(await found({ account: "b", period: "2025-04", after: 2, limit: 1 })).toEqual(["t2"]);
      expect(await found({ account: "a/x", period: "2025-06" })).toEqual([]);
    });

    it("finds postings by account, by accounts below a prefix, by delivery, transaction and period, in pages", async () => {
      const store = await open();
      await store.apply(
        change({
          transactions: [
            transaction("t1", [
              ["a/x", 1n],
              ["a/y", -1n],
            ]),
          ],
        }),
      );
      await store.apply(
        change({
          transactions: [
            transaction("t2", [
              ["ab", 2n],
              ["a/x", -2n],
            ]),
          ],
        }),
      );
      const read = store.reader(T);
      const sequences = async (query: Parameters<typeof read.postings>[0]): Promise<number[]> =>
        (await read.postings(query)).map(({ sequence }) => sequence);
      expect(await sequences({ account: "a/x", limit: 9 })).toEqual([1, 4]);
      expect(await sequences({ account: "a/", limit: 9 })).toEqual([1, 2, 4]);
      expect(await sequences({ account: "a/", after: 1, limit: 1 })).toEqual([2]);
      expect(await sequences({ deliveryId: "of-t2", limit: 9 })).toEqual([3, 4]);
      expect(await sequences({ deliveryId: "of-t2", account: "ab", limit: 9 })).toEqual([3]);
      expect(await sequences({ transactionId: "t1", limit: 9 })).toEqual([1, 2]);
      expect(await sequences({ period: "2025-03", after: 3, limit: 9 })).toEqual([4]);
      expect(await sequences({ period: "2025-04", limit: 9 })).toEqual([]);
      expect((await read.postings({ account: "ab", limit: 1 }))[0]).toEqual({
        account: "ab",
        currency: "EUR",
        amountMinor: 2n,
        deliveryId: "of-t2",
        sequence: 3,
        transactionId: "t2",
        kind: "rating",
        bookedAt: "2025-03-01T00:00:00.000Z",
        period: "2025-03",
      });
    });
  });
}
