import "fake-indexeddb/auto";
import fc from "fast-check";
import { deleteDB, openDB } from "idb";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { IndexedDbStore } from "../../../sandbox/store/indexed-db/indexed-db.ts";
import type { Changeset, JsonObject } from "../../../sandbox/store/store.ts";
import { booking, change, transaction } from "./conformance/changes.ts";
import { describeStore } from "./conformance.ts";

const newName = (): string => `sandbox-${crypto.randomUUID()}`;

describeStore("IndexedDB", () => IndexedDbStore.open(newName()));
describeStore("IndexedDB that puts its calls together all the time", () =>
  IndexedDbStore.open(newName(), { callsKept: 1 }),
);

async function opened(name: string, callsKept?: number): Promise<IndexedDbStore> {
  const store = await IndexedDbStore.open(name, callsKept === undefined ? {} : { callsKept });
  onTestFinished(() => store.close());
  return store;
}

const put = (id: string, expectedVersion = 0, value: JsonObject = { id }) => ({
  collection: "things",
  id,
  value,
  expectedVersion,
});

const plan = (id: string) => ({ id, eventId: `of-${id}`, endpointId: "e1", orderKey: id });
const claim = { nowMs: 0, wallMs: 100, leaseMs: 50, limit: 9 };

async function storedCalls(name: string): Promise<number> {
  const database = await openDB(name);
  const count = await database.count("calls");
  database.close();
  return count;
}

describe("IndexedDB: the database", () => {
  it("keeps everything from page to page, leases of dispatches too", async () => {
    const name = newName();
    const first = await opened(name);
    await first.apply(
      change({ writes: [put("a")], transactions: [booking("t", "d", { netMinor: 2n ** 64n })] }),
    );
    await first.apply(change({ writes: [put("a", 1, { n: 2 })], dispatches: [plan("d1"), plan("d2")] }));
    expect(await first.claimDispatches("main", { ...claim, limit: 1 })).toHaveLength(1);
    const attempt = { at: "2025-03-01T00:00:00.000Z", durationMs: 3, status: 200 };
    await first.settleDispatch("main", "d1", { attempt, state: "done", notBeforeMs: 0 });
    expect(await first.claimDispatches("main", claim)).toHaveLength(1);
    const before = await first.export("main");
    await first.close();
    const second = await opened(name);
    expect(await second.export("main")).toEqual(before);
    expect(await second.claimDispatches("main", claim)).toEqual([]);
    expect(await second.claimDispatches("main", { ...claim, wallMs: 150 })).toHaveLength(1);
    await second.apply(change({ writes: [put("b")] }));
    expect((await second.reader("main").get("things", "b"))?.sequence).toBe(2);
  });

  it("writes nothing for what changed nothing, and forgets what a reset made meaningless", async () => {
    const name = newName();
    const store = await opened(name);
    await store.apply(change({ writes: [put("a")] }));
    await store.apply(change({ writes: [put("a")] }));
    await store.claimDispatches("main", claim);
    await store.forgetExpired("main", "2030-01-01T00:00:00.000Z");
    expect(await storedCalls(name)).toBe(1);
    await store.apply(change({ writes: [put("b")] }));
    await store.apply({ ...change({ writes: [put("c")] }), tenant: "other" });
    expect(await storedCalls(name)).toBe(3);
    await store.reset("main", change({ writes: [put("seed")] }));
    expect(await storedCalls(name)).toBe(2);
    await store.load("main", await store.export("other"));
    expect(await storedCalls(name)).toBe(2);
    const again = await opened(name);
    expect(await again.export("main")).toEqual(await store.export("other"));
  });

  it("applies nothing of a transaction that fails, and goes on from what is stored", async () => {
    const name = newName();
    const store = await opened(name);
    await store.apply(change({ writes: [put("a")] }));
    const before = await store.export("main");
    // No structured clone has functions: the write itself fails, after others of its transaction.
    const unwritable = { id: "b", run: () => 0 } as unknown as JsonObject;
    const outcomes = await Promise.allSettled([
      store.apply(change({ writes: [put("good")], transactions: [booking("t", "d")] })),
      store.apply(change({ writes: [put("b", 0, unwritable)] })),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await store.export("main")).toEqual(before);
    expect(await storedCalls(name)).toBe(1);
    await store.settled();
    expect((await store.apply(change({ writes: [put("good"), put("a", 1)] }))).kind).toBe("applied");
    const again = await opened(name);
    expect(await again.export("main")).toEqual(await store.export("main"));
  });

  it("leaves the others of a turn alone when one call is refused by a throw", async () => {
    const store = await opened(newName());
    const outcomes = await Promise.allSettled([
      store.apply(change({ writes: [put("a")] })),
      store.apply(change({ writes: [put("b")], transactions: [transaction("t", [["x", 1n]])] })),
      store.apply(change({ writes: [put("c")] })),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const listed = await store.reader("main").list({ collection: "things", limit: 9 });
    expect(listed.map(({ id, sequence }) => [id, sequence])).toEqual([
      ["a", 1],
      ["c", 2],
    ]);
  });
});

describe("IndexedDB: calls that are put together", () => {
  it("are bounded by what they have come to, which is the same after a reload", async () => {
    const name = newName();
    const store = await opened(name, 10);
    await store.apply({ ...change({ writes: [put("a")] }), tenant: "other" });
    await store.apply(change({ writes: [put("a")], transactions: [booking("t", "d")] }));
    for (let version = 1; version < 95; version++)
      await store.apply(change({ writes: [put("a", version, { version })] }));
    await store.close();
    // A snapshot, and fewer than ten calls since; the other tenant's one is as it was.
    expect(await storedCalls(name)).toBeLessThanOrEqual(11);
    const again = await opened(name, 10);
    const [record] = (await again.export("main")).records;
    expect(record).toMatchObject({ id: "a", version: 95, value: { version: 94 } });
    expect((await again.export("main")).transactions).toHaveLength(1);
    expect((await again.export("other")).records).toHaveLength(1);
  });

  it("are put together more rarely, the more there is to be written", async () => {
    const name = newName();
    const store = await opened(name, 4);
    for (let n = 0; n < 40; n++) await store.apply(change({ writes: [put(`r${n}`)] }));
    await store.close();
    // After 4, 8, 16 and 32 records: eight calls stand behind the last snapshot.
    expect(await storedCalls(name)).toBe(9);
    expect((await (await opened(name)).export("main")).records).toHaveLength(40);
  });

  it("keep who holds which dispatch, and for how long", async () => {
    const name = newName();
    const store = await opened(name, 3);
    await store.apply(change({ dispatches: [plan("d1"), plan("d2")] }));
    expect(await store.claimDispatches("main", { ...claim, limit: 1 })).toHaveLength(1);
    await store.apply(change({ writes: [put("a")] }));
    await store.close();
    expect(await storedCalls(name)).toBe(1);
    const again = await opened(name, 3);
    expect((await again.claimDispatches("main", claim)).map(({ id }) => id)).toEqual(["d2"]);
    expect(await again.claimDispatches("main", { ...claim, wallMs: 200 })).toHaveLength(2);
  });

  it("needn't be performed again by a page that has performed them", async () => {
    const name = newName();
    const [one, two] = [await opened(name, 3), await opened(name, 1000)];
    for (const id of ["a", "b"]) await one.apply(change({ writes: [put(id)] }));
    await expect.poll(() => two.reader("main").get("things", "b")).toBeDefined();
    await one.apply(change({ writes: [put("c")] }));
    await two.apply(change({ writes: [put("d")] }));
    await one.apply(change({ writes: [put("e")] }));
    expect(await two.apply(change({ writes: [put("e")] }))).toMatchObject({ kind: "conflict" });
    expect(await two.export("main")).toEqual(await one.export("main"));
  });

  it("stay where there is no space for both, and are tried again when there are twice as many", async () => {
    const name = newName();
    const store = await opened(name, 4);
    const full = vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(function (
      this: IDBObjectStore,
      value: object,
    ) {
      if ("state" in value) throw new DOMException("no more space", "QuotaExceededError");
      return this.put(value);
    });
    onTestFinished(() => full.mockRestore());
    for (let n = 0; n < 6; n++)
      expect((await store.apply(change({ writes: [put(`r${n}`)] }))).kind).toBe("applied");
    expect(await storedCalls(name)).toBe(6);
    full.mockRestore();
    for (let n = 6; n < 9; n++) await store.apply(change({ writes: [put(`r${n}`)] }));
    await store.close();
    expect(await storedCalls(name)).toBe(2);
    expect((await (await opened(name)).export("main")).records).toHaveLength(9);
  });
});

describe("IndexedDB: several pages", () => {
  it("shows in one page what another one wrote", async () => {
    const name = newName();
    const [one, two] = [await opened(name), await opened(name)];
    await one.apply(change({ writes: [put("a")] }));
    await expect.poll(() => two.reader("main").get("things", "a")).toBeDefined();
    expect(await two.apply(change({ writes: [put("a")] }))).toMatchObject({ kind: "conflict", id: "a" });
    await two.reset("main");
    await expect.poll(() => one.reader("main").get("things", "a")).toBeUndefined();
  });

  it("leases a dispatch to one of them", async () => {
    const name = newName();
    const stores = await Promise.all([opened(name), opened(name), opened(name)]);
    await stores[0].apply(change({ dispatches: [plan("d1"), plan("d2")] }));
    await expect.poll(async () => (await stores[2].dispatches("main", { limit: 9 })).length).toBe(2);
    const claimed = await Promise.all(stores.map((store) => store.claimDispatches("main", claim)));
    expect(claimed.flat().map(({ id }) => id)).toEqual(["d1", "d2"]);
  });

  /** What a page does: add to one of three counters what it read before, book, or begin anew. */
  const step = fc.record({
    page: fc.nat({ max: 2 }),
    counter: fc.constantFrom("x", "y", "z"),
    does: fc.constantFrom("count", "count", "count", "book", "reset"),
    pause: fc.boolean(),
  });

  it("comes to the same in every page, however their changes interleave", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const name = newName();
        // One of them puts calls together all the time, one now and then, one never.
        const pages = await Promise.all(
          [2, 5, 1000].map((callsKept) => IndexedDbStore.open(name, { callsKept })),
        );
        try {
          const running: Promise<unknown>[] = [];
          for (const [n, { page, counter, does, pause }] of steps.entries()) {
            const store = pages[page];
            if (store === undefined) continue;
            running.push(does === "reset" ? store.reset("main") : add(store, counter, does, n));
            if (pause) await running.at(-1);
          }
          await Promise.all(running);
          const fresh = await IndexedDbStore.open(name);
          const want = await fresh.export("main");
          await fresh.close();
          // What each page still misses, it catches up with before it writes.
          for (const store of pages) await store.apply(change({ writes: [put("a", 9)] }));
          for (const store of pages) expect(await store.export("main")).toEqual(want);
          const { length } = steps.filter(({ does }) => does === "reset");
          const counted = want.records.reduce((sum, { value }) => sum + Number(value["n"]), 0);
          const booked = want.transactions.length;
          if (length === 0) expect(counted + booked).toBe(steps.length);
        } finally {
          await Promise.all(pages.map((store) => store.close()));
        }
      }),
      { numRuns: 60 },
    );
  });

  async function add(store: IndexedDbStore, id: string, does: string, n: number): Promise<void> {
    for (;;) {
      const record = await store.reader("main").get("counters", id);
      const count = { n: Number(record?.value["n"] ?? 0) + 1 };
      const changeset: Changeset =
        does === "book"
          ? change({ transactions: [booking(`t${n}`, `d${n}`)] })
          : change({ writes: [{ ...put(id, record?.version ?? 0, count), collection: "counters" }] });
      if ((await store.apply(changeset)).kind === "applied") return;
    }
  }
});

describe("IndexedDB: what can't be used", () => {
  const unusable = (message: RegExp) =>
    expect.objectContaining({ code: "ECO_DATABASE_UNUSABLE", message: expect.stringMatching(message) });

  it.each([
    ["a database of a newer version", 99, /a newer version of eco made it/],
    ["a database of another program", 1, /another program made it/],
  ])("refuses %s and leaves it as it is", async (_, version, message) => {
    const name = newName();
    (await openDB(name, version)).close();
    await expect(IndexedDbStore.open(name)).rejects.toThrow(unusable(message));
    const database = await openDB(name);
    expect([database.version, [...database.objectStoreNames]]).toEqual([version, []]);
    database.close();
  });

  it("says so where there is no IndexedDB", async () => {
    vi.stubGlobal("indexedDB", undefined);
    onTestFinished(() => void vi.unstubAllGlobals());
    await expect(IndexedDbStore.open()).rejects.toThrow(unusable(/there is no IndexedDB here/));
  });

  it.each([
    ["it is closed", async (store: IndexedDbStore) => store.close(), /it is closed/],
    ["its database is deleted", (_: IndexedDbStore, name: string) => deleteDB(name), /it is being deleted/],
    [
      "a newer version takes it over",
      async (_: IndexedDbStore, name: string) => (await openDB(name, 99)).close(),
      /a newer version of eco takes it over/,
    ],
  ])(
    "refuses reads and changes once %s, what was acknowledged before being kept till then",
    async (_, end, message) => {
      const name = newName();
      const store = await opened(name);
      const applied = store.apply(change({ writes: [put("a")] }));
      const ending = end(store, name);
      expect((await applied).kind).toBe("applied");
      await ending;
      await expect(store.apply(change({ writes: [put("b")] }))).rejects.toThrow(unusable(message));
      await expect(store.reader("main").get("things", "a")).rejects.toThrow(unusable(message));
      await expect(store.export("main")).rejects.toThrow(unusable(message));
    },
  );
});
