import { Q, ZERO } from "./fractions.ts";
import type { Before } from "./models.ts";
import type { Counters } from "./price.ts";
import { type Raw, raw } from "./raw.ts";

interface Added {
  readonly key: string;
  readonly quantity: Q;
  readonly events: number;
}

interface Open extends Counters {
  /** What the delivery added so far. */
  readonly added: readonly Added[];
}

/** The verifier's own counters of every period. Hand it the traces in the order of time, then id. */
export class Books {
  readonly #held: Map<string, Before>;

  constructor(held: ReadonlyMap<string, Before> = new Map()) {
    this.#held = new Map(held);
  }

  copy(): Books {
    return new Books(this.#held);
  }

  open(): Open {
    const added: Added[] = [];
    return {
      added,
      before: (key) => {
        // Tax by statement runs on within a delivery; tiers and rounding look at what lies before it.
        const own = key.startsWith("tax/") ? added.filter((each) => each.key === key) : [];
        const held = this.#held.get(key);
        if (own.length === 0) return held;
        const quantity = own.reduce((total, each) => total.plus(each.quantity), held?.quantity ?? ZERO);
        return { quantity, events: held?.events ?? 0n };
      },
      add: (key, quantity, events = 1) => void added.push({ key, quantity, events }),
    };
  }

  /** Keeps what a delivery added. */
  keep(added: readonly Added[]): void {
    for (const { key, quantity, events } of added) {
      const held = this.#held.get(key);
      this.#held.set(key, {
        quantity: quantity.plus(held?.quantity ?? ZERO),
        events: BigInt(events) + (held?.events ?? 0n),
      });
    }
  }

  /** All that they hold: the same text means the same books. */
  toString(): string {
    return [...this.#held].map(([key, { quantity, events }]) => `${key} ${quantity} ${events}`).join("\n");
  }
}

/** What a trace itself says that periods held. The first word counts: later ones include the delivery's own. */
export function statedIn(trace: unknown, held = new Map<string, Before>()): Map<string, Before> {
  if (typeof trace !== "object" || trace === null) return held;
  const { period, before, events }: Raw = raw(trace);
  if (period !== undefined && before !== undefined && !held.has(String(period)))
    held.set(String(period), { quantity: Q.of(before), events: Q.of(events ?? "1").n });
  for (const member of Object.values(trace)) statedIn(member, held);
  return held;
}
