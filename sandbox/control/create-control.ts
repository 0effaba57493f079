import { withRemarks } from "../faults/remarks.ts";
import type { Core } from "../pipeline/core.ts";
import { readState } from "../pipeline/state.ts";
import { type Alone, createSession } from "../session/session.ts";
import { createStateControl } from "../session/state-control.ts";
import { readClock } from "../store/clock.ts";
import { ClockControl } from "./clock.ts";
import type { SandboxControl } from "./control.ts";
import { Decisions } from "./decisions.ts";
import { EndpointControl } from "./endpoints.ts";
import { EventControl } from "./events.ts";
import { exchangeViewer } from "./exchange-view.ts";
import { LogControl } from "./log.ts";
import { PartyControl } from "./parties.ts";
import type { TenantControl } from "./tenants.ts";

export interface ControlParts {
  readonly core: Core;
  readonly tenants: TenantControl | undefined;
  /** Holds requests back meanwhile. */
  reset(): Promise<void>;
  readonly alone: Alone;
  settle(): Promise<void>;
}

export function createControl({ core, tenants, reset, alone, settle }: ControlParts): SandboxControl {
  const { parts, tenant, store, read, wallClock, steps, randomness } = core;
  const decisions = new Decisions(core);
  return {
    clock: new ClockControl(core),
    faults: core.faults,
    async faultsWithRemarks() {
      const { now } = await readClock(read, wallClock());
      return withRemarks(core.faults.list(), { catalog: parts.catalog, read, now });
    },
    session: createSession(core, alone),
    state: createStateControl(core, alone),
    log: new LogControl(core, exchangeViewer(parts.catalog)),
    events: new EventControl(core),
    endpoints: new EndpointControl(core, decisions),
    parties: new PartyControl(decisions, read, core.forwarder && core.recorder.caller),
    decisions,
    tenants,
    settle,
    reset: () => steps.control(randomness.requestId(), { does: "reset", with: {} }, reset),
    async info() {
      const { mode, now, offsetMs } = await readClock(read, wallClock());
      const { ecosystem, digest, operations } = parts.catalog;
      return {
        ecosystem: ecosystem.id,
        title: ecosystem.title,
        catalogDigest: digest,
        operations: operations.length,
        tenant,
        seed: (await readState({ store, tenant }))?.state.seed ?? "",
        clock: { now, mode, offsetMs },
      };
    },
  };
}
