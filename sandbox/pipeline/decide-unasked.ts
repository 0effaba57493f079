import { readClock } from "../store/clock.ts";
import type { Held, JsonObject } from "../store/store.ts";
import type { TimerParts } from "./timers.ts";

/** How often it is taken among others before they have to wait. */
const ATTEMPTS_AMONG_OTHERS = 4;

/**
 * Takes a decision that nobody asked for, at the present virtual time, and applies it; false where it is refused:
 * decided in the meantime, or gone.
 */
export async function decideUnasked(
  parts: TimerParts,
  wallClock: () => number,
  name: string,
  input: JsonObject,
): Promise<boolean> {
  const { store, tenant, capabilities, newContext, newRequestId, changesetOf } = parts;
  const requestId = newRequestId();
  const capability = capabilities.get(name);
  if (capability === undefined) throw new Error(`The capability ${name} is missing.`);
  const attempt = async ({ reader, apply }: Held): Promise<"applied" | "refused" | "contended"> => {
    const { now } = await readClock(reader, wallClock());
    const context = { ...newContext(name, now, requestId), read: reader };
    const decision = await capability.decide(input, context);
    if (decision.kind === "refused") return "refused";
    const outcome = await apply(changesetOf(decision, context));
    return outcome.kind === "applied" ? "applied" : "contended";
  };
  const amongOthers: Held = { reader: store.reader(tenant), apply: (changeset) => store.apply(changeset) };
  for (let attempts = 0; attempts < ATTEMPTS_AMONG_OTHERS; attempts++) {
    const outcome = await attempt(amongOthers);
    if (outcome !== "contended") return outcome === "applied";
  }
  const outcome = await store.alone(tenant, attempt);
  if (outcome !== "contended") return outcome === "applied";
  throw new Error(`What ${name} decides on changes although nobody else may write.`);
}
