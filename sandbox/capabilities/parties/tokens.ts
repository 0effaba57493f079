import type { JsonObject } from "../../store/store.ts";
import { clientCredentials } from "../../values/basic-credentials.ts";
import type { Capability } from "../capability.ts";
import { answer, define, optional, optionalText, refuse, required, text } from "../define.ts";
import { scopesOf } from "../scopes.ts";
import { findClient, type Presented } from "./client-records.ts";
import { findParty } from "./records.ts";

const TOKEN_LIFETIME_SECONDS = 3600;

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
    const client = await findClient(context.read, presentedClient(input), () => context.now);
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

export const tokenCapabilities: readonly Capability[] = [issueToken];
