import type { NamedKeyword } from "./keyword.ts";
import { compositionKeywords } from "./keywords/composition.ts";
import { listKeywords } from "./keywords/lists.ts";
import { objectKeywords } from "./keywords/objects.ts";
import { scalarKeywords } from "./keywords/scalars.ts";

/**
 * The keywords of JSON Schema 2020-12 in the order in which Ajv asks them, with its words. What isn't here says nothing
 * about a value.
 */
export const keywords: readonly NamedKeyword[] = [
  ...scalarKeywords,
  ...compositionKeywords,
  ...listKeywords,
  ...objectKeywords,
];
