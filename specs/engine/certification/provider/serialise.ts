import { isPlainObject } from "../../catalog/pointer.ts";
import type { Operation, Parameter } from "../../catalog/types.ts";

function text(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

function simple(value: unknown): string {
  if (Array.isArray(value)) return value.map(text).join(",");
  if (isPlainObject(value)) return Object.entries(value).flat().map(text).join(",");
  return text(value);
}

const delimiters: Readonly<Record<string, string>> = { spaceDelimited: " ", pipeDelimited: "|" };

function* queryPairs(parameter: Parameter, value: unknown): Generator<[string, string]> {
  const style = parameter.style ?? "form";
  const explode = parameter.explode ?? style === "form";
  if (Array.isArray(value)) {
    if (explode) for (const item of value) yield [parameter.name, text(item)];
    else yield [parameter.name, value.map(text).join(delimiters[style] ?? ",")];
  } else if (isPlainObject(value)) {
    if (style === "deepObject")
      for (const [key, item] of Object.entries(value)) yield [`${parameter.name}[${key}]`, text(item)];
    else if (explode) for (const [key, item] of Object.entries(value)) yield [key, text(item)];
    else yield [parameter.name, simple(value)];
  } else yield [parameter.name, text(value)];
}

/** Values of an operation's parameters, by name. */
export interface ParameterValues {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly cookie: Readonly<Record<string, unknown>>;
}

/** The URL of an operation under a base URL, by the styles that its parameters declare. */
export function urlOf(base: string, operation: Operation, values: ParameterValues): string {
  const path = operation.template.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const value = values.path[name] ?? "";
    return encodeURIComponent(simple(value));
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values.query)) {
    const parameter = operation.parameters.find((one) => one.in === "query" && one.name === name);
    if (parameter === undefined) query.append(name, text(value));
    else for (const [key, item] of queryPairs(parameter, value)) query.append(key, item);
  }
  const search = query.toString();
  return `${base.replace(/\/+$/, "")}${path}${search === "" ? "" : `?${search}`}`;
}

export function headersOf(values: ParameterValues): Record<string, string> {
  const headers = Object.fromEntries(
    Object.entries(values.header).map(([name, value]) => [name.toLowerCase(), simple(value)]),
  );
  const cookies = Object.entries(values.cookie).map(
    ([name, value]) => `${name}=${encodeURIComponent(simple(value))}`,
  );
  return cookies.length === 0 ? headers : { ...headers, cookie: cookies.join("; ") };
}

function formBody(value: unknown): string {
  const form = new URLSearchParams();
  if (isPlainObject(value)) for (const [name, item] of Object.entries(value)) form.append(name, text(item));
  return form.toString();
}

/** A body in the media type that the operation declares; undefined where this client can't write it. */
export function writeBody(mediaType: string, value: unknown): string | undefined {
  const essence = mediaType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (/[/+]json$/.test(essence) || essence === "*/*") return JSON.stringify(value);
  if (essence === "application/x-www-form-urlencoded") return formBody(value);
  if (essence.startsWith("text/")) return text(value);
  return undefined;
}
