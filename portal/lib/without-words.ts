import { dataKeywords, namingKeywords } from "../../specs/engine/catalog/source/references.ts";

/** Members that say something to readers alone. */
const WORDS = new Set(["description", "summary", "$comment"]);

/** Maps whose keys are names, which may be any of the above. */
const NAMED = new Set([...namingKeywords, "mapping", "scopes", "encoding"]);

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
  return dataKeywords.has(key) || key.startsWith("x-") || key === "examples"
    ? item
    : lean(item, NAMED.has(key));
}

const isWords = (key: string, item: unknown): boolean =>
  (WORDS.has(key) && typeof item === "string") || (key === "examples" && !Array.isArray(item));
