import type { Operation } from "../../specs/engine/catalog/types.ts";
import { jsonOrText } from "../../specs/engine/parse-json.ts";
import type { SeenExchange } from "../capabilities/certifications/records.ts";
import { clientCredentials } from "../values/basic-credentials.ts";

/** What a step of a workflow asks of the partner's client. */
export interface Wanted {
  readonly operationId: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  /** What the body has to say; it may say more. Undefined where the step has none. */
  readonly body: unknown;
  readonly signsIn: boolean;
}

/** @param signingIn the partner's clients, where the step asks for a token: which of them signs in is all that counts */
export function wantedOf(
  operation: Operation,
  request: Request,
  body: string,
  signingIn: ReadonlySet<string> | undefined,
): Wanted {
  const url = new URL(request.url);
  return {
    operationId: operation.id,
    path: url.pathname,
    query: [...url.searchParams],
    body: signingIn === undefined ? parsed(body) : undefined,
    signsIn: signingIn !== undefined,
  };
}

/** Whether a client did what a step asks, and got an answer that is one: attempts that invite another are none. */
export function isAttempt(seen: SeenExchange, wanted: Wanted): boolean {
  const { status } = seen.response;
  if (seen.operationId !== wanted.operationId || status === 401 || status === 429 || status >= 500)
    return false;
  if (wanted.signsIn) return seen.token !== null;
  const url = new URL(seen.request.url);
  return (
    url.pathname === wanted.path &&
    // Who asks for more than the step does sees what it is about as well.
    wanted.query.every(
      ([name, value]) => !url.searchParams.has(name) || url.searchParams.getAll(name).includes(value),
    ) &&
    says(parsed(seen.request.body), wanted.body)
  );
}

/** Whether a request for a token is made as one of these clients. */
export function signsInAsOneOf(request: Request, body: string, clientIds: ReadonlySet<string>): boolean {
  const [, basic = ""] = /^basic (\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  if (clientIds.has(clientCredentials(basic)?.user ?? "")) return true;
  const json = parsed(body);
  const values =
    typeof json === "object" && json !== null ? Object.values(json) : [...new URLSearchParams(body).values()];
  return values.some((value) => typeof value === "string" && clientIds.has(value));
}

function parsed(text: string): unknown {
  return text === "" ? undefined : jsonOrText(text);
}

/** Whether a value holds all that another one does: objects may have members more. */
function says(actual: unknown, wanted: unknown): boolean {
  if (wanted === undefined) return true;
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(actual) &&
      actual.length === wanted.length &&
      wanted.every((item, index) => says(actual[index], item))
    );
  }
  if (typeof wanted !== "object" || wanted === null) return actual === wanted;
  if (typeof actual !== "object" || actual === null) return false;
  const held = new Map<string, unknown>(Object.entries(actual));
  return Object.entries(wanted).every(([name, value]) => says(held.get(name), value));
}
