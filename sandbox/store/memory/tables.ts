import { isInMonths } from "../months.ts";
import type {
  EventQuery,
  JsonObject,
  Listing,
  ListQuery,
  OutboxEvent,
  RecordWrite,
  StoredEvent,
  StoredRecord,
} from "../store.ts";
import { LatestIds } from "./latest-ids.ts";
import { LateIndex, SequenceIndex, SequenceList } from "./sequence-list.ts";

/** A record as it stands now, with what it is listed under. One piece for each: readers are given a record of their own. */
interface Entry {
  readonly sequence: number;
  readonly id: string;
  version: number;
  value: JsonObject;
  keys: readonly string[];
  parties: readonly string[];
}

const NONE: readonly string[] = [];

/** The records of one collection, with the lists on which they are found. */
class Collection {
  readonly #name: string;
  readonly byId = new Map<string, Entry>();
  readonly all = new SequenceList<Entry>();
  readonly #byKey = new SequenceIndex<Entry>();
  readonly #byParty = new SequenceIndex<Entry>();

  constructor(name: string) {
    this.#name = name;
  }

  /** As readers know it. */
  recordOf({ id, version, sequence, value }: Entry): StoredRecord {
    return { collection: this.#name, id, version, sequence, value };
  }

  find({ key, party }: ListQuery): SequenceList<Entry> {
    if (key !== undefined) return this.#byKey.get(key);
    return party === undefined ? this.all : this.#byParty.get(party);
  }

  add(entry: Entry): void {
    this.byId.set(entry.id, entry);
    this.all.insert(entry);
    this.#enlist(entry);
  }

  remove(entry: Entry): void {
    this.byId.delete(entry.id);
    this.all.remove(entry);
    this.#unlist(entry);
  }

  relist(entry: Entry, listing: Listing): void {
    if (sameTexts(entry.keys, listing.keys) && sameTexts(entry.parties, listing.parties)) return;
    this.#unlist(entry);
    entry.keys = listing.keys;
    entry.parties = listing.parties;
    this.#enlist(entry);
  }

  #enlist(entry: Entry): void {
    for (const key of entry.keys) this.#byKey.insert(key, entry);
    for (const party of entry.parties) this.#byParty.insert(party, entry);
  }

  #unlist(entry: Entry): void {
    for (const key of entry.keys) this.#byKey.remove(key, entry);
    for (const party of entry.parties) this.#byParty.remove(party, entry);
  }
}

export class RecordTable {
  readonly #collections = new Map<string, Collection>();
  /** The sequence that the latest record got. */
  lastSequence = 0;

  get(collection: string, id: string): StoredRecord | undefined {
    const records = this.#collections.get(collection);
    const entry = records?.byId.get(id);
    return entry && records?.recordOf(entry);
  }

  version(collection: string, id: string): number {
    return this.#collections.get(collection)?.byId.get(id)?.version ?? 0;
  }

  list(query: ListQuery): StoredRecord[] {
    const records = this.#collections.get(query.collection);
    if (records === undefined) return [];
    const { collection, months } = query;
    const wanted =
      months === undefined ? undefined : ({ value }: Entry) => isInMonths(collection, value, months);
    return records
      .find(query)
      .page(query, wanted)
      .map((entry) => records.recordOf(entry));
  }

  write(write: RecordWrite): void {
    const { collection, id, value, keys = NONE, parties = NONE } = write;
    const records = this.#collection(collection);
    const entry = records.byId.get(id);
    if (value === null) {
      if (entry !== undefined) records.remove(entry);
    } else if (entry === undefined) {
      this.lastSequence += 1;
      const sequence = this.lastSequence;
      records.add({
        sequence,
        id,
        version: 1,
        value,
        keys: distinct(keys),
        parties: distinct(parties),
      });
    } else {
      entry.version += 1;
      entry.value = value;
      records.relist(entry, listingOf(write));
    }
  }

  /** A record as it stood, where there is none yet. */
  restore({ collection, sequence, id, version, value, keys, parties }: StoredRecord & Listing): void {
    this.#collection(collection).add({ sequence, id, version, value, keys, parties });
  }

  entries(): (StoredRecord & Listing)[] {
    return [...this.#collections.values()]
      .flatMap((records) =>
        [...records.byId.values()].map((entry) => {
          const { keys, parties } = entry;
          return { ...records.recordOf(entry), keys, parties };
        }),
      )
      .sort((a, b) => a.sequence - b.sequence);
  }

  #collection(name: string): Collection {
    let collection = this.#collections.get(name);
    if (collection === undefined) {
      collection = new Collection(name);
      this.#collections.set(name, collection);
    }
    return collection;
  }
}

const ALL = { limit: Infinity };

/** Under what a record is found, each once. */
export const listingOf = ({ keys = NONE, parties = NONE }: Partial<Listing>): Listing => ({
  keys: distinct(keys),
  parties: distinct(parties),
});

/** The very same list where all are different, as nearly always. */
function distinct(texts: readonly string[]): readonly string[] {
  return texts.some((text, index) => texts.indexOf(text) < index) ? [...new Set(texts)] : texts;
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

export class EventTable {
  readonly #all = new SequenceList<StoredEvent>();
  readonly #byType = new LateIndex(this.#all, ({ type }) => [type]);
  readonly #bySubject = new LateIndex(this.#all, ({ subject }) => [subject]);
  readonly #byCause = new LateIndex(this.#all, ({ causedBy }) => [causedBy]);
  readonly #byParty = new LateIndex(this.#all, ({ audience }) => distinct(audience));
  readonly #latest = new LatestIds();
  readonly #byId = new LateIndex(this.#all, ({ id }) => [id]);

  has(id: string): boolean {
    return this.#latest.has(id) ?? this.#byId.get(id).size > 0;
  }

  append(event: OutboxEvent): void {
    const { id, type, subject, orderKey, audience, time, causedBy, data } = event;
    const sequence = this.#all.size + 1;
    this.#all.insert({ id, type, subject, orderKey, audience, time, causedBy, data, sequence });
    this.#latest.add(id);
  }

  list(query: EventQuery): StoredEvent[] {
    const { id, type, subject, causedBy, party } = query;
    return this.#narrowest(query).page(
      query,
      (event) =>
        (id === undefined || event.id === id) &&
        (type === undefined || event.type === type) &&
        (subject === undefined || event.subject === subject) &&
        (causedBy === undefined || event.causedBy === causedBy) &&
        (party === undefined || event.audience.includes(party)),
    );
  }

  /** The shortest list that holds every match: the other conditions are checked on what it yields. */
  #narrowest({ id, ids, type, subject, causedBy, party }: EventQuery): SequenceList<StoredEvent> {
    if (id !== undefined) return this.#byId.get(id);
    if (ids !== undefined) return SequenceList.of(...ids.flatMap((each) => this.#byId.get(each).page(ALL)));
    const lists = [this.#all];
    if (type !== undefined) lists.push(this.#byType.get(type));
    if (subject !== undefined) lists.push(this.#bySubject.get(subject));
    if (causedBy !== undefined) lists.push(this.#byCause.get(causedBy));
    if (party !== undefined) lists.push(this.#byParty.get(party));
    return lists.reduce((shortest, list) => (list.size < shortest.size ? list : shortest));
  }
}
