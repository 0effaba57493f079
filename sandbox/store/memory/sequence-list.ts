export interface Sequenced {
  readonly sequence: number;
}

export interface Page {
  readonly after?: number | undefined;
  readonly limit: number;
  readonly descending?: boolean | undefined;
}

/** Items in order of their sequence: appended as a rule, found and cut out by binary search. */
export class SequenceList<T extends Sequenced> {
  readonly #items: T[] = [];

  static of<T extends Sequenced>(...items: readonly T[]): SequenceList<T> {
    const list = new SequenceList<T>();
    for (const item of items) list.insert(item);
    return list;
  }

  get size(): number {
    return this.#items.length;
  }

  insert(item: T): void {
    const last = this.#items.at(-1);
    if (last === undefined || last.sequence < item.sequence) this.#items.push(item);
    else this.#items.splice(this.#position(item.sequence), 0, item);
  }

  remove(item: Sequenced): void {
    const at = this.#position(item.sequence);
    if (this.#items[at]?.sequence === item.sequence) this.#items.splice(at, 1);
  }

  /** The items from the given place in the list on, the first one being at 0. */
  *from(place: number): IterableIterator<T> {
    for (let at = place; at < this.#items.length; at++) {
      const item = this.#items[at];
      if (item !== undefined) yield item;
    }
  }

  /** Up to `limit` items after (when descending: before) `after` that `accept` takes. */
  page({ after, limit, descending }: Page, accept?: (item: T) => boolean): T[] {
    const found: T[] = [];
    const step = descending ? -1 : 1;
    let at = this.#start(after, descending === true);
    while (found.length < limit) {
      const item = this.#items[at];
      if (item === undefined) break;
      if (accept === undefined || accept(item)) found.push(item);
      at += step;
    }
    return found;
  }

  #start(after: number | undefined, descending: boolean): number {
    if (after === undefined) return descending ? this.#items.length - 1 : 0;
    return descending ? this.#position(after) - 1 : this.#position(after + 1);
  }

  /** Index of the first item whose sequence is not below `sequence`. */
  #position(sequence: number): number {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const item = this.#items[middle];
      if (item !== undefined && item.sequence < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Lists by a text: the index of a store that has no database under it. */
export class SequenceIndex<T extends Sequenced> {
  /** Most texts, such as an id, stand for one item: a list is made for the second. */
  readonly #lists = new Map<string, T | SequenceList<T>>();

  insert(key: string, item: T): void {
    const known = this.#lists.get(key);
    if (known === undefined) this.#lists.set(key, item);
    else if (known instanceof SequenceList) known.insert(item);
    else this.#lists.set(key, SequenceList.of(known, item));
  }

  remove(key: string, item: Sequenced): void {
    const known = this.#lists.get(key);
    if (known === undefined) return;
    if (known instanceof SequenceList) {
      known.remove(item);
      if (known.size > 0) return;
    }
    this.#lists.delete(key);
  }

  get(key: string): SequenceList<T> {
    const known = this.#lists.get(key);
    if (known instanceof SequenceList) return known;
    return known === undefined ? new SequenceList() : SequenceList.of(known);
  }

  keys(): IterableIterator<string> {
    return this.#lists.keys();
  }
}

/**
 * An index of a list to whose end items are added, and never taken out: it reads them when it is asked. What many write
 * and few look for by this key costs those who write nothing.
 */
export class LateIndex<T extends Sequenced> {
  readonly #all: SequenceList<T>;
  readonly #keysOf: (item: T) => Iterable<string>;
  readonly #lists = new SequenceIndex<T>();
  #read = 0;

  constructor(all: SequenceList<T>, keysOf: (item: T) => Iterable<string>) {
    this.#all = all;
    this.#keysOf = keysOf;
  }

  get(key: string): SequenceList<T> {
    return this.#upToDate().get(key);
  }

  #upToDate(): SequenceIndex<T> {
    for (const item of this.#all.from(this.#read))
      for (const key of this.#keysOf(item)) this.#lists.insert(key, item);
    this.#read = this.#all.size;
    return this.#lists;
  }
}
