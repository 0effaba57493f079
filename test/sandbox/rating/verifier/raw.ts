import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { Q } from "./fractions.ts";

/** A node of a document or a trace, looked at without trust. */
export type Raw = Readonly<Record<string, unknown>>;

export function raw(value: unknown): Raw {
  return typeof value === "object" && value !== null ? (value as Raw) : {};
}

export function list(value: unknown): readonly Raw[] {
  return Array.isArray(value) ? value.map(raw) : [];
}

export function text(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** By the canonical form of RFC 8785, made by a library that the engine doesn't use. */
export function digestOf(document: unknown): string {
  const bytes = canonicalize(document) ?? "";
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** Nodes that were found to be as they should be, each by the node that it should be like. */
const alike = new WeakMap<object, object>();

/**
 * Where two trees differ. An exact number (`Q`) is written in its one shortest form, minor units (`bigint`) as a JSON integer;
 * everything else is compared as it stands. Nothing may be missing, and nothing may be more.
 */
export function differences(got: unknown, want: unknown, at = ""): string[] {
  if (typeof want === "object" && want !== null && !(want instanceof Q)) {
    // A lie in one place shares all other nodes with the truth, which need no second look.
    if (alike.has(want) && alike.get(want) === got) return [];
    if (typeof got !== "object" || got === null || Array.isArray(got) !== Array.isArray(want))
      return [says(at, got, "a node of its own")];
    const [there, wanted] = [raw(got), raw(want)];
    const keys = new Set([...Object.keys(there), ...Object.keys(wanted)]);
    const found = [...keys].flatMap((key) => differences(there[key], wanted[key], `${at}/${key}`));
    if (found.length === 0) alike.set(want, got);
    return found;
  }
  const written = want instanceof Q ? want.toString() : typeof want === "bigint" ? Number(want) : want;
  return got === written ? [] : [says(at, got, JSON.stringify(written))];
}

const says = (at: string, got: unknown, want: string | undefined): string =>
  `${at}: says ${JSON.stringify(got)}, should be ${want ?? "left out"}`;
