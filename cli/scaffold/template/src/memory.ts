import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** What an event was answered with. */
export interface Answer {
  readonly status: number;
  readonly body?: object;
}

/** Which events were handled, with the answer that each got. */
export interface Memory {
  get(id: string): Answer | undefined;
  set(id: string, answer: Answer): void;
}

/** Longer than anybody goes on trying to bring an event. */
const DAYS_KEPT = 30;

/**
 * In a file, so that a restart forgets nothing. Where several processes receive, put it into the database that your
 * effects go to, and write both in one transaction.
 */
export function openMemory(path: string): Memory {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  database.exec("CREATE TABLE IF NOT EXISTS handled (id TEXT PRIMARY KEY, at INTEGER, answer TEXT) STRICT");
  database.prepare("DELETE FROM handled WHERE at < ?").run(Date.now() - DAYS_KEPT * 86_400_000);
  const select = database.prepare("SELECT answer FROM handled WHERE id = ?");
  const insert = database.prepare("INSERT OR IGNORE INTO handled (id, at, answer) VALUES (?, ?, ?)");
  return {
    get: (id) => {
      const row = select.get(id);
      return row === undefined ? undefined : (JSON.parse(String(row["answer"])) as Answer);
    },
    set: (id, answer) => {
      insert.run(id, Date.now(), JSON.stringify(answer));
    },
  };
}
