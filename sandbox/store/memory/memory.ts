import { countBalanced } from "../balanced.ts";
import { readPostings } from "../booked.ts";
import { Holds } from "../holds.ts";
import { stateOf, transactionsOf } from "../state.ts";
import type {
  ApplyOutcome,
  Balance,
  Changeset,
  DispatchClaim,
  DispatchQuery,
  DispatchSettlement,
  EventQuery,
  Held,
  IdempotentAnswer,
  JsonObject,
  ListQuery,
  PostingQuery,
  Reader,
  Store,
  StoredDispatch,
  StoredEvent,
  StoredPosting,
  StoredRecord,
  StoredTransaction,
  TenantState,
} from "../store.ts";
import { Books } from "./books.ts";
import { DispatchTable, type Lease } from "./dispatches.ts";
import { EventTable, RecordTable } from "./tables.ts";

const APPLIED: ApplyOutcome = { kind: "applied" };

class Tenant {
  readonly records = new RecordTable();
  readonly events = new EventTable();
  readonly books = new Books();
  readonly dispatches = new DispatchTable();
  readonly answers = new Map<string, IdempotentAnswer>();

  /** @throws Error for transactions that aren't balanced */
  apply(changeset: Changeset): ApplyOutcome {
    const postings = changeset.transactions.map(countBalanced);
    const refused = this.#refusal(changeset);
    if (refused !== undefined) return refused;
    for (const write of changeset.writes) this.records.write(write);
    for (const [index, transaction] of changeset.transactions.entries())
      this.books.book(transaction, postings[index] ?? 0);
    for (const event of changeset.events) this.events.append(event);
    for (const dispatch of changeset.dispatches ?? []) this.dispatches.plan(dispatch);
    if (changeset.fannedOut !== undefined) this.dispatches.fannedOut = changeset.fannedOut.to;
    const { idempotency } = changeset;
    if (idempotency !== undefined) this.answers.set(idempotency.key, idempotency);
    return APPLIED;
  }

  load({ records, events, dispatches, answers, lastSequence, fannedOut, ...books }: TenantState): void {
    for (const record of records) this.records.restore(record);
    this.records.lastSequence = lastSequence;
    const transactions = transactionsOf(books);
    for (const transaction of transactions) this.books.book(transaction, countBalanced(transaction));
    for (const event of events) this.events.append(event);
    for (const dispatch of dispatches) this.dispatches.restore(dispatch);
    this.dispatches.fannedOut = fannedOut;
    for (const answer of answers) this.answers.set(answer.key, answer);
  }

  /** Everything that could stop the changeset is asked before the first change: there is no way back in memory. */
  #refusal(changeset: Changeset): ApplyOutcome | undefined {
    const { idempotency, expects = [], expectsBooks, writes, transactions, fannedOut } = changeset;
    if (idempotency !== undefined) {
      const answer = this.answers.get(idempotency.key);
      if (answer !== undefined) return { kind: "key-taken", answer };
    }
    for (const { collection, id, version } of expects) {
      if (this.records.version(collection, id) !== version) return { kind: "conflict", collection, id };
    }
    if (expectsBooks !== undefined && this.books.lastOf(expectsBooks.period) !== expectsBooks.lastSequence) {
      return { kind: "conflict", collection: "postings", id: expectsBooks.period };
    }
    const conflict = writes.length === 1 ? this.#single(writes) : this.#several(writes);
    if (conflict !== undefined) return conflict;
    for (const { id } of transactions) {
      if (this.books.has(id)) return { kind: "conflict", collection: "transactions", id };
    }
    for (const { id } of changeset.events) {
      if (this.events.has(id)) return { kind: "conflict", collection: "events", id };
    }
    if (fannedOut !== undefined && fannedOut.from !== this.dispatches.fannedOut) {
      return { kind: "conflict", collection: "dispatches", id: String(fannedOut.from) };
    }
    return undefined;
  }

  #single(writes: Changeset["writes"]): ApplyOutcome | undefined {
    const [write] = writes;
    if (write === undefined) return undefined;
    const { collection, id, expectedVersion } = write;
    return this.records.version(collection, id) === expectedVersion
      ? undefined
      : { kind: "conflict", collection, id };
  }

  /** Later writes of a changeset see the versions that the earlier ones leave. */
  #several(writes: Changeset["writes"]): ApplyOutcome | undefined {
    const versions = new Map<string, number>();
    for (const { collection, id, value, expectedVersion } of writes) {
      const key = `${collection}\n${id}`;
      const version = versions.get(key) ?? this.records.version(collection, id);
      if (version !== expectedVersion) return { kind: "conflict", collection, id };
      versions.set(key, value === null ? 0 : version + 1);
    }
    return undefined;
  }
}

/** Keeps everything in this process; gone when it ends. For tests, the browser and measurements. */
export class MemoryStore implements Store {
  readonly description = "memory";
  readonly #tenants = new Map<string, Tenant>();
  readonly #holds = new Holds();

  reader(tenant: string): Reader {
    return new MemoryReader(() => this.#tenant(tenant));
  }

  async apply(changeset: Changeset): Promise<ApplyOutcome> {
    while (this.#holds.of(changeset.tenant) !== undefined) await this.#holds.of(changeset.tenant);
    return this.#apply(changeset);
  }

  alone<T>(tenant: string, work: (held: Held) => Promise<T>): Promise<T> {
    const apply = async (changeset: Changeset): Promise<ApplyOutcome> => this.#apply(changeset);
    return this.#holds.alone(tenant, () => work({ reader: this.reader(tenant), apply }));
  }

  async leads(): Promise<boolean> {
    return true;
  }

  changesElsewhere(): number {
    return 0;
  }

  async settled(): Promise<void> {}

  async idempotentAnswer(tenant: string, key: string): Promise<IdempotentAnswer | undefined> {
    return this.#tenant(tenant).answers.get(key);
  }

  async fannedOut(tenant: string): Promise<number> {
    return this.#tenant(tenant).dispatches.fannedOut;
  }

  async claimDispatches(tenant: string, claim: DispatchClaim): Promise<readonly StoredDispatch[]> {
    return this.#tenant(tenant).dispatches.claim(claim);
  }

  async settleDispatch(tenant: string, id: string, settlement: DispatchSettlement): Promise<void> {
    this.#tenant(tenant).dispatches.settle(id, settlement);
  }

  async dispatches(tenant: string, query: DispatchQuery): Promise<readonly StoredDispatch[]> {
    return this.#tenant(tenant).dispatches.list(query);
  }

  /** Whether `forgetExpired` would forget anything. */
  hasExpired(tenant: string, now: string): boolean {
    return this.#tenant(tenant)
      .answers.values()
      .some(({ expiresAt }) => expiresAt < now);
  }

  async forgetExpired(tenant: string, now: string): Promise<void> {
    const { answers } = this.#tenant(tenant);
    for (const [key, { expiresAt }] of answers) if (expiresAt < now) answers.delete(key);
  }

  async export(tenant: string): Promise<TenantState> {
    const { records, events, books, dispatches, answers } = this.#tenant(tenant);
    return stateOf({
      records: records.entries(),
      events: events.list({ limit: Infinity }),
      transactions: books.transactions({ limit: Infinity }),
      balances: books.balances(),
      dispatches: dispatches.list({ limit: Infinity }),
      answers: [...answers.values()],
      lastSequence: records.lastSequence,
      fannedOut: dispatches.fannedOut,
    });
  }

  async reset(tenant: string, first?: Changeset): Promise<void> {
    const fresh = new Tenant();
    if (first !== undefined) fresh.apply(first);
    this.#tenants.set(tenant, fresh);
  }

  async load(tenant: string, state: TenantState): Promise<void> {
    const loaded = new Tenant();
    loaded.load(state);
    this.#tenants.set(tenant, loaded);
  }

  /** The dispatches that somebody holds. */
  leases(tenant: string): readonly Lease[] {
    return this.#tenant(tenant).dispatches.leases();
  }

  lease(tenant: string, leases: readonly Lease[]): void {
    const { dispatches } = this.#tenant(tenant);
    for (const lease of leases) dispatches.lease(lease);
  }

  async close(): Promise<void> {}

  #apply(changeset: Changeset): ApplyOutcome {
    return this.#tenant(changeset.tenant).apply(changeset);
  }

  #tenant(name: string): Tenant {
    let tenant = this.#tenants.get(name);
    if (tenant === undefined) {
      tenant = new Tenant();
      this.#tenants.set(name, tenant);
    }
    return tenant;
  }
}

class MemoryReader implements Reader {
  readonly #tenant: () => Tenant;

  constructor(tenant: () => Tenant) {
    this.#tenant = tenant;
  }

  async get<T extends JsonObject>(collection: string, id: string): Promise<StoredRecord<T> | undefined> {
    // The store doesn't know what its collections hold: the caller names the shape it wrote.
    return this.#tenant().records.get(collection, id) as StoredRecord<T> | undefined;
  }

  async getAll<T extends JsonObject>(
    collection: string,
    ids: readonly string[],
  ): Promise<readonly (StoredRecord<T> | undefined)[]> {
    const { records } = this.#tenant();
    return ids.map((id) => records.get(collection, id) as StoredRecord<T> | undefined);
  }

  async list<T extends JsonObject>(query: ListQuery): Promise<readonly StoredRecord<T>[]> {
    return this.#tenant().records.list(query) as StoredRecord<T>[];
  }

  async events(query: EventQuery): Promise<readonly StoredEvent[]> {
    return this.#tenant().events.list(query);
  }

  async balances(prefix?: string): Promise<readonly Balance[]> {
    return this.#tenant().books.balances(prefix);
  }

  postings(query: PostingQuery): Promise<readonly StoredPosting[]> {
    return readPostings((wanted) => this.transactions(wanted), query);
  }

  async transactions(query: PostingQuery): Promise<readonly StoredTransaction[]> {
    return this.#tenant().books.transactions(query);
  }

  async lastPosting(period: string): Promise<number> {
    return this.#tenant().books.lastOf(period);
  }
}
