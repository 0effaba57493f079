import type { DecisionContext } from "../capability.ts";
import { personaOf } from "../manifest.ts";
import { type BehaviourRecord, collections } from "../records.ts";

/**
 * How a stand-in answers a work order. `lateMinutes` is how long after the appointed time it completes; one that
 * `disputes` objects to every delivery that it has to pay for.
 */
export type Behaviour =
  | { readonly kind: "fulfil"; readonly lateMinutes: number; readonly disputes?: true }
  | { readonly kind: "decline" }
  | { readonly kind: "silent" };

export const DESCRIBE_BEHAVIOURS =
  "must be `on-time`, `decline`, `silent`, `disputing`, or `late:` with minutes, such as `late:25m`";

export function parseBehaviour(value: string): Behaviour | undefined {
  if (value === "on-time") return { kind: "fulfil", lateMinutes: 0 };
  if (value === "decline" || value === "silent") return { kind: value };
  if (value === "disputing") return { kind: "fulfil", lateMinutes: 0, disputes: true };
  const late = /^late:(\d{1,5})(m|h)$/.exec(value);
  if (late === null) return undefined;
  return { kind: "fulfil", lateMinutes: Number(late[1]) * (late[2] === "h" ? 60 : 1) };
}

/** What a stand-in was told last, else what the manifest says, else on time. */
export async function behaviourOf(
  party: string,
  context: Pick<DecisionContext, "read" | "catalog">,
): Promise<string> {
  const told = await context.read.get<BehaviourRecord>(collections.behaviours, party);
  return told?.value.behaviour ?? personaOf(context.catalog, party)?.behaviour ?? "on-time";
}
