import { Holds } from "./holds.ts";
import { number } from "./rows.ts";
import type { Statements } from "./sqlite-statements.ts";

/** How long a process that says nothing more stays alone with a tenant: it may have died. */
const HOLD_MS = 5_000;
const RENEW_EVERY_MS = 1_000;
const LOOK_EVERY_MS = 10;

/** Runs `work` within a write transaction, and resolves once it is committed. */
type Write = <T>(work: () => T) => Promise<T>;

/**
 * Who is alone with a tenant, among the processes that share a file. It is a row with an end, renewed as long as it is
 * wanted: SQLite's own lock would hold up all tenants and the whole of every process that waits for it. It gives the
 * way to one, no more: who overstays it finds by the versions of its records that others have written.
 */
export class SqliteHolds {
  readonly #statements: Statements;
  readonly #write: Write;
  readonly #holder = crypto.randomUUID();
  readonly #here = new Holds();
  /** Tenants that no other process was alone with, after so many commits of others. */
  readonly #free = new Map<string, number>();

  /** When each duty of this process was last renewed, as `performance.now()` has it. */
  readonly #led = new Map<string, number>();

  constructor(statements: Statements, write: Write) {
    this.#statements = statements;
    this.#write = write;
  }

  /** Whether nobody is alone with the tenant, within a write transaction. */
  isFree(tenant: string): boolean {
    if (this.#here.of(tenant) !== undefined) return false;
    const { foreignCommits } = this.#statements;
    if (this.#free.get(tenant) === foreignCommits) return true;
    if (this.#isElsewhere(tenant)) return false;
    this.#free.set(tenant, foreignCommits);
    return true;
  }

  #isElsewhere(tenant: string): boolean {
    const row = this.#statements.get("SELECT until_ms FROM holds WHERE tenant = ? AND holder <> ?", [
      tenant,
      this.#holder,
    ]);
    return row !== undefined && number(row, "until_ms") > Date.now();
  }

  /** Resolves when nobody is: another one may be by the next turn of the event loop. */
  async free(tenant: string): Promise<void> {
    await this.#here.of(tenant);
    await this.#freeElsewhere(tenant);
  }

  /** Runs `work` while nobody else is alone with the tenant. */
  alone<T>(tenant: string, work: () => Promise<T>): Promise<T> {
    return this.#here.alone(tenant, async () => {
      await this.#take(tenant);
      const renewing = setInterval(() => void this.#renew(tenant), RENEW_EVERY_MS);
      try {
        return await work();
      } finally {
        clearInterval(renewing);
        await this.#end(tenant);
      }
    });
  }

  /** Whether it is this process's, which it stays for {@link HOLD_MS} and as long as it goes on asking. */
  async leads(duty: string): Promise<boolean> {
    const beganAt = performance.now();
    if (beganAt - (this.#led.get(duty) ?? -Infinity) < RENEW_EVERY_MS) return true;
    const leads = !this.#isElsewhere(duty) && (await this.#write(() => this.#taken(duty)));
    if (leads) this.#led.set(duty, beganAt);
    else this.#led.delete(duty);
    return leads;
  }

  /** Others may take over at once what this process leads. */
  async close(): Promise<void> {
    await Promise.all([...this.#led.keys()].map((duty) => this.#end(duty)));
  }

  async #take(tenant: string): Promise<void> {
    while (!(await this.#write(() => this.#taken(tenant)))) await this.#freeElsewhere(tenant);
  }

  /** Whether it was free, and is this process's now. */
  #taken(tenant: string): boolean {
    if (this.#isElsewhere(tenant)) return false;
    this.#statements.run(
      `INSERT INTO holds (tenant, holder, until_ms) VALUES (?, ?, ?)
       ON CONFLICT (tenant) DO UPDATE SET holder = excluded.holder, until_ms = excluded.until_ms`,
      [tenant, this.#holder, Date.now() + HOLD_MS],
    );
    return true;
  }

  async #freeElsewhere(tenant: string): Promise<void> {
    while (this.#isElsewhere(tenant)) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }

  /** Where it can't, the hold ends by itself; whoever is alone hears of the database's trouble from its own changes. */
  async #renew(tenant: string): Promise<void> {
    const sql = "UPDATE holds SET until_ms = ? WHERE tenant = ? AND holder = ?";
    const renew = (): unknown => this.#statements.run(sql, [Date.now() + HOLD_MS, tenant, this.#holder]);
    await this.#write(renew).catch(() => {});
  }

  async #end(tenant: string): Promise<void> {
    const sql = "DELETE FROM holds WHERE tenant = ? AND holder = ?";
    const end = (): unknown => this.#statements.run(sql, [tenant, this.#holder]);
    await this.#write(end).catch(() => {});
  }
}
