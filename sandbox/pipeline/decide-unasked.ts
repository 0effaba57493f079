import { readClock } from "../store/clock.ts";
import type { JsonObject } from "../store/store.ts";
import type { TimerParts } from "./timers.ts";

const ATTEMPTS = 8;

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
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { now } = await readClock(store.reader(tenant), wallClock());
    const context = newContext(name, now, requestId);
    const decision = await capability.decide(input, context);
    if (decision.kind === "refused") return false;
    const outcome = await store.apply(changesetOf(decision, context));
    if (outcome.kind === "applied") return true;
  }
  throw new Error(`Too many requests change what ${name} decides on at this moment.`);
}
