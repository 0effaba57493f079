import type { OpObject } from "json-p3";
import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import type { Refusal } from "../capabilities/capability.ts";

/** The operations of a body that is a JSON Patch (RFC 6902); undefined for any other, which is laid over the thing as it is. */
export function patchIn(body: unknown): readonly OpObject[] | undefined {
  return Array.isArray(body) && body.length > 0 && body.every(isOperation) ? body : undefined;
}

const isOperation = (value: unknown): value is OpObject =>
  isPlainObject(value) && typeof value["op"] === "string" && typeof value["path"] === "string";

/** The thing as the operations leave it; a refusal where one of them can't be done: then none is. */
export async function applyPatch(
  thing: PlainObject,
  operations: readonly OpObject[],
): Promise<{ readonly kind: "patched"; readonly thing: PlainObject } | Refusal> {
  // Loaded on demand: few documents take such bodies.
  const { apply } = await import("json-p3");
  try {
    // Both come from JSON and hold nothing else.
    const given = structuredClone(thing) as Parameters<typeof apply>[1];
    const patched: unknown = apply(structuredClone([...operations]), given);
    return isPlainObject(patched) ? { kind: "patched", thing: patched } : refusal("it would leave no object");
  } catch (error) {
    return refusal(reasonOf(error));
  }
}

const refusal = (why: string): Refusal => ({
  kind: "refused",
  code: "ECO_CONFLICT",
  detail: `The patch can't be applied: ${why}.`,
});
