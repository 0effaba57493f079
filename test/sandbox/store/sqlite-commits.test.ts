import { copyFileSync, fdatasync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { SqliteStore } from "../../../sandbox/store/sqlite.ts";
import type { SyncFile } from "../../../sandbox/store/sqlite-log.ts";
import type { ApplyOutcome } from "../../../sandbox/store/store.ts";
import { change, event, transaction } from "./conformance/changes.ts";

async function newPath(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "eco-commits-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return join(directory, "sandbox.db");
}

function opened(path: string, sync?: SyncFile): SqliteStore {
  const store = SqliteStore.open(path, sync === undefined ? {} : { sync });
  onTestFinished(() => store.close());
  return store;
}

const put = (id: string) => ({ collection: "things", id, value: { id }, expectedVersion: 0 });

/** A disk that answers when it is told to. */
function heldDisk() {
  const asked: (() => void)[] = [];
  let held = true;
  const sync: SyncFile = (file, done) => {
    if (held) asked.push(() => fdatasync(file, done));
    else fdatasync(file, done);
  };
  const free = (): void => {
    held = false;
    for (const go of asked.splice(0)) go();
  };
  const hold = (): void => {
    held = true;
  };
  return { asked, sync, free, hold };
}

/** Longer than a transaction waits for more when nothing more comes. */
async function someTurns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await nextTurn();
}

/** What has come of a promise after some turns of the event loop. */
const soFar = <T>(promise: Promise<T>): Promise<T | "waiting"> =>
  Promise.race([promise, someTurns().then(() => "waiting" as const)]);

it("acknowledges a commit, and lets readers of it go on, when the disk has it", async () => {
  const disk = heldDisk();
  const store = opened(await newPath(), disk.sync);
  const applied = store.apply(change({ writes: [put("a")] }));
  expect(await soFar(applied)).toBe("waiting");
  expect(await store.reader("main").get("things", "a")).toBeDefined();
  const settled = store.settled();
  expect(await soFar(settled)).toBe("waiting");
  disk.free();
  expect(await applied).toEqual({ kind: "applied" });
  await settled;
});

it("has everything that it acknowledged in what was synced", async () => {
  const path = await newPath();
  const image = `${path}.image`;
  // What a machine without power would find: the files as they stood at the last sync.
  const store = opened(path, (_, done) => {
    copyFileSync(path, image);
    copyFileSync(`${path}-wal`, `${image}-wal`);
    done(null);
  });
  for (let number = 0; number < 5; number++) {
    const ids = [`${number}a`, `${number}b`];
    await Promise.all(ids.map((id) => store.apply(change({ writes: [put(id)], events: [event(id)] }))));
    const found = `${path}.found-${number}`;
    for (const end of ["", "-wal"]) copyFileSync(`${image}${end}`, `${found}${end}`);
    const after = opened(found);
    expect(await after.export("main")).toEqual(await store.export("main"));
    for (const id of ids) expect(await after.reader("main").get("things", id)).toBeDefined();
  }
});

it("goes on deciding and committing while the disk is busy, and covers all of it with the next sync", async () => {
  const disk = heldDisk();
  const store = opened(await newPath(), disk.sync);
  const all: Promise<ApplyOutcome>[] = [];
  for (let number = 0; number < 5; number++) {
    all.push(store.apply(change({ writes: [put(`a${number}`)] })));
    await someTurns();
  }
  expect(disk.asked).toHaveLength(1);
  expect(await soFar(Promise.race(all))).toBe("waiting");
  disk.asked.splice(0)[0]?.();
  expect(await all[0]).toEqual({ kind: "applied" });
  // The others were committed after the first sync began.
  expect(await soFar(Promise.race(all.slice(1)))).toBe("waiting");
  expect(disk.asked).toHaveLength(1);
  disk.free();
  expect(await Promise.all(all)).toHaveLength(5);
});

it("tells nobody of a commit that the disk refused, and takes nothing more", async () => {
  const path = await newPath();
  let broken = false;
  const store = opened(path, (file, done) =>
    broken ? done(Object.assign(new Error("input/output error"), { code: "EIO" })) : fdatasync(file, done),
  );
  await store.apply(change({ writes: [put("kept")] }));
  broken = true;
  const refused = { code: "ECO_DATABASE_UNUSABLE", message: expect.stringContaining("(EIO)") };
  const both = [store.apply(change({ writes: [put("a")] })), store.apply(change({ writes: [put("b")] }))];
  for (const one of both) await expect(one).rejects.toMatchObject(refused);
  broken = false;
  await expect(store.apply(change({ writes: [put("c")] }))).rejects.toMatchObject(refused);
  await expect(store.settled()).rejects.toMatchObject(refused);
  await store.close();
  expect(await opened(path).reader("main").get("things", "kept")).toBeDefined();
});

it("shows nothing of another process as settled before the disk has it for sure", async () => {
  const path = await newPath();
  const disk = heldDisk();
  const store = opened(path, disk.sync);
  disk.free();
  expect(await store.reader("main").get("things", "a")).toBeUndefined();
  await store.settled();
  disk.hold();
  await opened(path).apply(change({ writes: [put("a")] }));
  expect(await store.reader("main").get("things", "a")).toBeDefined();
  const settled = store.settled();
  expect(await soFar(settled)).toBe("waiting");
  disk.free();
  await settled;
});

it("does everything else of a transaction once more when one is refused halfway", async () => {
  const store = opened(await newPath());
  const booked = (id: string, amount: bigint) =>
    transaction(id, [
      ["x", amount],
      ["y", -amount],
    ]);
  await store.apply(change({ transactions: [booked("t1", 1n)], events: [event("e1")] }));
  const outcomes = await Promise.all([
    store.apply(change({ writes: [put("a")], transactions: [booked("t2", 10n)], events: [event("e2")] })),
    // Its record and its booking are written before the event turns out to be there.
    store.apply(change({ writes: [put("b")], transactions: [booked("t3", 100n)], events: [event("e1")] })),
    store.apply(change({ writes: [put("c")], transactions: [booked("t4", 1000n)], events: [event("e3")] })),
  ]);
  expect(outcomes).toEqual([
    { kind: "applied" },
    { kind: "conflict", collection: "events", id: "e1" },
    { kind: "applied" },
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

it("commits what is open when it is closed, and closes once", async () => {
  const path = await newPath();
  const store = opened(path);
  const applied = store.apply(change({ writes: [put("a")] }));
  await Promise.all([store.close(), store.close()]);
  expect(await applied).toEqual({ kind: "applied" });
  await expect(store.apply(change({ writes: [put("b")] }))).rejects.toThrow(/is closed/);
  expect(await opened(path).reader("main").get("things", "a")).toBeDefined();
});
