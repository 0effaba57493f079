import { OverlayReader } from "../../store/overlay.ts";
import { part } from "../../values/part.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { type Changes, joinChanges, noChanges } from "../changes.ts";
import { collections } from "../records.ts";
import { EXITING_KEY } from "./records.ts";

const leaving = part("the exit of parties", () => import("./leaving.ts"));

/** What the exits of those come to who, after these changes, have nothing open any more. */
export async function exitsAfter(
  changes: Parameters<OverlayReader["add"]>[0],
  context: DecisionContext,
): Promise<Changes> {
  const exiting = { collection: collections.parties, key: EXITING_KEY, limit: 1 };
  const [anybody] = await context.read.list(exiting);
  if (anybody === undefined) return noChanges;
  const { finishExits } = await leaving();
  const read = new OverlayReader(context.read);
  read.add(changes);
  return finishExits({ ...context, read });
}

/** A step after which a party on its way out may have nothing open any more: then it is out in the same decision. */
export const finishing = (capability: Capability): Capability => ({
  ...capability,
  events: [...new Set([...capability.events, "party.exited"])],
  async decide(input, context) {
    const decision = await capability.decide(input, context);
    if (decision.kind === "refused") return decision;
    const exits = await exitsAfter(decision, context);
    return exits === noChanges ? decision : { ...decision, ...joinChanges(decision, exits) };
  },
});
