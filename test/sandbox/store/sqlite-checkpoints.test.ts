import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { SqliteStore } from "../../../sandbox/store/sqlite.ts";
import { type CheckpointOptions, SqliteCheckpoints } from "../../../sandbox/store/sqlite-checkpoints.ts";
import { makePrivate, SqliteFile } from "../../../sandbox/store/sqlite-file.ts";
import { restartsOf, writeUntilRestart } from "./log-restarts.ts";

const run = promisify(execFile);

async function newPath(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "eco-checkpoints-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return join(directory, "sandbox.db");
}

function opened(path: string, checkpoints: CheckpointOptions): SqliteStore {
  const store = SqliteStore.open(path, { checkpoints });
  onTestFinished(() => store.close());
  return store;
}

const leaveOpen = fileURLToPath(new URL("leave-open.ts", import.meta.url));
const brokenThread = new URL("broken-checkpoint-thread.ts", import.meta.url);
const noThread = new URL("no-such-thread.ts", import.meta.url);

it("moves the log into the database on a thread while it is written, so that it begins anew", async () => {
  const path = await newPath();
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE rows (n INTEGER PRIMARY KEY, text TEXT) STRICT");
  const checkpoints = new SqliteCheckpoints(database, path, expect.unreachable, { bound: 64 });
  onTestFinished(async () => {
    await checkpoints.close();
    database.close();
    checkpoints.letGo();
  });
  // Nobody but the thread begins to move anything.
  database.exec("PRAGMA wal_autocheckpoint = 0");
  const insert = database.prepare("INSERT INTO rows (text) VALUES (?)");
  let rows = 0;
  while (rows === 0 || restartsOf(path) === 0) {
    insert.run("x".repeat(2_000));
    rows += 1;
    checkpoints.committed(rows);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(database.prepare("SELECT count(*) AS rows FROM rows").get()).toEqual({ rows });
  expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
});

it.each([
  ["with its thread", {}],
  ["where its thread can't be started", { thread: noThread }],
])("keeps the log bounded, and everything that was acknowledged, %s", async (_, options) => {
  const path = await newPath();
  const store = opened(path, { bound: 32, ...options });
  const other = opened(path, { bound: 32, ...options });
  const ids = [...(await writeUntilRestart(store, path)), ...(await writeUntilRestart(other, path))];
  await Promise.all([store.close(), other.close()]);
  const { records } = await opened(path, {}).export("main");
  expect(records.map(({ id }) => id)).toEqual(ids);
});

it("takes nothing more once the disk didn't take what was moved", async () => {
  const path = await newPath();
  const store = opened(path, { bound: 32, thread: brokenThread });
  const written = async (): Promise<never> => {
    for (;;) await writeUntilRestart(store, path);
  };
  await expect(written()).rejects.toMatchObject({
    code: "ECO_DATABASE_UNUSABLE",
    message: expect.stringContaining("disk I/O error"),
  });
});

it("keeps no process from ending that leaves its store open", async () => {
  const path = await newPath();
  const { stdout } = await run(process.execPath, [leaveOpen, path]);
  expect(stdout).toBe("begun anew\n");
  expect((await opened(path, {}).export("main")).records).not.toEqual([]);
});

it("keeps a database's file open for syncing until the last store of the process lets go of it", async () => {
  const path = await newPath();
  makePrivate(path);
  const [one, two] = [new SqliteFile(path), new SqliteFile(path)];
  const synced = (file: SqliteFile): Promise<unknown> => new Promise((resolve) => file.sync(resolve));
  one.close();
  expect(await synced(two)).toBeNull();
  two.close();
  expect(await synced(two)).toMatchObject({ code: "EBADF" });
});
