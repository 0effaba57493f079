import { EcoError } from "../../specs/engine/errors/index.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { signingKeyAt } from "../capabilities/records.ts";
import type { Core } from "../pipeline/core.ts";
import { readState } from "../pipeline/state.ts";
import type { TenantState } from "../store/store.ts";
import { isoOf } from "../values/iso.ts";
import { digestOfState } from "./digest.ts";
import { SECRETS_NOTICE } from "./format.ts";
import type { Alone } from "./session.ts";
import { checkSpecs } from "./specs.ts";
import {
  checkedStateFile,
  STATE_FORMAT,
  STATE_VERSION,
  type StateFile,
  unusableState,
} from "./state-format.ts";
import type { ExportOptions, ImportOptions } from "./state-options.ts";

export const exportState = (
  core: Core,
  alone: Alone,
  { withoutKey = false }: ExportOptions,
): Promise<StateFile> =>
  alone(async () => {
    const state = await core.store.export(core.tenant);
    return stateFileOf(core, withoutKey ? keyless(state) : state);
  });

export const importState = (core: Core, alone: Alone, file: unknown, options: ImportOptions): Promise<void> =>
  alone(async () => {
    const { state, ...head } = checkedStateFile(file);
    if (core.recorder.active)
      throw new EcoError(
        "ECO_SESSION_RECORDING",
        "A session is being recorded: its state can't be replaced.",
        {
          fix: "Stop the recording first.",
        },
      );
    checkSpecs(core.parts.catalog, head, { what: "state", ...options });
    if (options.replace !== true && !(await core.pristine()))
      throw new EcoError("ECO_SANDBOX_NOT_EMPTY", "Somebody has worked in this sandbox: nothing was loaded.");
    await load(core, state);
  });

async function load(core: Core, state: TenantState): Promise<void> {
  const { store, tenant, limiter } = core;
  const own = await readState({ store, tenant });
  const records = state.records.map((record) =>
    isKey(record) && !("jwk" in record.value) && own !== undefined
      ? { ...record, value: { ...own.key } }
      : record,
  );
  const before = await store.export(tenant);
  try {
    await store.load(tenant, { ...state, records });
    await beginAnew(core);
  } catch (cause) {
    // A store takes what no sandbox can go on from, such as a key that is none: then it is as it was.
    await store.load(tenant, before);
    await beginAnew(core);
    if (cause instanceof EcoError) throw cause;
    throw unusableState(reasonOf(cause), cause);
  }
  limiter.restore([]);
}

async function beginAnew({ store, tenant, following }: Core): Promise<void> {
  const loaded = await readState({ store, tenant });
  if (loaded !== undefined) await following.begin(loaded.key);
}

export function stateFileOf({ parts, tenant, wallClock }: Core, state: TenantState): StateFile {
  const { ecosystem, digest, documents } = parts.catalog;
  return {
    kind: "state",
    format: STATE_FORMAT,
    version: STATE_VERSION,
    exportedAt: isoOf(wallClock()),
    ecosystem: ecosystem.id,
    catalogDigest: digest,
    documents: documents.map((document) => ({ path: document.path, digest: document.digest })),
    tenant,
    notice: SECRETS_NOTICE,
    state,
    seal: digestOfState(state),
  };
}

const isKey = ({ collection, id }: { readonly collection: string; readonly id: string }): boolean =>
  collection === signingKeyAt.collection && id === signingKeyAt.id;

/** The record of the key stays in its place, so that the order of records is the same. */
const keyless = (state: TenantState): TenantState => ({
  ...state,
  records: state.records.map((record) => (isKey(record) ? { ...record, value: {} } : record)),
});
