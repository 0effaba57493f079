import { isPlainObject, member, type PlainObject } from "../pointer.ts";

/**
 * A schema whose alternatives are told apart by a property, with these as conditions: where the property names one of
 * them, that one decides; else a value is held against all, as without a discriminator. Alternatives that take each
 * other's values would leave documents without any value that just one of them takes.
 */
export function decidedByDiscriminator(schema: PlainObject): PlainObject {
  const { discriminator, allOf } = schema;
  const keyword = (["oneOf", "anyOf"] as const).find((name) => Array.isArray(schema[name]));
  const property = isPlainObject(discriminator) ? discriminator["propertyName"] : undefined;
  if (keyword === undefined || !isPlainObject(discriminator) || typeof property !== "string") return schema;
  const { [keyword]: alternatives, ...beside } = schema;
  const named = listIn(alternatives)
    .map((alternative) => ({ alternative, names: namesOf(alternative, discriminator["mapping"]) }))
    .filter(({ names }) => names.length > 0);
  if (named.length === 0) return schema;
  const says = (names: readonly string[]): PlainObject => ({
    type: "object",
    required: [property],
    properties: { [property]: { enum: names } },
  });
  const decided = {
    if: says(named.flatMap(({ names }) => names)),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { allOf: named.map(({ alternative, names }) => ({ if: says(names), then: alternative })) },
    else: { [keyword]: alternatives },
  };
  return { ...beside, allOf: [...listIn(allOf), decided] };
}

/** What the discriminator calls an alternative: as its mapping has it, and as the schema is called. */
function namesOf(alternative: unknown, mapping: unknown): readonly string[] {
  const reference = isPlainObject(alternative) ? alternative["$ref"] : undefined;
  if (typeof reference !== "string") return [];
  const own = reference.slice(reference.lastIndexOf("/") + 1);
  const targets = isPlainObject(mapping) ? mapping : {};
  const isThis = (target: unknown): boolean => target === reference || target === own;
  const mapped = Object.keys(targets).filter((name) => isThis(targets[name]));
  const other = member(targets, own);
  return other === undefined || isThis(other) ? [...new Set([...mapped, own])] : mapped;
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
