import type { DecisionContext } from "../capabilities/capability.ts";
import type { Json, RecordWrite, StoredRecord } from "../store/store.ts";
import { everyPage } from "../values/pages.ts";

// A type alias, as that of endpoints: it fits JSON with optional members for users of every compiler setting.
/** An item as stored: beside the item itself, whose it is, and whether an example was taken away. */
export type StoredItem = {
  readonly id: string;
  /** The party that created it; the empty string where nobody in particular did. */
  readonly owner: string;
  readonly deleted: boolean;
  readonly item: Json;
  /** The path that it was made under, where that isn't its own. */
  readonly within?: string;
};

/** What is written of an item, beside the item. */
interface Written {
  readonly deleted?: boolean;
  /** What stood there before. */
  readonly before?: StoredItem | undefined;
  readonly within?: string | undefined;
}

const PAGE = 500;
const COUNTERS = "resource-numbers";
const NO_PARENTS = "[]";

/**
 * The items of one collection, below given parents, as one caller may see them: the orchestrator sees all, a party
 * what it created, and everybody everything where callers have no party.
 */
export class ItemStore {
  readonly #collection: string;
  readonly #template: string;
  readonly #parents: readonly string[];
  readonly #context: DecisionContext;
  /** The ids of the parents, as JSON. */
  readonly key: string;

  constructor(template: string, parents: readonly string[], context: DecisionContext) {
    this.#collection = `resource:${template}`;
    this.#template = template;
    this.#parents = parents;
    this.#context = context;
    this.key = parents.length === 0 ? NO_PARENTS : JSON.stringify(parents);
  }

  /** Where something is kept that is no item: what a method does to the collection as a whole. */
  beside(method: string): ItemStore {
    return new ItemStore(`${method} ${this.#template}`, this.#parents, this.#context);
  }

  async get(id: string): Promise<StoredRecord<StoredItem> | undefined> {
    const record = await this.#context.read.get<StoredItem>(this.#collection, this.#idOf(id));
    return record !== undefined && this.#visible(record.value) ? record : undefined;
  }

  /** What the caller may see, the oldest first, as it is read: so many at a time, where so many will do. */
  async *stored(atATime = PAGE): AsyncGenerator<readonly StoredItem[]> {
    for await (const records of this.records(atATime)) yield records.map(({ value }) => value);
  }

  /** The same with what is needed to change them. */
  async *records(atATime = PAGE): AsyncGenerator<readonly StoredRecord<StoredItem>[]> {
    const pages = everyPage(Math.min(atATime, PAGE), (page) =>
      this.#context.read.list<StoredItem>({ collection: this.#collection, key: this.key, ...page }),
    );
    for await (const page of pages) yield page.filter(({ value }) => this.#visible(value));
  }

  /** Those below whatever parents. */
  async *everywhere(): AsyncGenerator<readonly StoredRecord<StoredItem>[]> {
    const pages = everyPage(PAGE, (page) =>
      this.#context.read.list<StoredItem>({ collection: this.#collection, ...page }),
    );
    for await (const page of pages) yield page.filter(({ value }) => this.#visible(value) && !value.deleted);
  }

  /** The next numbers for ids that are numbers, and the write that uses them up: those of removed items don't come again. */
  async nextNumbers(
    count: number,
  ): Promise<{ readonly numbers: readonly number[]; readonly write: RecordWrite }> {
    const record = await this.#context.read.get<{ last: number }>(COUNTERS, this.#collection);
    const numbers: number[] = [];
    let last = record?.value.last ?? 0;
    while (numbers.length < count) {
      last += 1;
      // Whoever creates items may have chosen some of the numbers.
      const taken = await this.#context.read.get(this.#collection, this.#idOf(String(last)));
      if (taken === undefined) numbers.push(last);
    }
    const expectedVersion = record?.version ?? 0;
    return {
      numbers,
      write: { collection: COUNTERS, id: this.#collection, value: { last }, expectedVersion },
    };
  }

  /** It stays whose it was, and where it was made. */
  write(id: string, item: unknown, expectedVersion: number, written: Written = {}): RecordWrite {
    const { deleted = false, before, within = before?.within } = written;
    const value: StoredItem = {
      id,
      owner: before?.owner ?? this.#context.caller?.party ?? "",
      deleted,
      // Items come from parsed JSON and from the schema: they hold nothing else.
      item: item as Json,
      ...(within === undefined ? {} : { within }),
    };
    return { collection: this.#collection, id: this.#idOf(id), value, expectedVersion, keys: [this.key] };
  }

  remove(id: string, expectedVersion: number): RecordWrite {
    return { collection: this.#collection, id: this.#idOf(id), value: null, expectedVersion };
  }

  /** The keys that an item of another collection was written with. */
  static keysOf(record: StoredRecord): string[] {
    return [JSON.stringify(ItemStore.parentsOf(record))];
  }

  /** Ids of the things that an item stands below, as its record has them. */
  static parentsOf({ id }: StoredRecord): readonly string[] {
    return JSON.parse(id).slice(0, -1);
  }

  /** An item that stays where it is kept, whichever path led to it. */
  static rewritten(record: StoredRecord<StoredItem>, item: unknown): RecordWrite {
    const value: StoredItem = { ...record.value, item: item as Json };
    const { collection, id, version } = record;
    const keys = ItemStore.keysOf(record);
    return { collection, id, value, expectedVersion: version, keys };
  }

  /** The key with the item's own id as its last. */
  #idOf(id: string): string {
    const { key } = this;
    return key === NO_PARENTS ? `[${JSON.stringify(id)}]` : `${key.slice(0, -1)},${JSON.stringify(id)}]`;
  }

  #visible({ owner }: StoredItem): boolean {
    const { caller, catalog } = this.#context;
    if (caller === undefined || owner === "" || owner === caller.party) return true;
    return caller.party === catalog.ecosystem.orchestrator;
  }
}
