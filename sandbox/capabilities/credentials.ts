import type { JsonObject, Reader, RecordWrite } from "../store/store.ts";
import { clientCredentials } from "../values/basic-credentials.ts";
import { maySee } from "./access.ts";
import type { Capability, DecisionContext } from "./capability.ts";
import { findClient, type Presented, secretKey } from "./client-records.ts";
import { answer, define, notFound, optional, optionalText, refuse, required, text } from "./define.ts";
import { digestText } from "./digest.ts";
import { everyRecord } from "./page.ts";
import { findParty } from "./party-records.ts";
import { type ClientRecord, collections, partyKey } from "./records.ts";
import { scopesOf } from "./scopes.ts";

const TOKEN_LIFETIME_SECONDS = 3600;

export interface Credentials extends JsonObject {
  readonly clientId: string;
  /** Shown once: only its digest is kept. */
  readonly clientSecret: string;
}

/** New credentials of a party, and what to store for them. */
export function mintCredentials(
  party: string,
  context: DecisionContext,
): { credentials: Credentials; write: RecordWrite } {
  const credentials = { clientId: context.newId("client"), clientSecret: context.newSecret() };
  return { credentials, write: clientWrite(party, credentials, context.now) };
}

export function clientWrite(
  party: string,
  credentials: { readonly clientId: string; readonly clientSecret: string },
  now: string,
): RecordWrite {
  const value: ClientRecord = {
    clientId: credentials.clientId,
    party,
    secretDigest: digestText(credentials.clientSecret),
    createdAt: now,
  };
  return {
    collection: collections.clients,
    id: credentials.clientId,
    value,
    expectedVersion: 0,
    keys: [partyKey(party), secretKey(credentials.clientSecret)],
  };
}

/** Takes away all credentials that a party has. */
export async function revokeCredentials(read: Reader, party: string): Promise<RecordWrite[]> {
  const writes: RecordWrite[] = [];
  for await (const client of everyRecord<ClientRecord>(read, collections.clients, partyKey(party))) {
    writes.push({
      collection: collections.clients,
      id: client.id,
      value: null,
      expectedVersion: client.version,
    });
  }
  return writes;
}

const rotate = define({
  name: "credentials.rotate",
  summary: "Gives a party new credentials and takes the old ones away.",
  input: { partyId: required("text", "The party.") },
  async decide(input, context) {
    const partyId = text(input, "partyId");
    const party = await findParty(context.read, partyId);
    if (party === undefined || !maySee(context, [partyId])) return notFound("party", partyId);
    const revoked = await revokeCredentials(context.read, partyId);
    const { credentials, write } = mintCredentials(partyId, context);
    return answer(credentials, { writes: [...revoked, write] });
  },
});

const issueToken = define({
  name: "tokens.issue",
  summary: "OAuth 2 client credentials: an access token for a client and its secret.",
  input: {
    grantType: required("text", "`client_credentials`."),
    clientId: optional("text", "The client; in the body or as the user of HTTP Basic."),
    clientSecret: optional("text", "Its secret; in the body or as the password of HTTP Basic."),
    scope: optional("text", "Scopes asked for, separated by spaces; all that the role has where left out."),
    authorization: optional("text", "The `Authorization` header, for HTTP Basic."),
  },
  async decide(input, context) {
    if (text(input, "grantType") !== "client_credentials") {
      return refuse("ECO_UNSUPPORTED_GRANT", "Only the grant type client_credentials is offered.", [
        { pointer: "#/grantType", detail: "must be client_credentials" },
      ]);
    }
    const client = await findClient(context.read, presentedClient(input));
    if (client === undefined) {
      return refuse("ECO_INVALID_CLIENT", "The client id is unknown or the secret is wrong.");
    }
    const party = await findParty(context.read, client.party);
    if (party === undefined) return refuse("ECO_INVALID_CLIENT", "The client's party is gone.");
    const allowed = scopesOf(context.catalog, party.value);
    const asked = optionalText(input, "scope")?.split(" ").filter(Boolean) ?? allowed;
    const missing = asked.filter((scope) => !allowed.includes(scope));
    if (missing.length > 0) {
      return refuse(
        "ECO_SCOPE_MISSING",
        `${party.id} (${party.value.role}, ${party.value.status}) doesn't have the scope ${missing.join(", ")}.`,
      );
    }
    const token = await context.signToken({
      subject: party.id,
      role: party.value.role,
      scopes: asked,
      clientId: client.clientId,
      lifetimeSeconds: TOKEN_LIFETIME_SECONDS,
    });
    return answer({
      accessToken: token,
      tokenType: "Bearer",
      expiresInSeconds: TOKEN_LIFETIME_SECONDS,
      scope: asked.join(" "),
    });
  },
});

/** HTTP Basic where it is used, else the body. */
function presentedClient(input: JsonObject): Presented {
  const [scheme, encoded] = text(input, "authorization").split(" ");
  if (scheme?.toLowerCase() === "basic" && encoded !== undefined) {
    const { user = "", password = "" } = clientCredentials(encoded) ?? {};
    return { clientId: user, secret: password };
  }
  return { clientId: text(input, "clientId"), secret: text(input, "clientSecret") };
}

export const credentialCapabilities: readonly Capability[] = [rotate, issueToken];
