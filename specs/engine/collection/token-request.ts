import { writeRequest } from "../catalog/exchange/bind.ts";
import { isJsonType } from "../catalog/exchange/media-type.ts";
import { encodeCredentials } from "../catalog/exchange/write-body.ts";
import { pointerTokens } from "../catalog/pointer.ts";
import type { Operation } from "../catalog/types.ts";
import { marked, writtenJson } from "./markers.ts";
import type { Body, CollectedRequest } from "./types.ts";

/** A place that issues tokens, and what the variables around it are called. */
export interface TokenPlace {
  /** Of the request. */
  readonly id: string;
  readonly url: string;
  /** The operation of the spec set that serves it; RFC 6749 says what is sent where there is none. */
  readonly operation?: Operation;
  readonly token: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Credentials for a token, as the operation is bound to them. */
export function tokenRequest(place: TokenPlace): CollectedRequest {
  const { id, url, operation, token } = place;
  return {
    id,
    title: "Get a token",
    description: "The requests below send it.",
    folder: "Token",
    method: "POST",
    url,
    template: url,
    path: [],
    query: [],
    headers: [{ name: "Accept", value: "application/json" }],
    auth: [],
    body: tokenBody(place),
    captures: [{ variable: token, path: tokenPath(operation) }],
    answers: [],
  };
}

function tokenBody({ operation, clientId, clientSecret }: TokenPlace): Body {
  const [id, secret] = [marked(clientId, "string"), marked(clientSecret, "string")];
  const asked = { grantType: "client_credentials", clientId: id, clientSecret: secret };
  const standard = { grant_type: asked.grantType, client_id: id, client_secret: secret };
  const value =
    operation?.capability === undefined ? standard : (writeRequest(operation, asked).body ?? standard);
  const { contentType, text } = encodeCredentials(operation ?? { id: "the token", ...FORM }, value);
  if (isJsonType(contentType))
    return { kind: "text", mediaType: contentType, text: writtenJson(JSON.parse(text)) };
  const fields = [...new URLSearchParams(text)].map(([name, one]) => ({
    name,
    value: one === id ? `{{${clientId}}}` : one === secret ? `{{${clientSecret}}}` : one,
  }));
  return { kind: "form", mediaType: contentType, fields };
}

const FORM: Pick<Operation, "requestBody"> = {
  requestBody: {
    required: true,
    content: { "application/x-www-form-urlencoded": { examples: {} } },
  },
};

function tokenPath(operation: Operation | undefined): string[] {
  const bound = Object.entries(operation?.capability?.response ?? {}).find(
    ([, field]) => field === "accessToken",
  );
  return bound === undefined ? ["access_token"] : pointerTokens(bound[0]);
}
