import type { Operation, SecurityScheme } from "../../specs/engine/catalog/types.ts";
import type { Caller } from "../capabilities/capability.ts";
import type { HeaderFields } from "./arrival.ts";
import { type Stop, stop } from "./problem.ts";
import { unauthenticated } from "./tokens.ts";

export interface Credentials {
  readonly headers: HeaderFields;
  readonly authorization: Authorization;
  readonly query: URLSearchParams;
  /**
   * Whose the access token is, where one was sent. Undefined where no operation of the spec set issues tokens: then the
   * sandbox can't know any credential and takes every one of the declared form.
   */
  readonly bearer: Caller | Stop | undefined;
}

/** Who is calling: nobody in particular where the operation is open, or where the credential names no party. */
export type Authenticated = { readonly kind: "caller"; readonly caller?: Caller } | Stop;

const NOBODY: Authenticated = { kind: "caller" };

/** Holds a request against the operation's security: one of its alternatives must be met in full. */
export function authenticate(
  operation: Pick<Operation, "security">,
  roles: readonly string[],
  credentials: Credentials,
): Authenticated {
  if (operation.security.length === 0) return NOBODY;
  let failure: Stop | undefined;
  for (const alternative of operation.security) {
    const outcome = meets(alternative, credentials);
    if (outcome.kind === "caller") return checkRole(outcome, roles);
    // "Wrong scope" says more than "no such key", whichever alternative comes first.
    if (failure === undefined || outcome.problem.code === "ECO_SCOPE_MISSING") failure = outcome;
  }
  return failure ?? NOBODY;
}

function meets(alternative: Operation["security"][number], credentials: Credentials): Authenticated {
  let result: Authenticated = NOBODY;
  for (const { scheme, scopes } of alternative) {
    const outcome = meetsScheme(scheme, credentials);
    if (outcome.kind === "stop") return outcome;
    const { caller } = outcome;
    if (caller === undefined) continue;
    const missing = scopes.filter((scope) => !caller.scopes.includes(scope));
    if (missing.length > 0) {
      const challenge = `Bearer error="insufficient_scope", scope="${scopes.join(" ")}"`;
      return stop("ECO_SCOPE_MISSING", `The access token lacks the scope ${missing.join(", ")}.`, {
        headers: { "www-authenticate": challenge },
      });
    }
    result = outcome;
  }
  return result;
}

/** Whether a scheme's credential is an access token in the `Authorization` header. */
export const takesTokens = ({ type, scheme }: SecurityScheme): boolean =>
  type === "oauth2" || type === "openIdConnect" || (type === "http" && scheme?.toLowerCase() !== "basic");

/** What an `Authorization` header holds; empty where there is none. */
export interface Authorization {
  /** In lower case. */
  readonly kind: string;
  readonly credential: string;
}

export function authorizationOf(headers: HeaderFields): Authorization {
  const [, kind = "", credential = ""] = /^(\S*)\s*(\S*)/.exec(headers.get("authorization") ?? "") ?? [];
  return { kind: kind.toLowerCase(), credential };
}

function meetsScheme(scheme: SecurityScheme, credentials: Credentials): Authenticated {
  if (takesTokens(scheme)) return meetsBearer(scheme, credentials);
  if (scheme.type === "http") return meetsBasic(credentials);
  // mutualTLS ends at the transport, which is not ours.
  return scheme.type === "apiKey" ? meetsApiKey(scheme, credentials) : NOBODY;
}

function meetsBearer(scheme: SecurityScheme, { authorization, bearer }: Credentials): Authenticated {
  const wanted = scheme.type === "http" ? (scheme.scheme ?? "bearer") : "bearer";
  const { kind, credential } = authorization;
  if (kind !== wanted.toLowerCase() || credential === "") {
    return unauthenticated(`The request needs an \`Authorization: ${titleCase(wanted)} …\` header.`);
  }
  if (bearer === undefined) return NOBODY;
  return "kind" in bearer ? bearer : { kind: "caller", caller: bearer };
}

function meetsBasic({ headers }: Credentials): Authenticated {
  const match = /^basic\s+([A-Za-z0-9+/=_-]+)$/i.exec(headers.get("authorization") ?? "");
  if (match?.[1] === undefined) {
    return unauthenticated("The request needs an `Authorization: Basic …` header.", 'Basic realm="sandbox"');
  }
  return NOBODY;
}

function meetsApiKey(scheme: SecurityScheme, { headers, query }: Credentials): Authenticated {
  const name = scheme.parameterName ?? "";
  const value =
    scheme.in === "query"
      ? query.get(name)
      : scheme.in === "cookie"
        ? cookieOf(headers, name)
        : headers.get(name.toLowerCase());
  if (value !== null && value !== undefined && value !== "") return NOBODY;
  return unauthenticated(
    `The request needs the API key "${name}" in its ${scheme.in ?? "header"}.`,
    `ApiKey realm="${scheme.name}"`,
  );
}

export function cookieOf(headers: HeaderFields, name: string): string | undefined {
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

function checkRole(
  outcome: { readonly kind: "caller"; readonly caller?: Caller },
  roles: readonly string[],
): Authenticated {
  const { caller } = outcome;
  if (roles.length === 0 || caller === undefined || roles.includes(caller.role)) return outcome;
  return stop(
    "ECO_FORBIDDEN",
    `The role "${caller.role}" may not call this operation; it is for ${roles.join(", ")}.`,
  );
}

const titleCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
