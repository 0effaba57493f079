import type { ClockChange } from "../capabilities/controls/clock-change.ts";
import type { NewEndpoint } from "../events/endpoint.ts";
import type { FaultRule } from "../faults/rule.ts";
import type { JsonObject } from "../store/store.ts";
import type { ControlSchemas } from "./api.ts";

/** Everything that changes a sandbox when its control is told it, with what it takes: enough to tell it again. */
export interface Tellings {
  readonly "clock.set": ClockChange;
  readonly reset: Readonly<Record<never, never>>;
  readonly "faults.add": { readonly rules: readonly FaultRule[] };
  readonly "faults.remove": { readonly id: string };
  readonly "faults.clear": Readonly<Record<never, never>>;
  readonly "endpoints.register": NewEndpoint;
  readonly "events.trigger": ControlSchemas["Trigger"];
  readonly "events.replay": { readonly eventId: string; readonly party?: string };
  readonly "decisions.act": { readonly name: string; readonly input: JsonObject; readonly party?: string };
}

/** One of them, as a recording keeps it. */
export type Told = {
  [Does in keyof Tellings]: { readonly does: Does; readonly with: Tellings[Does] };
}[keyof Tellings];
