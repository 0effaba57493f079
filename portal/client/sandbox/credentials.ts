import { personasOf } from "../../../sandbox/capabilities/manifest.ts";
import type { Sandbox } from "../../../sandbox/pipeline/sandbox.ts";
import { tokenFor } from "../../../sandbox/testing/client.ts";
import { operationsByCapability } from "../../../specs/engine/catalog/lookup.ts";
import type { Operation, SecurityScheme } from "../../../specs/engine/catalog/types.ts";

/** Who sends it: an access token, or what the sandbox takes where none is issued. */
export interface Identity {
  readonly token?: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Of whoever calls an ecosystem that publishes no test credentials: its sandbox takes any of the right form. */
const ANYBODY: Identity = { clientId: "client", clientSecret: "secret" };

/** What a party shows of itself in a sandbox: its published credentials, with a token where tokens are issued. */
export async function identityOf(sandbox: Sandbox, party: string): Promise<Identity> {
  const { catalog } = sandbox;
  const persona = personasOf(catalog).find((one) => one.party === party);
  if (persona === undefined) return ANYBODY;
  if (operationsByCapability(catalog, "tokens.issue").length === 0) return persona;
  return { ...persona, token: await tokenFor(sandbox, persona) };
}

export interface Shown {
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly cookie?: string;
}

/** What the first of an operation's alternatives wants to see. */
export function shownBy({ security }: Operation, identity: Identity): Shown {
  let shown: Shown = { headers: {} };
  for (const { scheme } of security[0] ?? []) shown = merged(shown, credentialOf(scheme, identity));
  return shown;
}

function credentialOf(scheme: SecurityScheme, { token, clientId, clientSecret }: Identity): Shown {
  const { type, in: place, name, parameterName = name } = scheme;
  if (type === "mutualTLS") return { headers: {} };
  if (type === "apiKey") {
    const pair = `${parameterName}=${clientSecret}`;
    if (place === "query") return { headers: {}, query: pair };
    if (place === "cookie") return { headers: {}, cookie: pair };
    return { headers: { [parameterName.toLowerCase()]: clientSecret } };
  }
  const kind = type === "http" ? (scheme.scheme ?? "bearer").toLowerCase() : "bearer";
  if (kind === "basic") return { headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` } };
  const word = kind.charAt(0).toUpperCase() + kind.slice(1);
  return { headers: { authorization: `${word} ${token ?? clientSecret}` } };
}

const merged = (one: Shown, other: Shown): Shown => ({
  ...one,
  ...other,
  headers: { ...one.headers, ...other.headers },
});

/** A target with one pair more in its query. */
export const withPair = (target: string, pair: string | undefined): string =>
  pair === undefined ? target : `${target}${target.includes("?") ? "&" : "?"}${pair}`;
