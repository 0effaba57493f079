import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { describe, expect, it, onTestFinished } from "vitest";
import { type SqliteOptions, SqliteStore } from "../../../sandbox/store/sqlite/sqlite.ts";
import { change, transaction } from "./conformance/changes.ts";
import { describeStore } from "./conformance.ts";

async function newPath(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "eco-store-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return join(directory, "nested", "sandbox.db");
}

function opened(path: string, options: SqliteOptions = {}): SqliteStore {
  const store = SqliteStore.open(path, options);
  onTestFinished(() => store.close());
  return store;
}

const put = (id: string) => ({ collection: "things", id, value: { id }, expectedVersion: 0 });

describeStore("SQLite", async () => SqliteStore.open(await newPath()));
describeStore("SQLite, written by its thread", async () =>
  SqliteStore.open(await newPath(), { thread: { after: 0 } }),
);

describe("SQLite: the file", () => {
  it("keeps everything over a restart", async () => {
    const path = await newPath();
    const first = opened(path);
    await first.apply(
      change({
        writes: [put("a")],
        transactions: [
          transaction("t", [
            ["x", 1n],
            ["y", -1n],
          ]),
        ],
      }),
    );
    const before = await first.export("main");
    await first.close();
    const second = opened(path);
    expect(await second.export("main")).toEqual(before);
    await second.apply(change({ writes: [put("b")] }));
    expect((await second.reader("main").get("things", "b"))?.sequence).toBe(2);
  });

  it("leaves the others of a group alone when one of them throws", async () => {
    const store = opened(await newPath());
    const most = 2n ** 63n - 1n;
    await store.apply(
      change({
        transactions: [
          transaction("t1", [
            ["x", most],
            ["y", -most],
          ]),
        ],
      }),
    );
    const [good, bad, later] = await Promise.allSettled([
      store.apply(change({ writes: [put("a")] })),
      // Beyond 64 bits: nothing of it may be booked.
      store.apply(
        change({
          writes: [put("b")],
          transactions: [
            transaction("t2", [
              ["x", most],
              ["z", -most],
            ]),
          ],
        }),
      ),
      store.apply(change({ writes: [put("c")] })),
    ]);
    expect([good.status, bad.status, later.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const read = store.reader("main");
    expect(await read.get("things", "b")).toBeUndefined();
    expect((await read.get("things", "c"))?.sequence).toBe(2);
    expect((await read.balances("x"))[0]?.amountMinor).toBe(most);
  });

  it("shares a file with a second process's store", async () => {
    const path = await newPath();
    const [one, two] = [opened(path), opened(path, { thread: { after: 0 } })];
    await one.apply(change({ writes: [put("a")] }));
    expect((await two.apply(change({ writes: [put("a")] }))).kind).toBe("conflict");
    await two.apply(change({ writes: [put("b")] }));
    await one.apply(change({ writes: [put("c")] }));
    const listed = await two.reader("main").list({ collection: "things", limit: 9 });
    expect(listed.map(({ id, sequence }) => [id, sequence])).toEqual([
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ]);
  });

  it("tells what others commit from what it commits itself, and shows it", async () => {
    const path = await newPath();
    const [one, two] = [opened(path, { thread: { after: 2 } }), opened(path)];
    const seen = async (): Promise<number | undefined> =>
      (await one.reader("main").get("things", "a"))?.version;
    const written = (expectedVersion: number) => change({ writes: [{ ...put("a"), expectedVersion }] });
    await one.apply(written(0));
    const before = one.changesElsewhere();
    for (const version of [1, 2, 3, 4]) {
      await one.apply(written(version));
      expect(await seen()).toBe(version + 1);
    }
    expect(one.changesElsewhere()).toBe(before);
    await two.apply(written(5));
    expect(await seen()).toBe(6);
    const after = one.changesElsewhere();
    expect(after).toBeGreaterThan(before);
    await two.apply(written(6));
    expect(await seen()).toBe(7);
    expect(one.changesElsewhere()).toBeGreaterThan(after);
  });

  it("lets one of two processes lead a duty, and the other one when it is closed, or dead for a while", async () => {
    const path = await newPath();
    const [one, two] = [opened(path), opened(path)];
    expect(await one.leads("main", "tests")).toBe(true);
    expect(await two.leads("main", "tests")).toBe(false);
    expect(await two.leads("elsewhere", "tests")).toBe(true);
    expect(await one.leads("main", "tests")).toBe(true);
    await one.close();
    expect(await two.leads("main", "tests")).toBe(true);
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    other.exec("INSERT INTO holds (tenant, holder, until_ms) VALUES ('main\nold', 'dead', 0)");
    expect(await two.leads("main", "old")).toBe(true);
  });

  it("waits for a process that is alone with a tenant, and no longer than its hold lasts where it died", async () => {
    const path = await newPath();
    const store = opened(path);
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    const untilMs = Date.now() + 300;
    other.prepare("INSERT INTO holds (tenant, holder, until_ms) VALUES ('main', 'dead', ?)").run(untilMs);
    const elsewhere = { ...change({ writes: [put("x")] }), tenant: "other" };
    expect((await store.apply(elsewhere)).kind).toBe("applied");
    const alone = store.alone("main", ({ apply }) => apply(change({ writes: [put("a")] })));
    expect((await store.apply(change({ writes: [put("b")] }))).kind).toBe("applied");
    expect(Date.now()).toBeGreaterThanOrEqual(untilMs);
    expect((await alone).kind).toBe("applied");
    expect(other.prepare("SELECT * FROM holds").all()).toEqual([]);
  });

  it.each([
    [
      "a file that is no database",
      async (path: string) => writeFile(path, "no database, but text that is long enough"),
      /not an SQLite database/,
    ],
    [
      "a database of a newer version",
      async (path: string) => {
        const database = new DatabaseSync(path);
        database.exec("PRAGMA user_version = 99");
        database.close();
      },
      /newer version of eco \(schema 99/,
    ],
  ])("refuses %s and says why", async (_, prepare, message) => {
    const directory = await mkdtemp(join(tmpdir(), "eco-store-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    const path = join(directory, "sandbox.db");
    await prepare(path);
    expect(() => SqliteStore.open(path)).toThrow(message);
    expect(() => SqliteStore.open(path)).toThrow(expect.objectContaining({ code: "ECO_DATABASE_UNUSABLE" }));
  });

  it("says that a folder takes none, where one would be needed", () => {
    expect(() => SqliteStore.open("/dev/null/of/sandbox.db")).toThrow(
      expect.objectContaining({ code: "ECO_DATABASE_UNUSABLE" }),
    );
  });

  it("refuses a place where it can't keep a log", () => {
    expect(() => SqliteStore.open(":memory:")).toThrow(/can't keep a write-ahead log/);
  });

  it("opens a new file for two at the same moment: whoever comes second waits", async () => {
    const directory = await mkdtemp(join(tmpdir(), "eco-store-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    // Without the wait some of them are refused to one of the two: of 50, eleven were.
    const met = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * 50));
    const program = new URL("./open-at-once.ts", import.meta.url);
    const failures = await Promise.all(
      [1, 2].map(async () => {
        const thread = new Worker(program, { workerData: { directory, met, threads: 2 } });
        return (await once(thread, "message"))[0];
      }),
    );
    expect(failures).toEqual([[], []]);
  });

  it("says that another process holds the lock, and goes on when it is free", async () => {
    const path = await newPath();
    const store = SqliteStore.open(path, { busyTimeoutMs: 20 });
    onTestFinished(() => store.close());
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    await expect(store.apply(change({ writes: [put("a")] }))).rejects.toThrow(
      /another process holds its write lock/,
    );
    other.exec("COMMIT");
    other.close();
    expect((await store.apply(change({ writes: [put("a")] }))).kind).toBe("applied");
  });
});
