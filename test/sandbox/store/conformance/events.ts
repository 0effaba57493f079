import { describe, expect, it } from "vitest";
import type { Store } from "../../../../sandbox/store/store.ts";
import { change, event, ids, plan, T } from "./changes.ts";

/** The outbox: events, and the dispatches that are claimed from it. */
export function describeEvents(name: string, open: () => Promise<Store>): void {
  describe(`${name}: events and dispatches`, () => {
    it("lists events by each of their sides", async () => {
      const store = await open();
      await store.apply(
        change({
          events: [
            event("e1"),
            event("e2", { type: "thing.lost", audience: ["harbour", "blueline"] }),
            event("e3", { subject: "other", causedBy: "req_2", audience: [] }),
          ],
        }),
      );
      const read = store.reader(T);
      const found = async (query: Partial<Parameters<typeof read.events>[0]>): Promise<string[]> =>
        ids(await read.events({ limit: 9, ...query }));
      expect(await found({})).toEqual(["e1", "e2", "e3"]);
      expect(await found({ id: "e2" })).toEqual(["e2"]);
      expect(await found({ id: "e2", party: "stranger" })).toEqual([]);
      expect(await found({ ids: ["e3", "none", "e1"] })).toEqual(["e1", "e3"]);
      expect(await found({ ids: [] })).toEqual([]);
      expect(await found({ type: "thing.made" })).toEqual(["e1", "e3"]);
      expect(await found({ subject: "thing", party: "harbour" })).toEqual(["e2"]);
      expect(await found({ causedBy: "req_1", type: "thing.made" })).toEqual(["e1"]);
      expect(await found({ party: "blueline", after: 1 })).toEqual(["e2"]);
      expect(await found({ descending: true, limit: 2 })).toEqual(["e3", "e2"]);
      expect((await read.events({ id: "e3", limit: 1 }))[0]).toEqual({
        ...event("e3", { subject: "other", causedBy: "req_2", audience: [] }),
        sequence: 3,
      });
    });

    const settle = (state: "pending" | "done" | "failed", notBeforeMs = 0) => ({
      state,
      notBeforeMs,
      attempt: { at: "2025-03-01T00:00:00.000Z", durationMs: 3, status: state === "done" ? 200 : 500 },
    });

    it("leases the first dispatch of each endpoint and key, and the next one when it is settled", async () => {
      const store = await open();
      await store.apply(
        change({
          dispatches: [
            plan("d1", "e1", "k"),
            plan("d2", "e1", "k"),
            plan("d3", "e1", "other"),
            plan("d4", "e2", "k"),
          ],
        }),
      );
      const claim = async (): Promise<string[]> =>
        ids(await store.claimDispatches(T, { nowMs: 100, wallMs: 100, leaseMs: 50, limit: 9 }));
      expect(await claim()).toEqual(["d1", "d3", "d4"]);
      expect(await claim()).toEqual([]);
      await store.settleDispatch(T, "d1", settle("done"));
      await store.settleDispatch(T, "d3", settle("failed"));
      await store.settleDispatch(T, "d4", settle("pending", 101));
      expect(await claim()).toEqual(["d2"]);
      expect((await store.dispatches(T, { eventId: "of-d1", limit: 9 }))[0]).toMatchObject({
        state: "done",
        attempts: [{ at: "2025-03-01T00:00:00.000Z", durationMs: 3, status: 200 }],
      });
      expect(ids(await store.dispatches(T, { endpointId: "e1", state: "pending", limit: 9 }))).toEqual([
        "d2",
      ]);
    });

    it("gives a dispatch free again when its lease ends unsettled, and when its wait is over", async () => {
      const store = await open();
      await store.apply(change({ dispatches: [plan("d1", "e1", "k")] }));
      const claim = async (nowMs: number, wallMs: number): Promise<string[]> =>
        ids(await store.claimDispatches(T, { nowMs, wallMs, leaseMs: 50, limit: 9 }));
      expect(await claim(0, 100)).toEqual(["d1"]);
      expect(await claim(0, 149)).toEqual([]);
      expect(await claim(0, 150)).toEqual(["d1"]);
      await store.settleDispatch(T, "d1", settle("pending", 1_000));
      expect(await claim(999, 200)).toEqual([]);
      expect(await claim(1_000, 200)).toEqual(["d1"]);
    });

    it("moves the mark of what was spread once", async () => {
      const store = await open();
      const step = change({ dispatches: [plan("d1", "e1", "k")], fannedOut: { from: 0, to: 3 } });
      expect((await store.apply(step)).kind).toBe("applied");
      expect((await store.apply(step)).kind).toBe("conflict");
      expect(await store.fannedOut(T)).toBe(3);
      expect(await store.dispatches(T, { limit: 9 })).toHaveLength(1);
    });
  });
}
