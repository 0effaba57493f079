import { isPlainObject, type PlainObject } from "../pointer.ts";
import { partsOf } from "../schemas/schema-parts.ts";
import { coerceText, typesOf } from "../schemas/schema-types.ts";

/** An XML element: its attributes and what is in it. Names without prefixes. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Of an element without children. */
  readonly text: string;
}

const MAX_DEPTH = 32;

/** Reads and writes values as XML in the way that a document's schemas lay them out with `xml`. */
export class XmlLayout {
  readonly #document: unknown;

  constructor(document: unknown) {
    this.#document = document;
  }

  /** What an element says, as the value that a schema describes. What no schema knows stays, under its own name. */
  read(schema: unknown, element: XmlElement): unknown {
    return this.#read([schema], element, 0);
  }

  /** A value as an element. Its name is that of the schema, or the one given. */
  write(schema: unknown, name: string, value: unknown): XmlElement {
    return this.#write([schema], this.#nameOf([schema]) ?? name, value, 0);
  }

  #read(schemas: readonly unknown[], element: XmlElement, depth: number): unknown {
    if (depth > MAX_DEPTH) return element.text;
    if (element.attributes["nil"] === "true") return null;
    const parts = this.#parts(schemas);
    const types = new Set(parts.flatMap(typesOf));
    if (types.has("array") && !types.has("object"))
      return element.children.map((child) => this.#read(below(parts, "items"), child, depth + 1));
    const plain = element.children.length === 0 && Object.keys(element.attributes).length === 0;
    const scalar = types.size > 0 && !types.has("object");
    if (scalar || (plain && !types.has("object"))) return scalarOf(element.text, types);
    return this.#readObject(parts, element, depth);
  }

  #readObject(parts: readonly PlainObject[], element: XmlElement, depth: number): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    const known = new Set<string>();
    for (const [name, schemas] of propertiesOf(parts)) {
      const place = this.#placeOf(name, schemas);
      known.add(place.attribute ? `@${place.name}` : place.name);
      const value = this.#readProperty(place, schemas, element, depth);
      if (value !== undefined) made[name] = value;
    }
    for (const [name, text] of Object.entries(element.attributes))
      if (!known.has(`@${name}`) && !name.startsWith("xmlns") && !Object.hasOwn(made, name))
        made[name] = text;
    for (const [name, group] of Map.groupBy(element.children, (child) => child.name)) {
      if (known.has(name) || Object.hasOwn(made, name)) continue;
      const values = group.map((child) => this.#read(below(parts, "additionalProperties"), child, depth + 1));
      made[name] = values.length === 1 ? values[0] : values;
    }
    return made;
  }

  #readProperty(place: XmlPlace, schemas: readonly unknown[], element: XmlElement, depth: number): unknown {
    if (place.attribute) {
      const { attributes } = element;
      const text = Object.hasOwn(attributes, place.name) ? attributes[place.name] : undefined;
      const types = new Set(this.#parts(schemas).flatMap(typesOf));
      return text === undefined ? undefined : scalarOf(text, types);
    }
    const found = element.children.filter(({ name }) => name === place.name);
    const [first] = found;
    if (first === undefined) return undefined;
    if (place.items === undefined || place.wrapped) return this.#read(schemas, first, depth + 1);
    const items = below(this.#parts(schemas), "items");
    return found.map((child) => this.#read(items, child, depth + 1));
  }

  #write(schemas: readonly unknown[], plain: string, value: unknown, depth: number): XmlElement {
    const parts = depth > MAX_DEPTH ? [] : this.#parts(schemas);
    const { prefix, namespace } = xmlOf(parts);
    const name = typeof prefix === "string" ? `${prefix}:${plain}` : plain;
    const xmlns = typeof prefix === "string" ? `xmlns:${prefix}` : "xmlns";
    const attributes: Record<string, string> = typeof namespace === "string" ? { [xmlns]: namespace } : {};
    if (Array.isArray(value)) {
      const items = below(parts, "items");
      const item = this.#nameOf(items) ?? (depth === 0 || items.length === 0 ? "item" : plain);
      const inside = value.map((one) => this.#write(items, item, one, depth + 1));
      return { name, attributes, children: inside, text: "" };
    }
    if (!isPlainObject(value)) return { name, attributes, children: [], text: textOf(value) };
    const children: XmlElement[] = [];
    const properties = propertiesOf(parts);
    for (const [property, part] of Object.entries(value)) {
      const own = properties.get(property) ?? below(parts, "additionalProperties");
      const place = this.#placeOf(property, own);
      if (place.attribute) attributes[place.name] = textOf(part);
      else if (!Array.isArray(part) || place.wrapped)
        children.push(this.#write(own, place.name, part, depth + 1));
      else {
        const items = below(this.#parts(own), "items");
        for (const one of part) children.push(this.#write(items, place.name, one, depth + 1));
      }
    }
    return { name, attributes, children, text: "" };
  }

  /** Where a property stands in the element of its object. */
  #placeOf(property: string, schemas: readonly unknown[]): XmlPlace {
    const parts = this.#parts(schemas);
    const xml = xmlOf(parts);
    const items = parts.some((part) => typesOf(part).includes("array")) ? below(parts, "items") : undefined;
    const wrapped = xml["wrapped"] === true;
    // Without an element of the list's own, each item has the name of items.
    const named = items === undefined || wrapped ? nameIn(xml) : this.#nameOf(items);
    return { name: named ?? property, attribute: xml["attribute"] === true, wrapped, items };
  }

  #nameOf(schemas: readonly unknown[]): string | undefined {
    return nameIn(xmlOf(this.#parts(schemas)));
  }

  /** What stands beside a reference says where the value stands here. */
  #parts(schemas: readonly unknown[]): PlainObject[] {
    return partsOf(this.#document, schemas, "xml");
  }
}

interface XmlPlace {
  readonly name: string;
  readonly attribute: boolean;
  readonly wrapped: boolean;
  /** The schemas of its items, where it is a list. */
  readonly items: readonly unknown[] | undefined;
}

/** What the first of the schemas says that says anything: one that refers comes before what it refers to. */
function xmlOf(parts: readonly PlainObject[]): PlainObject {
  const found = parts.map(({ xml }) => xml).find(isPlainObject);
  return found ?? {};
}

function nameIn({ name }: PlainObject): string | undefined {
  return typeof name === "string" && name !== "" ? name : undefined;
}

const below = (parts: readonly PlainObject[], keyword: string): unknown[] =>
  parts.map((part) => part[keyword]).filter((one) => isPlainObject(one));

function propertiesOf(parts: readonly PlainObject[]): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  for (const { properties } of parts) {
    for (const [name, schema] of isPlainObject(properties) ? Object.entries(properties) : [])
      found.set(name, [...(found.get(name) ?? []), schema]);
  }
  return found;
}

/** Space around a number or the like is for the reader; in a text it is part of it. */
const scalarOf = (text: string, types: ReadonlySet<string>): unknown =>
  coerceText(types.size === 0 || types.has("string") ? text : text.trim(), { types, properties: {} });

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
