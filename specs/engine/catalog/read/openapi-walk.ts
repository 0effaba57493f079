import { isPlainObject, type PlainObject, pointerOf } from "../pointer.ts";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"] as const;

export interface DeclaredOperation {
  /** As it is sent: `GET`, `COPY`. */
  readonly method: string;
  /** In its path item: `/get`, `/additionalOperations/COPY`. */
  readonly pointer: string;
  readonly node: unknown;
}

/** What stands in a path item as operations: those of the methods that OpenAPI names, then those of any other. */
export function operationsIn(item: PlainObject): DeclaredOperation[] {
  const others = item["additionalOperations"];
  return [
    ...METHODS.map((name) => ({
      method: name.toUpperCase(),
      pointer: pointerOf(name),
      node: item[name],
    })),
    ...Object.entries(isPlainObject(others) ? others : {}).map(([method, node]) => ({
      method,
      pointer: pointerOf("additionalOperations", method),
      node,
    })),
  ].filter(({ node }) => node !== undefined);
}

export interface SchemaPlace {
  readonly schema: unknown;
  readonly pointer: string;
}

type Visit = (schema: unknown, pointer: string) => void;

/** Every place of an OpenAPI 3.x document where a schema stands (the outermost ones; see `allSchemas` for those inside). */
export function openapiSchemas(document: PlainObject): SchemaPlace[] {
  const places: SchemaPlace[] = [];
  const visit: Visit = (schema, pointer) => places.push({ schema, pointer });
  for (const section of ["paths", "webhooks"] as const) {
    each(document[section], pointerOf(section), (item, at) => pathItem(item, at, visit));
  }
  const components = document["components"];
  if (isPlainObject(components)) {
    const at = "/components";
    each(components["schemas"], `${at}/schemas`, visit);
    each(components["parameters"], `${at}/parameters`, (item, place) => parameter(item, place, visit));
    each(components["headers"], `${at}/headers`, (item, place) => parameter(item, place, visit));
    each(components["requestBodies"], `${at}/requestBodies`, (item, place) => content(item, place, visit));
    each(components["responses"], `${at}/responses`, (item, place) => response(item, place, visit));
    each(components["callbacks"], `${at}/callbacks`, (item, place) => callback(item, place, visit));
    each(components["pathItems"], `${at}/pathItems`, (item, place) => pathItem(item, place, visit));
  }
  return places;
}

function each(map: unknown, pointer: string, visit: Visit): void {
  if (Array.isArray(map)) {
    for (const [index, item] of map.entries()) visit(item, pointer + pointerOf(index));
  } else if (isPlainObject(map)) {
    for (const [name, item] of Object.entries(map)) visit(item, pointer + pointerOf(name));
  }
}

function pathItem(item: unknown, pointer: string, visit: Visit): void {
  if (!isPlainObject(item)) return;
  each(item["parameters"], `${pointer}/parameters`, (value, at) => parameter(value, at, visit));
  for (const { node: operation, pointer: within } of operationsIn(item)) {
    if (!isPlainObject(operation)) continue;
    const at = pointer + within;
    each(operation["parameters"], `${at}/parameters`, (value, place) => parameter(value, place, visit));
    content(operation["requestBody"], `${at}/requestBody`, visit);
    each(operation["responses"], `${at}/responses`, (value, place) => response(value, place, visit));
    each(operation["callbacks"], `${at}/callbacks`, (value, place) => callback(value, place, visit));
  }
}

function callback(item: unknown, pointer: string, visit: Visit): void {
  each(item, pointer, (value, at) => pathItem(value, at, visit));
}

function parameter(item: unknown, pointer: string, visit: Visit): void {
  if (!isPlainObject(item)) return;
  if (item["schema"] !== undefined) visit(item["schema"], `${pointer}/schema`);
  content(item, pointer, visit);
}

function response(item: unknown, pointer: string, visit: Visit): void {
  if (!isPlainObject(item)) return;
  each(item["headers"], `${pointer}/headers`, (value, at) => parameter(value, at, visit));
  content(item, pointer, visit);
}

function content(item: unknown, pointer: string, visit: Visit): void {
  if (!isPlainObject(item)) return;
  each(item["content"], `${pointer}/content`, (media, at) => {
    if (!isPlainObject(media)) return;
    if (media["schema"] !== undefined) visit(media["schema"], `${at}/schema`);
    if (media["itemSchema"] !== undefined) visit(media["itemSchema"], `${at}/itemSchema`);
    each(media["encoding"], `${at}/encoding`, (encoding, place) => {
      if (!isPlainObject(encoding)) return;
      each(encoding["headers"], `${place}/headers`, (value, inner) => parameter(value, inner, visit));
    });
  });
}
