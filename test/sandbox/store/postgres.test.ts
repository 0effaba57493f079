import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openStore } from "../../../sandbox/store/open.ts";
import { PostgresConnection } from "../../../sandbox/store/postgres/connection.ts";
import { PostgresStore } from "../../../sandbox/store/postgres/postgres.ts";
import { tenantTables } from "../../../sandbox/store/postgres/schema.ts";
import type { Changeset } from "../../../sandbox/store/store.ts";
import { eventually } from "../../support/eventually.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { change, transaction } from "./conformance/changes.ts";
import { describeStore } from "./conformance.ts";

let server: PostgresServer;
let conformance: string;
beforeAll(async () => {
  server = await startPostgres();
  conformance = await server.newDatabase();
  await (await PostgresStore.open(conformance)).close();
});
afterAll(() => server?.remove());

async function sql(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(text);
  await client.end();
  return rows;
}

/** The same database empty again: sooner done than a new one. */
const emptied = (): Promise<unknown> =>
  sql(conformance, ["tenants", ...tenantTables].map((name) => `DELETE FROM eco.${name}`).join(";"));

describeStore("PostgreSQL", async () => {
  await emptied();
  return PostgresStore.open(conformance);
});

async function opened(url: string): Promise<PostgresStore> {
  const store = await PostgresStore.open(url);
  onTestFinished(() => store.close());
  return store;
}

const put = (id: string, parts: Partial<Changeset> = {}): Changeset =>
  change({
    writes: [{ collection: "things", id, value: { id }, expectedVersion: 0, keys: ["k"] }],
    ...parts,
  });

const eventOf = (id: string): Changeset["events"][number] => ({
  id,
  type: "thing.made",
  subject: id,
  time: "2025-03-01T00:00:00.000Z",
  orderKey: id,
  audience: ["blueline"],
  causedBy: id,
  data: {},
});

describe("PostgreSQL: several stores on one database", () => {
  it("keeps everything over a restart of the process and of the server", async () => {
    const url = await server.newDatabase();
    const first = await opened(url);
    await first.apply(put("a", { events: [eventOf("a")] }));
    const before = await first.export("main");
    const second = await opened(url);
    expect(await second.export("main")).toEqual(before);
    await server.stop();
    await expect(first.apply(put("b"))).rejects.toMatchObject({ code: "ECO_DATABASE_UNUSABLE" });
    await expect(first.reader("main").get("things", "a")).rejects.toThrow(
      `PostgreSQL 127.0.0.1:${server.port}`,
    );
    await server.start();
    // What was open before goes on by itself.
    expect((await first.apply(put("b"))).kind).toBe("applied");
    expect((await second.reader("main").get("things", "b"))?.sequence).toBe(2);
  });

  it("makes the schema once when several start at the same time", async () => {
    const url = await server.newDatabase();
    const stores = await Promise.all(Array.from({ length: 5 }, () => opened(url)));
    const outcomes = await Promise.all(stores.map((store) => store.apply(put("a"))));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
      "applied",
      ...Array.from({ length: 4 }, () => "conflict"),
    ]);
  });

  it("gives events sequences in the order of the commits, so that who goes by them misses none", async () => {
    const url = await server.newDatabase();
    const stores = await Promise.all(Array.from({ length: 3 }, () => opened(url)));
    const total = 300;
    const writing = Promise.all(
      Array.from({ length: total }, (_, n) =>
        stores[n % stores.length]?.apply(put(`r${n}`, { events: [eventOf(`e${n}`)] })),
      ),
    );
    const watcher = await opened(url);
    const seen: number[] = [];
    while (seen.length < total) {
      const page = await watcher.reader("main").events({ after: seen.at(-1) ?? 0, limit: 50 });
      seen.push(...page.map(({ sequence }) => sequence));
    }
    await writing;
    expect(seen).toEqual(Array.from({ length: total }, (_, n) => n + 1));
  });

  it("leases no dispatch twice, and none of a lane before the one ahead is settled", async () => {
    const url = await server.newDatabase();
    const stores = await Promise.all(Array.from({ length: 3 }, () => opened(url)));
    const lanes = 4;
    const dispatches = Array.from({ length: 60 }, (_, n) => ({
      id: `d${n}`,
      eventId: `e${n}`,
      endpointId: "e1",
      orderKey: `lane ${n % lanes}`,
    }));
    await stores[0]?.apply(change({ dispatches }));
    const taken: string[] = [];
    const work = async (store: PostgresStore): Promise<void> => {
      // Not a single round without: another one may hold all lanes for a moment.
      while ((await store.dispatches("main", { state: "pending", limit: 1 })).length > 0) {
        const claimed = await store.claimDispatches("main", { nowMs: 1, wallMs: 1, leaseMs: 9, limit: 3 });
        taken.push(...claimed.map(({ id }) => id));
        for (const { id } of claimed)
          await store.settleDispatch("main", id, { state: "done", notBeforeMs: 0 });
      }
    };
    await Promise.all(stores.map(work));
    expect([...taken].sort()).toEqual(dispatches.map(({ id }) => id).sort());
    for (let lane = 0; lane < lanes; lane++) {
      const order = taken.map((id) => Number(id.slice(1))).filter((n) => n % lanes === lane);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
  });

  it("lets one of them lead a duty, and another one when it is closed", async () => {
    const url = await server.newDatabase();
    const [one, two] = await Promise.all([opened(url), opened(url)]);
    const leads = () => Promise.all([one, two].map((store) => store.leads("main", "tests")));
    expect((await leads()).filter(Boolean)).toHaveLength(1);
    const [first] = await leads();
    expect(await leads()).toEqual([first, !first]);
    const [leader, other] = first === true ? [one, two] : [two, one];
    expect(await other.leads("main", "another")).toBe(true);
    expect(await other.leads("elsewhere", "tests")).toBe(true);
    await leader.close();
    expect(await other.leads("main", "tests")).toBe(true);
  });

  it("is alone with a tenant as long as its connection lives, and changes nothing without it", async () => {
    const url = await server.newDatabase();
    const [store, other] = await Promise.all([opened(url), opened(url)]);
    const waiting = Promise.withResolvers<unknown>();
    const alone = store.alone("main", async ({ apply }) => {
      await apply(put("a"));
      waiting.resolve(other.apply(put("b")));
      // The other one waits for nobody else than this one.
      await eventually(async () =>
        expect(await sql(url, "SELECT pid FROM pg_locks WHERE NOT granted")).toHaveLength(1),
      );
      await sql(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'",
      );
      return apply(put("c"));
    });
    await expect(alone).rejects.toMatchObject({ code: "ECO_DATABASE_UNUSABLE" });
    expect(await waiting.promise).toEqual({ kind: "applied" });
    const listed = await store.reader("main").list({ collection: "things", limit: 9 });
    expect(listed.map(({ id }) => id)).toEqual(["b"]);
  });

  it("leaves the others of a group alone when PostgreSQL can't take one", async () => {
    const store = await opened(await server.newDatabase());
    const twice = transaction("t", [
      ["x", 1n],
      ["y", -1n],
    ]);
    const [good, bad, later] = await Promise.allSettled([
      store.apply(put("a")),
      // One id for two transactions of a changeset.
      store.apply(put("b", { transactions: [twice, twice] })),
      store.apply(put("c")),
    ]);
    expect([good.status, bad.status, later.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await store.reader("main").get("things", "b")).toBeUndefined();
    expect((await store.reader("main").get("things", "c"))?.sequence).toBe(2);
    expect(await store.reader("main").balances()).toEqual([]);
  });

  it.each(["a\u0000b", "\u0001\u0002", "quo'te\"d\\", "{curly},", "ünï 🎈", "NULL", ""])(
    "keeps any text as an id and a key: %j",
    async (text) => {
      await emptied();
      const store = await opened(conformance);
      const write = { collection: "things", id: text, value: { text }, expectedVersion: 0, keys: [text] };
      await store.apply(change({ writes: [write] }));
      expect(await store.reader("main").list({ collection: "things", key: text, limit: 2 })).toEqual([
        { collection: "things", id: text, version: 1, sequence: 1, value: { text } },
      ]);
    },
  );
});

describe("PostgreSQL: a transaction that another one was in the way of", () => {
  const ended = (code: string) =>
    `DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '${code}'; END $$`;

  it.each(["40001", "40P01"])("is tried again from its beginning after %s", async (code) => {
    const connection = await PostgresConnection.open(await server.newDatabase());
    onTestFinished(() => connection.close());
    await connection.query("CREATE TABLE marks (attempt INT)");
    let attempts = 0;
    await connection.transaction(async (query) => {
      attempts += 1;
      await query("INSERT INTO marks VALUES (?)", [attempts]);
      if (attempts < 3) await query(ended(code));
    });
    expect(await connection.query("SELECT attempt FROM marks")).toEqual([{ attempt: 3 }]);
  });

  it("is given up after some attempts, as a database that can't be used", async () => {
    const connection = await PostgresConnection.open(await server.newDatabase());
    onTestFinished(() => connection.close());
    let attempts = 0;
    const given = connection.transaction(async (query) => {
      attempts += 1;
      await query(ended("40001"));
    });
    await expect(given).rejects.toMatchObject({ code: "ECO_DATABASE_UNUSABLE" });
    expect(attempts).toBe(6);
  });
});

describe("PostgreSQL: a server that takes no more for a while", () => {
  it.each([
    ["53100", "its disk is full"],
    ["57014", "longer than its statement_timeout"],
    ["57P03", "can't be used"],
    ["53200", "can't be used"],
  ])(
    "after %s nothing is half done, what was acknowledged stays, and the next goes through",
    async (code, said) => {
      const url = await server.newDatabase();
      const store = await opened(url);
      await store.apply(put("kept"));
      // Where a write may find no room: after others of the same changeset have been made.
      await sql(
        url,
        `CREATE FUNCTION eco.no_room() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '${code}'; END $$;
       CREATE TRIGGER no_room BEFORE INSERT ON eco.transactions EXECUTE FUNCTION eco.no_room()`,
      );
      const booked = transaction("t", [
        ["x", 1n],
        ["y", -1n],
      ]);
      const refused = store.apply(put("refused", { transactions: [booked] }));
      await expect(refused).rejects.toMatchObject({
        code: "ECO_DATABASE_UNUSABLE",
        message: expect.stringContaining(said),
      });
      expect(await store.reader("main").get("things", "kept")).toBeDefined();
      expect(await store.reader("main").get("things", "refused")).toBeUndefined();
      await sql(url, "DROP TRIGGER no_room ON eco.transactions");
      expect(await store.apply(put("refused", { transactions: [booked] }))).toEqual({ kind: "applied" });
      expect(await store.reader("main").balances()).toHaveLength(2);
    },
  );

  it("that is stopped and started again loses nothing, and is used again without anybody's doing", async () => {
    const gone = await startPostgres();
    onTestFinished(() => gone.remove());
    const store = await opened(await gone.newDatabase());
    await store.apply(put("kept"));
    await gone.stop();
    const meanwhile = await Promise.allSettled([store.apply(put("a")), store.apply(put("b"))]);
    for (const { status, ...rest } of meanwhile)
      expect({ status, ...rest }).toMatchObject({
        status: "rejected",
        reason: { code: "ECO_DATABASE_UNUSABLE" },
      });
    await gone.start();
    expect(await store.apply(put("a"))).toEqual({ kind: "applied" });
    expect(await store.reader("main").get("things", "kept")).toBeDefined();
    expect(await store.reader("main").get("things", "b")).toBeUndefined();
  });
});

describe("PostgreSQL: databases that can't be used", () => {
  const CANARY = "canary-4711";
  const refusals: readonly (readonly [
    name: string,
    location: (url: string) => string | Promise<string>,
    message: RegExp,
  ])[] = [
    [
      "a wrong password",
      (url) => url.replace(/:[^:@/]+@/, `:${CANARY}@`),
      /^PostgreSQL 127\.0\.0\.1:\d+\/eco_\w+ can't be used: it refuses the user or the password/,
    ],
    ["no password", (url) => url.replace(/:[^:@/]+@/, "@"), /it wants a password/],
    ["a database that isn't there", (url) => url.replace(/\/eco_\w+$/, "/nowhere"), /doesn't exist/],
    [
      "a port where nothing listens",
      () => `postgres://eco:${CANARY}@127.0.0.1:1/eco`,
      /^PostgreSQL 127\.0\.0\.1:1\/eco can't be used: nothing listens there/,
    ],
    ["a password that ends the host", () => `postgres://eco:12/${CANARY}@h/eco`, /can't be read/],
    ["a password that ends the URL", () => `postgres://eco:12#${CANARY}@h/eco`, /can't be read/],
    ["a URL that is none", () => `postgres://eco:${CANARY}#@h:x/eco`, /can't be read/],
    ["a database of another kind", () => `mysql://eco:${CANARY}@h/eco`, /mysql:\/\/ are not supported/],
    [
      "a database of a newer version",
      async () => {
        const url = await server.newDatabase();
        await (await PostgresStore.open(url)).close();
        await sql(url, "UPDATE eco.schema_version SET version = 99");
        return url;
      },
      /newer version of eco \(schema 99/,
    ],
  ];

  it.each(refusals)(
    "refuses %s, says why and how to mend it, and never the password",
    async (_, location, message) => {
      const connections = (): number =>
        process.getActiveResourcesInfo().filter((resource) => resource === "TCPSocketWrap").length;
      const before = connections();
      const error: unknown = await openStore(await location(conformance)).then(
        (store) => store.close(),
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({
        code: "ECO_DATABASE_UNUSABLE",
        message: expect.stringMatching(message),
        fix: expect.stringMatching(/\.$/),
      });
      const { message: text, fix, cause } = error as Error & { readonly fix: string };
      expect(`${text} ${fix} ${String(cause)} ${JSON.stringify(cause)}`).not.toContain(CANARY);
      // One that the server keeps for a minute would keep the process as long.
      await expect.poll(connections, { timeout: 5_000 }).toBeLessThanOrEqual(before);
    },
  );
});
