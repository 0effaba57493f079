import type { Reader } from "../../store/store.ts";
import { everyRecord } from "../page.ts";
import { type AcceptanceRecord, collections, type PartyRecord, partyKey } from "../records.ts";

/** The parties of one decision, each looked up once. */
export class KnownParties {
  readonly #read: Reader;
  readonly #records = new Map<string, PartyRecord | undefined>();
  /** Of those that aren't stand-ins; made for the first of them. */
  #agreements: Map<string, ReadonlySet<string>> | undefined;

  constructor(read: Reader) {
    this.#read = read;
  }

  /** Whether all of them were looked up. */
  know(ids: readonly string[]): boolean {
    return ids.every((id) => this.#records.has(id));
  }

  /** Afterwards `get` knows them. At once where it does already. */
  lookUp(ids: readonly string[]): Promise<void> | undefined {
    return this.know(ids) ? undefined : this.#lookUp(ids);
  }

  async #lookUp(ids: readonly string[]): Promise<void> {
    const found = await this.#read.getAll<PartyRecord>(collections.parties, ids);
    found.forEach((record, index) => {
      this.#records.set(ids[index] ?? "", record?.value);
    });
  }

  /** Of a party that was looked up; undefined for one that isn't there. */
  get(id: string): PartyRecord | undefined {
    return this.#records.get(id);
  }

  /** Afterwards `get` and `hasAccepted` know these parties. At once where they do already. */
  lookUpAgreements(ids: readonly string[]): Promise<void> | undefined {
    const known = (id: string): boolean => this.#records.has(id) && !this.#mayHaveAgreements(id);
    return ids.every(known) ? undefined : this.#lookUpAgreements(ids);
  }

  async #lookUpAgreements(ids: readonly string[]): Promise<void> {
    await this.lookUp(ids);
    for (const id of ids) {
      if (!this.#mayHaveAgreements(id)) continue;
      this.#agreements ??= new Map();
      this.#agreements.set(id, await this.#agreementsOf(id));
    }
  }

  /** Of a party that was looked up: whether it may have accepted agreements that weren't. */
  #mayHaveAgreements(id: string): boolean {
    const record = this.#records.get(id);
    return record !== undefined && record.status !== "stand-in" && this.#agreements?.has(id) !== true;
  }

  /** Whichever version of it. Stand-ins accept all: the ecosystem's own documents bind them. */
  hasAccepted(agreementId: string, id: string): boolean {
    return (
      this.#records.get(id)?.status === "stand-in" || this.#agreements?.get(id)?.has(agreementId) === true
    );
  }

  async #agreementsOf(id: string): Promise<ReadonlySet<string>> {
    const agreements = new Set<string>();
    const accepted = everyRecord<AcceptanceRecord>(this.#read, collections.acceptances, partyKey(id));
    for await (const { value } of accepted) agreements.add(value.agreementId);
    return agreements;
  }
}
