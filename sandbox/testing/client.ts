import { personaOf } from "../capabilities/manifest.ts";
import type { Sandbox } from "../pipeline/options.ts";
import type { Json } from "../store/store.ts";

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ClientInit extends RequestInit {
  /** Sent as JSON, by POST where no method is given. */
  readonly json?: Json;
}

/** `fetch` as one party: its token is asked for and sent along. Paths are those of the spec set, base path included. */
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
  let token: Promise<string> | undefined;
  const call = async (path: string, init: RequestInit): Promise<Response> => {
    token ??= tokenFor(sandbox, who);
    const headers = new Headers(init.headers);
    if (!headers.has("authorization")) headers.set("authorization", `Bearer ${await token}`);
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
    token = undefined;
    return call(path, request);
  };
}

/** An access token, from the capability that issues them: whatever the ecosystem calls its operation. */
export async function tokenFor(sandbox: Sandbox, who: string | ClientCredentials): Promise<string> {
  const credentials = typeof who === "string" ? personaOf(sandbox.catalog, who) : who;
  if (credentials === undefined) {
    throw new TypeError(
      `The manifest publishes no sandbox credentials of ${who}: pass its own in their place.`,
    );
  }
  const { clientId, clientSecret } = credentials;
  const decision = await sandbox.control.decisions.ask("tokens.issue", {
    grantType: "client_credentials",
    clientId,
    clientSecret,
  });
  if (decision.kind === "refused") throw new TypeError(`No token for ${clientId}: ${decision.detail}`);
  return String(decision.result["accessToken"]);
}
