import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import type { TenantState } from "../store/store.ts";

/** `sha256:` and hex, over the canonical JSON of a state: the same from every store. */
export const digestOfState = (state: TenantState): string =>
  `sha256:${bytesToHex(sha256(new TextEncoder().encode(canonicalize(state))))}`;
