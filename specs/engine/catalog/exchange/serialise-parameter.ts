import { isPlainObject } from "../pointer.ts";
import type { Operation, Parameter } from "../types.ts";

type Styled = Pick<Parameter, "name" | "in"> & Partial<Pick<Parameter, "style" | "explode" | "contentType">>;

/**
 * A value as text, in the style of its parameter: `a,b` or `;id=a` in a path, `id=a&id=b` in a query.
 * Cookies come as `id=a`, headers as their value alone and without percent-encoding.
 */
export function serialiseParameter(parameter: Styled, value: unknown): string {
  const { name } = parameter;
  if (parameter.contentType !== undefined) {
    const text = encodeURIComponent(JSON.stringify(value));
    return parameter.in === "query" ? `${encodeURIComponent(name)}=${text}` : text;
  }
  const style = parameter.style ?? defaultStyle(parameter.in);
  const explode = parameter.explode ?? style === "form";
  if (parameter.in === "path") return path(name, value, style, explode);
  if (parameter.in === "header") return flat(value, explode, plain);
  return query(name, value, style, explode);
}

/** As the operation declares the parameter of this name; one that it doesn't declare takes the default style. */
export function serialiseNamed(
  operation: Pick<Operation, "parameters">,
  place: Parameter["in"],
  name: string,
  value: unknown,
): string {
  const declared = operation.parameters.find((one) => one.in === place && one.name === name);
  return serialiseParameter(declared ?? { name, in: place }, value);
}

/** The query string of values by parameter name, with its `?`; empty where nothing is to be said. */
export function serialiseSearch(
  operation: Pick<Operation, "parameters" | "query">,
  values: Readonly<Record<string, unknown>>,
): string {
  const parts = Object.entries({ ...operation.query, ...values }).map(([name, value]) =>
    serialiseNamed(operation, "query", name, value),
  );
  const text = parts.filter((part) => part !== "").join("&");
  return text === "" ? "" : `?${text}`;
}

/** Values of parameters by where they go, then by name. */
export type ParameterValues = Record<Parameter["in"], Record<string, unknown>>;

export const noValues = (): ParameterValues => ({ path: {}, query: {}, header: {}, cookie: {} });

/** The header fields, by name in small letters, that carry the values of header and cookie parameters. */
export function serialiseHeaders(
  operation: Pick<Operation, "parameters">,
  { header, cookie }: Readonly<Pick<ParameterValues, "header" | "cookie">>,
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(header))
    fields[name.toLowerCase()] = serialiseNamed(operation, "header", name, value);
  const cookies = Object.entries(cookie).map(([name, value]) =>
    serialiseNamed(operation, "cookie", name, value),
  );
  if (cookies.length > 0) fields["cookie"] = cookies.join("; ");
  return fields;
}

export function defaultStyle(place: Parameter["in"]): string {
  return place === "query" || place === "cookie" ? "form" : "simple";
}

function plain(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

function text(value: unknown): string {
  return encodeURIComponent(plain(value));
}

/** `a,b` for a list; `k,v,k,v` or exploded `k=v,k=v` for an object. */
function flat(value: unknown, explode: boolean, encode: (value: unknown) => string): string {
  if (Array.isArray(value)) return value.map(encode).join(",");
  if (!isPlainObject(value)) return encode(value);
  return Object.entries(value)
    .map(([key, item]) => `${encode(key)}${explode ? "=" : ","}${encode(item)}`)
    .join(",");
}

function path(name: string, value: unknown, style: string, explode: boolean): string {
  if (style === "label") return `.${flat(value, explode, text).replaceAll(",", explode ? "." : ",")}`;
  if (style !== "matrix") return flat(value, explode, text);
  if (Array.isArray(value) && explode) return value.map((item) => `;${text(name)}=${text(item)}`).join("");
  if (isPlainObject(value) && explode) {
    return Object.entries(value)
      .map(([key, item]) => `;${text(key)}=${text(item)}`)
      .join("");
  }
  return `;${text(name)}=${flat(value, false, text)}`;
}

function query(name: string, value: unknown, style: string, explode: boolean): string {
  const key = encodeURIComponent(name);
  if (Array.isArray(value)) {
    if (explode) return value.map((item) => `${key}=${text(item)}`).join("&");
    const separator = style === "spaceDelimited" ? "%20" : style === "pipeDelimited" ? "%7C" : ",";
    return `${key}=${value.map(text).join(separator)}`;
  }
  if (!isPlainObject(value)) return `${key}=${text(value)}`;
  const entries = Object.entries(value);
  if (style === "deepObject")
    return entries.map(([inner, item]) => `${key}[${text(inner)}]=${text(item)}`).join("&");
  if (explode) return entries.map(([inner, item]) => `${text(inner)}=${text(item)}`).join("&");
  return `${key}=${flat(value, false, text)}`;
}
