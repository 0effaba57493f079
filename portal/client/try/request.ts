import { fillPath } from "../../../specs/engine/catalog/exchange/bind.ts";
import {
  noValues,
  serialiseHeaders,
  serialiseSearch,
} from "../../../specs/engine/catalog/exchange/serialise-parameter.ts";
import type { Operation } from "../../../specs/engine/catalog/types.ts";
import { curlData, shellWord } from "../../../specs/engine/shell-word.ts";
import type { TryBody, TryField, TryForm } from "../../lib/try-form.ts";
import { type Identity, type Shown, shownBy, withPair } from "../sandbox/credentials.ts";
import type { PageRequest } from "../sandbox/send.ts";
import { inputName } from "./form-html.ts";

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
  const shown: Shown = identity === undefined ? { headers: {} } : shownBy(operation, identity);
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
    target: withPair(
      fillPath(operation, values.path) + serialiseSearch(operation, values.query),
      shown.query,
    ),
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

/** The request as a curl command; a token is named, not written out. */
export function curlOf({ method, target, headers, body }: PageRequest, origin: string): string {
  const lines = [
    `curl${method === "GET" ? "" : ` -X ${shellWord(method)}`} ${shellWord(origin + target)}`,
    ...headers.map(([name, value]) =>
      /^bearer /iu.test(value) && /^[\w-]+$/u.test(name)
        ? `-H "${name}: Bearer $TOKEN"`
        : `-H ${shellWord(`${name}: ${value}`)}`,
    ),
    ...curlBody(body),
  ];
  return lines.join(" \\\n  ");
}

function curlBody(body: PageRequest["body"]): string[] {
  if (body === undefined) return [];
  if (typeof body === "string") return [curlData(body, "-d")];
  if (body instanceof Blob) return ["--data-binary @file"];
  return [...body].map(([name, value]) =>
    typeof value === "string"
      ? `--form-string ${shellWord(`${name}=${value}`)}`
      : `-F ${shellWord(`${name}=@${value.name}`)}`,
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
