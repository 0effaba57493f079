import { createControl } from "../control/create-control.ts";
import type { ControlServer } from "../control/server.ts";
import type { Tenants } from "../tenants/tenants.ts";
import { type Arrival, hasRequest, requestArrival } from "./arrival.ts";
import { openCore, reportToStderr } from "./open-core.ts";
import type { OperationReport } from "./operation-table.ts";
import type { SandboxParts, SandboxSettings } from "./options.ts";
import { Overrides } from "./overrides.ts";
import { Pipeline } from "./pipeline.ts";
import { type Answered, responseOf } from "./reply.ts";
import { pathBelow, reservedPath } from "./reserved-path.ts";
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
  // Loaded for the first who asks: most sandboxes are never controlled, and a page does without it.
  let server: Promise<ControlServer> | undefined;
  const controlServer = async (): Promise<ControlServer> => {
    const { ControlServer } = await import("../control/server.ts");
    return new ControlServer(control, { onFault: reportToStderr, ...settings });
  };
  const release = (): void => {
    core.log.close();
    core.faults.close();
  };
  const answer = (arrival: Arrival): Promise<Answered> => {
    const below = pathBelow(controlPath, arrival.url);
    const isOurs = below === undefined && !overrides.any;
    return isOurs || !hasRequest(arrival) ? pipeline.answer(arrival) : answerBeside(arrival.request(), below);
  };
  /** What a handler of the tester's own may answer, and the control. */
  const answerBeside = async (request: Request, below: string | undefined): Promise<Answered> => {
    if (overrides.any) {
      const response = await core.recorder.overridden(request, (asked) => overrides.answer(asked));
      if (response !== undefined) return response;
    }
    if (below === undefined) return pipeline.answer(requestArrival(request));
    server ??= controlServer();
    // Where the database can't be asked, the control itself says so.
    if (core.following.isBehind) await core.following.look().catch(() => {});
    return (await server).answer(request, below);
  };
  let report: readonly OperationReport[] | undefined;
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
    get report() {
      report ??= side.table.report();
      return report;
    },
    inspect: (signal) => side.table.inspect(signal),
    answer,
    fetch: async (request) => responseOf(await answer(requestArrival(request)), request.method),
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
