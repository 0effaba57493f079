import { personasOf } from "../../sandbox/capabilities/manifest.ts";
import { writeRequest } from "../../specs/engine/catalog/exchange/bind.ts";
import { isJsonType } from "../../specs/engine/catalog/exchange/media-type.ts";
import { encodeCredentials } from "../../specs/engine/catalog/exchange/write-body.ts";
import { issuesTokens } from "../../specs/engine/catalog/lookup.ts";
import type { Catalog, Operation, Parameter } from "../../specs/engine/catalog/types.ts";
import { isIdempotencyKey, isIfMatch } from "../../specs/engine/certification/provider/base.ts";
import { idSourceOf } from "../../specs/engine/collection/chains.ts";
import { exampleBody, parameterExample } from "../../specs/engine/collection/example-values.ts";
import { namesParty } from "../../specs/engine/collection/requests.ts";
import type { Body } from "../../specs/engine/collection/types.ts";
import { accessOf } from "./access.ts";
import { prettyJson } from "./code.ts";
import { examplesOf, preferredMedia } from "./examples.ts";
import { firstSentence } from "./markdown.ts";
import { viewSchema } from "./schema.ts";
import { type Site, serverOf } from "./site.ts";

/** What a page needs to let its reader call one operation. */
export interface TryForm {
  readonly operationId: string;
  /** Of the document's first server, for what a reader copies: `https://api.example`. */
  readonly origin: string;
  /** Parties that may call it by their role; all may where it is left out. */
  readonly allowed?: readonly string[];
  readonly fields: readonly TryField[];
  readonly body?: TryBody;
  /** Where its answer holds ids that other operations take. */
  readonly makes: readonly TrySource["path"][];
}

export interface TryField {
  readonly name: string;
  readonly in: Parameter["in"];
  readonly required: boolean;
  /** `string`, `integer`, `array of string`. */
  readonly type: string;
  readonly summary: string;
  readonly values: readonly string[];
  /** As a reader writes it: text as it is, lists and objects as JSON. */
  readonly example: string;
  /** `key`: never sent before. `party`: the sender. `id`: one that the sandbox holds. */
  readonly fill: "example" | "empty" | "key" | "party" | "id";
  /** The list that holds such ids, and where an item has it: `["items", 0, "id"]`. */
  readonly list?: TrySource;
  /** What makes such a thing. */
  readonly maker?: TrySource;
}

export interface TrySource {
  readonly operationId: string;
  readonly path: readonly (string | number)[];
}

export interface TryBody {
  readonly required: boolean;
  /** As text; `parts` of a form with files. */
  readonly content: Body;
  readonly examples: readonly { readonly title: string; readonly text: string }[];
}

/** The form of an operation, with values that fit its schemas: the document's examples, else made ones. */
export function tryForm(operation: Operation, site: Site): TryForm {
  const { open, roles } = accessOf(operation, site);
  const { parties } = site.catalog.ecosystem;
  const ids = roles.map(({ id }) => id);
  const body = bodyOf(operation, site);
  return {
    operationId: operation.id,
    origin: originOf(serverOf(site.document(operation.document))),
    ...(open ? {} : { allowed: parties.filter(({ role }) => ids.includes(role)).map(({ id }) => id) }),
    fields: operation.parameters.map((parameter) => fieldOf(operation, parameter, site)),
    ...(body === undefined ? {} : { body }),
    makes: madeBy(operation, site),
  };
}

function madeBy(operation: Operation, { catalog }: Site): TryForm["makes"] {
  if (operation.method !== "POST") return [];
  const paths = catalog.operations
    .filter(({ path }) => path.startsWith(`${operation.path}/{`))
    .flatMap((user) =>
      user.parameters.flatMap(({ in: place, name }) => {
        const maker = place === "path" ? idSourceOf(catalog, "POST", user, name) : undefined;
        return maker?.operation === operation ? [maker.path] : [];
      }),
    );
  return [...new Map(paths.map((path) => [path.join("/"), path])).values()];
}

const originOf = (server: string): string => URL.parse(server)?.origin ?? "http://127.0.0.1:4010";

function fieldOf(operation: Operation, parameter: Parameter, site: Site): TryField {
  const { name, in: place, required, schema, description } = parameter;
  const { catalog, source } = site;
  const view = schema && viewSchema(schema, source, { depth: 1, fields: 4 });
  const example = parameterExample(catalog, parameter, operation.id);
  const list = place === "path" ? idSourceOf(catalog, "GET", operation, name) : undefined;
  const maker = place === "path" ? idSourceOf(catalog, "POST", operation, name) : undefined;
  return {
    name,
    in: place,
    required: required || place === "path",
    type: view?.type ?? "string",
    summary: firstSentence(description ?? view?.description ?? ""),
    values: view?.values.map(plain) ?? [],
    // Whatever version is there: the reader has not read one yet.
    example: isIfMatch(parameter) ? "*" : written(example),
    fill: fillOf(operation, parameter, site),
    ...(list === undefined ? {} : { list: { operationId: list.operation.id, path: list.path } }),
    ...(maker === undefined ? {} : { maker: { operationId: maker.operation.id, path: maker.path } }),
  };
}

function fillOf(operation: Operation, parameter: Parameter, { catalog }: Site): TryField["fill"] {
  if (isIdempotencyKey(parameter)) return "key";
  if (namesParty(catalog, operation, parameter)) return parameter.required ? "party" : "empty";
  if (parameter.in === "path") return "id";
  return parameter.required ? "example" : "empty";
}

const written = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

// A page shows the values of an enumeration as JSON.
function plain(value: string): string {
  try {
    return written(JSON.parse(value));
  } catch {
    return value;
  }
}

function bodyOf(operation: Operation, { catalog, source }: Site): TryBody | undefined {
  const content = credentialsBody(operation, catalog) ?? exampleBody(catalog, operation, (value) => value);
  if (content === undefined || operation.requestBody === undefined) return undefined;
  const media = preferredMedia(operation.requestBody.content)?.[1];
  const given = content.kind === "text" ? examplesOf(media, source).filter(({ made }) => !made) : [];
  return {
    required: operation.requestBody.required,
    content,
    examples: given.map(({ name, summary, value }) => ({
      title: summary || name,
      text: typeof value === "string" ? value : prettyJson(value),
    })),
  };
}

/** A made-up client would be refused: who asks for a token is a party with published test credentials. */
function credentialsBody(operation: Operation, catalog: Catalog): Body | undefined {
  const personas = personasOf(catalog);
  const persona = personas.find(({ party }) => party !== catalog.ecosystem.orchestrator) ?? personas[0];
  if (!issuesTokens(operation) || persona === undefined) return undefined;
  const { clientId, clientSecret } = persona;
  const { body } = writeRequest(operation, { grantType: "client_credentials", clientId, clientSecret });
  const { contentType: mediaType, text } = encodeCredentials(operation, body);
  if (isJsonType(mediaType)) return { kind: "text", mediaType, text: prettyJson(body) };
  const fields = [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }));
  return { kind: "form", mediaType, fields };
}
