import { closeSync, fdatasync, openSync } from "node:fs";
import { EcoError } from "../../specs/engine/errors/index.ts";

/** Brings what was written to an open file to the disk; tells an error to whoever asked. */
export type SyncFile = (file: number, done: (error: NodeJS.ErrnoException | null) => void) => void;

/**
 * The write-ahead log of a database, synced beside the event loop: SQLite itself would hold up everything until the disk
 * has answered. One sync covers all that was written before it began, and there is never more than one under way.
 *
 * After a sync that failed nobody knows what the disk has: from then on it is refused for ever.
 */
export class SqliteLog {
  readonly #database: string;
  readonly #file: number;
  readonly #sync: SyncFile;
  /** How often something was written, and which of these the disk has for sure. */
  #written = 0;
  #durable = 0;
  #waiting: { readonly from: number; resolve(): void; reject(error: unknown): void }[] = [];
  #syncing = false;
  #failure: EcoError | undefined;

  /** `database` is what messages name. */
  constructor(path: string, database: string, sync: SyncFile = fdatasync) {
    this.#database = database;
    // Closing it drops no lock: SQLite's are on its other two files.
    this.#file = openSync(path, "r+");
    this.#sync = sync;
  }

  /** Something was written, or what somebody else wrote was read. */
  wrote(): void {
    this.#written += 1;
  }

  /** @throws EcoError `ECO_DATABASE_UNUSABLE` */
  assertUsable(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /**
   * Resolves when all that was written so far is durable.
   * @throws EcoError `ECO_DATABASE_UNUSABLE`
   */
  async durable(): Promise<void> {
    this.assertUsable();
    if (this.#durable === this.#written) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ from: this.#written, resolve, reject });
    this.#start();
    await promise;
  }

  /** After the last sync. */
  close(): void {
    closeSync(this.#file);
  }

  #start(): void {
    if (this.#syncing) return;
    this.#syncing = true;
    const covered = this.#written;
    this.#sync(this.#file, (error) => {
      this.#syncing = false;
      if (error === null) this.#covered(covered);
      else this.refuse(error.code ?? error.message, error);
    });
  }

  #covered(written: number): void {
    this.#durable = written;
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(({ from }) => from > written);
    for (const { from, resolve } of waiting) if (from <= written) resolve();
    if (this.#waiting.length > 0) this.#start();
  }

  /** From now on: the disk didn't take something, for this reason. */
  refuse(reason: string, cause?: Error): void {
    this.#failure ??= new EcoError(
      "ECO_DATABASE_UNUSABLE",
      `${this.#database} can't be used: the disk didn't take what was written to it (${reason}).`,
      { cause, fix: "Check the disk and start again; what was acknowledged before is kept." },
    );
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(this.#failure);
  }
}
