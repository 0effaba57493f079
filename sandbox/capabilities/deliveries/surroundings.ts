import type { DecisionContext } from "../capability.ts";
import { behaviourOf } from "../controls/stand-ins.ts";
import { KnownParties } from "../parties/known-parties.ts";
import { type OpenPeriod, openPeriod } from "../settlements/periods.ts";

/** What a booking finds around it. */
export interface Wanted {
  /** Everybody whose books it moves. */
  readonly participants: readonly string[];
  /** The accounting period of its time. */
  readonly period: string;
  /** Who may dispute it at once. */
  readonly customer?: string;
}

/**
 * What the deliveries of one decision find around them and none of them changes: the parties, the periods that are open, how
 * stand-ins behave. Each is looked up once, for however many rows a batch has; what follows from it waits for nothing.
 */
export class Surroundings {
  readonly parties: KnownParties;
  readonly #from: Pick<DecisionContext, "read" | "catalog">;
  /** The period that was wanted last, as that of the row before nearly always is the next one's too. */
  #period: { readonly wanted: string; readonly open: OpenPeriod } | undefined;
  readonly #behaviours = new Map<string, string>();

  constructor(from: Pick<DecisionContext, "read" | "catalog">) {
    this.parties = new KnownParties(from.read);
    this.#from = from;
  }

  /** Afterwards all of it is known here. At once where it is already. */
  lookUp(wanted: Wanted): Promise<void> | undefined {
    const { participants, period, customer } = wanted;
    const isKnown =
      this.#period?.wanted === period &&
      this.parties.know(participants) &&
      (customer === undefined || !this.#mayBehave(customer));
    return isKnown ? undefined : this.#lookUp(wanted);
  }

  async #lookUp({ participants, period, customer }: Wanted): Promise<void> {
    if (!this.parties.know(participants)) await this.parties.lookUp(participants);
    if (this.#period?.wanted !== period)
      this.#period = { wanted: period, open: await openPeriod(this.#from.read, period) };
    if (customer !== undefined && this.#mayBehave(customer))
      this.#behaviours.set(customer, await behaviourOf(customer, this.#from));
  }

  /** Of a party that was looked up: whether it may have been told something that nobody has asked for yet. */
  #mayBehave(party: string): boolean {
    // Whoever took the stand-in's place speaks for itself.
    return this.parties.get(party)?.status === "stand-in" && !this.#behaviours.has(party);
  }

  /** The first open accounting period from the one that was looked up last on. */
  get openPeriod(): OpenPeriod {
    if (this.#period === undefined) throw new RangeError("no accounting period was looked up");
    return this.#period.open;
  }

  /** What a stand-in was told to do: of a customer that was looked up; undefined for one that is none. */
  behaviourOf(customer: string): string | undefined {
    return this.#behaviours.get(customer);
  }
}
