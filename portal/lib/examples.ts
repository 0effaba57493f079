import type { MediaType, Operation, Parameter } from "../../specs/engine/catalog/types.ts";
import { parseJson } from "../../specs/engine/parse-json.ts";
import { curlData, shellWord } from "../../specs/engine/shell-word.ts";
import { prettyJson } from "./code.ts";
import { isObject, object, objects, text } from "./json.ts";
import { sampleOf } from "./sample.ts";
import type { SchemaSource } from "./schema.ts";
import { type Site, serverOf } from "./site.ts";

export interface NamedExample {
  readonly name: string;
  readonly summary: string;
  readonly value: unknown;
  /** Made from the schema, since the document gives none. */
  readonly made: boolean;
}

/** The examples of a body; one made from its schema where the document gives none. */
export function examplesOf(media: MediaType | undefined, source: SchemaSource): readonly NamedExample[] {
  if (media === undefined) return [];
  const given = Object.entries(media.examples).map(([name, example]) => namedExample(name, example));
  if (given.length > 0 || media.schema === undefined) return given;
  const own = object(source.resolve(media.schema))["examples"];
  if (Array.isArray(own) && own.length > 0)
    return own.map((value, index) => ({ name: `example ${index + 1}`, summary: "", value, made: false }));
  return [{ name: "example", summary: "", value: sampleOf(media.schema, source), made: true }];
}

// The catalogue may hand on an Example Object (`{summary, value}`) or the bare value.
function namedExample(name: string, example: unknown): NamedExample {
  if (
    isObject(example) &&
    Object.hasOwn(example, "value") &&
    Object.keys(example).every((key) => /^(value|summary|description|x-.*)$/u.test(key))
  ) {
    return { name, summary: text(example["summary"]), value: example["value"], made: false };
  }
  return { name, summary: "", value: example, made: false };
}

/** The media type that examples are written in: JSON where the operation speaks it. */
export function preferredMedia(
  content: Readonly<Record<string, MediaType>>,
): readonly [string, MediaType] | undefined {
  const entries = Object.entries(content);
  return entries.find(([type]) => /json/u.test(type)) ?? entries[0];
}

interface Call {
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/**
 * One request to the operation, with the document's own examples in place of values.
 * It goes to the document's first server, or to the same path at `origin`.
 */
export function callOf(operation: Operation, site: Site, origin?: string): Call {
  const own = serverOf(site.document(operation.document)).replace(/\/$/u, "");
  const server = origin === undefined ? own : origin + pathOf(own);
  const exampleOf = (parameter: Parameter): string => {
    const given =
      namedExample("", Object.values(parameter.examples)[0]).value ??
      (parameter.schema ? sampleOf(parameter.schema, site.source) : "");
    return typeof given === "string" ? given : JSON.stringify(given);
  };
  const path = operation.parameters
    .filter((one) => one.in === "path")
    .reduce(
      (soFar, one) => soFar.replace(`{${one.name}}`, encodeURIComponent(exampleOf(one))),
      operation.template,
    );
  const query = operation.parameters
    .filter((one) => one.in === "query" && one.required)
    .map((one) => `${encodeURIComponent(one.name)}=${encodeURIComponent(exampleOf(one))}`)
    .join("&");
  const headers: (readonly [string, string])[] = [];
  if (operation.security.length > 0 && operation.security.every((one) => one.length > 0))
    headers.push(SIGNED_IN);
  for (const parameter of operation.parameters) {
    const wanted = parameter.required || parameter.name.toLowerCase() === "idempotency-key";
    if (parameter.in === "header" && wanted) headers.push([parameter.name, exampleOf(parameter)]);
  }
  const media = preferredMedia(operation.requestBody?.content ?? {});
  const body = media === undefined ? "" : bodyText(media[0], bodyOf(operation, media[1], site));
  if (media !== undefined && body !== "") headers.push(["Content-Type", media[0]]);
  return { url: `${server}${path}${query === "" ? "" : `?${query}`}`, headers, body };
}

function pathOf(server: string): string {
  const path = URL.parse(server, "http://relative.invalid")?.pathname ?? "";
  return path.replace(/\/$/u, "");
}

function bodyOf(operation: Operation, media: MediaType, site: Site): unknown {
  const example = examplesOf(media, site.source)[0];
  const value = example?.value;
  // A made-up client would be refused: who signs in is a party with published test credentials, where there is one.
  if (operation.capability?.name !== "tokens.issue" || example?.made !== true || !isObject(value))
    return value;
  const { ecosystem } = site.catalog;
  const personas = objects(object(ecosystem.content["testData"])["personas"]);
  const persona = personas.find((one) => one["party"] !== ecosystem.orchestrator);
  if (persona === undefined || !Object.hasOwn(value, "client_id")) return value;
  return { ...value, client_id: text(persona["clientId"]), client_secret: text(persona["clientSecret"]) };
}

function bodyText(type: string, value: unknown): string {
  if (type === "application/x-www-form-urlencoded") {
    const pairs = Object.entries(object(value)).map(([key, one]) => [key, String(one)] as const);
    return new URLSearchParams(pairs.map(([key, one]): [string, string] => [key, one])).toString();
  }
  return typeof value === "string" ? value : prettyJson(value);
}

/** The one header whose value the reader's shell, or the reader's code, fills in. */
const SIGNED_IN: readonly [string, string] = ["Authorization", "Bearer $TOKEN"];

/** The call as a curl command. */
export function curlOf(operation: Operation, site: Site, origin?: string): string {
  const { url, headers, body } = callOf(operation, site, origin);
  const method = operation.method === "GET" ? "" : ` -X ${shellWord(operation.method)}`;
  const lines = [
    `curl${method} ${shellWord(url)}`,
    ...headers.map((header) =>
      header === SIGNED_IN ? `-H "${header.join(": ")}"` : `-H ${shellWord(header.join(": "))}`,
    ),
  ];
  if (body !== "") lines.push(curlData(body, "-d"));
  return lines.join(" \\\n  ");
}

/** The call that gives a token, with the token kept in `$TOKEN`. Undefined where its answer holds no `access_token`. */
export function tokenCurlOf(operation: Operation, site: Site, origin?: string): string | undefined {
  const answer = operation.responses.find((one) => /^2/u.test(one.status));
  const [example] = examplesOf(preferredMedia(answer?.content ?? {})?.[1], site.source);
  if (!isObject(example?.value) || !Object.hasOwn(example.value, "access_token")) return undefined;
  const call = curlOf(operation, site, origin).replace(/^curl/u, "curl -s");
  return `TOKEN=$(${call} \\\n  | sed -E 's/.*"access_token" *: *"([^"]+)".*/\\1/')`;
}

/** The call in TypeScript, by the platform's own fetch. */
export function typeScriptOf(operation: Operation, site: Site): string {
  const { url, headers, body } = callOf(operation, site);
  const shown = headers.map((header) => {
    const [name, value] = header;
    const written = header === SIGNED_IN ? "`Bearer $" + "{token}`" : JSON.stringify(value);
    return `    ${/^[A-Za-z]+$/u.test(name) ? name : JSON.stringify(name)}: ${written},`;
  });
  const lines = [
    `const response = await fetch(${JSON.stringify(url)}, {`,
    `  method: ${JSON.stringify(operation.method)},`,
  ];
  if (shown.length > 0) lines.push("  headers: {", ...shown, "  },");
  if (body !== "") lines.push(`  body: ${bodyExpression(body)},`);
  lines.push("});", "if (!response.ok) throw new Error((await response.json()).detail);");
  if (operation.responses.some((one) => /^2/u.test(one.status) && Object.keys(one.content).length > 0))
    lines.push("const result = await response.json();");
  return lines.join("\n");
}

function bodyExpression(body: string): string {
  // Text that only begins like JSON would be code.
  if (!/^[{[]/u.test(body) || parseJson(body) === undefined) return JSON.stringify(body);
  const indented = body.replace(/^(\s*)"([A-Za-z_][A-Za-z0-9_]*)":/gmu, "$1$2:").replaceAll("\n", "\n  ");
  return `JSON.stringify(${indented})`;
}
