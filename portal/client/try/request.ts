import { fillPath } from "../../../specs/engine/catalog/exchange/bind.ts";
import {
  noValues,
  serialiseHeaders,
  serialiseSearch,
} from "../../../specs/engine/catalog/exchange/serialise-parameter.ts";
import type { Operation, SecurityScheme } from "../../../specs/engine/catalog/types.ts";
import type { TryBody, TryField, TryForm } from "../../lib/try-form.ts";
import type { PageRequest } from "../sandbox/send.ts";
import { inputName } from "./form-html.ts";

/** Who sends it: an access token, or what the sandbox takes where none is issued. */
export interface Identity {
  readonly token?: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * The request that a form comes to. Values are sent as they are written: what is wrong with them is told by the sandbox.
 * @throws EcoError `ECO_INPUT_MISSING` for a path parameter without a value
 */
export function requestOf(
  operation: Operation,
  form: TryForm,
  data: FormData,
  identity: Identity | undefined,
): PageRequest {
  const values = noValues();
  for (const field of form.fields) {
    const text = String(data.get(inputName(field)) ?? "");
    if (text !== "") values[field.in][field.name] = typed(field, text);
  }
  const shown = identity === undefined ? { headers: {} } : shownBy(operation, identity);
  const search = withPair(serialiseSearch(operation, values.query), shown.query);
  const own = serialiseHeaders(operation, values);
  const cookies = [own["cookie"], shown.cookie].filter((one) => one !== undefined).join("; ");
  const body = form.body === undefined ? undefined : bodyOf(form.body, data);
  const headers: Record<string, string> = {
    ...own,
    ...shown.headers,
    ...(cookies === "" ? {} : { cookie: cookies }),
    // A form with files says its own type, with the boundary in it.
    ...(form.body === undefined || body === undefined || body instanceof FormData
      ? {}
      : { "content-type": form.body.content.mediaType }),
  };
  return {
    method: operation.method,
    target: fillPath(operation, values.path) + search,
    headers: Object.entries(headers),
    ...(body === undefined ? {} : { body }),
  };
}

/** Lists and objects are written as JSON, or with commas; all else is text in a request anyway. */
function typed({ type }: TryField, text: string): unknown {
  if (!/array|object/u.test(type)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return type.startsWith("array") ? text.split(",") : text;
  }
}

function bodyOf({ content, required }: TryBody, data: FormData): PageRequest["body"] {
  if (content.kind === "file") return fileIn(data, "file") ?? (required ? new Blob([]) : undefined);
  if (content.kind === "multipart") {
    const form = new FormData();
    for (const { name } of content.fields) {
      const value = data.get(`part.${name}`);
      if (typeof value === "string" ? value !== "" : value !== null && value.size > 0)
        form.append(name, value as string);
    }
    return form;
  }
  const text = String(data.get("body") ?? "");
  if (text.trim() === "") return undefined;
  return content.kind === "form" ? text.replace(/\s*\n\s*/gu, "") : text;
}

function fileIn(data: FormData, name: string): File | undefined {
  const value = data.get(name);
  return value instanceof File && value.size > 0 ? value : undefined;
}

interface Shown {
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly cookie?: string;
}

/** What the first of an operation's alternatives wants to see. */
function shownBy({ security }: Operation, identity: Identity): Shown {
  let shown: Shown = { headers: {} };
  for (const { scheme } of security[0] ?? []) shown = merged(shown, credentialOf(scheme, identity));
  return shown;
}

function credentialOf(scheme: SecurityScheme, { token, clientId, clientSecret }: Identity): Shown {
  const { type, in: place, name, parameterName = name } = scheme;
  if (type === "mutualTLS") return { headers: {} };
  if (type === "apiKey") {
    const pair = `${parameterName}=${clientSecret}`;
    if (place === "query") return { headers: {}, query: pair };
    if (place === "cookie") return { headers: {}, cookie: pair };
    return { headers: { [parameterName.toLowerCase()]: clientSecret } };
  }
  const kind = type === "http" ? (scheme.scheme ?? "bearer").toLowerCase() : "bearer";
  if (kind === "basic") return { headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` } };
  const word = kind.charAt(0).toUpperCase() + kind.slice(1);
  return { headers: { authorization: `${word} ${token ?? clientSecret}` } };
}

const merged = (one: Shown, other: Shown): Shown => ({
  ...one,
  ...other,
  headers: { ...one.headers, ...other.headers },
});

const withPair = (search: string, pair: string | undefined): string =>
  pair === undefined ? search : `${search}${search === "" ? "?" : "&"}${pair}`;

/** The request as a curl command; a token is named, not written out. */
export function curlOf({ method, target, headers, body }: PageRequest, origin: string): string {
  const lines = [
    `curl${method === "GET" ? "" : ` -X ${method}`} '${quoted(origin + target)}'`,
    ...headers.map(([name, value]) =>
      /^bearer /iu.test(value) ? `-H "${name}: Bearer $TOKEN"` : `-H '${quoted(`${name}: ${value}`)}'`,
    ),
    ...curlBody(body),
  ];
  return lines.join(" \\\n  ");
}

const quoted = (text: string): string => text.replaceAll("'", "'\\''");

function curlBody(body: PageRequest["body"]): string[] {
  if (body === undefined) return [];
  if (typeof body === "string") return [`-d '${quoted(body)}'`];
  if (body instanceof Blob) return ["--data-binary @file"];
  return [...body].map(([name, value]) =>
    typeof value === "string"
      ? `-F '${quoted(`${name}=${value}`)}'`
      : `-F '${quoted(`${name}=@${value.name}`)}'`,
  );
}

/** The request as it goes over the wire. */
export function httpOf({ method, target, headers, body }: PageRequest, origin: string): string {
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `host: ${URL.parse(origin)?.host ?? ""}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return typeof body === "string" ? `${lines.join("\n")}\n\n${body}` : lines.join("\n");
}
