import { Holds } from "../holds.ts";
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
} from "../store.ts";
import { LateReader } from "./late-reader.ts";
import { IndexedDbLog } from "./log.ts";

/** A page opens in half a second with so many. */
const CALLS_KEPT = 1_000;

export interface IndexedDbOptions {
  /** How many calls of a tenant are kept at least before what they have come to takes their place. Default 1,000. */
  readonly callsKept?: number;
}

/** Keeps a sandbox in the browser: it survives a reload of the page, and the pages of a site share it. */
export class IndexedDbStore implements Store {
  readonly description: string;
  readonly #log: IndexedDbLog;
  readonly #holds = new Holds();

  private constructor(name: string, log: IndexedDbLog) {
    this.description = `IndexedDB ${name}`;
    this.#log = log;
  }

  /**
   * Opens the site's database of this name, which is made where there is none.
   * @throws EcoError `ECO_DATABASE_UNUSABLE`
   */
  static async open(name = "eco-sandbox", options: IndexedDbOptions = {}): Promise<IndexedDbStore> {
    return new IndexedDbStore(name, await IndexedDbLog.open(name, options.callsKept ?? CALLS_KEPT));
  }

  reader(tenant: string): Reader {
    return new LateReader(async () => (await this.#log.current()).reader(tenant));
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

  /** Pages drive nothing that one of them must leave to another. */
  async leads(): Promise<boolean> {
    return true;
  }

  changesElsewhere(): number {
    return this.#log.told;
  }

  async settled(): Promise<void> {
    await this.#log.settled();
  }

  async idempotentAnswer(tenant: string, key: string): Promise<IdempotentAnswer | undefined> {
    const answer = await (await this.#log.current()).idempotentAnswer(tenant, key);
    if (answer !== undefined) await this.settled();
    return answer;
  }

  async fannedOut(tenant: string): Promise<number> {
    const mark = await (await this.#log.current()).fannedOut(tenant);
    await this.settled();
    return mark;
  }

  async claimDispatches(tenant: string, claim: DispatchClaim): Promise<readonly StoredDispatch[]> {
    // Most of the time nothing waits: a look at memory costs no transaction.
    const pending = await this.dispatches(tenant, { state: "pending", limit: 1 });
    if (pending.length === 0) return [];
    return this.#log.change({ tenant, method: "claimDispatches", given: [tenant, claim] });
  }

  settleDispatch(tenant: string, id: string, settlement: DispatchSettlement): Promise<void> {
    return this.#log.change({ tenant, method: "settleDispatch", given: [tenant, id, settlement] });
  }

  async dispatches(tenant: string, query: DispatchQuery): Promise<readonly StoredDispatch[]> {
    return (await this.#log.current()).dispatches(tenant, query);
  }

  async forgetExpired(tenant: string, now: string): Promise<void> {
    if (!(await this.#log.current()).hasExpired(tenant, now)) return;
    await this.#log.change({ tenant, method: "forgetExpired", given: [tenant, now] });
  }

  async export(tenant: string): Promise<TenantState> {
    const state = await (await this.#log.current()).export(tenant);
    await this.settled();
    return state;
  }

  reset(tenant: string, first?: Changeset): Promise<void> {
    return this.#log.change({ tenant, method: "reset", given: [tenant, first] });
  }

  load(tenant: string, state: TenantState): Promise<void> {
    return this.#log.change({ tenant, method: "load", given: [tenant, state] });
  }

  async close(): Promise<void> {
    await this.#log.close();
  }

  #apply(changeset: Changeset): Promise<ApplyOutcome> {
    return this.#log.change({ tenant: changeset.tenant, method: "apply", given: [changeset] });
  }
}
