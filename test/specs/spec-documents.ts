import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { parse } from "yaml";

/** The documents are read as they stand, without the engine, so that a fault of the engine can't hide one of theirs. */
export type Node = { readonly [key: string]: unknown };

const root = join(import.meta.dirname, "../../specs");
const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const nodeAt = (node: Node, key: string): Node => (isNode(node[key]) ? node[key] : {});
export const nodesAt = (node: Node, key: string): Node[] =>
  Array.isArray(node[key]) ? node[key].filter(isNode) : [];
export const textsAt = (node: Node, key: string): string[] =>
  Array.isArray(node[key]) ? node[key].filter((item) => typeof item === "string") : [];

function filesOf(directory: string): string[] {
  return readdirSync(join(root, directory), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => join(directory, file))
    .sort();
}

function read(file: string): Node {
  const value: unknown = parse(readFileSync(join(root, file), "utf8"));
  if (!isNode(value)) throw new Error(`${file} holds no object`);
  return value;
}

export const documents = new Map(
  ["agreements", "arazzo", "asyncapi", "certification", "metrics", "openapi", "rate-cards"]
    .flatMap(filesOf)
    .concat("ecosystem.yaml")
    .map((file) => [file, read(file)]),
);
export const under = (directory: string): [string, Node][] =>
  [...documents].filter(([file]) => file.startsWith(`${directory}/`));

export const ajv = new Ajv2020({ allErrors: true, strict: false });
formats.default(ajv);
for (const [file, document] of documents) ajv.addSchema(document, file);

export const pointerOf = (...tokens: readonly (string | number)[]): string =>
  tokens
    .map((token) => `/${encodeURIComponent(String(token).replaceAll("~", "~0").replaceAll("/", "~1"))}`)
    .join("");

/** What is wrong with a value by the schema at a place in a document; empty when it is valid. */
export function violations(file: string, pointer: string, value: unknown): string[] {
  const validate = ajv.compile({ $ref: `${file}#${pointer}` });
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath || "/"} ${error.message ?? error.keyword}`,
  );
}

/** Follows references within the document; gives the place of what they lead to. */
export function follow(
  document: Node,
  tokens: readonly (string | number)[],
): { node: Node; tokens: string[] } {
  let node: unknown = document;
  let place: string[] = [];
  for (const token of tokens) {
    node = isNode(node) ? node[token] : undefined;
    place.push(String(token));
    if (isNode(node) && typeof node["$ref"] === "string") {
      const target = node["$ref"].slice("#/".length).split("/");
      ({ node, tokens: place } = follow(document, target.map(decode)));
    }
  }
  return { node: isNode(node) ? node : {}, tokens: place };
}

const decode = (token: string): string => token.replaceAll("~1", "/").replaceAll("~0", "~");

export interface Operation {
  readonly file: string;
  readonly document: Node;
  readonly tokens: readonly string[];
  readonly id: string;
  readonly node: Node;
}

export const operations: Operation[] = under("openapi").flatMap(([file, document]) =>
  Object.entries(nodeAt(document, "paths")).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const node = isNode(item) ? item[method] : undefined;
      if (!isNode(node)) return [];
      return [{ file, document, tokens: ["paths", path, method], id: String(node["operationId"]), node }];
    }),
  ),
);

/** A JSON Schema of `specs/schemas`. */
export function schemaOf(name: string): Node {
  const schema: unknown = JSON.parse(readFileSync(join(root, "schemas", `${name}.schema.json`), "utf8"));
  if (!isNode(schema)) throw new Error(`the schema of ${name} is no object`);
  return schema;
}
