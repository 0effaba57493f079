/** Members that say something to readers alone. */
const WORDS = new Set(["description", "summary", "$comment"]);

/** What stands in them is data, whatever its members are called. */
const DATA = new Set(["default", "const", "enum", "example", "mapping", "scopes"]);

/** Maps whose keys are names, which may be any of the above. */
const NAMED = new Set([
  ...["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"],
  ...[
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
  ],
  ...["paths", "pathItems", "webhooks", "content", "encoding", "variables"],
  ...["channels", "operations", "messages", "messageTraits", "operationTraits", "replies", "replyAddresses"],
]);

/**
 * An OpenAPI or AsyncAPI document without descriptions and without the examples of its bodies and parameters; everything
 * else keeps its place. Examples of schemas stay: values are made of them.
 */
export const withoutWords = <T>(document: T): T => lean(document, false) as T;

function lean(value: unknown, areNames: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => lean(item, false));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if (areNames) return Object.fromEntries(entries.map(([name, item]) => [name, lean(item, false)]));
  return Object.fromEntries(
    entries.flatMap(([key, item]) => (isWords(key, item) ? [] : [[key, leanMember(key, item)]])),
  );
}

function leanMember(key: string, item: unknown): unknown {
  return DATA.has(key) || key.startsWith("x-") || key === "examples" ? item : lean(item, NAMED.has(key));
}

const isWords = (key: string, item: unknown): boolean =>
  (WORDS.has(key) && typeof item === "string") || (key === "examples" && !Array.isArray(item));
