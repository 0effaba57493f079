import { isJsonType } from "../catalog/exchange/media-type.ts";
import { isPlainObject } from "../catalog/pointer.ts";
import type { Catalog, Operation } from "../catalog/types.ts";
import { openSchema, propertiesOf, type SchemaReader } from "../certification/generate/schema.ts";
import { identifier, uniqueNames } from "./names.ts";
import type { Capture } from "./types.ts";

/** How the ids that operations answer with reach those that want them in their paths. */
export interface Chains {
  /** The variable of a path parameter. Two collections that call theirs alike have two. */
  variableOf(operation: Operation, parameter: string): string;
  capturesOf(operation: Operation): readonly Capture[];
}

/** The path up to a parameter names what the parameter chooses from: `/orders/{orderId}/lines` → `/orders`. */
const collectionOf = (operation: Operation, parameter: string): string =>
  operation.path.slice(0, operation.path.indexOf(`{${parameter}}`)).replace(/\/$/, "");

/** Of all operations, so that a variable is called the same whichever of them are exported. */
export function chainsOf(catalog: Catalog, exported: readonly Operation[]): Chains {
  const names = new Map<string, string>();
  const unique = uniqueNames();
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

  const captures = new Map<string, Capture[]>();
  for (const user of exported) {
    for (const { name } of user.parameters.filter((one) => one.in === "path")) {
      const variable = variableOf(user, name);
      const source = sourceOf(catalog, exported, collectionOf(user, name), name);
      if (source === undefined) continue;
      const known = captures.get(source.operation.id) ?? [];
      if (!known.some((one) => one.variable === variable)) known.push({ variable, path: source.path });
      captures.set(source.operation.id, known);
    }
  }
  return { variableOf, capturesOf: ({ id }) => captures.get(id) ?? [] };
}

interface Source {
  readonly operation: Operation;
  readonly path: Capture["path"];
}

/** What creates a thing tells its id; where nothing does, the list of them has one. */
function sourceOf(
  catalog: Catalog,
  exported: readonly Operation[],
  collection: string,
  parameter: string,
): Source | undefined {
  for (const method of ["POST", "GET"]) {
    const operation = exported.find((one) => one.method === method && one.path === collection);
    const path = operation === undefined ? undefined : idPath(catalog, operation, parameter);
    if (operation !== undefined && path !== undefined) return { operation, path };
  }
  return undefined;
}

/** Where a success answers with the id, by the declared schema. */
function idPath(catalog: Catalog, operation: Operation, parameter: string): Capture["path"] | undefined {
  const success = operation.responses.find(({ status }) => status.startsWith("2"));
  const media = Object.entries(success?.content ?? {}).find(([type]) => isJsonType(type))?.[1];
  if (media?.schema === undefined) return undefined;
  const { schema, reader } = openSchema(catalog, media.schema);
  return operation.method === "GET"
    ? pathInList(schema, reader, parameter)
    : pathInItem(schema, reader, parameter);
}

function pathInItem(schema: unknown, reader: SchemaReader, parameter: string): string[] | undefined {
  const properties = propertiesOf(reader.flat(schema));
  const name = [parameter, "id", parameter.replace(/_?Id$/i, "")].find((one) =>
    Object.hasOwn(properties, one),
  );
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
