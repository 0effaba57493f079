import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** `sha256:` and hex, over the canonical JSON (RFC 8785) of a value. */
export function digestOf(value: unknown): string {
  return `sha256:${createHash("sha256")
    .update(canonicalize(value) ?? "null")
    .digest("hex")}`;
}
