import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { lastLiteral, plain, singularOf } from "./shape.ts";

/** Where a list keeps its items: itself, or under the properties that lead to them (`_embedded`, `orders`). */
export interface ListShape {
  readonly path: readonly string[];
  readonly item: SchemaNode;
}

const USUAL_LISTS = ["items", "data", "results", "result", "records", "content", "values", "list", "entries"];
const SCALARS: ReadonlySet<string> = new Set(["string", "integer", "number", "null"]);
/** Properties of an envelope that hold the list's own envelope. */
const INNER = new Set(["embedded", "data", "result", "response", "hits", "payload", "d"]);
/** What an answer says beside what was asked for. */
const BESIDE =
  /^(errors?|warnings?|problems?|links?|messages?|notices|included|includes|facets|aggregations|meta|paging|pagination|requestid)$/;

export const isBeside = (property: string): boolean => BESIDE.test(plain(property));

/** By the path of what is listed. Alternatives lead to the same schemas again, and round in circles. */
const known = new WeakMap<SchemaNode, Map<string, ListShape | undefined>>();

/**
 * The shape of a list; undefined where the schema isn't one.
 * @param collection path of what is listed: `/v2/bookings`
 */
export function itemsOf(schema: SchemaNode, schemas: Schemas, collection: string): ListShape | undefined {
  let shapes = known.get(schema);
  if (shapes === undefined) {
    shapes = new Map();
    known.set(schema, shapes);
  }
  if (!shapes.has(collection)) {
    shapes.set(collection, undefined);
    shapes.set(collection, findItems(schema, schemas, collection));
  }
  return shapes.get(collection);
}

function findItems(schema: SchemaNode, schemas: Schemas, collection: string): ListShape | undefined {
  if (schemas.types(schema).has("array")) return { path: [], item: schemas.below(schema, "items") };
  if (schemas.properties(schema).size === 0) return inAlternatives(schema, schemas, collection);
  const outer = listsIn(schema, [], schemas);
  const named = outer.find((list) => isNamedAfter(list, collection));
  if (named !== undefined) return named;
  const usual = outer.find(({ path: [name = ""] }) => USUAL_LISTS.includes(name));
  if (usual !== undefined) return usual;
  const inner = [...schemas.properties(schema)].flatMap(([name, node]) =>
    INNER.has(plain(name)) && !schemas.types(node).has("array") ? listsIn(node, [name], schemas) : [],
  );
  const found = inner.find((list) => isNamedAfter(list, collection)) ?? onlyOne(inner);
  // One list of things and nothing that names the whole: an envelope. A thing with an id has lists as parts.
  return (
    found ??
    (namesItself(schema, schemas) ? undefined : (onlyOne(outer) ?? idsIn(schema, schemas, collection)))
  );
}

/** Envelopes that differ in what else they say list things in the same place. */
function inAlternatives(schema: SchemaNode, schemas: Schemas, collection: string): ListShape | undefined {
  const kinds = [...schemas.parts(schema, "oneOf"), ...schemas.parts(schema, "anyOf")];
  const [first, ...others] = kinds.map((kind) => itemsOf(kind, schemas, collection));
  const place = first?.path.join("/");
  return others.every((other) => other?.path.join("/") === place) ? first : undefined;
}

/** The list of ids that says which things there are: `visitIds` of `/visits`. */
function idsIn(schema: SchemaNode, schemas: Schemas, collection: string): ListShape | undefined {
  const one = plain(singularOf(lastLiteral(collection)));
  for (const [name, node] of schemas.properties(schema)) {
    if (!schemas.types(node).has("array") || plain(singularOf(name)) !== `${one}id`) continue;
    const item = schemas.below(node, "items");
    if (isScalar(item, schemas)) return { path: [name], item };
  }
  return undefined;
}

/** Whether a list of such items says of a thing no more than its id. */
export function isScalar(item: SchemaNode, schemas: Schemas): boolean {
  const types = schemas.types(item);
  return types.size > 0 && [...types].every((type) => SCALARS.has(type));
}

/** The lists of things among the properties of a schema. */
function listsIn(schema: SchemaNode, above: readonly string[], schemas: Schemas): ListShape[] {
  return [...schemas.properties(schema)].flatMap(([name, node]): ListShape[] => {
    if (!schemas.types(node).has("array")) return [];
    const item = schemas.below(node, "items");
    const isThing = schemas.possible(item).size > 0 || schemas.types(item).has("object");
    return isThing ? [{ path: [...above, name], item }] : [];
  });
}

function onlyOne(lists: readonly ListShape[]): ListShape | undefined {
  const told = lists.filter(({ path }) => !isBeside(path.at(-1) ?? ""));
  const [only, second] = told.length === 0 ? lists : told;
  return second === undefined ? only : undefined;
}

/** `bookings` of `/v2/bookings`. */
function isNamedAfter({ path }: ListShape, collection: string): boolean {
  const name = plain(singularOf(path.at(-1) ?? ""));
  return name !== "" && name === plain(singularOf(lastLiteral(collection)));
}

const namesItself = (schema: SchemaNode, schemas: Schemas): boolean =>
  [...schemas.properties(schema).keys()].some((name) => /^(id|uuid|name|title|status)$/i.test(name));

/** The list that an answer holds; empty where it holds none. */
export function listIn(path: readonly string[], body: unknown): readonly unknown[] {
  let found = body;
  for (const name of path) found = isPlainObject(found) ? found[name] : undefined;
  return Array.isArray(found) ? found : [];
}
