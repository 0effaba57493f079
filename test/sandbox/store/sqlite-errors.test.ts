import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { unusable } from "../../../sandbox/store/sqlite/errors.ts";

it("names a full disk and says that nothing acknowledged is lost", () => {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE kept (value TEXT); INSERT INTO kept VALUES ('acknowledged')");
  // What SQLite says when a page can't be had, wherever it would have come from.
  database.exec("PRAGMA max_page_count = 1");
  const fill = (): void => {
    database.exec("BEGIN");
    database.prepare("INSERT INTO kept VALUES (?)").run("x".repeat(1_000_000));
  };
  let full: unknown;
  try {
    fill();
  } catch (error) {
    full = unusable("sandbox.db", error);
  }
  expect(full).toMatchObject({
    code: "ECO_DATABASE_UNUSABLE",
    message: "sandbox.db can't be used: the disk is full.",
    fix: "Free some space; nothing that was acknowledged is lost.",
  });
  if (database.isTransaction) database.exec("ROLLBACK");
  expect(database.prepare("SELECT value FROM kept").all()).toEqual([{ value: "acknowledged" }]);
  database.close();
});
