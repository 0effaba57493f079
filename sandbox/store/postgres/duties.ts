import type { Query } from "./connection.ts";

/** How long a process that says nothing more is taken to be at work: it may have died. */
const HOLD_MS = 5_000;
const RENEW_EVERY_MS = 1_000;

/** By the clock of the database, which all processes share. */
const NOW_MS = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

/** What this process does for tenants while no other process may do it too: rows with an end, renewed while they are wanted. */
export class PostgresDuties {
  readonly #query: Query;
  readonly #holder = crypto.randomUUID();
  /** When each was last renewed, as `performance.now()` has it. */
  readonly #renewed = new Map<string, number>();

  constructor(query: Query) {
    this.#query = query;
  }

  async leads(tenant: string, duty: string): Promise<boolean> {
    const name = `${tenant}\n${duty}`;
    const beganAt = performance.now();
    if (beganAt - (this.#renewed.get(name) ?? -Infinity) < RENEW_EVERY_MS) return true;
    const rows = await this.#query(
      `INSERT INTO eco.holds AS h (name, holder, until_ms) VALUES (?, ?, ${NOW_MS} + ?)
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_ms = excluded.until_ms
       WHERE h.holder = excluded.holder OR h.until_ms < ${NOW_MS} RETURNING name`,
      [name, this.#holder, HOLD_MS],
    );
    if (rows.length > 0) this.#renewed.set(name, beganAt);
    else this.#renewed.delete(name);
    return rows.length > 0;
  }

  /** Others may take over at once. Where it can't be said, the rows end by themselves. */
  async close(): Promise<void> {
    if (this.#renewed.size === 0) return;
    await this.#query("DELETE FROM eco.holds WHERE holder = ?", [this.#holder]).catch(() => {});
  }
}
