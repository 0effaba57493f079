import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import { EcoError } from "../../specs/engine/errors/index.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import type { TenantState } from "../store/store.ts";

/**
 * `sha256:` and hex, over the canonical JSON of a state: the same from every store.
 * @throws EcoError `ECO_EXPORT_INVALID` for what has no canonical form, which nothing has that a sandbox holds by itself
 */
export function digestOfState(state: TenantState): string {
  return `sha256:${bytesToHex(sha256(new TextEncoder().encode(canonical(state))))}`;
}

function canonical(state: TenantState): string | undefined {
  try {
    return canonicalize(state);
  } catch (cause) {
    const reason = cause instanceof RangeError ? "it nests too deeply" : reasonOf(cause);
    throw new EcoError("ECO_EXPORT_INVALID", `The file's state has no canonical form: ${reason}.`, {
      cause,
      fix: "Export or record it again.",
    });
  }
}
