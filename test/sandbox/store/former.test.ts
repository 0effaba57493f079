import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openStore } from "../../../sandbox/store/open.ts";
import { SqliteStore } from "../../../sandbox/store/sqlite/sqlite.ts";
import type { Store, TenantState } from "../../../sandbox/store/store.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { type Harbour, openHarbour } from "../capabilities/harbour.ts";
import {
  backToPostgres3,
  backToVersion4,
  backToVersion5,
  type FormerDatabase,
  readFormer,
  writeFormerPostgres,
  writeFormerSqlite,
} from "./former-database.ts";

let former: FormerDatabase;
let server: PostgresServer;
let directory: string;
beforeAll(async () => {
  former = await readFormer();
  server = await startPostgres();
  directory = await mkdtemp(join(tmpdir(), "eco-former-"));
});
afterAll(async () => {
  await server?.remove();
  await rm(directory, { recursive: true });
});

let databases = 0;

async function formerSqlite(): Promise<string> {
  databases += 1;
  const path = join(directory, `former-${databases}.db`);
  writeFormerSqlite(path, former);
  return path;
}

async function formerPostgres(): Promise<string> {
  const url = await server.newDatabase();
  await writeFormerPostgres(url, former);
  return url;
}

async function opened(location: string): Promise<Harbour> {
  const harbour = await openHarbour({
    store: await openStore(location),
    wallClock: () => Date.parse("2025-03-20T10:00:00.000Z"),
  });
  onTestFinished(() => harbour.close());
  return harbour;
}

/** A trace may be told in better words than then, and who caused what beside it; a cursor says nothing to a reader. */
function content(path: string, answer: unknown): unknown {
  const known = { ...Object(answer) };
  if (path.endsWith("/explanation")) Object.assign(known, { lines: undefined, attribution: undefined });
  if (known.nextCursor !== undefined) known.nextCursor = "opaque";
  return known;
}

describe.each([
  ["SQLite", formerSqlite],
  ["PostgreSQL", formerPostgres],
])("a %s database of version 1", (_, make) => {
  it("shows what it showed, and goes on from there", async () => {
    const harbour = await opened(await make());
    for (const [asked, answer] of Object.entries(former.answers)) {
      const [party = "", path = ""] = asked.split(" ");
      const { body } = await harbour.as(party).get(path);
      expect([asked, content(path, body)]).toEqual([asked, content(path, answer)]);
    }
    const blueline = harbour.as("blueline");
    const reason = "measured again";
    for (const id of ["leg-1", "leg-2"]) {
      const corrected = await blueline.post(`/deliveries/${id}/corrections`, {
        usage: { distanceMiles: 500 },
        reason,
      });
      expect(corrected.body).toMatchObject({ id, status: "corrected" });
    }
    const known = await blueline.post("/deliveries", {
      id: "leg-5",
      product: "express-leg",
      customer: "nordic-apps",
      startedAt: "2025-03-07T10:00:00Z",
      usage: { distanceMiles: 320, arrivalDelayMinutes: 5 },
    });
    expect(known.status).toBe(200);
    const closed = await harbour.as("harbour").post("/settlements", { period: "2025-03" });
    expect(closed.status).toBe(201);
    const statements = await harbour.as("nordic-apps").get("/statements");
    const [statement] = statements.body["items"] as { readonly lines: { readonly deliveryId?: string }[] }[];
    // The second leg was booked, corrected by the former version twice, and by this one once more.
    const lines = statement?.lines.filter(({ deliveryId }) => deliveryId === "leg-2") ?? [];
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toHaveProperty("stands");
    const balances = await harbour.sandbox.store.reader("main").balances();
    expect(balances.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(0n);
  });

  it("is moved once when several open it at the same time", async () => {
    const location = await make();
    const stores = await Promise.all([1, 2, 3].map(() => openStore(location)));
    const states = await Promise.all(stores.map((store) => store.export("main")));
    expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(1);
    expect(states[0]?.transactions).toHaveLength(former.tables["transactions"]?.length ?? 0);
    await Promise.all(stores.map((store) => store.close()));
  });
});

const opener = fileURLToPath(new URL("open-database.ts", import.meta.url));

const openerOf = (path: string): ChildProcess =>
  spawn(process.execPath, [opener, path], { stdio: ["ignore", "pipe", "inherit"] });

async function stateOf(path: string): Promise<TenantState> {
  const store = SqliteStore.open(path);
  const state = await store.export("main");
  await store.close();
  return state;
}

describe("moving an SQLite database of version 1", () => {
  it("is whole or not at all, whenever it is killed", async () => {
    const first = await formerSqlite();
    const moved = join(directory, "moved.db");
    await copyFile(first, moved);
    const want = await stateOf(moved);
    for (let kill = 0; kill < 8; kill++) {
      const path = join(directory, `killed-${kill}.db`);
      await copyFile(first, path);
      const child = openerOf(path);
      child.stdout?.once("data", () => setTimeout(() => child.kill("SIGKILL"), 3 * kill));
      await once(child, "close");
      expect(await stateOf(path)).toEqual(want);
    }
  });

  it("lets processes that start at once wait for the one that moves it", async () => {
    const path = await formerSqlite();
    const codes = await Promise.all(
      [1, 2, 3].map(async () => {
        const [code] = await once(openerOf(path), "close");
        return code;
      }),
    );
    expect(codes).toEqual([0, 0, 0]);
    expect((await stateOf(path)).records.length).toBeGreaterThan(30);
  });
});

describe.each([
  ["an SQLite database of version 5", formerSqlite, async (path: string) => backToVersion5(path)],
  ["a PostgreSQL database of version 3", formerPostgres, backToPostgres3],
])("%s", (_, make, goBack) => {
  it("finds its deliveries by month", async () => {
    const location = await make();
    const months = { from: "2025-03", to: "2025-03" };
    const byMonth = async (store: Store): Promise<string[]> =>
      (await store.reader("main").list({ collection: "deliveries", months, limit: 99 })).map(({ id }) => id);
    const moved = await openStore(location);
    const want = await byMonth(moved);
    await moved.close();
    expect(want).toContain("leg-1");
    await goBack(location);
    const store = await openStore(location);
    expect(await byMonth(store)).toEqual(want);
    await store.close();
  });
});

describe("an SQLite database of version 4", () => {
  it("keeps everything, and goes on", async () => {
    const path = await formerSqlite();
    const want = await stateOf(path);
    backToVersion4(path);
    expect(await stateOf(path)).toEqual(want);
    const database = new DatabaseSync(path);
    onTestFinished(() => database.close());
    const made = database.prepare(
      "SELECT name FROM sqlite_schema WHERE name IN ('events', 'transactions') AND sql NOT LIKE '%ROWID%'",
    );
    expect(made.all()).toHaveLength(2);
    const kept = database.prepare("SELECT count(*) AS entries FROM events INDEXED BY events_by_id");
    expect(kept.get()).toEqual({ entries: want.events.length });
  });
});
