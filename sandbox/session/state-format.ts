import { EcoError } from "../../specs/engine/errors/index.ts";
import type { TenantState } from "../store/store.ts";
import { digestOfState } from "./digest.ts";

export const STATE_FORMAT = "eco-state";
export const STATE_VERSION = 1;

/** All that a tenant holds, with what it was made on. `specs/schemas/sandbox-state.schema.json` describes it. */
export interface StateFile {
  readonly kind: "state";
  readonly format: typeof STATE_FORMAT;
  readonly version: typeof STATE_VERSION;
  /** Wall-clock time, RFC 3339. */
  readonly exportedAt: string;
  readonly ecosystem: string;
  readonly catalogDigest: string;
  readonly documents: readonly { readonly path: string; readonly digest: string }[];
  readonly tenant: string;
  readonly notice: string;
  readonly state: TenantState;
  /** Digest of the state, over its canonical JSON. */
  readonly seal: string;
}

/**
 * A state file that is whole and unchanged.
 * @throws EcoError `ECO_EXPORT_INVALID`
 */
export function checkedStateFile(file: unknown): StateFile {
  if (typeof file !== "object" || file === null || !("format" in file) || file.format !== STATE_FORMAT)
    throw unusableState("it says nothing of the format eco-state");
  const version = "version" in file ? file.version : undefined;
  if (version !== STATE_VERSION)
    throw unusableState(
      otherVersion(version, STATE_VERSION),
      undefined,
      "Use the version of eco that exported it, or a newer one.",
    );
  const { state, seal } = file as unknown as StateFile;
  if (!isState(state)) throw unusableState("its state is incomplete");
  if (digestOfState(state) !== seal)
    throw unusableState("it was changed since it was exported: its seal doesn't hold");
  return file as unknown as StateFile;
}

/** Of the version that a file says: any value may stand there. */
export const otherVersion = (version: unknown, own: number): string =>
  `it has ${typeof version === "number" ? `version ${version}` : "no version that is a number"} of its format; this eco reads ${own}`;

const LISTS = ["records", "events", "transactions", "balances", "dispatches", "answers"] as const;

function isState(state: unknown): state is TenantState {
  if (typeof state !== "object" || state === null) return false;
  const parts = state as Readonly<Record<string, unknown>>;
  return (
    LISTS.every((list) => isListOfObjects(parts[list])) &&
    Number.isSafeInteger(parts["lastSequence"]) &&
    Number.isSafeInteger(parts["fannedOut"])
  );
}

const isListOfObjects = (list: unknown): boolean =>
  Array.isArray(list) && list.every((item) => typeof item === "object" && item !== null);

export const unusableState = (
  what: string,
  cause?: unknown,
  fix = "Export it again with `eco sandbox export FILE`.",
): EcoError =>
  new EcoError("ECO_EXPORT_INVALID", `The file can't be loaded as a state: ${what}.`, { cause, fix });
