import {
  isPlainObject,
  type PlainObject,
  pointerOf,
  pointerTokens,
} from "../../specs/engine/catalog/pointer.ts";

/** What JSON pointers lead to: the engine's own functions, under the short names that the pages use. */
export { isPlainObject as isObject, resolvePointer as at } from "../../specs/engine/catalog/pointer.ts";

/** A plain object of a document, read with care: specs come from anyone. */
export type Json = PlainObject;

export function object(value: unknown): Json {
  return isPlainObject(value) ? value : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function objects(value: unknown): readonly Json[] {
  return list(value).filter(isPlainObject);
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

export function texts(value: unknown): readonly string[] {
  return list(value).filter((item) => typeof item === "string");
}

/** A local reference as a pointer, its percent-encoding taken off: `#/components/schemas/A%20B` → `/components/schemas/A B`. */
export function localPointer(ref: unknown): string | undefined {
  return typeof ref === "string" && ref.startsWith("#/") ? pointerOf(...pointerTokens(ref)) : undefined;
}
