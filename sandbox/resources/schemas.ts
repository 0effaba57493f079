import { type FormValue, typeForm } from "../../specs/engine/catalog/exchange/form.ts";
import { type XmlElement, XmlLayout } from "../../specs/engine/catalog/exchange/xml-body.ts";
import {
  isPlainObject,
  type PlainObject,
  pointerOf,
  resolvePointer,
} from "../../specs/engine/catalog/pointer.ts";
import { type SchemaShape, shapeOf } from "../../specs/engine/catalog/schemas/schema-types.ts";
import type { Catalog, MediaType, SchemaRef } from "../../specs/engine/catalog/types.ts";

/** A schema where it stands, with references already followed. `true` and `false` come as `{}` and `{not: {}}`. */
export interface SchemaNode {
  readonly ref: SchemaRef;
  readonly schema: PlainObject;
}

const NONE: readonly SchemaNode[] = [];
const ANYTHING: PlainObject = {};
const NOTHING: PlainObject = { not: {} };
/** References that lead to references: more than this is a cycle. */
const MAX_HOPS = 32;
/** Combinators inside of combinators: what stands deeper is a circle, or nothing that anybody wrote by hand. */
const MAX_DEPTH = 8;

/**
 * Walks the schemas of a catalogue without copying them. A place that was reached once is the same node again, so that
 * what is worked out about it is kept too: a catalogue doesn't change.
 */
export class Schemas {
  readonly #documents: ReadonlyMap<string, PlainObject>;
  readonly #nodes = new Map<string, Map<string, SchemaNode>>();
  readonly #parts = {
    allOf: new WeakMap<SchemaNode, readonly SchemaNode[]>(),
    anyOf: new WeakMap<SchemaNode, readonly SchemaNode[]>(),
    oneOf: new WeakMap<SchemaNode, readonly SchemaNode[]>(),
  };
  readonly #requiredProperties = new WeakMap<SchemaNode, ReadonlyMap<string, SchemaNode>>();
  readonly #properties = new WeakMap<SchemaNode, ReadonlyMap<string, SchemaNode>>();
  readonly #possible = new WeakMap<SchemaNode, ReadonlyMap<string, SchemaNode>>();
  readonly #types = new WeakMap<SchemaNode, ReadonlySet<string>>();
  readonly #required = new WeakMap<SchemaNode, ReadonlySet<string>>();

  constructor(catalog: Pick<Catalog, "documents">) {
    this.#documents = new Map(catalog.documents.map(({ path, content }) => [path, content]));
  }

  at(ref: SchemaRef): SchemaNode {
    let nodes = this.#nodes.get(ref.document);
    if (nodes === undefined) {
      nodes = new Map();
      this.#nodes.set(ref.document, nodes);
    }
    let node = nodes.get(ref.pointer);
    if (node === undefined) {
      node = this.#follow(ref);
      nodes.set(ref.pointer, node);
    }
    return node;
  }

  #follow(ref: SchemaRef): SchemaNode {
    let current = ref;
    for (let hop = 0; hop < MAX_HOPS; hop++) {
      const found = resolvePointer(this.#documents.get(current.document), current.pointer);
      if (!isPlainObject(found)) return { ref: current, schema: found === false ? NOTHING : ANYTHING };
      const target = found["$ref"];
      if (typeof target !== "string" || !target.startsWith("#")) return { ref: current, schema: found };
      current = { document: current.document, pointer: target.slice(1) };
    }
    return { ref: current, schema: ANYTHING };
  }

  /** What texts have to be turned into to meet a schema. */
  shape(ref: SchemaRef): SchemaShape {
    return shapeOf(this.#documents.get(ref.document), this.at(ref).schema);
  }

  /** Gives the texts of a form the types that a schema wants where they stand. */
  typeForm(ref: SchemaRef, form: FormValue, encoding?: MediaType["encoding"]): unknown {
    return typeForm(this.#documents.get(ref.document), this.at(ref).schema, form, encoding);
  }

  /** What an XML element says, as a schema lays it out. */
  readXml(ref: SchemaRef, element: XmlElement): unknown {
    return new XmlLayout(this.#documents.get(ref.document)).read(this.at(ref).schema, element);
  }

  /** A value as the XML element that a schema lays out; called as the component is where the schema doesn't say. */
  writeXml(ref: SchemaRef, value: unknown): XmlElement {
    const node = this.at(ref);
    const [, component = "root"] = /^\/components\/schemas\/([^/]+)$/.exec(node.ref.pointer) ?? [];
    return new XmlLayout(this.#documents.get(ref.document)).write(node.schema, component, value);
  }

  /** The schema under the keywords or keys given, below one that was reached already. */
  below({ ref }: SchemaNode, ...tokens: readonly (string | number)[]): SchemaNode {
    return this.at({ document: ref.document, pointer: ref.pointer + pointerOf(...tokens) });
  }

  /** The members of `allOf`, `anyOf`, `oneOf`: the parts that a value of the schema may be made of. */
  parts(node: SchemaNode, keyword: "allOf" | "anyOf" | "oneOf"): readonly SchemaNode[] {
    const list = node.schema[keyword];
    if (!Array.isArray(list)) return NONE;
    return remembered(this.#parts[keyword], node, () =>
      list.map((_, index) => this.below(node, keyword, index)),
    );
  }

  /** The types that a value may have; empty when the schema doesn't say. */
  types(node: SchemaNode): ReadonlySet<string> {
    return remembered(this.#types, node, () => this.#typesOf(node, 0));
  }

  #typesOf(node: SchemaNode, depth: number): Set<string> {
    const { type } = node.schema;
    if (typeof type === "string") return new Set([type]);
    if (Array.isArray(type)) return new Set(type.filter((name) => typeof name === "string"));
    if (depth > MAX_DEPTH) return new Set();
    const nested = (["allOf", "anyOf", "oneOf"] as const).flatMap((keyword) => this.parts(node, keyword));
    const found = new Set(nested.flatMap((part) => [...this.#typesOf(part, depth + 1)]));
    if (found.size === 0) for (const value of valuesOf(node.schema)) found.add(typeName(value));
    if (found.size === 0 && isPlainObject(node.schema["properties"])) found.add("object");
    return found;
  }

  /** The properties of an object schema, those of `allOf` included. */
  properties(node: SchemaNode): ReadonlyMap<string, SchemaNode> {
    return remembered(this.#properties, node, () => this.#propertiesOf(node, 0));
  }

  /** The properties of an object schema, those of its alternatives included: of some kind of the thing, if not of each. */
  possible(node: SchemaNode): ReadonlyMap<string, SchemaNode> {
    return remembered(this.#possible, node, () => this.#possibleOf(node, 0));
  }

  #possibleOf(node: SchemaNode, depth: number): Map<string, SchemaNode> {
    const found = new Map(this.properties(node));
    if (depth > MAX_DEPTH) return found;
    for (const keyword of ["allOf", "oneOf", "anyOf"] as const) {
      for (const part of this.parts(node, keyword)) {
        for (const [name, property] of this.#possibleOf(part, depth + 1))
          if (!found.has(name)) found.set(name, property);
      }
    }
    return found;
  }

  #propertiesOf(node: SchemaNode, depth: number): Map<string, SchemaNode> {
    const found = new Map<string, SchemaNode>();
    if (depth > MAX_DEPTH) return found;
    for (const part of this.parts(node, "allOf")) {
      for (const [name, property] of this.#propertiesOf(part, depth + 1)) found.set(name, property);
    }
    const own = node.schema["properties"];
    if (isPlainObject(own)) {
      for (const name of Object.keys(own)) found.set(name, this.below(node, "properties", name));
    }
    return found;
  }

  /** Those of the properties that may not be left out. */
  requiredProperties(node: SchemaNode): ReadonlyMap<string, SchemaNode> {
    return remembered(this.#requiredProperties, node, () => {
      const required = this.required(node);
      return new Map([...this.properties(node)].filter(([name]) => required.has(name)));
    });
  }

  required(node: SchemaNode): ReadonlySet<string> {
    return remembered(this.#required, node, () => this.#requiredOf(node, 0));
  }

  #requiredOf(node: SchemaNode, depth: number): Set<string> {
    const names = new Set<string>();
    if (depth > MAX_DEPTH) return names;
    for (const part of this.parts(node, "allOf")) {
      for (const name of this.#requiredOf(part, depth + 1)) names.add(name);
    }
    const own = node.schema["required"];
    if (Array.isArray(own)) for (const name of own) if (typeof name === "string") names.add(name);
    return names;
  }
}

function remembered<T>(known: WeakMap<SchemaNode, T>, node: SchemaNode, find: () => T): T {
  let found = known.get(node);
  if (found === undefined) {
    found = find();
    known.set(node, found);
  }
  return found;
}

function valuesOf(schema: PlainObject): readonly unknown[] {
  if ("const" in schema) return [schema["const"]];
  return Array.isArray(schema["enum"]) ? schema["enum"] : [];
}

export function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}
