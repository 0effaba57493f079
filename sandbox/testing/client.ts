import { operationsByCapability } from "../../specs/engine/catalog/lookup.ts";
import { didYouMean } from "../../specs/engine/suggest.ts";
import { personaOf } from "../capabilities/manifest.ts";
import type { Sandbox } from "../pipeline/sandbox.ts";
import type { Json } from "../store/store.ts";

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ClientInit extends RequestInit {
  /** Sent as JSON, by POST where no method is given. */
  readonly json?: Json;
}

/** `fetch` as one party: its token, or whatever the spec set asks for in its place, is sent along. Paths are those of the spec set, base path included. */
export type ClientFetch = (path: string, init?: ClientInit) => Promise<Response>;

/**
 * @param who a party whose sandbox credentials the manifest publishes, or credentials that a registration gave
 * @param send how a request reaches the sandbox
 */
export function clientOf(
  sandbox: Sandbox,
  who: string | ClientCredentials,
  send: (path: string, init: RequestInit) => Promise<Response>,
): ClientFetch {
  let credentials: Promise<Headers> | undefined;
  const call = async (path: string, init: RequestInit): Promise<Response> => {
    credentials ??= credentialHeaders(sandbox, who);
    const headers = new Headers(init.headers);
    for (const [name, value] of await credentials) if (!headers.has(name)) headers.set(name, value);
    return send(path, { ...init, headers });
  };
  return async (path, { json, ...init } = {}) => {
    const headers = new Headers(init.headers);
    if (json !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
    const body = json === undefined ? {} : { method: "POST", body: JSON.stringify(json) };
    const request = { ...body, ...init, headers };
    const response = await call(path, request);
    if (response.status !== 401) return response;
    // The sandbox was reset since: its tokens ended with it.
    credentials = undefined;
    return call(path, request);
  };
}

/** What the operations' security schemes want of a party: an access token where any is issued, else its id and secret. */
async function credentialHeaders(sandbox: Sandbox, who: string | ClientCredentials): Promise<Headers> {
  const { catalog } = sandbox;
  if (operationsByCapability(catalog, "tokens.issue").length > 0)
    return new Headers({ authorization: `Bearer ${await tokenFor(sandbox, who)}` });
  const { clientId, clientSecret } = credentialsOf(sandbox, who);
  const headers = new Headers();
  for (const { scheme } of catalog.operations.flatMap(({ security }) => security.flat())) {
    if (scheme.type !== "apiKey") {
      const isBasic = scheme.scheme?.toLowerCase() === "basic";
      const own = isBasic ? `Basic ${btoa(`${clientId}:${clientSecret}`)}` : `Bearer ${clientSecret}`;
      headers.set("authorization", own);
    } else if (scheme.in === "header") headers.set(scheme.parameterName ?? "", clientSecret);
    else if (scheme.in === "cookie")
      headers.append("cookie", `${scheme.parameterName ?? ""}=${clientSecret}`);
  }
  return headers;
}

function credentialsOf({ catalog }: Sandbox, who: string | ClientCredentials): ClientCredentials {
  const credentials = typeof who === "string" ? personaOf(catalog, who) : who;
  if (credentials !== undefined) return credentials;
  const parties = catalog.ecosystem.parties.map(({ id }) => id);
  const hint = didYouMean(String(who), parties);
  throw new TypeError(
    `The manifest publishes no sandbox credentials of ${who}: pass its own in their place.${hint === undefined ? "" : ` ${hint}`}`,
  );
}

/** An access token, from the capability that issues them: whatever the ecosystem calls its operation. */
export async function tokenFor(sandbox: Sandbox, who: string | ClientCredentials): Promise<string> {
  const { clientId, clientSecret } = credentialsOf(sandbox, who);
  const decision = await sandbox.control.decisions.ask("tokens.issue", {
    grantType: "client_credentials",
    clientId,
    clientSecret,
  });
  if (decision.kind === "refused") throw new TypeError(`No token for ${clientId}: ${decision.detail}`);
  return String(decision.result["accessToken"]);
}
