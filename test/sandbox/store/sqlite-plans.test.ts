import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SqlReader } from "../../../sandbox/store/sql/reader.ts";
import type { Row } from "../../../sandbox/store/sql/rows.ts";
import { firstOfEach, SqliteStore, textsIn } from "../../../sandbox/store/sqlite/sqlite.ts";

let folder: string;
let database: DatabaseSync;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eco-plans-"));
  const path = join(folder, "sandbox.db");
  await SqliteStore.open(path).close();
  database = new DatabaseSync(path);
});
afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

/** How SQLite goes about what a reader asks for, step by step. `first` is what its first question is answered. */
async function planOf(
  ask: (reader: SqlReader) => Promise<unknown>,
  first: readonly Row[] = [],
): Promise<string[]> {
  const steps: string[] = [];
  const answers = [first];
  const reader = new SqlReader(
    {
      ...{ schema: "", noLimit: -1, textsIn, firstOfEach },
      async all(sql, values) {
        const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
        steps.push(...plan.map(({ detail }) => String(detail)));
        return answers.shift() ?? [];
      },
    },
    "main",
  );
  await ask(reader);
  return steps;
}

const page = { after: 100, limit: 50 };

describe("SQLite: what is found by its sets, whatever else there is", () => {
  it.each<[string, (reader: SqlReader) => Promise<unknown>]>([
    ["records of a party", (reader) => reader.list({ collection: "things", party: "a", ...page })],
    [
      "the last of them",
      (reader) => reader.list({ collection: "things", party: "a", limit: 9, descending: true }),
    ],
    ["events of a party", (reader) => reader.events({ party: "a", ...page })],
    ["events of a party and a type", (reader) => reader.events({ party: "a", type: "t", ...page })],
    ["transactions of an account", (reader) => reader.transactions({ account: "a", ...page })],
    ["transactions below a prefix", (reader) => reader.transactions({ account: "a/", ...page })],
    [
      "transactions of an account in a period",
      (reader) => reader.transactions({ account: "a", period: "2025-03", ...page }),
    ],
  ])("%s: only the wanted rows are read, and only the sets' entries looked at", async (_, ask) => {
    const [rows = "", ...before] = await planOf(ask);
    expect(rows).toMatch(/^SEARCH x USING INDEX .*sequence=\?/);
    // The sets that were found (`m`) are gone through one by one; nothing else is.
    expect(before.filter((step) => step.startsWith("SCAN") && step !== "SCAN m")).toEqual([]);
    expect(before).toContainEqual(expect.stringMatching(/^SEARCH x USING COVERING INDEX .*sequence=\?/));
  });

  it("an account's transactions of a period are looked for between the first and the last of that period", async () => {
    const steps = await planOf((reader) => reader.transactions({ account: "a", period: "2025-03", ...page }));
    expect(steps).toContainEqual(
      expect.stringMatching(/transactions_by_accounts .*sequence>\? AND sequence<\?/),
    );
    expect(
      steps.filter((step) => /^SEARCH p USING COVERING INDEX transactions_by_period/.test(step)),
    ).toHaveLength(2);
  });

  it.each([
    ["of all", {}],
    ["of a party", { party: "a" }],
  ])("deliveries of a month, %s, are looked for in the blocks that are noted for it", async (_, whose) => {
    const months = { from: "2025-03", to: "2025-03" };
    const query = { collection: "deliveries", months, ...whose, ...page };
    const steps = await planOf((reader) => reader.list(query), [{ block: 3 }]);
    expect(steps[0]).toMatch(
      /^SEARCH m USING PRIMARY KEY \(tenant=\? AND collection=\? AND month>\? AND month<\?/,
    );
    expect(steps).toContainEqual(
      expect.stringMatching(/^SEARCH x USING .*INDEX .*sequence>\? AND sequence<\?/),
    );
  });
});
