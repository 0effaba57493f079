import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { Reader } from "../store/store.ts";
import { KnownParties } from "./known-parties.ts";
import { type OpenPeriod, openPeriod } from "./periods.ts";
import { behaviourOf } from "./stand-ins.ts";

/**
 * What the deliveries of one decision find around them and none of them changes: the parties, the periods that are open, how
 * stand-ins behave. Each is looked up once, for however many rows a batch has.
 */
export class Surroundings {
  readonly parties: KnownParties;
  readonly #read: Reader;
  readonly #catalog: Catalog;
  #periods: Map<string, OpenPeriod> | undefined;
  #behaviours: Map<string, string> | undefined;

  constructor({ read, catalog }: { readonly read: Reader; readonly catalog: Catalog }) {
    this.parties = new KnownParties(read);
    this.#read = read;
    this.#catalog = catalog;
  }

  /** The first open accounting period from `wanted` on. */
  openPeriod(wanted: string): OpenPeriod | Promise<OpenPeriod> {
    return this.#periods?.get(wanted) ?? this.#lookUpPeriod(wanted);
  }

  async #lookUpPeriod(wanted: string): Promise<OpenPeriod> {
    const open = await openPeriod(this.#read, wanted);
    this.#periods ??= new Map();
    this.#periods.set(wanted, open);
    return open;
  }

  /** What a stand-in was told to do. */
  behaviourOf(party: string): string | Promise<string> {
    return this.#behaviours?.get(party) ?? this.#lookUpBehaviour(party);
  }

  async #lookUpBehaviour(party: string): Promise<string> {
    const behaviour = await behaviourOf(party, { read: this.#read, catalog: this.#catalog });
    this.#behaviours ??= new Map();
    this.#behaviours.set(party, behaviour);
    return behaviour;
  }
}
