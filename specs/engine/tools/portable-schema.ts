import { follow, normalisePointer } from "../catalog/follow.ts";
import { documentByPath } from "../catalog/lookup.ts";
import { defineMember, isPlainObject, pointerTokens, resolvePointer } from "../catalog/pointer.ts";
import { NAME_MAPS } from "../catalog/schemas/schema-closure.ts";
import type { Catalog, SchemaRef } from "../catalog/types.ts";

/** Keywords that say nothing to whoever fills in a value. */
const LEFT_OUT = new Set([
  "$anchor",
  "$id",
  "$schema",
  "discriminator",
  "externalDocs",
  "readOnly",
  "writeOnly",
  "xml",
]);

/**
 * Schemas of a catalogue that are taken out of their documents to stand in one of their own: what they refer to goes with
 * them, each once, under `$defs`. As a client fills them in: without what only the server sets (`readOnly`).
 */
export class PortableSchemas {
  readonly #catalog: Catalog;
  readonly #names = new Map<string, string>();
  readonly #defs: Record<string, unknown> = {};

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** All that the schemas taken so far refer to. */
  get defs(): Readonly<Record<string, unknown>> {
    return this.#defs;
  }

  /** A schema as it goes into the new document; one that leads nowhere accepts anything. */
  take(ref: SchemaRef | undefined): unknown {
    if (ref === undefined) return {};
    const content = documentByPath(this.#catalog, ref.document)?.content;
    return this.#copy(resolvePointer(content, ref.pointer) ?? {}, ref.document, content);
  }

  #copy(node: unknown, document: string, content: unknown): unknown {
    if (Array.isArray(node)) return node.map((item) => this.#copy(item, document, content));
    if (!isPlainObject(node)) return node;
    const copied: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(node)) {
      if (LEFT_OUT.has(keyword) || keyword.startsWith("x-")) continue;
      if (keyword === "enum" || keyword === "const" || keyword === "default" || keyword === "examples")
        copied[keyword] = value;
      else if (keyword === "example") copied["examples"] ??= [value];
      else if (keyword === "$ref") {
        const name = this.#reference(value, document, content);
        if (name !== undefined) copied["$ref"] = `#/$defs/${name}`;
      } else if (keyword === "required") copied["required"] = sentOf(value, node["properties"], content);
      else if (NAME_MAPS.has(keyword) && isPlainObject(value))
        copied[keyword] = this.#copyNamed(value, document, content);
      else copied[keyword] = this.#copy(value, document, content);
    }
    return copied;
  }

  #copyNamed(schemas: Readonly<Record<string, unknown>>, document: string, content: unknown): unknown {
    const copied: Record<string, unknown> = {};
    for (const [name, schema] of Object.entries(schemas))
      if (!isReadOnly(schema, content)) defineMember(copied, name, this.#copy(schema, document, content));
    return copied;
  }

  /** The name under `$defs` of what a `$ref` leads to; undefined for one that leads nowhere. */
  #reference(ref: unknown, document: string, content: unknown): string | undefined {
    if (typeof ref !== "string" || !ref.startsWith("#")) return undefined;
    const pointer = normalisePointer(ref);
    const place = `${document}#${pointer}`;
    const known = this.#names.get(place);
    if (known !== undefined) return known;
    const node = resolvePointer(content, pointer);
    if (node === undefined) return undefined;
    const name = this.#freeName(pointer);
    // Named before it is copied: it may refer to itself.
    this.#names.set(place, name);
    this.#defs[name] = {};
    this.#defs[name] = this.#copy(node, document, content);
    return name;
  }

  #freeName(pointer: string): string {
    const wanted = (pointerTokens(pointer).at(-1) ?? "").replace(/\W+/g, "_") || "schema";
    for (let number = 1; ; number++) {
      const name = number === 1 ? wanted : `${wanted}_${number}`;
      if (!Object.hasOwn(this.#defs, name)) return name;
    }
  }
}

function isReadOnly(schema: unknown, content: unknown): boolean {
  if (isPlainObject(schema) && schema["readOnly"] === true) return true;
  const target = follow(content, schema, "")?.node;
  return isPlainObject(target) && target["readOnly"] === true;
}

/** Of the required names those that a client sends. */
function sentOf(required: unknown, properties: unknown, content: unknown): unknown {
  if (!Array.isArray(required) || !isPlainObject(properties)) return required;
  return required.filter(
    (name) =>
      typeof name !== "string" || !Object.hasOwn(properties, name) || !isReadOnly(properties[name], content),
  );
}
