import { EcoError } from "../../specs/engine/errors/index.ts";
import { pause } from "../../specs/engine/pause.ts";
import type { ControlAnswer, ControlOperation, ControlRequest } from "./api.ts";
import type { SandboxControl } from "./control.ts";
import type { TenantControl } from "./tenants.ts";

/** Who moves the clock and looks right afterwards finds what came of it, unless a receiver or a build takes longer. */
const SETTLE_MS = 5_000;

/** Resolves with `work`, or when the time is over. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  const done = new AbortController();
  await Promise.race([work.finally(() => done.abort()), pause(ms, done.signal)]);
}

/** How an operation of the control API is carried out; a `Response` where the answer is no single JSON value. */
type ControlHandler<Id extends ControlOperation> = (
  control: SandboxControl,
  request: ControlRequest<Id>,
) => Promise<ControlAnswer<Id> | Response>;

/** Every operation that the document declares: a new one is missing here until it is served. */
export const controlOperations: { readonly [Id in ControlOperation]: ControlHandler<Id> } = {
  getSandbox: (control) => control.info(),
  async resetSandbox(control) {
    await control.reset();
    return undefined;
  },
  getClock: ({ clock }) => clock.read(),
  async setClock(control, { body }) {
    const set = await control.clock.set(body);
    await within(SETTLE_MS, control.settle());
    return set;
  },
  listTenants: async (control) => ({ items: await tenantsOf(control).list() }),
  async createTenant(control, { body }) {
    return tenantsOf(control).create(body);
  },
  async removeTenant(control, { path }) {
    await tenantsOf(control).remove(path.tenantId);
    return undefined;
  },
  listFaults: async (control) => ({ items: await control.faultsWithRemarks() }),
  async addFaults(control, { body: { rules } }) {
    const added = new Set((await control.faults.add(...rules)).map(({ id }) => id));
    return { items: (await control.faultsWithRemarks()).filter(({ id }) => added.has(id)) };
  },
  async clearFaults({ faults }) {
    await faults.clear();
    return undefined;
  },
  async removeFault({ faults }, { path }) {
    await faults.remove(path.faultId);
    return undefined;
  },
  // Made by the store itself; to hold it against a schema once more would take longer than all the rest.
  exportState: async ({ state }, { query }) => Response.json(await state.export(query)),
  async importState({ state }, { query, body }) {
    await state.import(body, query);
    return undefined;
  },
  async getRecording({ session }) {
    return { recording: session.recording, bytes: session.keptBytes };
  },
  async startRecording({ session }) {
    await session.keep();
    return undefined;
  },
  async stopRecording({ session }) {
    const text = await session.take();
    return new Response(text, {
      headers: { "content-type": "application/x-ndjson", "cache-control": "no-store" },
    });
  },
  async listExchanges({ log }, { query: { waitSeconds = 0, ...query }, signal }) {
    const patience = AbortSignal.timeout(waitSeconds * 1000);
    return waitSeconds === 0 ? log.read(query) : log.wait(query, AbortSignal.any([signal, patience]));
  },
  async listEvents({ events }, { query: { waitSeconds = 0, ...query }, signal }) {
    const patience = AbortSignal.timeout(waitSeconds * 1000);
    return waitSeconds === 0 ? events.list(query) : events.wait(query, AbortSignal.any([signal, patience]));
  },
  getEvent: ({ events }, { path }) => events.get(path.eventId),
  triggerEvent: ({ events }, { body }) => events.trigger(body),
  replayEvent: ({ events }, { path, query }) => events.replay(path.eventId, query.party),
  listEndpoints: async ({ endpoints }) => ({ items: await endpoints.list() }),
  registerEndpoint: ({ endpoints }, { body }) => endpoints.register(body),
  updateEndpoint: ({ endpoints }, { path, body }) => endpoints.update(path.endpointId, body.status),
  async removeEndpoint({ endpoints }, { path }) {
    await endpoints.remove(path.endpointId);
    return undefined;
  },
  rotateEndpointSecret: ({ endpoints }, { path }) => endpoints.rotate(path.endpointId),
  listParties: async ({ parties }) => ({ items: await parties.list() }),
  getPartyBehaviour: ({ parties }, { path }) => parties.behaviour(path.partyId),
  setPartyBehaviour: ({ parties }, { path, body }) => parties.change(path.partyId, body),
};

function tenantsOf({ tenants }: SandboxControl): TenantControl {
  if (tenants !== undefined) return tenants;
  throw new EcoError("ECO_NOT_FOUND", "A tenant has no tenants of its own.");
}
