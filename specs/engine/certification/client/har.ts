import { isPlainObject, type PlainObject } from "../../catalog/pointer.ts";
import { EcoError } from "../../errors/index.ts";
import { reasonOf } from "../../errors/reason.ts";
import type { ObservedExchange } from "../options.ts";

/** Names in lower case; several values of one name together, as they are read; without HTTP/2's own, which are in the URL. */
function headersOf(raw: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const one of Array.isArray(raw) ? raw.filter(isPlainObject) : []) {
    const name = String(one["name"]).toLowerCase();
    const value = String(one["value"] ?? "");
    if (name.startsWith(":")) continue;
    const former = headers[name];
    headers[name] = former === undefined ? value : `${former}${name === "cookie" ? "; " : ", "}${value}`;
  }
  return headers;
}

/** Of a request or an answer: Chrome, Firefox and others write bytes that are no text, or were compressed, in base64. */
function textOf(holder: unknown): string | undefined {
  if (!isPlainObject(holder)) return undefined;
  const { text, encoding } = holder;
  if (typeof text !== "string") return formOf(holder);
  const bytes = encoding === "base64" ? decoded(text) : undefined;
  // What says base64 and is none: what is there is all there is.
  return bytes === undefined ? text : new TextDecoder().decode(bytes);
}

function decoded(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Of a body in base64 that is no text: an upload, a picture, what was compressed. */
function bytesOf(holder: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (!isPlainObject(holder) || holder["encoding"] !== "base64") return undefined;
  const bytes = decoded(String(holder["text"]));
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return undefined;
  } catch {
    return bytes;
  }
}

/** Browsers leave out what came from files, and the fields of a form with files can't be put together again. */
function lacksBody({ bodySize, headers, postData }: PlainObject, body: string | undefined): boolean {
  if (body !== undefined && body !== "") return false;
  const params = isPlainObject(postData) ? postData["params"] : undefined;
  const sizes = [bodySize, headersOf(headers)["content-length"]].map(Number);
  return sizes.some((size) => size > 0) || (Array.isArray(params) && params.length > 0);
}

/** Some write the fields of a form, and no text. Of one with files, the bytes can't be known. */
function formOf({ params, mimeType }: PlainObject): string | undefined {
  if (!Array.isArray(params) || params.length === 0) return undefined;
  if (!String(mimeType).startsWith("application/x-www-form-urlencoded")) return undefined;
  const fields = params.filter(isPlainObject);
  return fields.map(({ name, value }) => `${field(name)}=${field(value)}`).join("&");
}

/** As it was sent: Chrome writes the fields of a form the way they went out, others as they were meant. */
function field(value: unknown): string {
  const text = String(value ?? "");
  return /^(?:[\w.*+-]|%[0-9A-F]{2})*$/i.test(text)
    ? text
    : new URLSearchParams({ "": text }).toString().slice(1);
}

function exchangeOf(entry: PlainObject, startMs: number): ObservedExchange {
  const request = isPlainObject(entry["request"]) ? entry["request"] : {};
  const response = isPlainObject(entry["response"]) ? entry["response"] : {};
  const status = Number(response["status"] ?? 0);
  const body = textOf(request["postData"]);
  const requestBytes = bytesOf(request["postData"]);
  const party = entry["_party"];
  const head = {
    ...(typeof party === "string" ? { party } : {}),
    ...(requestBytes === undefined ? {} : { requestBytes }),
    ...(lacksBody(request, body) ? { bodyMissing: true as const } : {}),
    atMs: Math.max(0, startOf(entry) - startMs),
    durationMs: Math.max(0, Number(entry["time"]) || 0),
    request: {
      method: String(request["method"] ?? "GET").toUpperCase(),
      url: String(request["url"] ?? ""),
      headers: headersOf(request["headers"]),
      ...(body === undefined ? {} : { body }),
    },
  };
  // What never got an answer has status 0, or -1, or none at all.
  if (!(status > 0))
    return { ...head, abandoned: true, failure: { kind: "closed", detail: "No answer in the HAR file." } };
  const answer = {
    status,
    headers: headersOf(response["headers"]),
    body: textOf(response["content"]) ?? "",
    truncated: false,
  };
  return { ...head, response: answer };
}

/** 0 for an entry that doesn't say when: it stays before the others. */
const startOf = (entry: PlainObject): number => Date.parse(String(entry["startedDateTime"])) || 0;

/**
 * The exchanges of a HAR 1.2 document, oldest first.
 * @throws EcoError `ECO_INPUT_INVALID` when it isn't one
 */
export function recordingFromHar(har: unknown): ObservedExchange[] {
  const log = isPlainObject(har) ? har["log"] : undefined;
  const entries = isPlainObject(log) ? log["entries"] : undefined;
  if (!Array.isArray(entries)) {
    throw new EcoError("ECO_INPUT_INVALID", "The file is no HAR document: log.entries is missing.", {
      fix: "Export the network log of your client as HAR 1.2.",
    });
  }
  const sorted = entries.filter(isPlainObject).sort((a, b) => startOf(a) - startOf(b));
  const startMs = startOf(sorted.find((entry) => startOf(entry) > 0) ?? {});
  return sorted.map((entry) => exchangeOf(entry, startMs));
}

/** A fetch that keeps what passes through it, so that a client can be certified while it runs. */
export function recordingFetch(
  inner: typeof fetch,
  now: () => number = Date.now,
): { fetch: typeof fetch; recording: ObservedExchange[] } {
  const recording: ObservedExchange[] = [];
  const started = now();
  const wrapped: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? undefined : await request.clone().text();
    const begun = now();
    const head = {
      atMs: begun - started,
      request: {
        method: request.method,
        url: request.url,
        headers: Object.fromEntries(request.headers),
        ...(body === undefined ? {} : { body }),
      },
    };
    // The place is taken before the answer, so that the order is that of the requests.
    const at = recording.push({ ...head, durationMs: 0, abandoned: true }) - 1;
    const response = await inner(request).catch((error: unknown) => {
      const detail = reasonOf(error);
      recording[at] = {
        ...head,
        durationMs: now() - begun,
        abandoned: true,
        failure: { kind: "closed", detail },
      };
      throw error;
    });
    const text = await response.clone().text();
    const answer = {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: text,
      truncated: false,
    };
    recording[at] = { ...head, durationMs: now() - begun, response: answer };
    return response;
  };
  return { fetch: wrapped, recording };
}
