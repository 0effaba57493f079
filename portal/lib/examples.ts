import type { MediaType, Operation, Parameter } from "../../specs/engine/catalog/types.ts";
import { prettyJson } from "./code.ts";
import type { CommandPage } from "./commands.ts";
import { isObject, object, text } from "./json.ts";
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

/** One request to the operation, with the document's own examples in place of values. */
export function callOf(operation: Operation, site: Site): Call {
  const server = serverOf(site.document(operation.document)).replace(/\/$/u, "");
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
    headers.push(["Authorization", "Bearer $TOKEN"]);
  for (const parameter of operation.parameters) {
    const wanted = parameter.required || parameter.name.toLowerCase() === "idempotency-key";
    if (parameter.in === "header" && wanted) headers.push([parameter.name, exampleOf(parameter)]);
  }
  const media = preferredMedia(operation.requestBody?.content ?? {});
  const body = media === undefined ? "" : bodyText(media[0], examplesOf(media[1], site.source)[0]?.value);
  if (media !== undefined) headers.push(["Content-Type", media[0]]);
  return { url: `${server}${path}${query === "" ? "" : `?${query}`}`, headers, body };
}

function bodyText(type: string, value: unknown): string {
  if (type === "application/x-www-form-urlencoded") {
    const pairs = Object.entries(object(value)).map(([key, one]) => [key, String(one)] as const);
    return new URLSearchParams(pairs.map(([key, one]): [string, string] => [key, one])).toString();
  }
  return typeof value === "string" ? value : prettyJson(value);
}

/** The call as a curl command. */
export function curlOf(operation: Operation, site: Site): string {
  const { url, headers, body } = callOf(operation, site);
  const method = operation.method === "GET" ? "" : ` -X ${operation.method}`;
  const lines = [`curl${method} "${url}"`, ...headers.map(([name, value]) => `-H "${name}: ${value}"`)];
  if (body !== "") lines.push(`-d '${body.replaceAll("'", "'\\''")}'`);
  return lines.join(" \\\n  ");
}

/** The call in TypeScript, by the platform's own fetch. */
export function typeScriptOf(operation: Operation, site: Site): string {
  const { url, headers, body } = callOf(operation, site);
  const shown = headers.map(([name, value]) => {
    const written = value.includes("$TOKEN") ? "`Bearer $" + "{token}`" : JSON.stringify(value);
    return `    ${/^[A-Za-z]+$/u.test(name) ? name : JSON.stringify(name)}: ${written},`;
  });
  const lines = [
    `const response = await fetch(${JSON.stringify(url)}, {`,
    `  method: "${operation.method}",`,
  ];
  if (shown.length > 0) lines.push("  headers: {", ...shown, "  },");
  if (body !== "") lines.push(`  body: ${bodyExpression(body)},`);
  lines.push("});", "if (!response.ok) throw new Error((await response.json()).detail);");
  if (operation.responses.some((one) => /^2/u.test(one.status) && Object.keys(one.content).length > 0))
    lines.push("const result = await response.json();");
  return lines.join("\n");
}

function bodyExpression(body: string): string {
  if (!body.startsWith("{") && !body.startsWith("[")) return JSON.stringify(body);
  const indented = body.replace(/^(\s*)"([A-Za-z_][A-Za-z0-9_]*)":/gmu, "$1$2:").replaceAll("\n", "\n  ");
  return `JSON.stringify(${indented})`;
}

/** The command of the toolkit that calls the operation, where there is one named like its capability. */
export function commandOf(operation: Operation, commands: readonly CommandPage[]): CommandPage | undefined {
  const capability = operation.capability?.name ?? "";
  return commands.find((command) => capability !== "" && command.id === capability.replaceAll(".", ":"));
}
