import type { Fact, ProviderFact } from "../../measures/facts.ts";
import { collections, type PartyRecord } from "../records.ts";
import { certificatesInForce } from "./partners.ts";
import type { Reading } from "./reading.ts";

/** How many deliveries each provider rendered, by product, and when the last of them was. */
export class ProviderCounts {
  readonly #counts = new Map<string, { at: string; readonly deliveries: Map<string, number> }>();

  add(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.kind !== "delivery") continue;
      const known = this.#counts.get(fact.whose.provider) ?? { at: fact.at, deliveries: new Map() };
      known.deliveries.set(fact.product, (known.deliveries.get(fact.product) ?? 0) + 1);
      if (Date.parse(fact.at) > Date.parse(known.at)) known.at = fact.at;
      this.#counts.set(fact.whose.provider, known);
    }
  }

  /** By the providers' ids, so that their order is the same on every store. */
  async facts(reading: Reading): Promise<ProviderFact[]> {
    const ids = [...this.#counts.keys()].sort();
    const { read } = reading.context;
    const records = await read.getAll<PartyRecord>(collections.parties, ids);
    const certified = await certificatesInForce(reading);
    return ids.map((id, index): ProviderFact => {
      const { at = "", deliveries = NONE } = this.#counts.get(id) ?? {};
      const isPlayed = records[index]?.value.status === "stand-in";
      return {
        kind: "provider",
        id,
        at,
        whose: { provider: id, customer: id, participants: [id] },
        deliveries,
        certified: isPlayed ? undefined : certified.has(id),
      };
    });
  }
}

const NONE: ReadonlyMap<string, number> = new Map();
