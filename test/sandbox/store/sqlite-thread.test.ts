import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { type SqliteOptions, SqliteStore } from "../../../sandbox/store/sqlite/sqlite.ts";
import { change } from "./conformance/changes.ts";
import { writeUntilRestart } from "./log-restarts.ts";

const run = promisify(execFile);

async function newPath(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "eco-thread-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return join(directory, "sandbox.db");
}

function opened(path: string, options: SqliteOptions = {}): SqliteStore {
  const store = SqliteStore.open(path, options);
  onTestFinished(() => store.close());
  return store;
}

const leaveOpen = fileURLToPath(new URL("leave-open.ts", import.meta.url));
const endingThread = new URL("ending-thread.ts", import.meta.url);
const refusingThread = new URL("refusing-thread.ts", import.meta.url);
const noThread = new URL("no-such-thread.ts", import.meta.url);

const put = (id: string) => ({ collection: "things", id, value: { id }, expectedVersion: 0 });
const applied = { kind: "applied" };

const idsIn = async (store: SqliteStore): Promise<readonly string[]> =>
  (await store.export("main")).records.map(({ id }) => id);

describe.each([
  ["by its thread", { after: 0 }],
  ["here, before it has a thread", { after: Number.POSITIVE_INFINITY }],
  ["here, where its thread can't be started", { after: 0, program: noThread }],
])("SQLite, written %s", (_, thread) => {
  it("shows what is committed, to everybody at the same time", async () => {
    const path = await newPath();
    const store = opened(path, { thread });
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    const count = (): number => Number(other.prepare("SELECT count(*) AS n FROM records").get()?.["n"]);
    const all = Promise.all(
      Array.from({ length: 50 }, (_, n) => store.apply(change({ writes: [put(`r${n}`)] }))),
    );
    expect(await store.reader("main").get("things", "r0")).toBeUndefined();
    expect(count()).toBe(0);
    expect(new Set((await all).map(({ kind }) => kind))).toEqual(new Set(["applied"]));
    expect(await store.reader("main").get("things", "r0")).toBeDefined();
    expect(count()).toBe(50);
  });

  it("keeps the log bounded, and everything that was acknowledged", async () => {
    const path = await newPath();
    const options = { thread, checkpointPages: 32 };
    const [store, other] = [opened(path, options), opened(path, options)];
    const ids = [...(await writeUntilRestart(store, path)), ...(await writeUntilRestart(other, path))];
    await Promise.all([store.close(), other.close()]);
    expect(await idsIn(opened(path))).toEqual(ids);
  });

  it("writes what was called when it is closed, and closes once", async () => {
    const path = await newPath();
    const store = opened(path, { thread });
    const pending = store.apply(change({ writes: [put("a")] }));
    await Promise.all([store.close(), store.close()]);
    expect(await pending).toEqual(applied);
    await expect(store.apply(change({ writes: [put("b")] }))).rejects.toThrow(/is closed/);
    expect(await idsIn(opened(path))).toEqual(["a"]);
  });
});

it("refuses what can't go to its thread, and goes on", async () => {
  const store = opened(await newPath(), { thread: { after: 0 } });
  const parties = [() => {}] as unknown as string[];
  await expect(store.apply(change({ writes: [{ ...put("a"), parties }] }))).rejects.toThrow(
    /could not be cloned/,
  );
  expect(await store.apply(change({ writes: [put("b")] }))).toEqual(applied);
});

it("writes in the order of the calls while the thread takes over", async () => {
  const store = opened(await newPath(), { thread: { after: 3 } });
  const ids = Array.from({ length: 200 }, (_, number) => `r${number}`);
  const outcomes: Promise<unknown>[] = [];
  for (const id of ids) {
    outcomes.push(store.apply(change({ writes: [put(id)] })));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(outcomes);
  expect(await idsIn(store)).toEqual(ids);
});

it("says so when its thread has ended, and goes on without it", async () => {
  const store = opened(await newPath(), { thread: { after: 0, program: endingThread } });
  const lost = [store.apply(change({ writes: [put("a")] })), store.apply(change({ writes: [put("b")] }))];
  for (const one of lost) {
    await expect(one).rejects.toMatchObject({
      code: "ECO_DATABASE_UNUSABLE",
      message: expect.stringContaining("the thread that writes to it has ended"),
    });
  }
  expect(await store.apply(change({ writes: [put("c")] }))).toEqual(applied);
  expect(await idsIn(store)).toEqual(["c"]);
});

it("says nothing of what others wrote before its disk has it", async () => {
  const path = await newPath();
  const store = opened(path, { thread: { after: 0, program: refusingThread } });
  await opened(path).apply(change({ writes: [put("a")] }));
  expect(await store.reader("main").get("things", "a")).toBeDefined();
  await expect(store.settled()).rejects.toMatchObject({ code: "ECO_DATABASE_UNUSABLE", message: "no disk" });
});

it("keeps no process from ending that leaves its store open", async () => {
  const path = await newPath();
  const { stdout } = await run(process.execPath, [leaveOpen, path]);
  expect(stdout).toBe("written\n");
  expect(await idsIn(opened(path))).toEqual(["a", "b"]);
});
