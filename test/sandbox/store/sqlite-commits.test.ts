import { copyFileSync, fdatasyncSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it, onTestFinished } from "vitest";
import { changesOf } from "../../../sandbox/store/sqlite/changes.ts";
import { type Call, type Outcome, SqliteCommits } from "../../../sandbox/store/sqlite/commits.ts";
import { SqliteStore } from "../../../sandbox/store/sqlite/sqlite.ts";
import { change, event, transaction } from "./conformance/changes.ts";

async function newPath(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "eco-commits-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return join(directory, "sandbox.db");
}

function opened(path: string): SqliteStore {
  const store = SqliteStore.open(path);
  onTestFinished(() => store.close());
  return store;
}

const put = (id: string) => ({ collection: "things", id, value: { id }, expectedVersion: 0 });

/** A connection that can be told to fail at a commit. */
class FaultyDatabase extends DatabaseSync {
  fault: { readonly message: string; readonly errcode: number } | undefined;

  override exec(sql: string): void {
    if (sql === "COMMIT" && this.fault !== undefined) {
      const { message, errcode } = this.fault;
      throw Object.assign(new Error(message), { errcode });
    }
    super.exec(sql);
  }
}

async function openedCommits(sync = fdatasyncSync) {
  const path = await newPath();
  const store = opened(path);
  const database = new FaultyDatabase(path);
  const settings = { path, name: path, writer: "test", busyTimeoutMs: 20, checkpointPages: 1_000 };
  const commits = new SqliteCommits(settings, { database, sync });
  onTestFinished(() => commits.close());
  return { path, store, database, commits };
}

/** Gives one call after the other. */
const each = (...calls: Call[]) => {
  return (): Call | undefined => calls.shift();
};

let lastId = 0;
const apply = (...ids: string[]): Call => {
  lastId += 1;
  return {
    id: lastId,
    method: "apply",
    given: [changesOf(change({ writes: ids.map(put), events: ids.map((id) => event(id)) }))],
  };
};

const idsIn = async (store: SqliteStore): Promise<readonly string[]> =>
  (await store.export("main")).records.map(({ id }) => id);

const applied = { result: { kind: "applied" } };

it("tells of a commit when the disk has it, and lets others write meanwhile", async () => {
  const images: string[][] = [];
  const { path, commits } = await openedCommits((log) => {
    fdatasyncSync(log);
    // What a machine without power would find, and what another process may do.
    const image = `${path}.image-${images.length}`;
    for (const end of ["", "-wal"]) copyFileSync(`${path}${end}`, `${image}${end}`);
    using other = new DatabaseSync(path, { timeout: 0 });
    other.exec("BEGIN IMMEDIATE; ROLLBACK");
    using found = new DatabaseSync(image);
    images.push(
      found
        .prepare("SELECT id FROM records")
        .all()
        .map(({ id }) => String(id)),
    );
  });
  for (const ids of [["a"], ["b", "c"]]) expect(commits.run(each(apply(...ids)))).toMatchObject([applied]);
  expect(images).toEqual([["a"], ["a", "b", "c"]]);
});

it("waits for the disk to have what others committed, without taking the lock", async () => {
  let syncs = 0;
  const { path, commits } = await openedCommits((log) => {
    syncs += 1;
    fdatasyncSync(log);
  });
  using other = new DatabaseSync(path);
  other.exec("BEGIN IMMEDIATE");
  expect(commits.run(each({ id: 1, method: "sync", given: [] }))).toEqual([{ id: 1, result: undefined }]);
  expect(syncs).toBe(1);
  other.exec("COMMIT");
});

it("does what comes meanwhile in the same transaction, which nobody sees before its end", async () => {
  const { path, commits } = await openedCommits();
  const queue = ["a", "b", "c", "d"].map((id) => apply(id));
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  let acknowledged = 0;
  while (queue.length > 0) {
    const outcomes = commits.run(() => {
      expect(other.prepare("SELECT count(*) AS n FROM records").get()).toEqual({ n: acknowledged });
      return queue.shift();
    });
    for (const outcome of outcomes) expect(outcome).toMatchObject(applied);
    acknowledged += outcomes.length;
  }
  expect(acknowledged).toBe(4);
});

it("lets go of a transaction that has taken long enough, and of no call", async () => {
  const { commits } = await openedCommits();
  const queue = Array.from({ length: 3_000 }, (_, number) => apply(`r${number}`));
  const lengths: number[] = [];
  while (queue.length > 0) lengths.push(commits.run(() => queue.shift()).length);
  expect(lengths.length).toBeGreaterThan(1);
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(3_000);
});

it("has everything that it acknowledged in its files", async () => {
  const path = await newPath();
  const store = opened(path);
  for (let number = 0; number < 5; number++) {
    const ids = [`${number}a`, `${number}b`];
    await Promise.all(ids.map((id) => store.apply(change({ writes: [put(id)], events: [event(id)] }))));
    const found = `${path}.found-${number}`;
    for (const end of ["", "-wal"]) copyFileSync(`${path}${end}`, `${found}${end}`);
    const after = opened(found);
    expect(await after.export("main")).toEqual(await store.export("main"));
    for (const id of ids) expect(await after.reader("main").get("things", id)).toBeDefined();
  }
});

it.each([
  ["in a statement", "disk I/O error", { errcode: 1034 }, undefined],
  ["in the sync", "EIO: i/o error, fdatasync", undefined, { code: "EIO", syscall: "fdatasync" }],
])(
  "tells nobody of a commit that the disk refused %s, and takes nothing more",
  async (_, message, inCommit, inSync) => {
    let broken = false;
    const { path, database, commits } = await openedCommits((log) => {
      if (broken && inSync !== undefined) throw Object.assign(new Error(message), inSync);
      fdatasyncSync(log);
    });
    expect(commits.run(each(apply("kept")))).toMatchObject([applied]);
    broken = true;
    database.fault = inCommit && { message, ...inCommit };
    const refused = {
      unusable: {
        message: `${path} can't be used: the disk didn't take what was written to it (${message}).`,
        fix: expect.stringContaining("what was acknowledged before is kept"),
      },
    };
    expect(commits.run(each(apply("a"), apply("b")))).toMatchObject([refused, refused]);
    broken = false;
    database.fault = undefined;
    expect(commits.run(each(apply("c")))).toMatchObject([refused]);
    expect((await idsIn(opened(path)))[0]).toBe("kept");
  },
);

it("says that the disk is full, and goes on when there is place", async () => {
  const { path, store, database, commits } = await openedCommits();
  database.fault = { message: "database or disk is full", errcode: 13 };
  const full = { unusable: { message: `${path} can't be used: the disk is full.` } };
  expect(commits.run(each(apply("a"), apply("b")))).toMatchObject([full, full]);
  database.fault = undefined;
  for (const id of ["b", "c"]) expect(commits.run(each(apply(id)))).toMatchObject([applied]);
  expect(await idsIn(store)).toEqual(["b", "c"]);
});

it("gives a fault of the program to whoever called, and leaves the others of the transaction as they are", async () => {
  const { store, commits } = await openedCommits();
  const most = 2n ** 63n - 1n;
  const booked = (id: string, to: string): Call => ({
    ...apply(),
    given: [
      changesOf(
        change({
          writes: [put(id)],
          transactions: [
            transaction(id, [
              ["x", most],
              [to, -most],
            ]),
          ],
        }),
      ),
    ],
  });
  const next = each(booked("t1", "y"), booked("t2", "z"), apply("c"));
  const outcomes: Outcome[] = [];
  while (outcomes.length < 3) outcomes.push(...commits.run(next));
  const [first, second, third] = outcomes;
  expect([first, third]).toMatchObject([applied, applied]);
  expect(second).toMatchObject({ error: expect.any(RangeError) });
  expect(await idsIn(store)).toEqual(["t1", "c"]);
});

it("does everything else of a transaction once more when one is refused halfway", async () => {
  const { store, commits } = await openedCommits();
  const booked = (id: string, amount: bigint) =>
    transaction(id, [
      ["x", amount],
      ["y", -amount],
    ]);
  const call = (parts: Parameters<typeof change>[0]): Call => ({
    ...apply(),
    given: [changesOf(change(parts))],
  });
  commits.run(each(call({ transactions: [booked("t1", 1n)], events: [event("e1")] })));
  const next = each(
    call({ writes: [put("a")], transactions: [booked("t2", 10n)], events: [event("e2")] }),
    // Its record and its booking are written before the event turns out to be there.
    call({ writes: [put("b")], transactions: [booked("t3", 100n)], events: [event("e1")] }),
    call({ writes: [put("c")], transactions: [booked("t4", 1000n)], events: [event("e3")] }),
  );
  const outcomes: Outcome[] = [];
  while (outcomes.length < 3) outcomes.push(...commits.run(next));
  expect(outcomes).toMatchObject([
    applied,
    { result: { kind: "conflict", collection: "events", id: "e1" } },
    applied,
  ]);
  const state = await store.export("main");
  expect(state.records.map(({ id, sequence }) => [id, sequence])).toEqual([
    ["a", 1],
    ["c", 2],
  ]);
  expect(state.events.map(({ id, sequence }) => [id, sequence])).toEqual([
    ["e1", 1],
    ["e2", 2],
    ["e3", 3],
  ]);
  expect(state.transactions.map(({ id }) => id)).toEqual(["t1", "t2", "t4"]);
  expect(state.balances.map(({ account, amountMinor }) => [account, amountMinor])).toEqual([
    ["x", "1011"],
    ["y", "-1011"],
  ]);
});
