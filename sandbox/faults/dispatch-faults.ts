import { plusDuration } from "../capabilities/time.ts";
import type { DispatchFate, DispatchFaults } from "../events/dispatch-fate.ts";
import type { WebhookEndpoint } from "../events/endpoint.ts";
import { isoOf } from "../store/clock.ts";
import type { PlannedDispatch, StoredDispatch, StoredEvent } from "../store/store.ts";
import type { ArmedRule } from "./armed-rule.ts";
import type { FaultRules } from "./fault-rules.ts";

/** For how long an event waits for one that it is to come after, by the virtual clock. */
const REORDER_WITHIN_MS = 60_000;

const GOES: DispatchFate = { kind: "goes" };

/** What fault rules make of dispatches: each is drawn once for a try, and what is held back stays with its rule. */
export function dispatchFaults(rules: FaultRules): DispatchFaults {
  /** Held back, with the rule that holds it. */
  const held = new Map<string, ArmedRule>();
  /** Waits for the next of its endpoint and key. */
  const waiting = new Map<string, string>();

  const drawn = async (
    dispatch: StoredDispatch,
    event: StoredEvent,
    endpoint: WebhookEndpoint,
    nowMs: number,
  ): Promise<ArmedRule | undefined> => {
    const known = held.get(dispatch.id);
    if (known !== undefined || !rules.forEvents) return known;
    const traits = { type: event.type, endpointId: endpoint.id, party: endpoint.party };
    return rules.drawForEvent(traits, isoOf(nowMs));
  };

  return {
    async fateOf(dispatch, event, endpoint, nowMs, successor) {
      const before = held.get(dispatch.id);
      const fault = await drawn(dispatch, event, endpoint, nowMs);
      held.delete(dispatch.id);
      if (fault === undefined) return GOES;
      const { drop, delay, reorder, duplicate = 0, signature } = fault.rule;
      if (drop === true) return { kind: "lost", error: `lost by the fault rule ${fault.id}` };
      if (delay !== undefined && before === undefined) {
        held.set(dispatch.id, fault);
        return {
          kind: "held",
          notBeforeMs: Date.parse(plusDuration(isoOf(nowMs), delay, "UTC") ?? isoOf(nowMs)),
        };
      }
      const goes: DispatchFate = {
        kind: "goes",
        ...(duplicate === 0 ? {} : { copies: duplicate }),
        ...(signature === undefined ? {} : { signature }),
      };
      if (reorder !== true) return goes;
      waiting.delete(keyOf(dispatch));
      const next = await successor();
      if (next !== undefined) return { ...goes, after: next };
      const giveUpMs = Date.parse(event.time) + REORDER_WITHIN_MS;
      if (nowMs >= giveUpMs) return goes;
      held.set(dispatch.id, fault);
      waiting.set(keyOf(dispatch), dispatch.id);
      return { kind: "held", notBeforeMs: giveUpMs };
    },
    released(planned) {
      if (waiting.size === 0) return [];
      return planned.flatMap((dispatch) => waiting.get(keyOf(dispatch)) ?? []);
    },
  };
}

const keyOf = ({ endpointId, orderKey }: PlannedDispatch): string => `${endpointId}\n${orderKey}`;
