import type { Operation, SecurityScheme } from "../../specs/engine/catalog/types.ts";
import type { Caller } from "../capabilities/capability.ts";
import { apiKeyIn, type Callers, type Shows } from "./presented.ts";
import { type Stop, stop } from "./problem.ts";
import { takesTokens } from "./schemes.ts";
import { unauthenticated } from "./tokens.ts";

export interface Credentials extends Shows {
  /**
   * Whose the access token is, where one was sent. Undefined where no operation of the spec set issues tokens: then the
   * sandbox can't know any credential and takes every one of the declared form.
   */
  readonly bearer: Caller | Stop | undefined;
  /** Whose the other credentials are. Undefined where parties have none here: then any of the declared form will do. */
  readonly callers: Callers | undefined;
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

function meetsScheme(scheme: SecurityScheme, credentials: Credentials): Authenticated {
  if (takesTokens(scheme)) return meetsBearer(scheme, credentials);
  if (scheme.type === "http") return meetsBasic(scheme, credentials);
  // mutualTLS ends at the transport, which is not ours.
  return scheme.type === "apiKey" ? meetsApiKey(scheme, credentials) : NOBODY;
}

function meetsBearer(scheme: SecurityScheme, { authorization, bearer, callers }: Credentials): Authenticated {
  const wanted = scheme.type === "http" ? (scheme.scheme ?? "bearer") : "bearer";
  const { kind, credential } = authorization;
  if (kind !== wanted.toLowerCase() || credential === "") {
    return unauthenticated(`The request needs an \`Authorization: ${titleCase(wanted)} …\` header.`);
  }
  if (bearer === undefined) {
    const caller = callers?.get(scheme.name);
    return caller === undefined ? NOBODY : { kind: "caller", caller };
  }
  return "kind" in bearer ? bearer : { kind: "caller", caller: bearer };
}

function meetsBasic(scheme: SecurityScheme, credentials: Credentials): Authenticated {
  if (!/^basic\s+[A-Za-z0-9+/=_-]+$/i.test(credentials.headers.get("authorization") ?? "")) {
    return unauthenticated("The request needs an `Authorization: Basic …` header.", BASIC);
  }
  return ownedBy(scheme, credentials, "The client id is unknown or the secret is wrong.", BASIC);
}

const BASIC = 'Basic realm="sandbox"';

function meetsApiKey(scheme: SecurityScheme, credentials: Credentials): Authenticated {
  const challenge = `ApiKey realm="${scheme.name}"`;
  const name = scheme.parameterName ?? "";
  if (apiKeyIn(scheme, credentials) === undefined) {
    const place = scheme.in ?? "header";
    return unauthenticated(`The request needs the API key "${name}" in its ${place}.`, challenge);
  }
  return ownedBy(
    scheme,
    credentials,
    `The API key "${name}" is nobody's: send a client's secret.`,
    challenge,
  );
}

/** Whoever it is whose credential was sent; where parties have none here, any will do. */
function ownedBy(
  { name }: SecurityScheme,
  { callers }: Credentials,
  refusal: string,
  challenge: string,
): Authenticated {
  if (callers === undefined) return NOBODY;
  const caller = callers.get(name);
  return caller === undefined ? unauthenticated(refusal, challenge) : { kind: "caller", caller };
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
