import { describe, expect, it, onTestFinished } from "vitest";
import type { LedgerTransaction, LegTransaction } from "../../../sandbox/ledger/types.ts";
import { OverlayReader } from "../../../sandbox/store/overlay.ts";
import type {
  Changeset,
  OutboxEvent,
  PlannedDispatch,
  RecordWrite,
  Store,
  TransactionState,
} from "../../../sandbox/store/store.ts";

const T = "main";

export const change = (parts: Partial<Changeset>): Changeset => ({
  tenant: T,
  writes: [],
  transactions: [],
  events: [],
  ...parts,
});

const put = (id: string, expectedVersion: number, value = {}, keys: string[] = []): RecordWrite => ({
  collection: "things",
  id,
  value: { id, ...value },
  expectedVersion,
  keys,
});

export const transaction = (
  id: string,
  amounts: readonly (readonly [string, bigint, string?])[],
): LedgerTransaction => ({
  id,
  kind: "rating",
  bookedAt: "2025-03-01T00:00:00.000Z",
  period: "2025-03",
  postings: amounts.map(([account, amountMinor, currency = "EUR"]) => ({
    account,
    amountMinor,
    currency,
    deliveryId: `of-${id}`,
  })),
});

export const event = (id: string, parts: Partial<OutboxEvent> = {}): OutboxEvent => ({
  id,
  type: "thing.made",
  subject: "thing",
  time: "2025-03-01T00:00:00.000Z",
  orderKey: "thing",
  audience: ["blueline"],
  causedBy: "req_1",
  data: { n: 1 },
  ...parts,
});

const ids = (records: readonly { readonly id: string }[]): string[] => records.map(({ id }) => id);

const plan = (id: string, endpointId: string, orderKey: string): PlannedDispatch => ({
  id,
  eventId: `of-${id}`,
  endpointId,
  orderKey,
});

/** A sale with tax: seven postings. */
export const booking = (
  id: string,
  deliveryId: string,
  { netMinor = 100n, payer = "nordic-apps" }: { readonly netMinor?: bigint; readonly payer?: string } = {},
): LegTransaction => ({
  id,
  kind: "rating",
  bookedAt: "2025-03-01T00:00:00.000Z",
  period: "2025-03",
  deliveryId,
  legs: [
    {
      ...{ id: "0/sale", kind: "sale", deliveryId, product: "leg", payer, payee: "harbour", currency: "EUR" },
      ...{ netMinor, creditMinor: 0n, taxCode: "standard", taxPercent: "25.5", taxMinor: netMinor / 4n },
      ...{ payableMinor: netMinor + netMinor / 4n, taxRecovered: false, taxAuthority: "tax-office" },
    },
  ],
});

/** What every store must do, whatever it is made of. `open` gives an empty one. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  const opened = async (): Promise<Store> => {
    const store = await open();
    onTestFinished(() => store.close());
    return store;
  };

  describe(`${name}: records`, () => {
    it("reads back what was applied, with its version and its place", async () => {
      const store = await opened();
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
      const store = await opened();
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
      const store = await opened();
      const expects = [{ collection: "periods", id: "2025-03", version: 0 }];
      expect((await store.apply(change({ writes: [put("a", 0)], expects }))).kind).toBe("applied");
      await store.apply(
        change({ writes: [{ collection: "periods", id: "2025-03", value: {}, expectedVersion: 0 }] }),
      );
      expect((await store.apply(change({ writes: [put("b", 0)], expects }))).kind).toBe("conflict");
    });

    it("refuses when more was booked into a period than what was read", async () => {
      const store = await opened();
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
      const store = await opened();
      expect(
        (await store.apply(change({ writes: [put("a", 0, { n: 1 }), put("a", 1, { n: 2 })] }))).kind,
      ).toBe("applied");
      expect((await store.reader(T).get("things", "a"))?.value).toEqual({ id: "a", n: 2 });
    });

    it("deletes, and lets the id be used again from version 0", async () => {
      const store = await opened();
      await store.apply(change({ writes: [put("a", 0, {}, ["k"])] }));
      await store.apply(
        change({ writes: [{ collection: "things", id: "a", value: null, expectedVersion: 1 }] }),
      );
      expect(await store.reader(T).get("things", "a")).toBeUndefined();
      expect(await store.reader(T).list({ collection: "things", key: "k", limit: 9 })).toEqual([]);
      expect((await store.apply(change({ writes: [put("a", 0)] }))).kind).toBe("applied");
    });

    it("lists in order of creation, in pages, both ways, and by key", async () => {
      const store = await opened();
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
      const store = await opened();
      await store.apply(change({ writes: [put("a", 0, {}, ["x"]), put("b", 0, {}, ["y"])] }));
      await store.apply(change({ writes: [put("a", 1, {}, ["y"])] }));
      const read = store.reader(T);
      expect(await read.list({ collection: "things", key: "x", limit: 9 })).toEqual([]);
      expect(ids(await read.list({ collection: "things", key: "y", limit: 9 }))).toEqual(["a", "b"]);
    });

    it("lists by party, in order and in pages, whoever else a record is for", async () => {
      const store = await opened();
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

    it("keeps tenants apart", async () => {
      const store = await opened();
      await store.apply(change({ writes: [put("a", 0)] }));
      expect(await store.reader("other").get("things", "a")).toBeUndefined();
      expect((await store.apply({ ...change({ writes: [put("a", 0)] }), tenant: "other" })).kind).toBe(
        "applied",
      );
      expect((await store.reader("other").get("things", "a"))?.sequence).toBe(1);
    });

    it("lets one of many that race for a record through", async () => {
      const store = await opened();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, n) => store.apply(change({ writes: [put("a", 0, { n })] }))),
      );
      expect(outcomes.filter(({ kind }) => kind === "applied")).toHaveLength(1);
    });
  });

  describe(`${name}: books`, () => {
    it("lets nobody else write to a tenant while somebody is alone with it, nor be alone with it too", async () => {
      const store = await opened();
      const order: string[] = [];
      const begun = Promise.withResolvers<void>();
      const others: Promise<unknown>[] = [];
      const alone = store.alone(T, async ({ reader, apply }) => {
        others.push(store.apply(change({ writes: [put("b", 0)] })).then(() => order.push("other")));
        others.push(
          store.alone(T, async (held) => {
            order.push("alone again");
            await held.apply(change({ writes: [put("c", 0)] }));
          }),
        );
        begun.resolve();
        // Goes through, and gives those who must wait the time to be wrong.
        const elsewhere = { ...change({ writes: [put("x", 0)] }), tenant: "other" };
        expect((await store.apply(elsewhere)).kind).toBe("applied");
        expect(await reader.get("things", "b")).toBeUndefined();
        expect(await apply(change({ writes: [put("a", 0)] }))).toEqual({ kind: "applied" });
        expect(await apply(change({ writes: [put("a", 0)] }))).toMatchObject({ kind: "conflict" });
        expect((await reader.get("things", "a"))?.version).toBe(1);
        order.push("alone");
        return "done";
      });
      await begun.promise;
      expect(await alone).toBe("done");
      await Promise.all(others);
      expect(order[0]).toBe("alone");
      expect([...order].sort()).toEqual(["alone", "alone again", "other"]);
      const listed = await store.reader(T).list({ collection: "things", limit: 9 });
      expect(listed[0]?.id).toBe("a");
      expect(ids(listed).sort()).toEqual(["a", "b", "c"]);
    });

    it("goes on when what was done alone fails", async () => {
      const store = await opened();
      const failing = store.alone(T, async () => {
        throw new Error("failed");
      });
      await expect(failing).rejects.toThrow("failed");
      expect((await store.apply(change({ writes: [put("a", 0)] }))).kind).toBe("applied");
      expect(await store.alone(T, async ({ reader }) => (await reader.get("things", "a"))?.id)).toBe("a");
    });

    it("keeps balances per account and currency", async () => {
      const store = await opened();
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
    ])("throws on a transaction that doesn't balance: %s", async (_, unbalanced) => {
      const store = await opened();
      await expect(
        store.apply(change({ writes: [put("a", 0)], transactions: [unbalanced] })),
      ).rejects.toThrow(/^Transaction t /);
      expect(await store.reader(T).get("things", "a")).toBeUndefined();
      expect(await store.reader(T).balances()).toEqual([]);
    });

    it("books a transaction id once", async () => {
      const store = await opened();
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
      const store = await opened();
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

    it("finds postings by account, by accounts below a prefix, by delivery, transaction and period, in pages", async () => {
      const store = await opened();
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

  describe(`${name}: bookings of legs`, () => {
    it("keeps the legs, and shows the postings that follow from them", async () => {
      const store = await opened();
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
      const store = await opened();
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
      const store = await opened();
      const nothing = { ...booking("t", "d"), legs: [] };
      await expect(store.apply(change({ transactions: [nothing] }))).rejects.toThrow(/^Transaction t /);
    });
  });

  describe(`${name}: events and dispatches`, () => {
    it("lists events by each of their sides", async () => {
      const store = await opened();
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
      const store = await opened();
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
      const store = await opened();
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
      const store = await opened();
      const step = change({ dispatches: [plan("d1", "e1", "k")], fannedOut: { from: 0, to: 3 } });
      expect((await store.apply(step)).kind).toBe("applied");
      expect((await store.apply(step)).kind).toBe("conflict");
      expect(await store.fannedOut(T)).toBe(3);
      expect(await store.dispatches(T, { limit: 9 })).toHaveLength(1);
    });
  });

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
      const store = await opened();
      await store.apply(change({ writes: [put("a", 0)], idempotency }));
      const twin = await store.apply(
        change({ writes: [put("b", 0)], idempotency: { ...idempotency, body: "other" } }),
      );
      expect(twin).toEqual({ kind: "key-taken", answer: idempotency });
      expect(await store.idempotentAnswer(T, idempotency.key)).toEqual(idempotency);
      expect(await store.reader(T).get("things", "b")).toBeUndefined();
    });

    it("forgets answers that expired", async () => {
      const store = await opened();
      await store.apply(change({ idempotency }));
      await store.forgetExpired(T, "2025-03-01T23:59:59.000Z");
      expect(await store.idempotentAnswer(T, idempotency.key)).toBeDefined();
      await store.forgetExpired(T, "2025-03-02T00:00:01.000Z");
      expect(await store.idempotentAnswer(T, idempotency.key)).toBeUndefined();
    });

    it("exports all that a tenant holds", async () => {
      const store = await opened();
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
          ...{ collection: "things", id: "a", version: 1, sequence: 1, value: { id: "a" } },
          ...{ keys: ["k"], parties: ["blueline", "harbour"] },
        },
      ]);
      expect(state.transactions).toEqual([
        {
          ...{ id: "t", kind: "rating", bookedAt: "2025-03-01T00:00:00.000Z", period: "2025-03" },
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
      const store = await opened();
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
      const store = await opened();
      await store.apply(change({ writes: [put("a", 0)] }));
      const before = await store.export(T);
      const unbalanced: TransactionState = {
        ...{ id: "t", kind: "rating", bookedAt: "2025-03-01T00:00:00.000Z", period: "2025-03" },
        postings: [{ account: "x", currency: "EUR", amountMinor: "1" }],
      };
      await expect(store.load(T, { ...before, transactions: [unbalanced] })).rejects.toThrow(/sum/);
      expect(await store.export(T)).toEqual(before);
    });

    it("empties one tenant and begins anew with what it is given", async () => {
      const store = await opened();
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

  describe(`${name}: overlay`, () => {
    it("shows pending changes over what is stored", async () => {
      const store = await opened();
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
      expect((await store.apply(change({ writes: [...overlay.writes()] }))).kind).toBe("applied");
      expect(await store.reader(T).get("things", "a")).toBeUndefined();
      expect((await store.reader(T).get("things", "b"))?.version).toBe(2);
    });
  });
}
