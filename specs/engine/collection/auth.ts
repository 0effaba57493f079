import { isPlainObject } from "../catalog/pointer.ts";
import type { Catalog, Operation, SecurityScheme } from "../catalog/types.ts";
import { identifier } from "./names.ts";
import { type TokenPlace, tokenRequest } from "./token-request.ts";
import type { Auth, CollectedRequest } from "./types.ts";

/** Where the tokens of a collection come from, and what each is called. */
export interface Tokens {
  /** The requests that everything starts with. */
  readonly requests: readonly CollectedRequest[];
  /** Variables that a reader fills in to get the tokens. */
  readonly clients: readonly { readonly clientId: string; readonly clientSecret: string }[];
  /** How an operation wants to be called: by the first of its alternatives. */
  authOf(operation: Operation): Auth[];
}

/** One token for each place that issues some; a document whose tokens come from nowhere has a variable of its own. */
export function tokensOf(catalog: Catalog, operations: readonly Operation[]): Tokens {
  const places = tokenPlaces(catalog, operations);
  const urls = [...new Set(places.values())];
  const issued = new Map(urls.map((url, at) => [url, placeOf(catalog, url, at)]));
  const unissued = new Map<string, string>();
  const variableOf = ({ document }: Operation): string => {
    const url = places.get(document);
    const known = url === undefined ? unissued.get(document) : issued.get(url)?.token;
    if (known !== undefined) return known;
    const first = issued.size === 0 && unissued.size === 0;
    const made = first ? "token" : `${identifier(document.replace(/^.*\/|\.[a-z]+$/gi, ""), "other")}_token`;
    unissued.set(document, made);
    return made;
  };
  return {
    requests: [...issued.values()].map(tokenRequest),
    clients: [...issued.values()].map(({ clientId, clientSecret }) => ({ clientId, clientSecret })),
    authOf: (operation) => authOf(operation, () => variableOf(operation)),
  };
}

function authOf({ security }: Operation, tokenVariable: () => string): Auth[] {
  return (security[0] ?? []).flatMap(({ scheme }): Auth[] => {
    if (scheme.type === "mutualTLS") return [];
    if (scheme.type === "http" && scheme.scheme === "basic")
      return [{ kind: "basic", username: "username", password: "password" }];
    if (scheme.type !== "apiKey") return [{ kind: "bearer", variable: tokenVariable() }];
    const place = scheme.in === "query" || scheme.in === "cookie" ? scheme.in : "header";
    return [{ kind: "key", in: place, name: scheme.parameterName ?? scheme.name, variable: keyName(scheme) }];
  });
}

const keyName = ({ name }: SecurityScheme): string => {
  const made = identifier(name, "apiKey");
  return made === "token" ? "apiKey" : made;
};

/** The URL where a document's tokens are exchanged for client credentials, by the document's path. */
function tokenPlaces(catalog: Catalog, operations: readonly Operation[]): Map<string, string> {
  const places = new Map<string, string>();
  for (const operation of operations)
    for (const { scheme } of operation.security[0] ?? []) {
      const url = clientCredentialsUrl(catalog, operation.document, scheme.name);
      if (url !== undefined && !places.has(operation.document)) places.set(operation.document, url);
    }
  return places;
}

function clientCredentialsUrl(catalog: Catalog, document: string, name: string): string | undefined {
  let node: unknown = catalog.documents.find(({ path }) => path === document)?.content;
  for (const key of ["components", "securitySchemes", name, "flows", "clientCredentials", "tokenUrl"])
    node = isPlainObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  return typeof node === "string" ? node : undefined;
}

function placeOf(catalog: Catalog, url: string, at: number): TokenPlace {
  const number = at === 0 ? "" : String(at + 1);
  const path = URL.parse(url, "http://unnamed.invalid")?.pathname ?? url;
  // One that a document of the spec set has is served where that is; any other, where it is said to be.
  const operation = catalog.operations.find((one) => one.method === "POST" && one.path === path);
  return {
    id: `getToken${number}`,
    url: operation === undefined ? url : path,
    ...(operation === undefined ? {} : { operation }),
    token: `token${number}`,
    clientId: `clientId${number}`,
    clientSecret: `clientSecret${number}`,
  };
}

/** Variables that the reader has to fill in, none of which is written down. */
export function secretsOf(requests: readonly CollectedRequest[], tokens: Tokens): string[] {
  const got = new Set(requests.flatMap(({ captures }) => captures.map(({ variable }) => variable)));
  const names = requests.flatMap(({ auth }) =>
    auth.flatMap((one) => (one.kind === "basic" ? [one.username, one.password] : [one.variable])),
  );
  const clients = tokens.clients.flatMap(({ clientId, clientSecret }) => [clientId, clientSecret]);
  return [...new Set([...clients, ...names])].filter((name) => !got.has(name));
}
