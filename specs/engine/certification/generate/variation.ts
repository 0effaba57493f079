import { isPlainObject, pointerOf, pointerTokens } from "../../catalog/pointer.ts";

/** A value that differs from a base at one place. */
export interface Variation {
  /** Where: `/usage/distanceMiles`; empty for the value as a whole. */
  readonly pointer: string;
  /** What: `at its minimum`, `without the required property`. */
  readonly label: string;
  /** The JSON Schema keyword that the variation is about. */
  readonly keyword: string;
  readonly value: unknown;
}

/** Marks a property that is to be left out. */
export const absent: unique symbol = Symbol("absent");

/** A copy of `root` with another value at `pointer`; with `absent`, without it. */
export function replaceAt(root: unknown, pointer: string, value: unknown): unknown {
  const [token, ...rest] = pointerTokens(pointer);
  if (token === undefined) return value;
  const inner = pointerOf(...rest);
  if (Array.isArray(root)) {
    const copy = [...root];
    const index = Number(token);
    if (rest.length === 0 && value === absent) copy.splice(index, 1);
    else copy[index] = replaceAt(copy[index], inner, value);
    return copy;
  }
  const copy: Record<string, unknown> = isPlainObject(root) ? { ...root } : {};
  if (rest.length === 0 && value === absent) delete copy[token];
  else copy[token] = replaceAt(copy[token], inner, value);
  return copy;
}
