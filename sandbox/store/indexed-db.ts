import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from "idb";
import { type Answer, beginsAnew, type Call, type Change, hasChanged, isConflict, perform } from "./calls.ts";
import { Holds } from "./holds.ts";
import { refused, unusable } from "./indexed-db-errors.ts";
import { LateReader } from "./late-reader.ts";
import { MemoryStore } from "./memory.ts";
import type {
  ApplyOutcome,
  Changeset,
  DispatchClaim,
  DispatchQuery,
  DispatchSettlement,
  Held,
  IdempotentAnswer,
  Reader,
  Store,
  StoredDispatch,
  TenantState,
} from "./store.ts";

/** Rises with every change to what a {@link Call} is or comes to. */
const VERSION = 1;
const CALLS = "calls";

interface Tables extends DBSchema {
  [CALLS]: {
    /** Place in the order of all tenants' calls. */
    key: number;
    value: Call & { readonly place?: number };
    indexes: { tenant: string };
  };
}

type Calls = IDBPObjectStore<Tables, [typeof CALLS], typeof CALLS, "readwrite">;

/** A call whose caller waits. */
interface Waiting {
  readonly call: Call;
  resolve(answer: Answer<Change>): void;
  reject(error: unknown): void;
}

/**
 * Keeps a sandbox in the browser: it survives a reload of the page, and the pages of a site share it.
 *
 * The database holds the calls that changed the store, in their order; what they come to is held in memory and made
 * anew when a page opens. Calls that come while one transaction ends share the next: it catches up with what other
 * pages wrote, performs the calls in memory, writes those that changed anything, and only when the browser has
 * them on the disk are they acknowledged. IndexedDB lets one such transaction in at a time, whichever page began it.
 * So every page performs the same calls in the same order, and none decides on what another one has changed since.
 * A transaction that fails leaves no trace: what memory holds is made anew from the database.
 */
export class IndexedDbStore implements Store {
  readonly description: string;
  readonly #name: string;
  readonly #database: IDBPDatabase<Tables>;
  /** Tells the other pages that something was written. */
  readonly #channel: BroadcastChannel;
  readonly #holds = new Holds();
  #memory = new MemoryStore();
  /** Place of the last call that memory holds. */
  #last = 0;
  #waiting: Waiting[] = [];
  #rounds: Promise<void> | undefined;
  /** The end of the transaction whose calls memory already shows. */
  #committed: Promise<unknown> = Promise.resolve();
  /** Whether the database holds calls that memory doesn't. */
  #isBehind = true;
  /** How often other pages said that they wrote something. */
  #told = 0;
  /** Why nothing goes any more. */
  #end: unknown;

  private constructor(name: string, database: IDBPDatabase<Tables>) {
    this.description = `IndexedDB ${name}`;
    this.#name = name;
    this.#database = database;
    this.#channel = new BroadcastChannel(`eco ${name}`);
    this.#channel.onmessage = () => {
      this.#told += 1;
      this.#isBehind = true;
      this.#keepUp();
    };
  }

  /** Opens the site's database of this name, which is made where there is none. Throws `EcoError` `ECO_DATABASE_UNUSABLE`. */
  static async open(name = "eco-sandbox"): Promise<IndexedDbStore> {
    if (typeof indexedDB === "undefined") {
      throw refused(name, "there is no IndexedDB here", "Use a memory store, or open the page in a browser.");
    }
    let store: IndexedDbStore | undefined;
    const leave = (reason: string): void => {
      if (store !== undefined) store.#leave(refused(name, reason));
    };
    const opening = openDB<Tables>(name, VERSION, {
      upgrade(database) {
        const calls = database.createObjectStore(CALLS, { keyPath: "place", autoIncrement: true });
        calls.createIndex("tenant", "tenant");
      },
      blocking: (_, version) =>
        leave(version === null ? "it is being deleted" : "a newer version of eco takes it over"),
      terminated: () => leave("the browser closed it, perhaps because the site's data was cleared"),
    });
    const database = await opening.catch((error: unknown) => {
      throw unusable(name, error);
    });
    if (!database.objectStoreNames.contains(CALLS)) {
      database.close();
      throw refused(name, "another program made it", "Open the store under another name.");
    }
    store = new IndexedDbStore(name, database);
    await store.#current();
    return store;
  }

  reader(tenant: string): Reader {
    return new LateReader(async () => (await this.#current()).reader(tenant));
  }

  async apply(changeset: Changeset): Promise<ApplyOutcome> {
    // Without a turn lost where nobody is: who closes the store next waits for what was called before.
    while (this.#holds.of(changeset.tenant) !== undefined) await this.#holds.of(changeset.tenant);
    return this.#apply(changeset);
  }

  /** Alone in this page: others may be faster, as often as they like. */
  alone<T>(tenant: string, work: (held: Held) => Promise<T>): Promise<T> {
    const apply: Held["apply"] = (changeset) => this.#apply(changeset);
    return this.#holds.alone(tenant, () => work({ reader: this.reader(tenant), apply }));
  }

  changesElsewhere(): number {
    return this.#told;
  }

  async settled(): Promise<void> {
    await this.#committed;
  }

  async idempotentAnswer(tenant: string, key: string): Promise<IdempotentAnswer | undefined> {
    const answer = await (await this.#current()).idempotentAnswer(tenant, key);
    if (answer !== undefined) await this.settled();
    return answer;
  }

  async fannedOut(tenant: string): Promise<number> {
    const mark = await (await this.#current()).fannedOut(tenant);
    await this.settled();
    return mark;
  }

  async claimDispatches(tenant: string, claim: DispatchClaim): Promise<readonly StoredDispatch[]> {
    // Most of the time nothing waits: a look at memory costs no transaction.
    const pending = await this.dispatches(tenant, { state: "pending", limit: 1 });
    if (pending.length === 0) return [];
    return this.#change({ tenant, method: "claimDispatches", given: [tenant, claim] });
  }

  settleDispatch(tenant: string, id: string, settlement: DispatchSettlement): Promise<void> {
    return this.#change({ tenant, method: "settleDispatch", given: [tenant, id, settlement] });
  }

  async dispatches(tenant: string, query: DispatchQuery): Promise<readonly StoredDispatch[]> {
    return (await this.#current()).dispatches(tenant, query);
  }

  async forgetExpired(tenant: string, now: string): Promise<void> {
    if (!(await this.#current()).hasExpired(tenant, now)) return;
    await this.#change({ tenant, method: "forgetExpired", given: [tenant, now] });
  }

  async export(tenant: string): Promise<TenantState> {
    const state = await (await this.#current()).export(tenant);
    await this.settled();
    return state;
  }

  reset(tenant: string, first?: Changeset): Promise<void> {
    return this.#change({ tenant, method: "reset", given: [tenant, first] });
  }

  load(tenant: string, state: TenantState): Promise<void> {
    return this.#change({ tenant, method: "load", given: [tenant, state] });
  }

  async close(): Promise<void> {
    await this.#rounds;
    this.#leave(refused(this.#name, "it is closed", "Open it again."));
  }

  /** What the database holds, and what is about to be committed. */
  async #current(): Promise<MemoryStore> {
    while (this.#isBehind && this.#end === undefined) await this.#keepUp();
    if (this.#end !== undefined) throw this.#end;
    return this.#memory;
  }

  #apply(changeset: Changeset): Promise<ApplyOutcome> {
    return this.#change({ tenant: changeset.tenant, method: "apply", given: [changeset] });
  }

  #change<M extends Change>(call: Call<M>): Promise<Answer<M>> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer<M>>();
    // Each is resolved with the answer to its own call.
    const waiting = { call, resolve: resolve as (answer: Answer<Change>) => void, reject };
    this.#waiting.push(waiting as Waiting);
    this.#keepUp();
    return promise;
  }

  /** One round after the other until nobody waits. */
  #keepUp(): Promise<void> {
    this.#rounds ??= this.#runRounds();
    return this.#rounds;
  }

  async #runRounds(): Promise<void> {
    // Whoever calls in the same turn comes along.
    await Promise.resolve();
    while (this.#end === undefined && (this.#isBehind || this.#waiting.length > 0)) await this.#round();
    for (const { reject } of this.#waiting.splice(0)) reject(this.#end);
    this.#rounds = undefined;
  }

  async #round(): Promise<void> {
    let calls: Calls;
    let ended: Promise<void>;
    try {
      const transaction = this.#database.transaction(CALLS, "readwrite", { durability: "strict" });
      ended = transaction.done;
      calls = transaction.store;
      // It is looked at when the calls are written; until then nobody may be listening.
      ended.catch(() => {});
      await this.#catchUp(calls);
    } catch (error) {
      this.#leave(unusable(this.#name, error));
      return;
    }
    await this.#commit(calls, ended, this.#waiting.splice(0));
  }

  /** Performs what other pages wrote, or everything where memory is empty. */
  async #catchUp(calls: Calls): Promise<void> {
    const missed = await calls.getAll(IDBKeyRange.lowerBound(this.#last, true));
    const answers = await Promise.all(missed.map((call) => perform(this.#memory, call)));
    if (!answers.every(hasChanged)) throw refused(this.#name, "its calls don't follow from each other");
    this.#last = missed.at(-1)?.place ?? this.#last;
    this.#isBehind = false;
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
      if (beginsAnew(call)) await forget(calls, call.tenant);
      this.#last = await calls.add(call);
    }
    return () => resolve(answer);
  }

  #leave(reason: unknown): void {
    this.#end ??= reason;
    this.#channel.close();
    this.#database.close();
  }
}

/** What other pages missed of it, they needn't perform any more either. */
async function forget(calls: Calls, tenant: string): Promise<void> {
  const former = await calls.index("tenant").getAllKeys(tenant);
  await Promise.all(former.map((place) => calls.delete(place)));
}

function abort({ transaction }: Calls): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}
