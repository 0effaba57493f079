import type { Operation, SecurityScheme } from "../../specs/engine/catalog/types.ts";
import type { Caller } from "../capabilities/capability.ts";
import { apiKeyIn, type Callers, type Shows } from "./presented.ts";
import { type Stop, stop } from "./problem.ts";
import { authorizationKind, takesTokens } from "./schemes.ts";
import { unauthenticated } from "./tokens.ts";

export interface Credentials {
  readonly shows: Shows;
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

type Alternative = Operation["security"][number];

const NOBODY: Authenticated = { kind: "caller" };

/** Holds a request against the operation's security: one of its alternatives must be met in full. */
export function authenticate(
  operation: Pick<Operation, "security">,
  roles: readonly string[],
  credentials: Credentials,
): Authenticated {
  if (operation.security.length === 0) return NOBODY;
  let failure: Stop | undefined;
  let most = -1;
  for (const alternative of operation.security) {
    const outcome = meets(alternative, credentials);
    if (outcome.kind === "caller") return checkRole(outcome, roles);
    const said = tells(outcome, alternative, credentials);
    if (said > most) [failure, most] = [outcome, said];
  }
  return failure ?? NOBODY;
}

/**
 * How much a refusal tells whoever sent a request with alternatives: what is wrong with what they sent rather than what
 * else they might have, and that it is a scope rather than that it is nobody's.
 */
function tells({ problem }: Stop, alternative: Alternative, credentials: Credentials): number {
  if (problem.code === "ECO_SCOPE_MISSING") return 2;
  return alternative.some(({ scheme }) => wasTried(scheme, credentials)) ? 1 : 0;
}

function wasTried(scheme: SecurityScheme, { shows }: Credentials): boolean {
  if (scheme.type === "apiKey") return apiKeyIn(scheme, shows) !== undefined;
  return takesTokens(scheme) ? isShown(scheme, shows) : shows.authorization.kind === "basic";
}

/** Whether there is an `Authorization` header of the kind that a scheme wants. */
function isShown(
  scheme: SecurityScheme,
  { authorization: { kind, credential } }: Pick<Shows, "authorization">,
): boolean {
  const wanted = authorizationKind(scheme);
  return credential !== "" && (wanted === undefined || kind === wanted);
}

function meets(alternative: Alternative, credentials: Credentials): Authenticated {
  let result: Authenticated = NOBODY;
  const readable = alternative.filter(({ scheme }) => scheme.type !== "unknown");
  // What nobody can read is asked for only where nothing else would be.
  for (const { scheme, scopes } of readable.length > 0 ? readable : alternative) {
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

function meetsBearer(scheme: SecurityScheme, { shows, bearer, callers }: Credentials): Authenticated {
  if (!isShown(scheme, shows)) {
    const wanted = authorizationKind(scheme);
    const form = wanted === undefined ? "" : `: ${titleCase(wanted)} …`;
    return unauthenticated(`The request needs an \`Authorization${form}\` header.`);
  }
  if (bearer === undefined) {
    const caller = callers?.get(scheme.name);
    return caller === undefined ? NOBODY : { kind: "caller", caller };
  }
  return "kind" in bearer ? bearer : { kind: "caller", caller: bearer };
}

function meetsBasic(scheme: SecurityScheme, credentials: Credentials): Authenticated {
  if (!/^basic\s+[A-Za-z0-9+/=_-]+$/i.test(credentials.shows.headers.get("authorization") ?? "")) {
    return unauthenticated("The request needs an `Authorization: Basic …` header.", BASIC);
  }
  return ownedBy(scheme, credentials, "The client id is unknown or the secret is wrong.", BASIC);
}

const BASIC = 'Basic realm="sandbox"';

function meetsApiKey(scheme: SecurityScheme, credentials: Credentials): Authenticated {
  const challenge = `ApiKey realm="${scheme.name}"`;
  const name = scheme.parameterName ?? "";
  if (apiKeyIn(scheme, credentials.shows) === undefined) {
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
