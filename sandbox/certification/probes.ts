import { issuesTokens, takesHeader } from "../../specs/engine/catalog/lookup.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import { createRandom } from "../../specs/engine/certification/random.ts";

/** Ways in which an API may be out of order that a client has to live with. */
export const probeKinds = [
  "rate-limit",
  "unavailable",
  "failing",
  "silence",
  "expired-token",
  "unknown-field",
  "small-pages",
] as const;
export type ProbeKind = (typeof probeKinds)[number];

/** One disturbance to come. Which request it meets, and how, follows from the seed alone. */
export interface Probe {
  readonly kind: ProbeKind;
  /** Requests it could meet and lets pass. */
  readonly skip: number;
  /** What `Retry-After` asks for. */
  readonly seconds: number;
  /** How often in a row the same request, or list, is met. */
  readonly times: number;
  /** A name that no schema declares. */
  readonly field: string;
  /** How long an answer that gets lost is held before. */
  readonly holdMs: number;
}

/** Every kind once, in an order and with numbers that nobody knows who doesn't know the seed. */
export function planProbes(seed: string): Probe[] {
  const random = createRandom(seed).fork("probes");
  const kinds: ProbeKind[] = [...probeKinds];
  const plan: Probe[] = [];
  while (kinds.length > 0) {
    const [kind] = kinds.splice(random.integer(kinds.length), 1);
    if (kind === undefined) break;
    plan.push({
      kind,
      // Many clients read a list once.
      skip: kind === "small-pages" ? 0 : random.integer(2),
      seconds: 1 + random.integer(2),
      times: 3,
      field: `x${random.word(10)}`,
      holdMs: 20 + random.integer(200),
    });
  }
  // Those that few requests can meet come first, lest others take their occasions.
  return plan.sort((one, other) => rarity(other.kind) - rarity(one.kind));
}

const rarity = (kind: ProbeKind): number => ["silence", "small-pages"].indexOf(kind);

const takesCursor = ({ parameters }: Operation): boolean =>
  parameters.some((one) => one.in === "query" && one.name.toLowerCase() === "cursor");

/** Whether requests of an operation can be met by a kind of probe at all. */
export function canMeet(kind: ProbeKind, operation: Operation): boolean {
  switch (kind) {
    case "silence":
      return operation.method === "POST" && takesHeader(operation, "idempotency-key");
    case "small-pages":
      return operation.method === "GET" && takesCursor(operation);
    default:
      return operation.security.length > 0 && !issuesTokens(operation);
  }
}

const OCCASIONS: Readonly<Record<ProbeKind, string>> = {
  "rate-limit": "429 with Retry-After",
  unavailable: "503 with Retry-After",
  failing: "several 503 in a row",
  silence: "an answer that gets lost",
  "expired-token": "a token that ends early",
  "unknown-field": "a field that it doesn't know",
  "small-pages": "a list of several pages",
};

/**
 * What a client gave no occasion to see, one sentence each; without those that the operations it calls can't meet.
 * @param calls the operations that it called, and those that it says it calls
 */
export function unmetProbes(fired: ReadonlySet<string>, calls: readonly Operation[]): string[] {
  return probeKinds
    .filter((kind) => !fired.has(kind) && calls.some((operation) => canMeet(kind, operation)))
    .map((kind) => {
      const names = [...new Set(calls.filter((one) => canMeet(kind, one)).map((one) => one.id))];
      const which = names.slice(0, 3).join(", ");
      return `The client was not seen dealing with ${OCCASIONS[kind]}: it called ${which} too seldom.`;
    });
}
