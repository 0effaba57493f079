import type { NodeType, Plugin } from "@redocly/openapi-core";
import type { UnplacedFinding } from "../finding.ts";
import { isPlainObject, type PlainObject, pointerTokens } from "../pointer.ts";
import type { SpecDocument } from "../types.ts";

/** Names a version that no rule is known for, such as `3.0`, which is served as if it were whole. */
export function checkVersion(
  { path, kind }: SpecDocument,
  content: unknown,
  detect: (content: unknown) => unknown,
): UnplacedFinding | undefined {
  try {
    detect(content);
    return undefined;
  } catch {
    const version = (content as PlainObject)[kind];
    return {
      document: path,
      pointer: `/${kind}`,
      severity: "error",
      code: "spec.structure",
      message: `\`${kind}: ${JSON.stringify(version)}\` is no version of the standard that is known here: the structure of the document isn't checked.`,
      fix: `Write the whole version as a text, such as \`${kind}: "${WHOLE_VERSIONS[kind]}"\`.`,
    };
  }
}

const WHOLE_VERSIONS: Partial<Record<string, string>> = {
  openapi: "3.0.4",
  asyncapi: "3.0.0",
  arazzo: "1.0.1",
};

/** What AsyncAPI 3 has and the types of the rule lack. */
export const COMPLETED: Plugin = {
  id: "completed",
  typeExtension: {
    async3: (types) => ({
      ...types,
      Schema: withProperties(types["Schema"], { discriminator: { type: "string" } }),
      Server: withProperties(types["Server"], { title: { type: "string" }, summary: { type: "string" } }),
    }),
  },
};

function withProperties(type: NodeType | undefined, properties: NodeType["properties"]): NodeType {
  return { ...type, properties: { ...type?.properties, ...properties } };
}

/**
 * What the standards allow and the rule doesn't know: in AsyncAPI 3 a schema in a format of its own, a channel without an
 * address, and schemas that are a boolean.
 */
export function isAllowed({ kind, content }: SpecDocument, pointer: string, message: string): boolean {
  if (kind !== "asyncapi") return false;
  if (message === "Expected type `Schema` (object) but got `boolean`") return true;
  const tokens = pointerTokens(pointer);
  let node: unknown = content;
  for (const token of tokens) {
    if (isPlainObject(node) && typeof node["schemaFormat"] === "string" && token === "schema") return true;
    node = isPlainObject(node) || Array.isArray(node) ? (node as PlainObject)[token] : undefined;
  }
  return node === null && tokens.at(-1) === "address";
}
