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

/** The forms that ids have, the usual one first; each gives one that is nobody else's, or nothing where it can't. */
export const ID_FORMS: readonly ((parts: IdParts) => string | undefined)[] = [
  // No id of ours is a UUID: where one is wanted, that needn't be found out each time.
  ({ made, schema }) => (schema.schema["format"] === "uuid" ? undefined : made),
  ({ next }) => uuidFrom(next),
  ({ next }) => String(1 + (next() % 999_999_999)),
  ({ schema, next }) => {
    const { pattern } = schema.schema;
    // Long enough to be the only one of its kind, where the pattern leaves that open.
    return typeof pattern === "string"
      ? (textMatching(pattern, next, UNIQUE) ?? textMatching(pattern, next))
      : undefined;
  },
  ({ made, prefix }) => made.slice(prefix.length + 1),
  ({ made }) => made.slice(-8),
];
