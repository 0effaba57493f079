import { add, formatExact, parseExact, ZERO } from "../../rating/exact.ts";
import type { CounterAdvance, DecimalText } from "../../rating/index.ts";
import type { Reader, RecordWrite, StoredRecord } from "../../store/store.ts";
import { everyRecord } from "../page.ts";
import { type CounterRecord, collections } from "../records.ts";
import type { DeliveryRecord, StoredDelivery } from "./records.ts";

/** What one delivery put into counters, and where it stands in the total order. */
export interface Contribution {
  readonly order: string;
  readonly counters: readonly CounterAdvance[];
}

export const sumOf = (quantities: readonly DecimalText[]): DecimalText =>
  formatExact(quantities.map(parseExact).reduce(add, ZERO));

/**
 * The counters of cumulative tiers and allowances as a decision sees them: what is stored, with what the decision has
 * changed so far. A delivery asks what those before it in the total order put in, whenever it arrives.
 */
export class CounterBook {
  readonly #read: Reader;
  readonly #members = new Map<string, Map<string, StoredDelivery>>();
  readonly #records = new Map<string, StoredRecord<CounterRecord> | undefined>();
  readonly #changed = new Map<string, Contribution>();

  constructor(read: Reader) {
    this.#read = read;
  }

  async record(key: string): Promise<StoredRecord<CounterRecord> | undefined> {
    if (!this.#records.has(key)) {
      this.#records.set(key, await this.#read.get<CounterRecord>(collections.counters, key));
    }
    return this.#records.get(key);
  }

  /** Whether a new delivery at `order` comes after all that the counters hold, so that nothing else has to be rated again. */
  async isLast(keys: readonly string[], order: string): Promise<boolean> {
    for (const key of keys) {
      const record = await this.record(key);
      if (record !== undefined && record.value.lastOrder >= order) return false;
    }
    return true;
  }

  /** Deliveries that count towards `key` and stand after `order`, in the total order. */
  async after(keys: readonly string[], order: string): Promise<StoredDelivery[]> {
    const found = new Map<string, StoredDelivery>();
    for (const key of keys) {
      for (const member of (await this.#load(key)).values()) {
        if (member.value.internal.order > order) found.set(member.id, member);
      }
    }
    return [...found.values()].sort((left, right) =>
      left.value.internal.order < right.value.internal.order ? -1 : 1,
    );
  }

  /** What deliveries before `order` put into `key`. */
  async prior(key: string, order: string): Promise<DecimalText> {
    const quantities: DecimalText[] = [];
    for (const [id, member] of await this.#load(key)) {
      if (!this.#changed.has(id)) quantities.push(...quantityBefore(member.value.internal, key, order));
    }
    for (const contribution of this.#changed.values()) {
      quantities.push(...quantityBefore(contribution, key, order));
    }
    return sumOf(quantities);
  }

  /** From now on `id` counts so; with no counters, not at all. */
  change(id: string, contribution: Contribution): void {
    this.#changed.set(id, contribution);
  }

  /** Adds to a counter whose deliveries all come before this one. */
  async append(advances: readonly CounterAdvance[], order: string): Promise<RecordWrite[]> {
    return Promise.all(
      advances.map(async ({ key, quantity }) => {
        const record = await this.record(key);
        const total = sumOf([record?.value.quantity ?? "0", quantity]);
        return this.#write(key, record, { quantity: total, lastOrder: order });
      }),
    );
  }

  /** The counters as the changed deliveries leave them. */
  async restate(keys: readonly string[]): Promise<RecordWrite[]> {
    return Promise.all(
      keys.map(async (key) => {
        const counting = [...(await this.#load(key))]
          .filter(([id]) => !this.#changed.has(id))
          .map(([, member]): Contribution => member.value.internal)
          .concat([...this.#changed.values()])
          .filter((each) => each.counters.some((counter) => counter.key === key));
        const orders = counting.map((each) => each.order).sort();
        const quantity = sumOf(
          counting.flatMap((each) =>
            each.counters.filter((counter) => counter.key === key).map((counter) => counter.quantity),
          ),
        );
        return this.#write(key, await this.record(key), { quantity, lastOrder: orders.at(-1) ?? "" });
      }),
    );
  }

  #write(key: string, record: StoredRecord<CounterRecord> | undefined, value: CounterRecord): RecordWrite {
    return { collection: collections.counters, id: key, value, expectedVersion: record?.version ?? 0 };
  }

  async #load(key: string): Promise<Map<string, StoredDelivery>> {
    let members = this.#members.get(key);
    if (members === undefined) {
      members = new Map();
      for await (const member of everyRecord<DeliveryRecord>(
        this.#read,
        collections.deliveries,
        `counter:${key}`,
      )) {
        if (member.value.status !== "cancelled") members.set(member.id, member);
      }
      this.#members.set(key, members);
    }
    return members;
  }
}

function quantityBefore(contribution: Contribution, key: string, order: string): DecimalText[] {
  if (contribution.order >= order) return [];
  return contribution.counters.filter((counter) => counter.key === key).map((counter) => counter.quantity);
}
