import type { Reader } from "../store/store.ts";
import { everyRecord } from "./page.ts";
import { findParty } from "./party-records.ts";
import { type AcceptanceRecord, collections, type PartyRecord, partyKey } from "./records.ts";

/** The parties of one decision, each looked up once. */
export class KnownParties {
  readonly #read: Reader;
  readonly #records = new Map<string, PartyRecord | undefined>();
  readonly #agreements = new Map<string, ReadonlySet<string>>();

  constructor(read: Reader) {
    this.#read = read;
  }

  /** Afterwards `get` knows them. */
  async lookUp(ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => !this.#records.has(id));
    if (unknown.length === 0) return;
    const found = await Promise.all(unknown.map((id) => findParty(this.#read, id)));
    for (const [index, id] of unknown.entries()) this.#records.set(id, found[index]?.value);
  }

  /** Of a party that was looked up; undefined for one that isn't there. */
  get(id: string): PartyRecord | undefined {
    return this.#records.get(id);
  }

  /** The agreements that a party has accepted, whichever version of them. */
  async agreementsOf(id: string): Promise<ReadonlySet<string>> {
    const known = this.#agreements.get(id);
    if (known !== undefined) return known;
    const agreements = new Set<string>();
    for await (const { value } of everyRecord<AcceptanceRecord>(
      this.#read,
      collections.acceptances,
      partyKey(id),
    ))
      agreements.add(value.agreementId);
    this.#agreements.set(id, agreements);
    return agreements;
  }
}
