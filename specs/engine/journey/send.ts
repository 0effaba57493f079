import { isJsonType } from "../catalog/exchange/media-type.ts";
import { textWithin } from "../limited-body.ts";
import { jsonOrText } from "../parse-json.ts";
import type { BuiltRequest } from "./request.ts";
import type { StepResponse } from "./types.ts";

export interface SendOptions {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** Sends a request and reads the whole answer. Rejects when none comes, or one that is larger than any journey needs. */
export async function send(built: BuiltRequest, options: SendOptions): Promise<StepResponse> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  const request = new Request(built.seen.url, {
    method: built.seen.method,
    headers: built.seen.headers,
    ...(built.body === undefined ? {} : { body: built.body }),
    // An answer with another address is an answer: following it could carry a token to another origin.
    redirect: "manual",
    signal,
  });
  const response = await options.fetch(request);
  const text = await textWithin(response.body);
  const isJson = isJsonType(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    ...(text === "" ? {} : { body: isJson ? jsonOrText(text) : text }),
  };
}
