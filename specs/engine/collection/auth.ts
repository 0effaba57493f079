import { isPlainObject } from "../catalog/pointer.ts";
import type { Catalog, Operation, SecurityScheme } from "../catalog/types.ts";
import { identifier } from "./names.ts";
import type { Auth, CollectedRequest } from "./types.ts";

/** Names of the variables that a token is got with. */
const CLIENT = ["clientId", "clientSecret"] as const;

/** How an operation wants to be called: by the first of its alternatives. */
export function authOf({ security }: Operation): Auth[] {
  return (security[0] ?? []).flatMap(({ scheme }): Auth[] => {
    if (scheme.type === "mutualTLS") return [];
    if (scheme.type === "http" && scheme.scheme === "basic")
      return [{ kind: "basic", username: "username", password: "password" }];
    if (scheme.type !== "apiKey") return [{ kind: "bearer", variable: "token" }];
    const place = scheme.in === "query" || scheme.in === "cookie" ? scheme.in : "header";
    return [{ kind: "key", in: place, name: scheme.parameterName ?? scheme.name, variable: keyName(scheme) }];
  });
}

const keyName = ({ name }: SecurityScheme): string => {
  const made = identifier(name, "apiKey");
  return made === "token" ? "apiKey" : made;
};

/** Where a token is exchanged for client credentials, for the first scheme that has such a flow; undefined where none has. */
function tokenPlace(catalog: Catalog, operations: readonly Operation[]): string | undefined {
  for (const operation of operations)
    for (const { scheme } of operation.security[0] ?? []) {
      const url = clientCredentialsUrl(catalog, operation.document, scheme.name);
      if (url !== undefined) return url;
    }
  return undefined;
}

function clientCredentialsUrl(catalog: Catalog, document: string, name: string): string | undefined {
  let node: unknown = catalog.documents.find(({ path }) => path === document)?.content;
  for (const key of ["components", "securitySchemes", name, "flows", "clientCredentials", "tokenUrl"])
    node = isPlainObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  return typeof node === "string" ? node : undefined;
}

/** The request that everything starts with: credentials for a token. Undefined where the documents have no such flow. */
export function tokenRequest(
  catalog: Catalog,
  operations: readonly Operation[],
): CollectedRequest | undefined {
  const place = tokenPlace(catalog, operations);
  if (place === undefined) return undefined;
  const path = URL.parse(place, "http://unnamed.invalid")?.pathname ?? place;
  // One that a document of the spec set has is served where that is; any other, where it is said to be.
  const own = catalog.operations.some((one) => one.method === "POST" && one.path === path);
  const url = own ? path : place;
  const [id, secret] = CLIENT;
  return {
    id: "getToken",
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
    body: {
      kind: "form",
      mediaType: "application/x-www-form-urlencoded",
      fields: [
        { name: "grant_type", value: "client_credentials" },
        { name: "client_id", value: `{{${id}}}` },
        { name: "client_secret", value: `{{${secret}}}` },
      ],
    },
    captures: [{ variable: "token", path: ["access_token"] }],
    answers: [],
  };
}

/** Variables that the reader has to fill in, none of which is written down. */
export function secretsOf(requests: readonly CollectedRequest[]): string[] {
  const got = new Set(requests.flatMap(({ captures }) => captures.map(({ variable }) => variable)));
  const names = requests.flatMap(({ auth }) =>
    auth.flatMap((one) => (one.kind === "basic" ? [one.username, one.password] : [one.variable])),
  );
  const first = got.has("token") ? CLIENT : [];
  return [...new Set([...first, ...names])].filter((name) => !got.has(name));
}
