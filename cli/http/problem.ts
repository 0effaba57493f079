import type { Operation } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { errorDefinition } from "../../specs/engine/errors/lookup.ts";
import type { ErrorCode } from "../../specs/engine/errors/registry.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import type { HttpResponse } from "./transport.ts";

/**
 * An answer that is no success as an error. A code that eco knows keeps its meaning; anything else, from whichever
 * ecosystem, is told in the answer's own words under the code that fits its status.
 */
export function problemToError(response: HttpResponse, operation: Operation): EcoError {
  const problem = readProblem(response.body);
  const own = text(problem["code"]);
  const code =
    own !== undefined && errorDefinition(own) !== undefined
      ? (own as ErrorCode)
      : codeOfStatus(response.status);
  const detail =
    text(problem["detail"]) ??
    text(problem["title"]) ??
    text(problem["error_description"]) ??
    text(problem["message"]);
  const where = `${operation.method} ${operation.path}`;
  const violations = violationsOf(problem["errors"]);
  // A detail that begins with the first of them need not be followed by it.
  const isTold = ([first]: readonly Violation[]): boolean =>
    first !== undefined && detail?.startsWith(`${first.pointer} ${first.detail}`) === true;
  const told = violations.slice(isTold(violations) ? 1 : 0);
  const message = [
    detail === undefined ? `${where} answered ${response.status}.` : withStop(detail),
    ...told.slice(0, 10).map(({ pointer, detail: what }) => `\n  ${pointer}: ${what}`),
    told.length > 10 ? `\n  … and ${told.length - 10} more` : "",
  ].join("");
  const fix = text(problem["fix"]);
  const requestId = response.headers["eco-request-id"];
  return new EcoError(code, message, {
    ...(fix === undefined ? {} : { fix }),
    details: {
      status: response.status,
      operation: operation.id,
      ...(own === undefined || own === code ? {} : { code: own }),
      ...(violations.length === 0 ? {} : { errors: violations }),
      ...(requestId === undefined ? {} : { requestId: sanitizeLine(requestId) }),
    },
  });
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return "ECO_UNAUTHENTICATED";
  if (status === 403) return "ECO_FORBIDDEN";
  if (status === 404) return "ECO_NOT_FOUND";
  if (status === 429) return "ECO_RATE_LIMITED";
  if (status === 502 || status === 503 || status === 504) return "ECO_UNAVAILABLE";
  return status >= 500 ? "ECO_INTERNAL" : "ECO_REQUEST_REFUSED";
}

function readProblem(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

interface Violation {
  readonly pointer: string;
  readonly detail: string;
}

function violationsOf(errors: unknown): Violation[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) => {
    if (typeof error !== "object" || error === null) return [];
    const { pointer, detail } = error as Readonly<Record<string, unknown>>;
    const [place, what] = [text(pointer), text(detail)];
    // A list of some other shape says nothing that could be shown.
    return place === undefined && what === undefined ? [] : [{ pointer: place ?? "", detail: what ?? "" }];
  });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== ""
    ? sanitizeLine(value.trim()).slice(0, 2_000)
    : undefined;
}

function withStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
