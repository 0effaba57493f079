import { describe, expect, it } from "vitest";
import { OverlayReader } from "../../../../sandbox/store/overlay.ts";
import type { Store } from "../../../../sandbox/store/store.ts";
import { change, ids, put, T, transaction } from "./changes.ts";

/** Pending changes shown over what is stored. */
export function describeOverlay(name: string, open: () => Promise<Store>): void {
  describe(`${name}: overlay`, () => {
    it("shows pending changes over what is stored", async () => {
      const store = await open();
      await store.apply(
        change({
          writes: [put("a", 0, {}, ["k"]), put("b", 0, {}, ["k"])],
          transactions: [
            transaction("t", [
              ["x", 7n],
              ["y", -7n],
            ]),
          ],
        }),
      );
      const overlay = new OverlayReader(store.reader(T));
      overlay.add({
        writes: [
          { collection: "things", id: "a", value: null, expectedVersion: 1 },
          put("b", 1, { n: 2 }, ["k"]),
          put("c", 0, {}, ["k"]),
        ],
        transactions: [
          transaction("t2", [
            ["x", 1n],
            ["z", -1n],
          ]),
        ],
      });
      expect(await overlay.get("things", "a")).toBeUndefined();
      expect(await overlay.get("things", "b")).toMatchObject({ version: 2, value: { id: "b", n: 2 } });
      expect(await overlay.get("things", "c")).toMatchObject({ version: 1 });
      expect(ids(await overlay.list({ collection: "things", key: "k", limit: 9 }))).toEqual(["b", "c"]);
      expect(ids(await overlay.list({ collection: "things", key: "k", limit: 1, descending: true }))).toEqual(
        ["c"],
      );
      expect(await overlay.balances()).toEqual([
        { account: "x", currency: "EUR", amountMinor: 8n },
        { account: "y", currency: "EUR", amountMinor: -7n },
        { account: "z", currency: "EUR", amountMinor: -1n },
      ]);
      expect(
        (await overlay.postings({ account: "x", limit: 9 })).map(({ transactionId }) => transactionId),
      ).toEqual(["t", "t2"]);
      expect((await store.reader(T).get("things", "a"))?.version).toBe(1);
      expect((await store.reader(T).get("things", "b"))?.version).toBe(1);
    });
  });
}
