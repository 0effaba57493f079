import type { FaultRules, FaultStatus } from "../faults/fault-rules.ts";
import type { SessionControl } from "../session/session.ts";
import type { StateControl } from "../session/state-control.ts";
import type { ControlSchemas } from "./api.ts";
import type { ClockControl } from "./clock.ts";
import type { Decisions } from "./decisions.ts";
import type { EndpointControl } from "./endpoints.ts";
import type { EventControl } from "./events.ts";
import type { LogControl } from "./log.ts";
import type { PartyControl } from "./parties.ts";
import type { TenantControl } from "./tenants.ts";

/**
 * What a sandbox can be told beside the operations of its spec set, whatever API it plays. A program that holds the
 * sandbox calls it directly; over HTTP it is the control API.
 */
export interface SandboxControl {
  readonly clock: ClockControl;
  readonly faults: FaultRules;
  /** The rules, each with what keeps it from doing anything as things stand. */
  faultsWithRemarks(): Promise<FaultStatus[]>;
  readonly log: LogControl;
  readonly events: EventControl;
  readonly endpoints: EndpointControl;
  readonly parties: PartyControl;
  /** What the capabilities can tell and do, whatever the spec set calls its operations. */
  readonly decisions: Decisions;
  readonly session: SessionControl;
  readonly state: StateControl;
  /** Undefined in a tenant: it knows nothing of the others. */
  readonly tenants: TenantControl | undefined;
  info(): Promise<ControlSchemas["Sandbox"]>;
  /** Resolves when nothing more is due: timers have run, events were sent and builds asked. */
  settle(): Promise<void>;
  /** Back to the seed: what happened in this tenant is gone. */
  reset(): Promise<void>;
}
