import { readResponse, writeRequest } from "../../specs/engine/catalog/exchange/bind.ts";
import { type EncodedBody, encodeCredentials } from "../../specs/engine/catalog/exchange/write-body.ts";
import { operationsByCapability } from "../../specs/engine/catalog/lookup.ts";
import type { Catalog, Operation, SecurityScheme } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Credentials } from "./credentials.ts";
import { problemToError } from "./problem.ts";
import type { Transport } from "./transport.ts";
import { urlOf } from "./url.ts";

/** A token is renewed this long before its time is over, so that none expires on the way. */
const RENEW_BEFORE_MS = 30_000;

/** Turns credentials into the headers that an operation's security schemes ask for. Tokens stay in memory. */
export class TokenSource {
  readonly #credentials: Credentials;
  readonly #catalog: Catalog;
  readonly #baseUrl: string;
  readonly #transport: Transport;
  #token: { readonly value: string; readonly expiresAt: number } | undefined;

  constructor(credentials: Credentials, catalog: Catalog, baseUrl: string, transport: Transport) {
    this.#credentials = credentials;
    this.#catalog = catalog;
    this.#baseUrl = baseUrl;
    this.#transport = transport;
  }

  /** Where the credentials are from, as it is told. */
  get source(): string {
    return this.#credentials.source;
  }

  /** Whether asking again may give another token. */
  get renewable(): boolean {
    return this.#credentials.kind === "client";
  }

  forget(): void {
    this.#token = undefined;
  }

  /** @throws EcoError ECO_NOT_SIGNED_IN where the operation takes what these credentials can't give */
  async headers(operation: Operation): Promise<Readonly<Record<string, string>>> {
    const schemes = operation.security.flatMap(([first]) => (first === undefined ? [] : [first.scheme]));
    // A key in the query is the one thing that isn't sent in a header: then another alternative must do.
    const scheme = schemes.find(({ type, in: place }) => type !== "apiKey" || place !== "query");
    const own = scheme === undefined ? undefined : this.#ownHeaders(scheme);
    return own ?? { authorization: `Bearer ${await this.#bearer(scheme)}` };
  }

  /** Credentials that are sent as they are: a client's secret as API key, its id and secret by HTTP Basic. */
  #ownHeaders(scheme: SecurityScheme): Readonly<Record<string, string>> | undefined {
    const credentials = this.#credentials;
    if (scheme.type === "apiKey") {
      const name = scheme.parameterName ?? "x-api-key";
      const key = credentials.kind === "token" ? credentials.token : credentials.clientSecret;
      return scheme.in === "cookie" ? { cookie: `${name}=${key}` } : { [name]: key };
    }
    if (scheme.type === "http" && scheme.scheme?.toLowerCase() === "basic" && credentials.kind === "client")
      return { authorization: `Basic ${encodeBasic(credentials)}` };
    return undefined;
  }

  async #bearer(scheme: SecurityScheme | undefined): Promise<string> {
    if (this.#credentials.kind === "token") return this.#credentials.token;
    // An opaque bearer that no operation issues is the client's secret.
    if (scheme?.type === "http" && operationsByCapability(this.#catalog, "tokens.issue").length === 0)
      return this.#credentials.clientSecret;
    if (this.#token !== undefined && this.#token.expiresAt > performance.now()) return this.#token.value;
    this.#token = await this.#fetchToken(this.#credentials, scheme);
    return this.#token.value;
  }

  /** OAuth 2 client credentials (RFC 6749, 4.4), the secret in the body. */
  async #fetchToken(credentials: ClientCredentials, scheme: SecurityScheme | undefined) {
    const operation = operationsByCapability(this.#catalog, "tokens.issue")[0];
    const url = operation === undefined ? this.#tokenUrl(scheme) : urlOf(this.#baseUrl, operation.path);
    const body = tokenRequest(operation, credentials);
    const response = await this.#transport.send({
      method: "POST",
      url,
      headers: { "content-type": body.contentType, accept: "application/json" },
      body: body.text,
      repeatable: true,
    });
    if (response.status < 200 || response.status >= 300) throw refused(response, operation, url, credentials);
    const { value, seconds } = readToken(operation, response.body);
    if (typeof value !== "string")
      throw new EcoError("ECO_UNAUTHENTICATED", `${url.href} answered without an access token.`);
    const lifeMs = typeof seconds === "number" ? seconds * 1000 : 300_000;
    return { value, expiresAt: performance.now() + Math.max(1_000, lifeMs - RENEW_BEFORE_MS) };
  }

  #tokenUrl(scheme: SecurityScheme | undefined): URL {
    const url = scheme?.tokenUrl === undefined ? null : URL.parse(scheme.tokenUrl, this.#baseUrl);
    if (url === null)
      throw new EcoError("ECO_NOT_SIGNED_IN", "The spec set does not say where an access token comes from.", {
        fix: "Give one in ECO_TOKEN, or bind the token operation by `x-eco-capability: tokens.issue`.",
      });
    // The spec names production; a sandbox has the same path at its own address.
    return urlOf(this.#baseUrl, url.pathname, url.search);
  }
}

type ClientCredentials = Extract<Credentials, { kind: "client" }>;

const encodeBasic = ({ clientId, clientSecret }: ClientCredentials): string =>
  Buffer.from(`${clientId}:${clientSecret}`).toString("base64");

/** What is asked: as the bound operation calls its fields and in what it takes, else as RFC 6749 does. */
function tokenRequest(
  operation: Operation | undefined,
  { clientId, clientSecret }: ClientCredentials,
): EncodedBody {
  const grantType = "client_credentials";
  if (operation !== undefined)
    return encodeCredentials(
      operation,
      writeRequest(operation, { grantType, clientId, clientSecret }).body ?? {},
    );
  const form = new URLSearchParams({
    grant_type: grantType,
    client_id: clientId,
    client_secret: clientSecret,
  });
  return { contentType: "application/x-www-form-urlencoded", text: form.toString() };
}

/** The token and its life in seconds, where the binding says, else where RFC 6749 does. */
function readToken(
  operation: Operation | undefined,
  body: string,
): { readonly value: unknown; readonly seconds: unknown } {
  let answer: Readonly<Record<string, unknown>>;
  try {
    answer = JSON.parse(body);
  } catch {
    return { value: undefined, seconds: undefined };
  }
  const result = (operation === undefined ? {} : readResponse(operation, answer)) as Readonly<
    Record<string, unknown>
  >;
  return {
    value: result["accessToken"] ?? answer["access_token"],
    seconds: result["expiresInSeconds"] ?? answer["expires_in"],
  };
}

function refused(
  response: Parameters<typeof problemToError>[0],
  operation: Operation | undefined,
  url: URL,
  credentials: Credentials,
): EcoError {
  if (response.status === 400 || response.status === 401 || response.status === 403)
    return new EcoError(
      "ECO_INVALID_CLIENT",
      `${url.origin} refused the credentials from ${credentials.source}.`,
      {
        fix: "Check the client id and the secret. Credentials of a sandbox end with its reset: `eco onboard` issues new ones.",
        details: { status: response.status },
      },
    );
  if (operation !== undefined) return problemToError(response, operation);
  return new EcoError(
    "ECO_UNAVAILABLE",
    `${url.href} answered ${response.status} instead of an access token.`,
  );
}
