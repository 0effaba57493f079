import type { RequestHandler } from "msw";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { SandboxControl } from "../control/control.ts";
import type { TenantControl } from "../control/tenants.ts";
import type { FaultRules } from "../faults/fault-rules.ts";
import type { Store } from "../store/store.ts";
import type { Arrival } from "./arrival.ts";
import type { OperationReport } from "./operation-table.ts";
import type { Answered } from "./reply.ts";

/** An open sandbox: an ecosystem with its state, whichever host its requests come by. */
export interface Sandbox {
  /** Answers one request; never rejects. */
  fetch(request: Request): Promise<Response>;
  /** The same for hosts, which have requests and send answers in their own way. */
  answer(arrival: Arrival): Promise<Answered>;
  /** A tester's own MSW handlers, asked before the operations, on every host. The latest come first. */
  use(...handlers: RequestHandler[]): void;
  /** Takes away what `use` added. */
  resetHandlers(): void;
  /**
   * Runs timers that became due, dispatches events that wait, and drives runs of certifications. Hosts that stay up
   * call it in the background; a test calls it when it wants all of it done. Resolves when there is nothing left to do
   * at this moment.
   */
  settle(): Promise<void>;
  /** Nobody is kept waiting for something to come any longer: a host that is about to close doesn't wait for them. */
  release(): void;
  /** Waits for requests and dispatches under way and closes the store. */
  close(): Promise<void>;
  readonly catalog: Catalog;
  readonly store: Store;
  readonly tenant: string;
  /** Sandboxes beside this one on the same store; undefined in a tenant. */
  readonly tenants?: SandboxTenants;
  /** Clock, faults and all else that the control API offers, for a program that holds the sandbox. */
  readonly control: SandboxControl;
  /** What goes wrong on purpose: `await sandbox.faults.add({ operation: "submitDelivery", status: 503, count: 3 })`. */
  readonly faults: FaultRules;
  /** The path below which the control API is served: `/_sandbox`, or another one where the spec set has that. */
  readonly controlPath: string;
  /** How each operation is served: by a capability, by inferred state, or from the spec's examples and schemas. */
  report(): Promise<readonly OperationReport[]>;
  /** The same, with an answer made for each inferred operation: finds schemas that no value fits. Takes its time. */
  inspect(signal?: AbortSignal): Promise<readonly OperationReport[]>;
}

/** The sandboxes beside one, for a program that holds it. */
export interface SandboxTenants extends TenantControl {
  /**
   * The sandbox of a tenant; it stays open as long as it is used.
   * @throws EcoError `ECO_NOT_FOUND`
   */
  sandbox(id: string): Promise<Sandbox>;
}
