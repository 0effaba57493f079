import { writeRequest } from "../../specs/engine/catalog/exchange/bind.ts";
import { encodeCredentials } from "../../specs/engine/catalog/exchange/write-body.ts";
import { documentsOf, issuesTokens, operationsByCapability } from "../../specs/engine/catalog/lookup.ts";
import { pointerTokens } from "../../specs/engine/catalog/pointer.ts";
import type { Catalog, Operation, SecurityScheme, SpecDocument } from "../../specs/engine/catalog/types.ts";
import { documentsForPartners } from "../../specs/engine/certification/index.ts";
import { typeFiles } from "../../specs/engine/type-files.ts";
import { identifier, inComment, literal, upperFirst } from "./code.ts";

/** One API of the ecosystem that a partner calls. */
export interface ClientApi {
  readonly document: SpecDocument;
  /** Of its client in `src/client.ts`. */
  readonly name: string;
  /** What stands before every path: `/v1`, or nothing. */
  readonly basePath: string;
}

/** The APIs that partners call: every OpenAPI document that has operations, but those that the partners implement. */
export function clientApis(catalog: Catalog): ClientApi[] {
  const files = typeFiles(catalog);
  const called = documentsForPartners(catalog);
  return documentsOf(catalog, "openapi").flatMap((document) => {
    const operation = catalog.operations.find((one) => one.document === document.path);
    if (operation === undefined || !called.includes(document.path)) return [];
    const file = files.get(document.path) ?? "";
    const basePath = operation.path.slice(0, operation.path.length - operation.template.length);
    return [{ document, basePath, name: identifier(file.replace(/\.ts$/, ""), "Client") }];
  });
}

/** `src/client.ts`: a typed client for each API, and how it signs in. */
export function clientSource(catalog: Catalog, apis: readonly ClientApi[]): string {
  const files = typeFiles(catalog);
  const access = authorizationSource(catalog, apis);
  const typeOf = ({ name }: ClientApi): string => upperFirst(name.replace(/Client$/, ""));
  const imports = [
    'import createClient from "openapi-fetch";',
    `import { ${access.uses.join(", ")} } from "./access.ts";`,
    'import { sender } from "./sender.ts";',
    access.importLine,
    ...apis.map(
      (api) =>
        `import type { paths as ${typeOf(api)} } from ${JSON.stringify(`./types/${files.get(api.document.path)}`)};`,
    ),
  ];
  const clients = apis.map(
    (
      api,
    ) => `/** ${inComment(titleOf(api.document))}: every operation of it, with the types of its document. */
export const ${api.name} = createClient<${typeOf(api)}>({
  baseUrl: base + ${JSON.stringify(api.basePath)},
  fetch: send,
});`,
  );
  return `${imports.join("\n")}

${access.source}

const base = await address();
const send = sender(authorization);

${clients.join("\n\n")}
`;
}

function titleOf({ content, path }: SpecDocument): string {
  const info = content["info"] as { readonly title?: unknown } | undefined;
  return typeof info?.title === "string" ? info.title : path;
}

interface AccessSource {
  /** What it takes from `access.ts`. */
  readonly uses: readonly string[];
  readonly importLine: string;
  readonly source: string;
}

const PLAIN = 'import type { Authorization } from "./token-source.ts";';

/** The security scheme that most operations take and that can be sent in a header. */
function usualScheme(operations: readonly Operation[]): SecurityScheme | undefined {
  const schemes = operations
    .filter((operation) => !issuesTokens(operation))
    .flatMap(({ security }) => security.flatMap(([first]) => (first === undefined ? [] : [first.scheme])))
    .filter(({ type, in: place }) => type !== "apiKey" || place !== "query");
  const byName = [...Map.groupBy(schemes, ({ name }) => name).values()];
  return byName.sort((one, other) => other.length - one.length)[0]?.[0];
}

/** How the APIs know who calls. */
function authorizationSource(catalog: Catalog, apis: readonly ClientApi[]): AccessSource {
  const paths = apis.map(({ document }) => document.path);
  const scheme = usualScheme(catalog.operations.filter(({ document }) => paths.includes(document)));
  const issuer = operationsByCapability(catalog, "tokens.issue")[0];
  const own = scheme === undefined ? "({})" : headersOf(scheme, issuer !== undefined);
  if (own === undefined) return tokenSource(scheme, issuer);
  const uses = own === "({})" ? ["address"] : ["address", "credentials"];
  const body =
    own === "({})"
      ? own
      : `{\n    const { clientId, clientSecret } = await credentials();\n    return ${own};\n  }`;
  return {
    uses,
    importLine: PLAIN,
    source: `const authorization: Authorization = {
  headers: async () => ${own.includes("clientId") ? body : body.replace("clientId, ", "")},
  renew: () => false,
};`,
  };
}

/** Credentials that are sent as they are; undefined where they are exchanged for a token. */
function headersOf(scheme: SecurityScheme, hasTokens: boolean): string | undefined {
  const kind = scheme.scheme?.toLowerCase();
  if (scheme.type === "apiKey") {
    const name = scheme.parameterName ?? "x-api-key";
    return scheme.in === "cookie"
      ? `{ cookie: ${JSON.stringify(`${name}=`)} + clientSecret }`
      : `{ ${JSON.stringify(name)}: clientSecret }`;
  }
  if (scheme.type === "http" && kind === "basic")
    return `{ authorization: "Basic " + Buffer.from(clientId + ":" + clientSecret).toString("base64") }`;
  if (scheme.type === "http" && !hasTokens) return `{ authorization: "Bearer " + clientSecret }`;
  return undefined;
}

const ID = "\u0001id";
const SECRET = "\u0001secret";

/** OAuth 2 client credentials, in the words of the operation that issues tokens, else in those of RFC 6749. */
function tokenSource(scheme: SecurityScheme | undefined, issuer: Operation | undefined): AccessSource {
  const given = { grantType: "client_credentials", clientId: ID, clientSecret: SECRET };
  const written = issuer === undefined ? undefined : writeRequest(issuer, given);
  const body = written?.body ?? { grant_type: given.grantType, client_id: ID, client_secret: SECRET };
  const form = "application/x-www-form-urlencoded";
  const contentType = issuer === undefined ? form : encodeCredentials(issuer, body).contentType;
  const object = literal(body, 4)
    .replaceAll(JSON.stringify(ID), "clientId")
    .replaceAll(JSON.stringify(SECRET), "clientSecret");
  const path = issuer?.path ?? URL.parse(scheme?.tokenUrl ?? "", "http://localhost")?.pathname ?? "";
  return {
    uses: ["address"],
    importLine: 'import { tokenSource } from "./token-source.ts";',
    source: `const authorization = tokenSource({
  url: async () => (await address()) + ${JSON.stringify(path)},
  contentType: ${JSON.stringify(contentType)},
  body: ({ clientId, clientSecret }) =>
    ${contentType === form ? `new URLSearchParams(${object}).toString()` : `JSON.stringify(${object})`},
  token: ${literalList(placeOf(issuer, "accessToken", "/access_token"))},
  seconds: ${literalList(placeOf(issuer, "expiresInSeconds", "/expires_in"))},
});`,
  };
}

const literalList = (list: readonly string[]): string =>
  `[${list.map((one) => JSON.stringify(one)).join(", ")}]`;

/** Where a result's field stands in the answer. */
function placeOf(operation: Operation | undefined, field: string, usual: string): string[] {
  const bound = Object.entries(operation?.capability?.response ?? {});
  return pointerTokens(bound.find(([, name]) => name === field)?.[0] ?? usual);
}
