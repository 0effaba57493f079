import { compare, isExact, parseExact } from "../../rating/exact.ts";
import type { Json, JsonObject } from "../../store/store.ts";
import type { DecisionContext, Refusal } from "../capability.ts";
import { isObject, refuse } from "../define.ts";
import { type MagicValue, magicOf } from "../manifest.ts";

/** The published test values that this input holds, for the capability that reads it. */
export function magicIn(capability: string, input: JsonObject, context: DecisionContext): MagicValue[] {
  return magicOf(context.catalog).filter(
    (magic) => magic.capability === capability && equals(valueAt(input, magic.path), magic.equals),
  );
}

/** The refusal that a magic value asks for, such as an amount that is declined. */
export function refuseByMagic(values: readonly MagicValue[]): Refusal | undefined {
  const magic = values.find((value) => value.effect["kind"] === "refuse");
  if (magic === undefined) return undefined;
  const { code, detail } = magic.effect;
  const pointer = `#/${magic.field.replaceAll(".", "/")}`;
  return refuse(String(code), String(detail), [{ pointer, detail: "is a test value that is refused" }]);
}

function valueAt(input: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = input;
  for (const name of path) value = isObject(value) ? value[name] : undefined;
  return value;
}

function equals(value: Json | undefined, wanted: string | boolean): boolean {
  if (value === undefined || typeof wanted === "boolean") return value === wanted;
  if (isExact(value) && isExact(wanted)) return compare(parseExact(value), parseExact(wanted)) === 0;
  return value === wanted;
}
