import {
  type Answer,
  beginsAnew,
  type Call,
  type Change,
  hasChanged,
  isConflict,
  perform,
} from "../calls.ts";
import { MemoryStore } from "../memory/memory.ts";
import { abort, beginTransaction, type CallDatabase, type Calls, forget, openCalls } from "./calls.ts";
import { refused, unusable } from "./errors.ts";
import { CallCount, isSnapshot, redo, snapshotOf } from "./kept-calls.ts";

/** A call whose caller waits. */
interface Waiting {
  readonly call: Call;
  resolve(answer: Answer<Change>): void;
  reject(error: unknown): void;
}

/**
 * A database of calls, and the memory in which they are performed.
 *
 * The database holds the calls that changed the store, in their order; what they come to is held in memory and made
 * anew when a page opens. Where calls have become many, what they came to takes their place. Calls that come while one
 * transaction ends share the next: it catches up with what other pages wrote, performs the calls in memory, writes those
 * that changed anything, and only when the browser has them on the disk are they acknowledged. IndexedDB lets one such
 * transaction in at a time, whichever page began it. So every page performs the same calls in the same order, and none
 * decides on what another one has changed since. A transaction that fails leaves no trace: what memory holds is made
 * anew from the database.
 */
export class IndexedDbLog {
  readonly #name: string;
  readonly #database: CallDatabase;
  /** Tells the other pages that something was written. */
  readonly #channel: BroadcastChannel;
  readonly #callsKept: number;
  #memory = new MemoryStore();
  /** Calls that the database holds. */
  #count: CallCount;
  /** Place of the last call that memory holds. */
  #last = 0;
  #waiting: Waiting[] = [];
  #rounds: Promise<void> | undefined;
  /** The end of the transaction whose calls memory already shows. */
  #committed: Promise<unknown> = Promise.resolve();
  /** Whether the database holds calls that memory doesn't. */
  #isBehind = true;
  #told = 0;
  /** Why nothing goes any more. */
  #end: unknown;

  private constructor(name: string, database: CallDatabase, callsKept: number) {
    this.#callsKept = callsKept;
    this.#count = new CallCount(callsKept);
    this.#name = name;
    this.#database = database;
    this.#channel = new BroadcastChannel(`eco ${name}`);
    this.#channel.onmessage = () => {
      this.#told += 1;
      this.#isBehind = true;
      this.#keepUp();
    };
  }

  /**
   * Opens the site's database of this name, which is made where there is none.
   * @param callsKept how many calls of a tenant are kept at least before what they have come to takes their place
   * @throws EcoError `ECO_DATABASE_UNUSABLE`
   */
  static async open(name: string, callsKept: number): Promise<IndexedDbLog> {
    let log: IndexedDbLog | undefined;
    const database = await openCalls(name, (reason) => {
      if (log !== undefined) log.#leave(refused(name, reason));
    });
    log = new IndexedDbLog(name, database, callsKept);
    await log.current();
    return log;
  }

  /** How often other pages said that they wrote something. */
  get told(): number {
    return this.#told;
  }

  /** Resolves when what memory shows is on the disk; rejects where it doesn't get there. */
  async settled(): Promise<void> {
    await this.#committed;
  }

  /** What the database holds, and what is about to be committed. */
  async current(): Promise<MemoryStore> {
    while (this.#isBehind && this.#end === undefined) await this.#keepUp();
    if (this.#end !== undefined) throw this.#end;
    return this.#memory;
  }

  /** Performs a call and writes it; resolves when it is on the disk. */
  change<M extends Change>(call: Call<M>): Promise<Answer<M>> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer<M>>();
    // Each is resolved with the answer to its own call.
    const waiting = { call, resolve: resolve as (answer: Answer<Change>) => void, reject };
    this.#waiting.push(waiting as Waiting);
    this.#keepUp();
    return promise;
  }

  /** After all that was called before. */
  async close(): Promise<void> {
    await this.#rounds;
    this.#leave(refused(this.#name, "it is closed", "Open it again."));
  }

  /** One round after the other until nobody waits. */
  #keepUp(): Promise<void> {
    this.#rounds ??= this.#runRounds();
    return this.#rounds;
  }

  async #runRounds(): Promise<void> {
    // Whoever calls in the same turn comes along.
    await Promise.resolve();
    while (this.#end === undefined && (this.#isBehind || this.#waiting.length > 0)) {
      await this.#round();
      await this.#putTogether();
    }
    for (const { reject } of this.#waiting.splice(0)) reject(this.#end);
    this.#rounds = undefined;
  }

  async #round(): Promise<void> {
    const begun = await this.#begin();
    if (begun !== undefined) await this.#commit(begun.calls, begun.ended, this.#waiting.splice(0));
  }

  /** A transaction in which memory holds what the database does; undefined where there can't be one any more. */
  async #begin(): Promise<ReturnType<typeof beginTransaction> | undefined> {
    try {
      const begun = beginTransaction(this.#database);
      await this.#catchUp(begun.calls);
      return begun;
    } catch (error) {
      this.#leave(unusable(this.#name, error));
      return undefined;
    }
  }

  /** Performs what other pages wrote, or everything where memory is empty. */
  async #catchUp(calls: Calls): Promise<void> {
    const from = this.#last;
    const missed = await calls.getAll(IDBKeyRange.lowerBound(from, true));
    for (const kept of missed) {
      if (isSnapshot(kept) || beginsAnew(kept)) this.#count.forget(kept.tenant);
      this.#count.add(kept);
    }
    const unknown = missed.filter((kept) => !isSnapshot(kept) || kept.upTo > from);
    const followed = await Promise.all(unknown.map((kept) => redo(this.#memory, kept)));
    if (followed.includes(false)) throw refused(this.#name, "its calls don't follow from each other");
    this.#last = missed.at(-1)?.place ?? from;
    this.#isBehind = false;
  }

  /**
   * Puts what a tenant's calls have come to in their place, where they have become many: all of it in one transaction,
   * so that a page which goes away meanwhile leaves either. Whoever has performed them has nothing to catch up with.
   */
  async #putTogether(): Promise<void> {
    const tenant = this.#end === undefined ? this.#count.due : undefined;
    if (tenant === undefined) return;
    const begun = await this.#begin();
    if (begun === undefined) return;
    const { calls, ended } = begun;
    // Another page may have done it.
    if (!this.#count.isDue(tenant)) return;
    try {
      const snapshot = await snapshotOf(this.#memory, tenant, this.#last);
      await forget(calls, tenant);
      const place = await calls.add(snapshot);
      await ended;
      this.#last = place;
      this.#count.add(snapshot);
    } catch {
      // As for want of space. The calls are still there.
      abort(calls);
      this.#count.putOff(tenant);
    }
  }

  /** Performs and writes the calls that wait: all of them, or none. */
  async #commit(calls: Calls, ended: Promise<void>, group: readonly Waiting[]): Promise<void> {
    const committed = Promise.withResolvers<void>();
    // Whoever only reads may not ask.
    committed.promise.catch(() => {});
    this.#committed = committed.promise;
    const written: (() => void)[] = [];
    try {
      for (const waiting of group) {
        const acknowledge = await this.#perform(calls, waiting);
        if (acknowledge !== undefined) written.push(acknowledge);
      }
      // With nobody to tell, it may end as it likes.
      if (group.length > 0) await ended;
      committed.resolve();
      for (const acknowledge of written) acknowledge();
      if (written.length > 0 && this.#end === undefined) this.#channel.postMessage(null);
    } catch (error) {
      abort(calls);
      const reason = unusable(this.#name, error);
      this.#memory = new MemoryStore();
      this.#count = new CallCount(this.#callsKept);
      this.#last = 0;
      this.#isBehind = true;
      committed.reject(reason);
      for (const { reject } of group) reject(reason);
    }
  }

  /** Answers at once what promises nothing; otherwise gives what is to be done after the commit. */
  async #perform(calls: Calls, { call, resolve, reject }: Waiting): Promise<(() => void) | undefined> {
    let answer: Answer<Change>;
    try {
      answer = await perform(this.#memory, call);
    } catch (error) {
      // A fault of this call alone: it has changed nothing.
      reject(error);
      return undefined;
    }
    if (isConflict(answer)) {
      resolve(answer);
      return undefined;
    }
    if (hasChanged(answer)) {
      if (beginsAnew(call)) {
        await forget(calls, call.tenant);
        this.#count.forget(call.tenant);
      }
      this.#last = await calls.add(call);
      this.#count.add(call);
    }
    return () => resolve(answer);
  }

  #leave(reason: unknown): void {
    this.#end ??= reason;
    this.#channel.close();
    this.#database.close();
  }
}
