import { follow, normalisePointer } from "../follow.ts";
import { documentByPath } from "../lookup.ts";
import { defineMember, isPlainObject, resolvePointer } from "../pointer.ts";
import type { Catalog, SchemaRef } from "../types.ts";
import { decidedByDiscriminator } from "./discriminated.ts";
import { allSchemas } from "./schema-walk.ts";

/** A request may leave out what only the server sets (`readOnly`), an answer what only the client sends (`writeOnly`). */
export type Direction = "request" | "response";

/** Schemas of a document as separate units that refer to each other by id: what a validator compiles. */
export interface SchemaUnit {
  /** `eco:openapi/api.yaml/components/schemas/Delivery` */
  readonly id: string;
  readonly document: string;
  readonly pointer: string;
  readonly schema: unknown;
  /** Whether it has a property named as every object has one (`constructor`): validators must then ask for own ones. */
  readonly inheritedNames: boolean;
}

// Ajv takes ids for URIs: what has a meaning there is written in another way.
export function unitId(ref: SchemaRef, direction: Direction | undefined): string {
  const path = encodeURIComponent(`${ref.document}#${ref.pointer}`);
  return `eco:${direction ?? "plain"}:${path}`;
}

/** What a unit's id was made of. */
export function parseUnitId(id: string): { readonly ref: SchemaRef; readonly direction?: Direction } {
  const [, direction, path = ""] = id.split(":");
  const place = decodeURIComponent(path);
  const hash = place.indexOf("#");
  const ref = { document: place.slice(0, hash), pointer: place.slice(hash + 1) };
  return direction === "request" || direction === "response" ? { ref, direction } : { ref };
}

/** The keyword that stands in the place of `$ref` where the schema referred to is compiled only when data reaches it. */
export const LAZY_REFERENCE = "eco-ref";

/**
 * A schema and what it refers to, each as a unit of its own. With `all`, everything it can ever reach; else only small
 * schemas that refer to nothing themselves, and the other references are lazy: what a request touches of a document
 * with a thousand schemas is a handful. References that lead nowhere accept anything.
 * @param known ids of units that are left out, with what only they refer to
 */
export function schemaClosure(
  catalog: Catalog,
  start: SchemaRef,
  direction: Direction | undefined,
  reach: "all" | "leaves" = "all",
  known: ReadonlySet<string> = new Set(),
): SchemaUnit[] {
  const content = documentByPath(catalog, start.document)?.content;
  const units = new Map<string, SchemaUnit>();
  const queue = [start.pointer];
  for (let pointer = queue.pop(); pointer !== undefined; pointer = queue.pop()) {
    const id = unitId({ document: start.document, pointer }, direction);
    if (units.has(pointer) || known.has(id)) continue;
    const node = resolvePointer(content, pointer) ?? true;
    let inheritedNames = false;
    const schema = isolate(node, content, start.document, direction, {
      reference: (target) => {
        if (reach === "leaves" && !isLeaf(resolvePointer(content, target))) return LAZY_REFERENCE;
        queue.push(target);
        return "$ref";
      },
      name: (name) => {
        inheritedNames ||= name in Object.prototype;
      },
    });
    const body = isPlainObject(schema)
      ? { ...schema, $id: id }
      : schema === false
        ? { $id: id, not: {} }
        : { $id: id };
    units.set(pointer, { id, document: start.document, pointer, schema: body, inheritedNames });
  }
  return [...units.values()];
}

const LEAF_SIZE = 12;

const leaves = new WeakMap<object, boolean>();

/** Whether a schema refers to nothing and is small enough to be compiled wherever it is referred to. Each reference to it asks. */
function isLeaf(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return true;
  let known = leaves.get(node);
  if (known === undefined) {
    known = isSmall(node);
    leaves.set(node, known);
  }
  return known;
}

function isSmall(node: object): boolean {
  let count = 0;
  for (const { schema } of allSchemas(node)) {
    count += 1;
    if (count > LEAF_SIZE || (isPlainObject(schema) && typeof schema["$ref"] === "string")) return false;
  }
  return true;
}

const ANNOTATIONS = new Set([
  "title",
  "description",
  "$comment",
  "example",
  "examples",
  "default",
  "deprecated",
  "readOnly",
  "writeOnly",
  "externalDocs",
  "$id",
  "$schema",
  "$anchor",
  "discriminator",
  "xml",
]);

/** Hears of what a schema holds while it is copied. */
interface Found {
  /** Gives the keyword that the reference is written as. */
  reference(pointer: string): "$ref" | typeof LAZY_REFERENCE;
  /** Of a property. */
  name(name: string): void;
}

/** Copies a schema with its references turned into unit ids, and without what a validator has no use for. */
function isolate(
  node: unknown,
  content: unknown,
  document: string,
  direction: Direction | undefined,
  found: Found,
): unknown {
  const copy = (value: unknown, names: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => copy(item, false));
    if (!isPlainObject(value)) return value;
    const result: Record<string, unknown> = {};
    for (const [key, child] of Object.entries(names ? value : decidedByDiscriminator(value))) {
      if (names) {
        found.name(key);
        defineMember(result, key, copy(child, false));
      } else if (ANNOTATIONS.has(key) || key.startsWith("x-")) continue;
      else if (key === "enum" || key === "const") result[key] = child;
      else if (key === "$ref" && typeof child === "string") {
        const pointer = child.startsWith("#/") || child === "#" ? normalisePointer(child) : undefined;
        if (pointer === undefined || resolvePointer(content, pointer) === undefined) continue;
        result[found.reference(pointer)] = unitId({ document, pointer }, direction);
      } else if (key === "required" && direction !== undefined) {
        result[key] = requiredIn(direction, value, content);
      } else result[key] = copy(child, NAME_MAPS.has(key));
    }
    return result;
  };
  return copy(node, false);
}

/** Keywords whose members are named by the document, not by JSON Schema. */
export const NAME_MAPS: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
  "dependentRequired",
]);

/** The required names without those that the other side sets. */
function requiredIn(
  direction: Direction,
  schema: { readonly [key: string]: unknown },
  content: unknown,
): unknown {
  const { required, properties } = schema;
  if (!Array.isArray(required) || !isPlainObject(properties)) return required;
  const flag = direction === "request" ? "readOnly" : "writeOnly";
  return required.filter((name) => {
    const property =
      typeof name === "string" && Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (isPlainObject(property) && property[flag] === true) return false;
    const target = follow(content, property, "")?.node;
    return !(isPlainObject(target) && target[flag] === true);
  });
}
