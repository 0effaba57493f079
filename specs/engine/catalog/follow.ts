import { percentDecoded } from "../percent-decoded.ts";
import { isPlainObject, resolvePointer } from "./pointer.ts";

export interface Resolved {
  readonly node: unknown;
  readonly pointer: string;
}

/** Follows `$ref` inside a document until something else comes; undefined for a dead end or a circle. */
export function follow(document: unknown, node: unknown, pointer: string): Resolved | undefined {
  const seen = new Set<string>();
  let current: Resolved = { node, pointer };
  while (isPlainObject(current.node) && typeof current.node["$ref"] === "string") {
    const ref = current.node["$ref"];
    if (!ref.startsWith("#") || seen.has(ref)) return undefined;
    seen.add(ref);
    const target = resolvePointer(document, ref);
    if (target === undefined) return undefined;
    current = { node: target, pointer: normalisePointer(ref) };
  }
  return current;
}

/** `#/a%20b` → `/a b`: one spelling for one place. */
export const normalisePointer = (ref: string): string =>
  percentDecoded(ref.startsWith("#") ? ref.slice(1) : ref);
