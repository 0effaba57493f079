import { readForm } from "../../specs/engine/catalog/exchange/form.ts";
import { parameterReader as engineReader } from "../../specs/engine/catalog/exchange/read-parameter.ts";
import { coerceText, type SchemaShape } from "../../specs/engine/catalog/schemas/schema-types.ts";
import type { Parameter, SchemaRef } from "../../specs/engine/catalog/types.ts";
import type { Schemas } from "../resources/schemas.ts";
import type { HeaderFields } from "./arrival.ts";
import { cookieOf } from "./presented.ts";

/** Where the raw texts of parameters are. */
export interface RawParameters {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: HeaderFields;
}

/** Turns the raw texts into the value that the parameter's schema describes; undefined when it wasn't sent. */
export type ParameterReader = (raw: RawParameters) => unknown;

/**
 * A reader for one parameter, made once: styles as in OpenAPI, types as its schema allows them.
 * @param beside names of the operation's other query parameters
 */
export function parameterReader(
  parameter: Parameter,
  schemas: Schemas,
  beside: ReadonlySet<string>,
): ParameterReader {
  const shape = parameter.schema === undefined ? undefined : schemas.shape(parameter.schema);
  const types = shape?.types ?? new Set<string>();
  if (parameter.schema !== undefined && parameter.in === "query" && parameter.style === "deepObject")
    return deepReader(parameter.name, parameter.schema, types, schemas);
  const wrapped = parameter.contentType !== undefined || /^(label|matrix)$/.test(parameter.style ?? "");
  if (shape !== undefined && (wrapped || types.has("array") || types.has("object")))
    return styledReader(parameter, shape, beside);
  const read = textReader(parameter);
  return (raw) => {
    const text = read(raw);
    return text === undefined || shape === undefined ? text : coerceText(text, shape);
  };
}

function textReader({ name, in: place }: Parameter): (raw: RawParameters) => string | undefined {
  switch (place) {
    case "path":
      return ({ path }) => path[name];
    case "query":
      return ({ query }) => query.get(name) ?? undefined;
    case "header": {
      const field = name.toLowerCase();
      return ({ headers }) => headers.get(field) ?? undefined;
    }
    case "cookie":
      return ({ headers }) => cookieOf(headers, name);
  }
}

/** An object with brackets, however deep: `filter[age][gt]=3`; what else the schema takes, without. */
function deepReader(
  name: string,
  schema: SchemaRef,
  types: ReadonlySet<string>,
  schemas: Schemas,
): ParameterReader {
  const takesOne = [...types].some((type) => type !== "object");
  return ({ query }) => {
    const sent = [...query].filter(([key]) => key.startsWith(`${name}[`) || (takesOne && key === name));
    const form = readForm(sent)[name];
    return form === undefined ? undefined : schemas.typeForm(schema, form);
  };
}

/** Lists, objects, and texts that a style or a media type wraps: read as the engine reads them. */
function styledReader(
  parameter: Parameter,
  shape: SchemaShape,
  beside: ReadonlySet<string>,
): ParameterReader {
  const read = engineReader(parameter, shape, beside);
  return ({ path, query, headers }) =>
    read({
      // It decodes what it reads, and this is decoded already.
      path: parameter.in === "path" ? { [parameter.name]: undecoded(path[parameter.name] ?? "") } : {},
      query:
        parameter.in === "query" ? [...query].map(([name, text]) => [name, undecoded(text)] as const) : [],
      headers: parameter.in === "header" ? headerOf(headers, parameter.name) : {},
      cookies: parameter.in === "cookie" ? cookieIn(headers, parameter.name) : {},
    });
}

const undecoded = (text: string): string => text.replaceAll("%", "%25").replaceAll(" ", "%20");

function headerOf(headers: HeaderFields, name: string): Record<string, string> {
  const key = name.toLowerCase();
  const value = headers.get(key);
  return value === null ? {} : { [key]: value };
}

function cookieIn(headers: HeaderFields, name: string): Record<string, string> {
  const value = cookieOf(headers, name);
  return value === undefined ? {} : { [name]: value };
}
