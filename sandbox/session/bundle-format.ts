import { EcoError } from "../../specs/engine/errors/index.ts";
import type { ControlSchemas } from "../control/api.ts";
import { checkedStateFile, otherVersion, type StateFile } from "./state-format.ts";

export const BUNDLE_FORMAT = "eco-bundle";
export const BUNDLE_VERSION = 1;

/** What a failed test leaves behind, in one file: replayed by `eco sandbox replay`, shown by the portal. */
export interface Bundle {
  readonly kind: "bundle";
  readonly format: typeof BUNDLE_FORMAT;
  readonly version: typeof BUNDLE_VERSION;
  readonly failure: BundleFailure;
  /** The text of the recorded session; absent where none was recorded. */
  readonly session?: string;
  /** What the sandbox held at the end. */
  readonly state: StateFile;
  /** The last exchanges, without their secrets. */
  readonly exchanges: readonly ControlSchemas["Exchange"][];
  /** Whatever else there is to say, line by line. */
  readonly log: readonly string[];
}

export interface BundleFailure {
  /** The name of the test, or what was being done. */
  readonly name: string;
  readonly message: string;
}

/**
 * A bundle of this version, its state whole.
 * @throws EcoError `ECO_EXPORT_INVALID`
 */
export function checkedBundle(value: unknown): Bundle {
  const bundle = value as Partial<Bundle>;
  if (bundle?.format !== BUNDLE_FORMAT) throw invalid("it says nothing of the format eco-bundle");
  if (bundle.version !== BUNDLE_VERSION) throw invalid(otherVersion(bundle.version, BUNDLE_VERSION));
  const { failure, session, log } = bundle;
  if (typeof failure?.name !== "string" || typeof failure.message !== "string")
    throw invalid("it doesn't say what failed");
  if (session !== undefined && typeof session !== "string") throw invalid("its session is no text");
  if (!Array.isArray(log) || !log.every((line) => typeof line === "string"))
    throw invalid("its log is no list of lines");
  checkedStateFile(bundle.state);
  return bundle as Bundle;
}

const invalid = (what: string): EcoError =>
  new EcoError("ECO_EXPORT_INVALID", `The file can't be read as a bundle: ${what}.`);
