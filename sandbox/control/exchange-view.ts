import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { createRedactor } from "../../specs/engine/certification/http/redact.ts";
import { wholeText } from "../pipeline/body-text.ts";
import type { LoggedExchange } from "../pipeline/exchange-log.ts";
import { isoOf } from "../values/iso.ts";
import type { ControlSchemas } from "./api.ts";

export type ExchangeView = ControlSchemas["Exchange"];

const HIDDEN = "[redacted]";

/** Makes exchanges readable, and takes the secrets out: credentials, tokens, keys, in headers, queries and bodies. */
export function exchangeViewer(catalog: Catalog): (exchange: LoggedExchange) => ExchangeView {
  const redactor = createRedactor([]);
  const keys = apiKeyNames(catalog);
  return (exchange) => {
    const { answer, requestBody, requestBytes, answerBytes, status } = exchange;
    const text = wholeText(answer?.body ?? "");
    const requestText = typeof requestBody === "object" ? new TextDecoder().decode(requestBody) : requestBody;
    const { request, response } = redactor.exchange({
      atMs: 0,
      durationMs: exchange.durationMs,
      request: {
        method: exchange.method,
        url: withoutKeys(exchange.url, keys),
        headers: hide(Object.fromEntries(exchange.requestHeaders), keys),
        ...(requestText ? { body: requestText } : {}),
      },
      response: {
        status,
        headers: hide(answer?.headers ?? {}, keys),
        body: text,
        truncated: false,
      },
    });
    const { pathname, search } = new URL(request.url);
    return {
      ...told(exchange),
      path: pathname + search,
      at: isoOf(performance.timeOrigin + exchange.startedAt),
      durationMs: Math.round(exchange.durationMs * 1000) / 1000,
      request: message(request.headers, request.body, requestBytes),
      response: message(response?.headers ?? {}, response?.body, answerBytes ?? (answer && text.length)),
    };
  };
}

type Told = Omit<ExchangeView, "path" | "at" | "durationMs" | "request" | "response">;

function told({
  sequence,
  requestId,
  method,
  operationId,
  party,
  code,
  now,
  faults,
  status,
}: LoggedExchange): Told {
  return {
    sequence,
    requestId,
    method,
    status,
    ...(operationId === undefined ? {} : { operationId }),
    ...(party === undefined ? {} : { party }),
    ...(code === undefined ? {} : { code }),
    ...(now === undefined ? {} : { virtualTime: now }),
    ...(faults === undefined ? {} : { faults: [...faults] }),
  };
}

function message(
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
  size: number | undefined,
): ExchangeView["request"] {
  return {
    headers: { ...headers },
    ...(size ? { bodyBytes: size } : {}),
    ...(body === undefined || body === "" ? {} : { body }),
  };
}

/** Names, in lower case, under which the spec set's own API keys travel. */
function apiKeyNames({ operations }: Catalog): ReadonlySet<string> {
  const schemes = operations.flatMap(({ security }) => security.flat().map(({ scheme }) => scheme));
  return new Set(schemes.flatMap(({ parameterName }) => parameterName?.toLowerCase() ?? []));
}

const hide = (
  headers: Readonly<Record<string, string>>,
  names: ReadonlySet<string>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, names.has(name.toLowerCase()) ? HIDDEN : value]),
  );

function withoutKeys(text: string, names: ReadonlySet<string>): string {
  const url = new URL(text);
  for (const name of [...url.searchParams.keys()]) {
    if (names.has(name.toLowerCase())) url.searchParams.set(name, HIDDEN);
  }
  return url.href;
}
