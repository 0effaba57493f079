import { uuidFrom } from "./generate.ts";
import { textMatching } from "./pattern.ts";
import type { SchemaNode } from "./schemas.ts";

interface IdParts {
  readonly made: string;
  readonly prefix: string;
  readonly next: () => number;
  readonly schema: SchemaNode;
}

const UNIQUE = { least: 12, most: 40 };

/** Ids that have to be of a format. */
const OF_FORMAT: Readonly<Record<string, (parts: IdParts) => string>> = {
  ipv4: ({ next }) => `10.${next() & 255}.${next() & 255}.${1 + (next() % 254)}`,
  email: ({ made }) => `${made}@example.com`,
  uri: ({ made }) => `https://example.com/${made}`,
  hostname: ({ made }) => `${made.replaceAll("_", "-")}.example.com`,
};

function matching(
  { schema: { pattern } }: SchemaNode,
  make: (pattern: string) => string | undefined,
): string | undefined {
  return typeof pattern === "string" ? make(pattern) : undefined;
}

/** The forms that ids have, the usual one first; each gives one that is nobody else's, or nothing where it can't. */
export const ID_FORMS: readonly ((parts: IdParts) => string | undefined)[] = [
  // No id of ours is a UUID: where one is wanted, that needn't be found out each time.
  ({ made, schema }) => (schema.schema["format"] === "uuid" ? undefined : made),
  (parts) => OF_FORMAT[String(parts.schema.schema["format"])]?.(parts),
  ({ next }) => uuidFrom(next),
  ({ next }) => String(1 + (next() % 999_999_999)),
  // Long enough to be the only one of its kind, where the pattern leaves that open.
  ({ schema, next }) => matching(schema, (pattern) => textMatching(pattern, next, UNIQUE)),
  // `^wrk` asks for how an id begins alone.
  ({ schema, next, made }) =>
    matching(schema, (pattern) => {
      const beginning = textMatching(pattern, next);
      return beginning === undefined ? undefined : beginning + made.slice(-12);
    }),
  ({ schema, next }) => matching(schema, (pattern) => textMatching(pattern, next)),
  ({ made, prefix }) => made.slice(prefix.length + 1),
  ({ made }) => made.slice(-8),
];
