import type {
  Balance,
  EventQuery,
  JsonObject,
  ListQuery,
  PostingQuery,
  Reader,
  StoredEvent,
  StoredPosting,
  StoredRecord,
  StoredTransaction,
} from "../store.ts";

/** Asks for its reader at each read: for stores that must catch up before they show anything. */
export class LateReader implements Reader {
  readonly #current: () => Promise<Reader>;

  constructor(current: () => Promise<Reader>) {
    this.#current = current;
  }

  async get<T extends JsonObject>(collection: string, id: string): Promise<StoredRecord<T> | undefined> {
    return (await this.#current()).get<T>(collection, id);
  }

  async getAll<T extends JsonObject>(
    collection: string,
    ids: readonly string[],
  ): Promise<readonly (StoredRecord<T> | undefined)[]> {
    return (await this.#current()).getAll<T>(collection, ids);
  }

  async list<T extends JsonObject>(query: ListQuery): Promise<readonly StoredRecord<T>[]> {
    return (await this.#current()).list<T>(query);
  }

  async events(query: EventQuery): Promise<readonly StoredEvent[]> {
    return (await this.#current()).events(query);
  }

  async balances(prefix?: string): Promise<readonly Balance[]> {
    return (await this.#current()).balances(prefix);
  }

  async postings(query: PostingQuery): Promise<readonly StoredPosting[]> {
    return (await this.#current()).postings(query);
  }

  async transactions(query: PostingQuery): Promise<readonly StoredTransaction[]> {
    return (await this.#current()).transactions(query);
  }

  async lastPosting(period: string): Promise<number> {
    return (await this.#current()).lastPosting(period);
  }
}
