import { createRedactor } from "../../specs/engine/certification/http/redact.ts";
import { isoOf } from "../values/iso.ts";
import { bytesOf } from "./bytes.ts";
import type { Body, HeaderList, Session } from "./format.ts";

/** An exchange as a HAR file wants it. */
export interface HarExchange {
  /** RFC 3339. */
  readonly at: string;
  readonly durationMs: number;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: HeaderList;
  readonly requestBody?: Body | undefined;
  readonly status: number;
  readonly answerHeaders: HeaderList;
  readonly answerBody?: Body | undefined;
  readonly requestId?: string | undefined;
  readonly operationId?: string | undefined;
  readonly party?: string | undefined;
  /** For people. */
  readonly comment?: string | undefined;
}

/** The exchanges as a HAR 1.2 document. Fields of ours begin with an underscore, as the format has it. */
export function harOf(exchanges: readonly HarExchange[], version: string): object {
  return {
    log: { version: "1.2", creator: { name: "eco", version }, entries: exchanges.map(entryOf) },
  };
}

/** Those of a recorded session, in the order of their arrival. */
export function harExchangesOf({ events }: Session): HarExchange[] {
  return events
    .filter((event) => event.kind === "exchange")
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ id, atMs, durationMs, request, answer, operationId, party, answeredBy }) => ({
      at: isoOf(atMs),
      durationMs,
      method: request.method,
      url: request.url,
      requestHeaders: request.headers,
      requestBody: request.body,
      status: answer.status,
      answerHeaders: answer.headers,
      answerBody: answer.body,
      requestId: id,
      operationId,
      party,
      comment: answeredBy && "Answered by a handler of the tester's own.",
    }));
}

/** The same, fit to be handed on: credentials, tokens and keys are taken out of headers, queries and bodies. */
export function withoutSecrets(exchanges: readonly HarExchange[]): HarExchange[] {
  const redactor = createRedactor([]);
  return exchanges.map((exchange) => {
    const { method, url, status, durationMs, requestHeaders, requestBody, answerHeaders, answerBody } =
      exchange;
    const { request, response } = redactor.exchange(
      {
        atMs: 0,
        durationMs,
        request: {
          method,
          url,
          headers: Object.fromEntries(requestHeaders),
          ...(requestBody === undefined ? {} : { body: readable(requestBody) }),
        },
        response: {
          status,
          headers: Object.fromEntries(answerHeaders),
          body: answerBody === undefined ? "" : readable(answerBody),
          truncated: false,
        },
      },
      Number.POSITIVE_INFINITY,
    );
    return {
      ...exchange,
      url: request.url,
      requestHeaders: Object.entries(request.headers),
      requestBody: rewritten(requestBody, request.body),
      answerHeaders: Object.entries(response?.headers ?? {}),
      answerBody: rewritten(answerBody, response?.body),
    };
  });
}

/** Of bytes that are no text, each as a character: an upload's other fields are text all the same. */
const readable = (body: Body): string => ("text" in body ? body.text : atob(body.base64));

function rewritten(body: Body | undefined, text: string | undefined): Body | undefined {
  if (body === undefined || text === undefined) return body;
  return "text" in body ? { text } : { base64: btoa(text) };
}

function entryOf(exchange: HarExchange): object {
  const { at, durationMs, method, url, requestHeaders, requestBody, status, answerHeaders, answerBody } =
    exchange;
  const { requestId, operationId, party, comment } = exchange;
  return {
    startedDateTime: at,
    time: durationMs,
    request: {
      method,
      url,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: named(requestHeaders),
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: bytesOf(requestBody).length,
      ...(requestBody === undefined
        ? {}
        : { postData: { mimeType: headerOf(requestHeaders, "content-type"), ...contentOf(requestBody) } }),
    },
    response: {
      status,
      statusText: "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: named(answerHeaders),
      content: {
        size: bytesOf(answerBody).length,
        mimeType: headerOf(answerHeaders, "content-type"),
        ...(answerBody === undefined ? {} : contentOf(answerBody)),
      },
      redirectURL: headerOf(answerHeaders, "location"),
      headersSize: -1,
      bodySize: bytesOf(answerBody).length,
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...(requestId === undefined ? {} : { _requestId: requestId }),
    ...(operationId === undefined ? {} : { _operationId: operationId }),
    ...(party === undefined ? {} : { _party: party }),
    ...(comment === undefined ? {} : { comment }),
  };
}

const named = (headers: HeaderList): object[] => headers.map(([name, value]) => ({ name, value }));

const headerOf = (headers: HeaderList, wanted: string): string =>
  headers.find(([name]) => name === wanted)?.[1] ?? "";

const contentOf = (body: Body): object =>
  "text" in body ? { text: body.text } : { text: body.base64, encoding: "base64" };
