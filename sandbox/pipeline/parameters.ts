import type { Parameter } from "../../specs/engine/catalog/types.ts";
import type { SchemaNode, Schemas } from "../resources/schemas.ts";
import type { HeaderFields } from "./arrival.ts";
import { cookieOf } from "./authenticate.ts";

/** Where the raw texts of parameters are. */
export interface RawParameters {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: HeaderFields;
}

/** Turns the raw texts into the value that the parameter's schema describes; undefined when it wasn't sent. */
export type ParameterReader = (raw: RawParameters) => unknown;

type Coerce = (text: string) => unknown;

/** A reader for one parameter, made once: styles as in OpenAPI, types as its schema allows them. */
export function parameterReader(parameter: Parameter, schemas: Schemas): ParameterReader {
  const schema = parameter.schema === undefined ? undefined : schemas.at(parameter.schema);
  const types = schema === undefined ? new Set<string>() : schemas.types(schema);
  if (schema !== undefined && types.has("array"))
    return arrayReader(parameter, itemCoercion(schema, schemas));
  if (schema !== undefined && types.has("object")) return objectReader(parameter, schema, schemas);
  const coerce = coercion(types);
  const read = textReader(parameter);
  return (raw) => {
    const text = read(raw);
    return text === undefined ? undefined : coerce(text);
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

function arrayReader(parameter: Parameter, coerce: Coerce): ParameterReader {
  const { name, style } = parameter;
  // `form` explodes unless told otherwise: one pair per item.
  if (parameter.in === "query" && (parameter.explode ?? (style === undefined || style === "form"))) {
    return ({ query }) => (query.has(name) ? query.getAll(name).map(coerce) : undefined);
  }
  const separator = style === "spaceDelimited" ? " " : style === "pipeDelimited" ? "|" : ",";
  const read = textReader(parameter);
  return (raw) => {
    const text = read(raw);
    if (text === undefined) return undefined;
    return text === "" ? [] : text.split(separator).map((item) => coerce(item.trim()));
  };
}

function objectReader(parameter: Parameter, schema: SchemaNode, schemas: Schemas): ParameterReader {
  const { name, style } = parameter;
  const properties = new Map(
    [...schemas.properties(schema)].map(([key, node]) => [key, coercion(schemas.types(node))]),
  );
  const coerce = (key: string, text: string): unknown => properties.get(key)?.(text) ?? text;
  if (parameter.in === "query" && style === "deepObject") {
    return ({ query }) =>
      objectFrom(
        [...query].flatMap(([key, text]) => {
          const inner = key.startsWith(`${name}[`) && key.endsWith("]") ? key.slice(name.length + 1, -1) : "";
          return inner === "" ? [] : [[inner, coerce(inner, text)] as const];
        }),
      );
  }
  if (parameter.in === "query" && (parameter.explode ?? true)) {
    return ({ query }) =>
      objectFrom(
        [...properties.keys()].flatMap((key) => {
          const text = query.get(key);
          return text === null ? [] : [[key, coerce(key, text)] as const];
        }),
      );
  }
  const read = textReader(parameter);
  return (raw) => {
    const text = read(raw);
    if (text === undefined) return undefined;
    return objectFrom(
      pairsOf(text, parameter.explode === true).map(([key, value]) => [key, coerce(key, value)]),
    );
  };
}

/** `a=1,b=2` when exploded, `a,1,b,2` otherwise. */
function pairsOf(text: string, exploded: boolean): (readonly [string, string])[] {
  const parts = text.split(",");
  if (exploded) {
    return parts.map((part) => {
      const at = part.indexOf("=");
      return at === -1 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
    });
  }
  const pairs: (readonly [string, string])[] = [];
  for (let at = 0; at < parts.length; at += 2) pairs.push([parts[at] ?? "", parts[at + 1] ?? ""]);
  return pairs;
}

function objectFrom(pairs: readonly (readonly [string, unknown])[]): unknown {
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

function itemCoercion(schema: SchemaNode, schemas: Schemas): Coerce {
  return coercion(schemas.types(schemas.below(schema, "items")));
}

const numeric = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Text becomes a number or a boolean only where the schema wants one and the text is one; the validator says the rest. */
export function coercion(types: ReadonlySet<string>): Coerce {
  const number = types.has("integer") || types.has("number");
  const boolean = types.has("boolean");
  if ((!number && !boolean) || types.has("string")) return (text) => text;
  return (text) => {
    if (number && numeric.test(text)) return Number(text);
    if (boolean && text === "true") return true;
    if (boolean && text === "false") return false;
    return text;
  };
}

/** Gives the fields of a form, which are all texts, the types that the schema describes. */
export function formReader(schema: SchemaNode, schemas: Schemas): (value: unknown) => unknown {
  const fields = new Map(
    [...schemas.properties(schema)].map(([name, node]) => {
      const list = schemas.types(node).has("array");
      return [name, { list, coerce: list ? itemCoercion(node, schemas) : coercion(schemas.types(node)) }];
    }),
  );
  return (value) => {
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, sent]: [string, string | string[]]) => {
        const field = fields.get(name);
        if (field === undefined) return [name, sent];
        if (Array.isArray(sent)) return [name, sent.map(field.coerce)];
        return [name, field.list ? [field.coerce(sent)] : field.coerce(sent)];
      }),
    );
  };
}
