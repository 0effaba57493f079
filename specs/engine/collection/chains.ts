import { isPlainObject } from "../catalog/pointer.ts";
import type { Catalog, Operation, Parameter } from "../catalog/types.ts";
import { propertiesOf, type SchemaReader } from "../certification/generate/schema.ts";
import { answerSchema, typeAt } from "./answer-schema.ts";
import { marked } from "./markers.ts";
import { identifier, uniqueNames } from "./names.ts";
import type { Capture } from "./types.ts";

/** How the ids that operations answer with reach those that want them. */
export interface Chains {
  /** The variable of a path parameter. Two collections that call theirs alike have two. */
  variableOf(operation: Operation, parameter: string): string;
  capturesOf(operation: Operation): readonly Capture[];
  /** A value with the ids in it that another operation answers with as variables: `deliveryId`, `customer_id`. */
  chained(operation: Operation, value: unknown): unknown;
}

/** What the tokens and the address are called. */
const RESERVED = ["baseUrl", "run", "token", "clientId", "clientSecret"];

/**
 * Of all operations, so that a variable is called the same whichever of them are exported.
 * @param isKnown whether a parameter's value is known from the start
 */
export function chainsOf(
  catalog: Catalog,
  exported: readonly Operation[],
  isKnown: (operation: Operation, parameter: Parameter) => boolean,
): Chains {
  const variableOf = namesOf(catalog);
  const captures = new Map<string, Capture[]>();
  const ids = new Map<string, KnownId>();
  // What the one who makes a thing calls it, where no answer tells.
  const given = new Map<string, string>();
  for (const user of exported) {
    for (const parameter of user.parameters.filter((one) => one.in === "path")) {
      if (isKnown(user, parameter)) continue;
      const { name } = parameter;
      const variable = variableOf(user, name);
      const collection = collectionOf(user, name);
      const source = sourceOf(catalog, exported, collection, name);
      if (source === undefined) {
        const maker = exported.find((one) => one.method === "POST" && one.path === collection);
        if (maker !== undefined) given.set(`${maker.id} ${name}`, variable);
        continue;
      }
      const { operation, path } = source;
      const known = captures.get(operation.id) ?? [];
      if (!known.some((one) => one.variable === variable)) known.push({ variable, path });
      captures.set(operation.id, known);
      const id = { variable, source: operation.id, type: typeAt(catalog, operation, { path }) };
      for (const called of namesOfId(name, collection)) {
        const key = `${user.document} ${called}`;
        if (!ids.has(key)) ids.set(key, id);
      }
    }
  }
  return {
    variableOf,
    capturesOf: ({ id }) => captures.get(id) ?? [],
    chained: (operation, value) =>
      withIds(value, (name, type) => {
        const own = given.get(`${operation.id} ${name}`);
        if (own !== undefined) return { variable: own, source: "", type };
        const id = ids.get(`${operation.document} ${folded(name)}`);
        return id === undefined || id.source === operation.id ? undefined : id;
      }),
  };
}

interface KnownId {
  readonly variable: string;
  /** The operation that answers with it. */
  readonly source: string;
  readonly type: string;
}

function namesOf(catalog: Catalog): Chains["variableOf"] {
  const names = new Map<string, string>();
  const unique = uniqueNames();
  for (const name of RESERVED) unique(name);
  const variableOf: Chains["variableOf"] = (operation, parameter) => {
    const key = `${collectionOf(operation, parameter)}/{${parameter}}`;
    const known = names.get(key);
    if (known !== undefined) return known;
    const made = unique(identifier(parameter, "id"));
    names.set(key, made);
    return made;
  };
  for (const operation of catalog.operations)
    for (const { name } of operation.parameters.filter((one) => one.in === "path"))
      variableOf(operation, name);
  return variableOf;
}

/** The path up to a parameter names what the parameter chooses from: `/orders/{orderId}/lines` → `/orders`. */
const collectionOf = (operation: Operation, parameter: string): string =>
  operation.path.slice(0, operation.path.indexOf(`{${parameter}}`)).replace(/\/$/, "");

const folded = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** What a body may call the id of a thing: `{id}` of `/orders` is an `orderId` elsewhere. */
function namesOfId(parameter: string, collection: string): string[] {
  const last = collection.split("/").at(-1) ?? "";
  const thing = folded(last.replace(/ies$/, "y").replace(/(?<!s)s$/, ""));
  const own = folded(parameter);
  return [
    ...(/^(id|key|name|code|slug|number)$/.test(own) ? [] : [own]),
    ...(thing === "" ? [] : [`${thing}id`]),
  ];
}

function withIds(value: unknown, idOf: (name: string, type: string) => KnownId | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => withIds(item, idOf));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const id =
        typeof inner === "string" || typeof inner === "number" ? idOf(name, typeof inner) : undefined;
      const same = id !== undefined && (id.type === "string") === (typeof inner === "string");
      return [name, same ? marked(id.variable, id.type) : withIds(inner, idOf)];
    }),
  );
}

/** An operation whose answer holds an id, and where: in a list, that of its first item. */
export interface IdSource {
  readonly operation: Operation;
  readonly path: readonly (string | number)[];
}

/** Who tells what a path parameter may be: by POST what makes a thing, by GET the list of them. */
export const idSourceOf = (
  catalog: Catalog,
  method: "POST" | "GET",
  user: Operation,
  parameter: string,
): IdSource | undefined =>
  sourceBy(catalog, method, catalog.operations, collectionOf(user, parameter), parameter);

/** What creates a thing tells its id; where nothing does, the list of them has one. */
function sourceOf(
  catalog: Catalog,
  exported: readonly Operation[],
  collection: string,
  parameter: string,
): IdSource | undefined {
  return (
    sourceBy(catalog, "POST", exported, collection, parameter) ??
    sourceBy(catalog, "GET", exported, collection, parameter)
  );
}

function sourceBy(
  catalog: Catalog,
  method: "POST" | "GET",
  operations: readonly Operation[],
  collection: string,
  parameter: string,
): IdSource | undefined {
  const operation = operations.find((one) => one.method === method && one.path === collection);
  const path = operation === undefined ? undefined : idPath(catalog, operation, parameter);
  return operation === undefined || path === undefined ? undefined : { operation, path };
}

/** Where a success answers with the id, by the declared schema. */
function idPath(catalog: Catalog, operation: Operation, parameter: string): IdSource["path"] | undefined {
  const answer = answerSchema(catalog, operation);
  if (answer === undefined) return undefined;
  const { schema, reader } = answer;
  return operation.method === "GET"
    ? pathInList(schema, reader, parameter)
    : pathInItem(schema, reader, parameter);
}

function pathInItem(schema: unknown, reader: SchemaReader, parameter: string): string[] | undefined {
  const properties = propertiesOf(reader.flat(schema));
  // Beside its own `id` a thing may have another that goes by the parameter's name within something.
  const stem = parameter.replace(/_?Id$/i, "");
  const names = stem === parameter ? [parameter, "id"] : ["id", parameter, stem];
  const name = names.find((one) => Object.hasOwn(properties, one));
  if (name !== undefined)
    return isPlainObject(reader.flat(properties[name])["properties"]) ? undefined : [name];
  // Some answers wrap what was made in one object, beside links or metadata.
  const inner = Object.hasOwn(properties, "data")
    ? pathInItem(properties["data"], reader, parameter)
    : undefined;
  return inner === undefined ? undefined : ["data", ...inner];
}

function pathInList(
  schema: unknown,
  reader: SchemaReader,
  parameter: string,
): (string | number)[] | undefined {
  const flat = reader.flat(schema);
  if (flat["items"] !== undefined) {
    const item = pathInItem(flat["items"], reader, parameter);
    return item === undefined ? undefined : [0, ...item];
  }
  for (const [name, property] of Object.entries(propertiesOf(flat))) {
    const items = reader.flat(property)["items"];
    const item = items === undefined ? undefined : pathInItem(items, reader, parameter);
    if (item !== undefined) return [name, 0, ...item];
  }
  return undefined;
}
