import { expect } from "vitest";
import { changesBetween, exchanging, inShort } from "./compare.ts";

export const text = { type: "string" };

export const object = (properties: object, more: object = {}): object => ({
  type: "object",
  properties,
  ...more,
});

export const cat = object({ kind: { const: "cat" }, lives: { type: "integer" } }, { required: ["kind"] });

export const dog = object(
  { kind: { const: "dog" }, tricks: { type: "array", items: text } },
  { required: ["kind"] },
);

/** What changed, what that asks of who writes such values, and of who reads them. */
export type SchemaCase = readonly [
  what: string,
  old: object,
  now: object,
  written: readonly string[],
  read: readonly string[],
];

export async function expectChanges(...[, old, now, written, read]: SchemaCase): Promise<void> {
  const writers = await changesBetween(exchanging(old, text), exchanging(now, text));
  const readers = await changesBetween(exchanging(text, old), exchanging(text, now));
  expect({ written: inShort(writers), read: inShort(readers) }).toEqual({ written, read });
}
