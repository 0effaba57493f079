import { readClock } from "../store/clock.ts";
import type { JsonObject } from "../store/store.ts";
import { OVERTAKEN, untilApplied } from "../store/until-applied.ts";
import type { TimerParts } from "./timers.ts";

/**
 * Takes a decision that nobody asked for, at the present virtual time, and applies it; false where it is refused:
 * decided in the meantime, or gone.
 * @throws EcoError `ECO_CONFLICT` where others keep changing what it decides on
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
  return untilApplied({ store, tenant, what: `What ${name} decides on` }, async ({ reader, apply }) => {
    const { now } = await readClock(reader, wallClock());
    const context = { ...newContext(name, now, requestId), read: reader };
    const decision = await capability.decide(input, context);
    if (decision.kind === "refused") return false;
    const outcome = await apply(changesetOf(decision, context));
    return outcome.kind === "applied" ? true : OVERTAKEN;
  });
}
