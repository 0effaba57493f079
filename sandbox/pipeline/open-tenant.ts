import { createControl } from "../control/create-control.ts";
import type { Tenants } from "../tenants/tenants.ts";
import { requestArrival } from "./arrival.ts";
import { Front } from "./front.ts";
import { openCore, reportToStderr } from "./open-core.ts";
import type { OperationReport } from "./operation-table.ts";
import type { SandboxParts, SandboxSettings } from "./options.ts";
import { Overrides } from "./overrides.ts";
import { Pipeline } from "./pipeline.ts";
import { responseOf } from "./reply.ts";
import { reservedPath } from "./reserved-path.ts";
import type { Sandbox } from "./sandbox.ts";
import type { SpecSide } from "./spec-side.ts";

/**
 * Opens one tenant of a store, which stays open when the tenant closes. `tenants` are those beside it, where it is the one
 * that they are controlled from.
 */
export async function openTenant(
  parts: SandboxParts,
  side: SpecSide,
  settings: SandboxSettings,
  tenants?: Tenants,
): Promise<Sandbox> {
  const core = await openCore(parts, side, settings, async (request) =>
    responseOf(await pipeline.answer(requestArrival(request)), request.method),
  );
  const pipeline = new Pipeline(core, side.table);
  const overrides = new Overrides({
    docsBase: settings.docsBase ?? "/",
    failed: (error) => core.report({ requestId: "handlers", where: "a handler of the tester's own", error }),
  });
  const { background, certifications, dispatcher, forwarder } = core;
  const unforwarded = <T>(work: () => Promise<T>): Promise<T> => forwarder?.alone(work) ?? work();
  const alone = <T>(work: () => Promise<T>): Promise<T> =>
    pipeline.alone(() => background.alone(() => unforwarded(() => certifications?.alone(work) ?? work())));
  const settle = async (): Promise<void> => {
    await background.settle();
    // What a build answers may set timers and causes events.
    while (await forwarder?.settle()) await background.settle();
  };
  const control = createControl({ core, tenants, reset: () => pipeline.reset(), alone, settle });
  const controlPath = reservedPath("/_sandbox", parts.catalog.operations);
  const release = (): void => {
    core.log.close();
    core.faults.close();
  };
  const front = new Front({
    core,
    pipeline,
    overrides,
    controlPath,
    // Most sandboxes are never controlled, and a page does without it.
    async loadControl() {
      const { ControlServer } = await import("../control/server.ts");
      return new ControlServer(control, { onFault: reportToStderr, ...settings });
    },
  });
  let report: Promise<readonly OperationReport[]> | undefined;
  core.steps.takeOver?.({
    timers: () => background.timers(),
    forget: () => background.forget(),
    "fan-out": () => dispatcher.fanOut(),
    claim: () => dispatcher.send(),
    forward: async () => forwarder?.drive(),
    certification: async () => certifications?.driveNext(),
    control: async (told) => (await import("../control/tell.ts")).tell(control, told),
  });
  return {
    control,
    faults: core.faults,
    controlPath,
    catalog: parts.catalog,
    store: parts.store,
    tenant: core.tenant,
    report() {
      report ??= side.table.report();
      return report;
    },
    inspect: (signal) => side.table.inspect(signal),
    answer: (arrival) => front.answer(arrival),
    fetch: async (request) => responseOf(await front.answer(requestArrival(request)), request.method),
    use: (...handlers) => overrides.use(handlers),
    resetHandlers: () => overrides.reset(),
    async settle() {
      await settle();
      await certifications?.settle();
    },
    release,
    async close() {
      release();
      await pipeline.idle();
      await certifications?.close();
      await forwarder?.close();
      await background.close();
    },
  };
}
