import { isPlainObject, type PlainObject } from "../../catalog/pointer.ts";
import { EcoError } from "../../errors/index.ts";
import type { ObservedExchange } from "../options.ts";

function headersOf(raw: unknown): Record<string, string> {
  const list = Array.isArray(raw) ? raw.filter(isPlainObject) : [];
  return Object.fromEntries(list.map((one) => [String(one["name"]).toLowerCase(), String(one["value"])]));
}

function textOf(holder: unknown): string | undefined {
  const text = isPlainObject(holder) ? holder["text"] : undefined;
  if (typeof text !== "string") return undefined;
  if (!isPlainObject(holder) || holder["encoding"] !== "base64") return text;
  return new TextDecoder().decode(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)));
}

function exchangeOf(entry: PlainObject, startMs: number): ObservedExchange {
  const request = isPlainObject(entry["request"]) ? entry["request"] : {};
  const response = isPlainObject(entry["response"]) ? entry["response"] : {};
  const status = Number(response["status"] ?? 0);
  const body = textOf(request["postData"]);
  const party = entry["_party"];
  const head = {
    ...(typeof party === "string" ? { party } : {}),
    atMs: Date.parse(String(entry["startedDateTime"])) - startMs,
    durationMs: Math.max(0, Number(entry["time"] ?? 0)),
    request: {
      method: String(request["method"] ?? "GET").toUpperCase(),
      url: String(request["url"] ?? ""),
      headers: headersOf(request["headers"]),
      ...(body === undefined ? {} : { body }),
    },
  };
  // A HAR has status 0 for what never got an answer.
  if (status === 0)
    return { ...head, abandoned: true, failure: { kind: "closed", detail: "No answer in the HAR file." } };
  const answer = {
    status,
    headers: headersOf(response["headers"]),
    body: textOf(response["content"]) ?? "",
    truncated: false,
  };
  return { ...head, response: answer };
}

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
  const sorted = entries
    .filter(isPlainObject)
    .sort((a, b) => Date.parse(String(a["startedDateTime"])) - Date.parse(String(b["startedDateTime"])));
  const startMs = Date.parse(String(sorted[0]?.["startedDateTime"] ?? ""));
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
      const detail = error instanceof Error ? error.message : String(error);
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
