import { describe, expect, it } from "vitest";
import type { Store, TransactionState } from "../../../../sandbox/store/store.ts";
import { booking, change, event, ids, plan, put, T, transaction } from "./changes.ts";

/** What outlives a request, a store or a reset: answers kept by key, exports, loads. */
export function describeState(name: string, open: () => Promise<Store>): void {
  describe(`${name}: idempotent answers, export, reset`, () => {
    const idempotency = {
      key: "blueline submitDelivery k1",
      fingerprint: "f",
      status: 201,
      headers: [["content-type", "application/json"]] as const,
      body: '{"id":"d1"}',
      expiresAt: "2025-03-02T00:00:00.000Z",
    };

    it("keeps the first answer of a key and applies nothing for a second one", async () => {
      const store = await open();
      await store.apply(change({ writes: [put("a", 0)], idempotency }));
      const twin = await store.apply(
        change({ writes: [put("b", 0)], idempotency: { ...idempotency, body: "other" } }),
      );
      expect(twin).toEqual({ kind: "key-taken", answer: idempotency });
      expect(await store.idempotentAnswer(T, idempotency.key)).toEqual(idempotency);
      expect(await store.reader(T).get("things", "b")).toBeUndefined();
    });

    it("forgets answers that expired", async () => {
      const store = await open();
      await store.apply(change({ idempotency }));
      await store.forgetExpired(T, "2025-03-01T23:59:59.000Z");
      expect(await store.idempotentAnswer(T, idempotency.key)).toBeDefined();
      await store.forgetExpired(T, "2025-03-02T00:00:01.000Z");
      expect(await store.idempotentAnswer(T, idempotency.key)).toBeUndefined();
    });

    it("exports all that a tenant holds", async () => {
      const store = await open();
      await store.apply(
        change({
          writes: [{ ...put("a", 0, {}, ["k"]), parties: ["blueline", "harbour"] }],
          transactions: [
            transaction("t", [
              ["x", 7n],
              ["y", -7n],
            ]),
          ],
          events: [event("e1")],
        }),
      );
      const state = await store.export(T);
      expect(state.records).toEqual([
        {
          collection: "things",
          id: "a",
          version: 1,
          sequence: 1,
          value: { id: "a" },
          keys: ["k"],
          parties: ["blueline", "harbour"],
        },
      ]);
      expect(state.transactions).toEqual([
        {
          id: "t",
          kind: "rating",
          bookedAt: "2025-03-01T00:00:00.000Z",
          period: "2025-03",
          postings: [
            { account: "x", currency: "EUR", amountMinor: "7", deliveryId: "of-t" },
            { account: "y", currency: "EUR", amountMinor: "-7", deliveryId: "of-t" },
          ],
        },
      ]);
      expect(state.balances).toEqual([
        { account: "x", currency: "EUR", amountMinor: "7" },
        { account: "y", currency: "EUR", amountMinor: "-7" },
      ]);
      expect(state.events).toEqual([{ ...event("e1"), sequence: 1 }]);
      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    });

    it("loads what another tenant or store exported, and goes on as that would", async () => {
      const store = await open();
      await store.apply(
        change({
          writes: [
            { ...put("a", 0, {}, ["k"]), parties: ["harbour"] },
            put("gone", 0),
            put("b", 0, { big: "Grüße" }, ["k", "l"]),
          ],
          transactions: [
            transaction("t1", [
              ["x", 9007199254740993n],
              ["y", -9007199254740993n],
            ]),
            transaction("t2", [
              ["x", 1n],
              ["y", -1n],
            ]),
            booking("t2b", "d-legs"),
          ],
          events: [event("e1"), event("e2", { audience: ["harbour", "blueline"] })],
          dispatches: [plan("d1", "e1", "k"), plan("d2", "e1", "k"), plan("d3", "e1", "other")],
          fannedOut: { from: 0, to: 2 },
          idempotency,
        }),
      );
      await store.apply(
        change({
          writes: [put("a", 1, { n: 2 }, ["k"]), put("last", 0), { ...put("gone", 1), value: null }],
        }),
      );
      await store.apply(change({ writes: [{ ...put("last", 1), value: null }] }));
      const attempt = { at: "2025-03-01T00:00:00.000Z", durationMs: 3, status: 500 };
      await store.settleDispatch(T, "d1", { attempt, state: "pending", notBeforeMs: 1000 });
      await store.settleDispatch(T, "d3", {
        attempt: { ...attempt, status: 200 },
        state: "done",
        notBeforeMs: 0,
      });
      const state = await store.export(T);

      await store.apply({ ...change({ writes: [put("former", 0)], events: [event("e9")] }), tenant: "copy" });
      await store.load("copy", JSON.parse(JSON.stringify(state)));
      expect(await store.export("copy")).toEqual(state);
      expect(await store.idempotentAnswer("copy", idempotency.key)).toEqual(idempotency);
      const copied = store.reader("copy");
      expect(ids(await copied.list({ collection: "things", key: "k", limit: 9 }))).toEqual(["a", "b"]);
      expect(ids(await copied.events({ party: "harbour", limit: 9 }))).toEqual(["e2"]);
      expect(await copied.postings({ deliveryId: "of-t2", limit: 9 })).toHaveLength(2);
      const claim = { nowMs: 1000, wallMs: 0, leaseMs: 1, limit: 9 };
      expect(ids(await store.claimDispatches("copy", claim))).toEqual(["d1"]);

      const next = {
        writes: [put("next", 0)],
        events: [event("e3")],
        transactions: [
          transaction("t3", [
            ["x", 1n],
            ["y", -1n],
          ]),
        ],
        dispatches: [plan("d4", "e3", "k")],
      };
      await store.apply({ ...change(next), tenant: "copy" });
      await store.apply(change(next));
      expect(await store.export("copy")).toEqual(await store.export(T));
    });

    it("keeps what a tenant holds when a state can't be loaded", async () => {
      const store = await open();
      await store.apply(change({ writes: [put("a", 0)] }));
      const before = await store.export(T);
      const unbalanced: TransactionState = {
        id: "t",
        kind: "rating",
        bookedAt: "2025-03-01T00:00:00.000Z",
        period: "2025-03",
        postings: [{ account: "x", currency: "EUR", amountMinor: "1" }],
      };
      await expect(store.load(T, { ...before, transactions: [unbalanced] })).rejects.toThrow(/sum/);
      expect(await store.export(T)).toEqual(before);
    });

    it("empties one tenant and begins anew with what it is given", async () => {
      const store = await open();
      await store.apply(change({ writes: [put("a", 0)], events: [event("e1")], idempotency }));
      await store.apply({ ...change({ writes: [put("a", 0)] }), tenant: "other" });
      await store.reset(T, change({ writes: [put("seed", 0)] }));
      expect(await store.reader(T).get("things", "a")).toBeUndefined();
      expect((await store.reader(T).get("things", "seed"))?.sequence).toBe(1);
      expect(await store.reader(T).events({ limit: 9 })).toEqual([]);
      expect(await store.idempotentAnswer(T, idempotency.key)).toBeUndefined();
      expect(await store.reader("other").get("things", "a")).toBeDefined();
    });
  });
}
