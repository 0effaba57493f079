import { clearInterval, monotonicMs, setInterval, setTimeout } from "../../values/real-timers.ts";
import { Holds } from "../holds.ts";
import type { Snapshots } from "./snapshots.ts";
import { isHeldElsewhere } from "./work.ts";
import type { SqliteWrites } from "./writes.ts";

/** How long a process that says nothing more stays alone with a tenant: it may have died. */
const HOLD_MS = 5_000;
const RENEW_EVERY_MS = 1_000;
const LOOK_EVERY_MS = 10;

/**
 * Who is alone with a tenant, among the processes that share a file. It is a row with an end, renewed as long as it is
 * wanted: SQLite's own lock would hold up all tenants and the whole of every process that waits for it. It gives the
 * way to one, no more: who overstays it finds by the versions of its records that others have written.
 */
export class SqliteHolds {
  readonly #snapshots: Snapshots;
  readonly #writes: SqliteWrites;
  readonly #holder: string;
  readonly #here = new Holds();
  /** When each duty of this process was last renewed, as `performance.now()` has it. */
  readonly #led = new Map<string, number>();

  constructor(snapshots: Snapshots, writes: SqliteWrites, holder: string) {
    this.#snapshots = snapshots;
    this.#writes = writes;
    this.#holder = holder;
  }

  /** Resolves when whoever is alone with the tenant in this process is done; undefined where nobody is. */
  here(tenant: string): Promise<void> | undefined {
    return this.#here.of(tenant);
  }

  /** Resolves when nobody of another process is: another one may be by the next turn of the event loop. */
  async freeElsewhere(tenant: string): Promise<void> {
    while (this.#isElsewhere(tenant)) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }

  /** Runs `work` while nobody else is alone with the tenant. */
  alone<T>(tenant: string, work: () => Promise<T>): Promise<T> {
    return this.#here.alone(tenant, async () => {
      while (!(await this.#take(tenant))) await this.freeElsewhere(tenant);
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
    const beganAt = monotonicMs();
    if (beganAt - (this.#led.get(duty) ?? -Infinity) < RENEW_EVERY_MS) return true;
    const leads = !this.#isElsewhere(duty) && (await this.#take(duty));
    if (leads) this.#led.set(duty, beganAt);
    else this.#led.delete(duty);
    return leads;
  }

  /** Others may take over at once what this process leads. */
  async close(): Promise<void> {
    await Promise.all([...this.#led.keys()].map((duty) => this.#end(duty)));
  }

  #isElsewhere(name: string): boolean {
    return isHeldElsewhere(this.#snapshots, name, this.#holder);
  }

  /** Whether it was free, and is this process's now. */
  #take(name: string): Promise<boolean> {
    return this.#writes.call("takeHold", name, Date.now() + HOLD_MS);
  }

  /** Where it can't, the hold ends by itself; whoever is alone hears of the database's trouble from its own changes. */
  async #renew(name: string): Promise<void> {
    await this.#writes.call("renewHold", name, Date.now() + HOLD_MS).catch(() => {});
  }

  async #end(name: string): Promise<void> {
    await this.#writes.call("endHold", name).catch(() => {});
  }
}
