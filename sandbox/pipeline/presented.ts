import type { Operation, SecurityScheme } from "../../specs/engine/catalog/types.ts";
import type { Caller } from "../capabilities/capability.ts";
import type { Presented } from "../capabilities/parties/client-records.ts";
import { basicCredentials } from "../values/basic-credentials.ts";
import type { Arrival, HeaderFields } from "./arrival.ts";
import { type Authorization, authorizationOf, takesTokens } from "./schemes.ts";

/** What a request shows, by whatever scheme. */
export class Shows {
  readonly headers: HeaderFields;
  readonly authorization: Authorization;
  readonly #incoming: { readonly query: URLSearchParams };

  constructor(incoming: { readonly arrival: Pick<Arrival, "headers">; readonly query: URLSearchParams }) {
    this.headers = incoming.arrival.headers;
    this.authorization = authorizationOf(this.headers);
    this.#incoming = incoming;
  }

  /** Parsed for those who look for a credential there. */
  get query(): URLSearchParams {
    return this.#incoming.query;
  }
}

/** Whose credentials a request shows, by the name of the scheme that they meet. */
export type Callers = ReadonlyMap<string, Caller>;

/**
 * The callers behind credentials that are no access tokens: an API key or an opaque bearer is a client's secret, HTTP
 * Basic its id and secret.
 */
export async function callersBehind(
  { security }: Pick<Operation, "security">,
  shows: Shows,
  find: (presented: Presented) => Promise<Caller | undefined>,
): Promise<Callers> {
  const callers = new Map<string, Caller>();
  for (const { scheme } of security.flat()) {
    const presented = callers.has(scheme.name) ? undefined : presentedBy(scheme, shows);
    const caller = presented === undefined ? undefined : await find(presented);
    if (caller !== undefined) callers.set(scheme.name, caller);
  }
  return callers;
}

function presentedBy(scheme: SecurityScheme, shows: Shows): Presented | undefined {
  const { kind, credential } = shows.authorization;
  if (scheme.type === "apiKey") {
    const secret = apiKeyIn(scheme, shows);
    return secret === undefined ? undefined : { secret };
  }
  if (credential === "") return undefined;
  if (takesTokens(scheme)) return { secret: credential };
  return kind === "basic" ? basicIn(credential) : undefined;
}

/** The value of an API key where its scheme has it; undefined where there is none. */
export function apiKeyIn(scheme: SecurityScheme, { headers, query }: Shows): string | undefined {
  const name = scheme.parameterName ?? "";
  const value =
    scheme.in === "query"
      ? query.get(name)
      : scheme.in === "cookie"
        ? cookieOf(headers, name)
        : headers.get(name.toLowerCase());
  return value === null || value === "" ? undefined : value;
}

export function cookieOf(headers: HeaderFields, name: string): string | undefined {
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

function basicIn(credential: string): Presented | undefined {
  const basic = basicCredentials(credential);
  return basic && { clientId: basic.user, secret: basic.password };
}
