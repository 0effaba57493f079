import { describe, expect, it } from "vitest";
import type { LedgerTransaction } from "../../../../sandbox/ledger/types.ts";
import { OverlayReader } from "../../../../sandbox/store/overlay.ts";
import type { RecordWrite, Store } from "../../../../sandbox/store/store.ts";
import { change, event, ids, put, T, transaction } from "./changes.ts";

/** What is written, read, listed and refused. */
export function describeRecords(name: string, open: () => Promise<Store>): void {
  describe(`${name}: records`, () => {
    it("reads back what was applied, with its version and its place", async () => {
      const store = await open();
      expect(await store.apply(change({ writes: [put("a", 0, { n: 1 })] }))).toEqual({ kind: "applied" });
      await store.apply(change({ writes: [put("a", 1, { n: 2 }), put("b", 0)] }));
      expect(await store.reader(T).get("things", "a")).toEqual({
        collection: "things",
        id: "a",
        version: 2,
        sequence: 1,
        value: { id: "a", n: 2 },
      });
      expect((await store.reader(T).get("things", "b"))?.sequence).toBe(2);
    });

    it("refuses a changeset whole when one version is stale", async () => {
      const store = await open();
      await store.apply(change({ writes: [put("a", 0)] }));
      const outcome = await store.apply(
        change({
          writes: [put("b", 0), put("a", 0)],
          transactions: [
            transaction("t", [
              ["x", 1n],
              ["y", -1n],
            ]),
          ],
          events: [event("e")],
        }),
      );
      expect(outcome).toEqual({ kind: "conflict", collection: "things", id: "a" });
      expect(await store.reader(T).get("things", "b")).toBeUndefined();
      expect(await store.reader(T).balances()).toEqual([]);
      expect(await store.reader(T).events({ limit: 9 })).toEqual([]);
      await store.apply(change({ writes: [put("c", 0)] }));
      expect((await store.reader(T).get("things", "c"))?.sequence).toBe(2);
    });

    it("refuses when a record that was only read has changed", async () => {
      const store = await open();
      const expects = [{ collection: "periods", id: "2025-03", version: 0 }];
      expect((await store.apply(change({ writes: [put("a", 0)], expects }))).kind).toBe("applied");
      await store.apply(
        change({ writes: [{ collection: "periods", id: "2025-03", value: {}, expectedVersion: 0 }] }),
      );
      expect((await store.apply(change({ writes: [put("b", 0)], expects }))).kind).toBe("conflict");
    });

    it("refuses when more was booked into a period than what was read", async () => {
      const store = await open();
      const booking = (id: string): LedgerTransaction => ({
        id,
        kind: "rating",
        bookedAt: "2025-03-11T10:00:00.000Z",
        period: "2025-03",
        postings: [
          { account: "a/payable/b", currency: "EUR", amountMinor: -1n },
          { account: "b/receivable/a", currency: "EUR", amountMinor: 1n },
        ],
      });
      const empty = { period: "2025-03", lastSequence: 0 };
      expect((await store.apply(change({ writes: [put("a", 0)], expectsBooks: empty }))).kind).toBe(
        "applied",
      );
      await store.apply(change({ transactions: [booking("t1")] }));
      expect((await store.apply(change({ writes: [put("b", 0)], expectsBooks: empty }))).kind).toBe(
        "conflict",
      );
      const [last] = (await store.reader(T).postings({ period: "2025-03", limit: 9 })).slice(-1);
      const lastSequence = await store.reader(T).lastPosting("2025-03");
      expect(lastSequence).toBe(last?.sequence);
      expect(await store.reader(T).lastPosting("2025-04")).toBe(0);
      const expectsBooks = { period: "2025-03", lastSequence };
      expect((await store.apply(change({ writes: [put("b", 0)], expectsBooks }))).kind).toBe("applied");
    });

    it("lets a later write of a changeset build on an earlier one", async () => {
      const store = await open();
      expect(
        (await store.apply(change({ writes: [put("a", 0, { n: 1 }), put("a", 1, { n: 2 })] }))).kind,
      ).toBe("applied");
      expect((await store.reader(T).get("things", "a"))?.value).toEqual({ id: "a", n: 2 });
    });

    it("deletes, and lets the id be used again from version 0", async () => {
      const store = await open();
      await store.apply(change({ writes: [put("a", 0, {}, ["k"])] }));
      await store.apply(
        change({ writes: [{ collection: "things", id: "a", value: null, expectedVersion: 1 }] }),
      );
      expect(await store.reader(T).get("things", "a")).toBeUndefined();
      expect(await store.reader(T).list({ collection: "things", key: "k", limit: 9 })).toEqual([]);
      expect((await store.apply(change({ writes: [put("a", 0)] }))).kind).toBe("applied");
    });

    it("lists in order of creation, in pages, both ways, and by key", async () => {
      const store = await open();
      const even = (n: number): string[] => (n % 2 === 0 ? ["even"] : []);
      await store.apply(
        change({ writes: Array.from({ length: 6 }, (_, n) => put(`r${n}`, 0, {}, even(n))) }),
      );
      await store.apply(change({ writes: [put("r0", 1, { changed: true }, ["even"])] }));
      const read = store.reader(T);
      expect(ids(await read.list({ collection: "things", limit: 2 }))).toEqual(["r0", "r1"]);
      expect(ids(await read.list({ collection: "things", after: 2, limit: 2 }))).toEqual(["r2", "r3"]);
      expect(ids(await read.list({ collection: "things", limit: 2, descending: true }))).toEqual([
        "r5",
        "r4",
      ]);
      expect(ids(await read.list({ collection: "things", after: 5, limit: 2, descending: true }))).toEqual([
        "r3",
        "r2",
      ]);
      expect(ids(await read.list({ collection: "things", key: "even", limit: 9 }))).toEqual([
        "r0",
        "r2",
        "r4",
      ]);
      expect(ids(await read.list({ collection: "things", key: "even", after: 1, limit: 1 }))).toEqual(["r2"]);
      expect(await read.list({ collection: "others", limit: 9 })).toEqual([]);
    });

    it("replaces a record's keys, an earlier record keeping its place among them", async () => {
      const store = await open();
      await store.apply(change({ writes: [put("a", 0, {}, ["x"]), put("b", 0, {}, ["y"])] }));
      await store.apply(change({ writes: [put("a", 1, {}, ["y"])] }));
      const read = store.reader(T);
      expect(await read.list({ collection: "things", key: "x", limit: 9 })).toEqual([]);
      expect(ids(await read.list({ collection: "things", key: "y", limit: 9 }))).toEqual(["a", "b"]);
    });

    it("lists by party, in order and in pages, whoever else a record is for", async () => {
      const store = await open();
      const companies = [["a", "b"], ["b", "c"], ["a"], ["b", "a"], [], ["a", "b"]];
      await store.apply(change({ writes: companies.map((parties, n) => ({ ...put(`r${n}`, 0), parties })) }));
      await store.apply(change({ writes: [{ ...put("other", 0), collection: "others", parties: ["a"] }] }));
      const read = store.reader(T);
      const of = async (party: string, query: object = {}): Promise<string[]> =>
        ids(await read.list({ collection: "things", party, limit: 9, ...query }));
      expect(await of("a")).toEqual(["r0", "r2", "r3", "r5"]);
      expect(await of("a", { limit: 2 })).toEqual(["r0", "r2"]);
      expect(await of("a", { after: 3, limit: 2 })).toEqual(["r3", "r5"]);
      expect(await of("a", { descending: true, limit: 2 })).toEqual(["r5", "r3"]);
      expect(await of("b", { after: 6, descending: true })).toEqual(["r3", "r1", "r0"]);
      expect(await of("stranger")).toEqual([]);
      await store.apply(change({ writes: [{ ...put("r2", 1), parties: ["c", "c"] }] }));
      expect(await of("a")).toEqual(["r0", "r3", "r5"]);
      expect(await of("c")).toEqual(["r1", "r2"]);
      await store.apply(change({ writes: [{ ...put("r1", 1), value: null }] }));
      expect(await of("c")).toEqual(["r2"]);
    });

    it("lists by month, of one party or of all, however they came", async () => {
      const store = await open();
      const months = ["2024-12", "2025-01", "2025-02", "2025-03"];
      const dated = (n: number, at: number, from = n % 3, to = from): RecordWrite => ({
        ...put(`d${n}`, at, {
          startedAt: `${months[from]}-05T10:00:00Z`,
          endedAt: `${months[to]}-06T10:00:00Z`,
        }),
        collection: "deliveries",
        parties: n % 2 === 0 ? ["a", "b"] : ["b", `c${n % 5}`],
      });
      const all = Array.from({ length: 600 }, (_, n) => n);
      // The first month stands alone in the first block, and two in all of them.
      const writes = all.map((n) => dated(n, 0, n < 200 ? n % 3 : 1 + (n % 2), n % 50 === 0 ? 3 : undefined));
      await store.apply(change({ writes }));
      await store.apply(
        change({ writes: [dated(7, 1, 3), { ...dated(8, 1), value: null }, dated(600, 0, 0), put("x", 0)] }),
      );
      const read = store.reader(T);
      const everything = await read.list<{ readonly id: string; readonly startedAt: string }>({
        collection: "deliveries",
        limit: 999,
      });
      for (const [from, to] of [["2024-12", "2024-12"], ["2025-01", "2025-02"], ["2025-03"], ["2026-01"]]) {
        for (const party of [undefined, "a", "c3"]) {
          const asked = { collection: "deliveries", months: { from: from ?? "", ...(to && { to }) } };
          const whose = party === undefined ? {} : { party };
          const own =
            party === undefined
              ? everything
              : await read.list({ collection: "deliveries", party, limit: 999 });
          const want = own.filter(({ value }) =>
            [value["startedAt"], value["endedAt"]].some((time) => {
              const month = String(time).slice(0, 7);
              return month >= (from ?? "") && month <= (to ?? "9999");
            }),
          );
          expect(await read.list({ ...asked, ...whose, limit: Infinity })).toEqual(want);
          const [third, fourth] = [want[2], want[3]];
          if (third === undefined || fourth === undefined) continue;
          expect(await read.list({ ...asked, ...whose, after: third.sequence, limit: 1 })).toEqual([fourth]);
        }
      }
      const asked = { collection: "deliveries", months: { from: "2025-03" }, limit: 999 };
      const overlay = new OverlayReader(read);
      overlay.add({ writes: [dated(7, 2, 0), dated(601, 0, 3), dated(602, 0, 0)] });
      const shown = ids(await read.list(asked)).filter((id) => id !== "d7");
      expect(ids(await overlay.list(asked))).toEqual([...shown, "d601"]);
      await store.reset(T, change({ writes: [dated(1, 0, 3)] }));
      expect(ids(await store.reader(T).list(asked))).toEqual(["d1"]);
    });

    it("keeps tenants apart", async () => {
      const store = await open();
      await store.apply(change({ writes: [put("a", 0)] }));
      expect(await store.reader("other").get("things", "a")).toBeUndefined();
      expect((await store.apply({ ...change({ writes: [put("a", 0)] }), tenant: "other" })).kind).toBe(
        "applied",
      );
      expect((await store.reader("other").get("things", "a"))?.sequence).toBe(1);
    });

    it("lets one of many that race for a record through", async () => {
      const store = await open();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, n) => store.apply(change({ writes: [put("a", 0, { n })] }))),
      );
      expect(outcomes.filter(({ kind }) => kind === "applied")).toHaveLength(1);
    });
  });
}
