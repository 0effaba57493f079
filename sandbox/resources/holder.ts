import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import { isBeside } from "./list-shape.ts";
import { parametersOf } from "./path-actions.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { lastLiteral, plain, singularOf } from "./shape.ts";

/**
 * Where a body holds the one thing that it is about: it is the thing, or a property of it holds it (`{data: {…}}`),
 * alone or as the only item of a list (`{Accounts: [{…}]}`).
 */
export interface Holder {
  readonly property?: string;
  readonly list: boolean;
  readonly item: SchemaNode;
}

/** Which collection a thing belongs to, as far as names tell. */
export interface Naming {
  /** Template of the collection. */
  readonly collection: string;
  readonly idParameter?: string | undefined;
}

const USUAL_HOLDERS = new Set([
  "data",
  "result",
  "results",
  "item",
  "response",
  "payload",
  "object",
  "record",
]);
/** Where things keep what identifies them, beside what they are: `metadata.name`. */
const ABOUT = new Set(["metadata", "meta", "header"]);

export function holderOf(schema: SchemaNode, naming: Naming, schemas: Schemas): Holder {
  if (schemas.types(schema).has("array")) return { list: true, item: schemas.below(schema, "items") };
  const own: Holder = { list: false, item: schema };
  const properties = schemas.properties(schema);
  const id = surely(properties, naming);
  // `{floating_ip: {ip: …}}` at `/{floating_ip}` holds the thing under the name of its id.
  if (id !== undefined && (!schemas.types(id[1]).has("object") || textIn(id[1], schemas) !== undefined))
    return own;
  const told = [...properties.keys()].filter((name) => !isBeside(name));
  const held = [...properties].flatMap(([property, node]): Holder[] => {
    const list = schemas.types(node).has("array");
    const item = list ? schemas.below(node, "items") : node;
    const inside = schemas.possible(item);
    if (inside.size === 0) return [];
    const usual = USUAL_HOLDERS.has(plain(property));
    const alone = told.length === 1 && told[0] === property;
    const named = isNamedAfter(property, naming);
    // A list is what holds one thing only where it surely holds such things.
    const holds =
      surely(inside, naming) === undefined ? !list && (usual || (alone && named)) : usual || alone || named;
    return holds ? [{ property, list, item }] : [];
  });
  return held.length === 1 && held[0] !== undefined ? held[0] : own;
}

/** `ssh_key` of `/account/keys`, `Accounts` of `/Accounts`. */
function isNamedAfter(property: string, { collection }: Naming): boolean {
  const name = plain(singularOf(property));
  const thing = plain(singularOf(lastLiteral(collection)));
  return thing !== "" && (name.endsWith(thing) || thing.endsWith(name));
}

/** The thing that a body holds, the first one of several; undefined where it holds none. */
export const heldIn = (holder: Pick<Holder, "property" | "list">, body: unknown): unknown =>
  allHeldIn(holder, body)[0];

/** The things that a body holds: more than one only in a list. */
export function allHeldIn(
  { property, list }: Pick<Holder, "property" | "list">,
  body: unknown,
): readonly unknown[] {
  const inside = property === undefined ? body : isPlainObject(body) ? body[property] : undefined;
  return list ? (Array.isArray(inside) ? inside : []) : [inside];
}

/** The body that holds things, with nothing else in it; only the first of them where it has a place for one. */
export function holding({ property, list }: Holder, ...things: readonly unknown[]): unknown {
  const inside = list ? things : things[0];
  return property === undefined ? inside : { [property]: inside };
}

/** Names of properties that lead to an id; more than one where it stands inside another (`metadata.name`). */
export type IdPath = readonly [string, ...string[]];

/** Where a thing has its id, judged by the name of the path parameter and by usual names; undefined where it has none. */
export function idPathOf(
  item: SchemaNode | undefined,
  naming: Naming,
  schemas: Schemas,
): { readonly path: IdPath; readonly schema: SchemaNode } | undefined {
  if (item === undefined) return undefined;
  const properties = schemas.properties(item);
  if (properties.size === 0) return inAlternatives(item, naming, schemas);
  const sure = surely(properties, naming);
  if (sure !== undefined) return textInside(sure, schemas);
  for (const [name, node] of properties) {
    if (!ABOUT.has(plain(name))) continue;
    const inside = schemas.properties(node);
    const found = surely(inside, naming) ?? named(inside, ["name"]);
    if (found !== undefined) return { path: [name, found[0]], schema: found[1] };
  }
  const likely =
    endOf(properties, naming, schemas) ?? named(properties, ["key", "code", "slug", "reference", "name"]);
  return likely === undefined ? undefined : { path: [likely[0]], schema: likely[1] };
}

/** Where a thing of several kinds has its id: where the first kind with one has it. */
function inAlternatives(item: SchemaNode, naming: Naming, schemas: Schemas): ReturnType<typeof idPathOf> {
  for (const kind of [...schemas.parts(item, "oneOf"), ...schemas.parts(item, "anyOf")]) {
    const found = schemas.properties(kind).size === 0 ? undefined : idPathOf(kind, naming, schemas);
    if (found !== undefined) return found;
  }
  return undefined;
}

const textIn = (node: SchemaNode, schemas: Schemas) => named(schemas.properties(node), ["value", "id"]);

/** An id that is an object (`{value: …}`) has its text in there. */
function textInside(
  [name, node]: readonly [string, SchemaNode],
  schemas: Schemas,
): { readonly path: IdPath; readonly schema: SchemaNode } {
  const inside = textIn(node, schemas);
  return inside === undefined
    ? { path: [name], schema: node }
    : { path: [name, inside[0]], schema: inside[1] };
}

type Properties = ReadonlyMap<string, SchemaNode>;

/** The property that is the id beyond doubt. */
function surely(properties: Properties, { idParameter = "", collection }: Naming) {
  const singular = plain(singularOf(lastLiteral(collection)));
  const parameter = plain(idParameter);
  // `indexUid` of a path is the `uid` of an index, and `number` the `orderNumber` of an order.
  const short = singular !== "" && parameter.startsWith(singular) ? parameter.slice(singular.length) : "";
  const long = parameter === "" ? "" : `${singular}${parameter}`;
  // `externalCustomerId` of a path is the `externalId` of a customer; what names something above is no id of its own.
  const bare = singular !== "" && parameter.length > singular.length ? parameter.replace(singular, "") : "";
  const own = parametersOf(collection).some((above) => plain(above) === bare) ? "" : bare;
  const names = [parameter, "id", `${singular}id`, own, "uuid", "guid", "gid", "sid", "uid", short, long];
  return named(properties, names);
}

/** The text or number that is called as the end of the parameter's name is: `ip` for `{floating_ip}`. */
function endOf(properties: Properties, { idParameter = "" }: Naming, schemas: Schemas) {
  const words = wordsOf(idParameter);
  const ends = words.slice(1).map((_, index) => words.slice(index + 1).join(""));
  const found = named(properties, ends);
  const types = found === undefined ? new Set<string>() : schemas.types(found[1]);
  return types.has("string") || types.has("integer") ? found : undefined;
}

const wordsOf = (name: string): readonly string[] => name.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/);

function named(properties: Properties, names: readonly string[]): readonly [string, SchemaNode] | undefined {
  for (const name of names.map(plain)) {
    const found = name === "" ? undefined : [...properties].find(([property]) => plain(property) === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function idAt(item: PlainObject, path: IdPath | undefined): unknown {
  let value: unknown = path === undefined ? undefined : item;
  for (const name of path ?? []) value = isPlainObject(value) ? value[name] : undefined;
  return value;
}

/** The thing with its id set. */
export function withId(item: PlainObject, [name, ...inner]: IdPath, id: unknown): Record<string, unknown> {
  const [first, ...rest] = inner;
  if (first === undefined) return { ...item, [name]: id };
  const inside = item[name];
  return { ...item, [name]: withId(isPlainObject(inside) ? inside : {}, [first, ...rest], id) };
}

/** Whether a property's name says that it is what a thing is known by, whatever the thing is. */
export const namesThing = (name: string): boolean => /^(id|gid|guid|uuid|sid|uid)$/i.test(name);
