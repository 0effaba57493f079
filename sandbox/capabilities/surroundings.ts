import type { DecisionContext } from "./capability.ts";
import { KnownParties } from "./known-parties.ts";
import { type OpenPeriod, openPeriod } from "./periods.ts";
import { behaviourOf } from "./stand-ins.ts";

/**
 * What the deliveries of one decision find around them and none of them changes: the parties, the periods that are open, how
 * stand-ins behave. Each is looked up once, for however many rows a batch has.
 */
export class Surroundings {
  readonly parties: KnownParties;
  readonly #from: Pick<DecisionContext, "read" | "catalog">;
  /** The period that was wanted last, as that of the row before nearly always is the next one's too. */
  #wanted: string | undefined;
  #open: Promise<OpenPeriod> | undefined;
  readonly #behaviours = new Map<string, Promise<string>>();

  constructor(from: Pick<DecisionContext, "read" | "catalog">) {
    this.parties = new KnownParties(from.read);
    this.#from = from;
  }

  /** The first open accounting period from `wanted` on. */
  openPeriod(wanted: string): Promise<OpenPeriod> {
    if (this.#open === undefined || this.#wanted !== wanted) {
      this.#wanted = wanted;
      this.#open = openPeriod(this.#from.read, wanted);
    }
    return this.#open;
  }

  /** What a stand-in was told to do. */
  behaviourOf(party: string): Promise<string> {
    let behaviour = this.#behaviours.get(party);
    if (behaviour === undefined) {
      behaviour = behaviourOf(party, this.#from);
      this.#behaviours.set(party, behaviour);
    }
    return behaviour;
  }
}
