import { plusDuration } from "../capabilities/time.ts";
import type { DispatchFate, DispatchFaults } from "../events/dispatch-fate.ts";
import type { PlannedDispatch, StoredDispatch } from "../store/store.ts";
import { isoOf } from "../values/iso.ts";
import type { ArmedRule } from "./armed-rule.ts";
import type { FaultRules } from "./fault-rules.ts";

/** For how long an event waits for one that it is to come after, by the virtual clock. */
const REORDER_WITHIN_MS = 60_000;

const GOES: DispatchFate = { kind: "goes" };

/** Held back by a rule, and never tried: between tries there is an attempt. */
const isHeld = ({ attempts, notBeforeMs }: StoredDispatch): boolean =>
  attempts.length === 0 && notBeforeMs > 0;

/**
 * What fault rules make of dispatches: each is drawn once for a try. What is held back is known to the process that holds
 * it, with its rule; another one, or this one after a restart, finds it in the queue and takes the rule that holds such
 * events.
 */
export function dispatchFaults(rules: FaultRules): DispatchFaults {
  /** Held back, with the rule that holds it, for a time or for the next one of its endpoint and key. */
  const held = new Map<string, { readonly fault: ArmedRule; readonly forNext: boolean }>();

  return {
    async fateOf(dispatch, event, endpoint, nowMs, successor) {
      const traits = { type: event.type, endpointId: endpoint.id, party: endpoint.party };
      const before = held.get(dispatch.id)?.fault ?? (isHeld(dispatch) ? rules.holding(traits) : undefined);
      const fault = before ?? (rules.forEvents ? await rules.drawForEvent(traits, isoOf(nowMs)) : undefined);
      held.delete(dispatch.id);
      if (fault === undefined) return GOES;
      const { drop, delay, reorder, duplicate = 0, signature } = fault.rule;
      if (drop === true) return { kind: "lost", error: `lost by the fault rule ${fault.id}` };
      if (delay !== undefined && before === undefined) {
        held.set(dispatch.id, { fault, forNext: false });
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
      const next = await successor();
      if (next !== undefined) return { ...goes, after: next };
      const giveUpMs = Date.parse(event.time) + REORDER_WITHIN_MS;
      if (nowMs >= giveUpMs) return goes;
      held.set(dispatch.id, { fault, forNext: true });
      return { kind: "held", notBeforeMs: giveUpMs };
    },
    async released(planned, pending) {
      if (!rules.reorders) return [];
      const endpoints = new Set(planned.map(({ endpointId }) => endpointId));
      const waiting = (await Promise.all([...endpoints].map(pending))).flat();
      return waiting
        .filter((one) => isHeld(one) && held.get(one.id)?.forNext !== false)
        .filter((one) => planned.some((next) => next.id !== one.id && keyOf(next) === keyOf(one)))
        .map(({ id }) => id);
    },
  };
}

const keyOf = ({ endpointId, orderKey }: PlannedDispatch): string => `${endpointId}\n${orderKey}`;
