import { isHeaderName, isHeaderValue } from "../catalog/exchange/header-field.ts";
import { isPlainObject } from "../catalog/pointer.ts";
import type { Catalog, Message } from "../catalog/types.ts";
import { sample } from "../certification/generate/sample.ts";
import { openSchema } from "../certification/generate/schema.ts";
import { createRandom } from "../certification/random.ts";

/** What the signature, the body and the connection say, whatever a document declares. */
const OWN =
  /^(webhook-.*|content-(type|length|encoding)|transfer-encoding|host|connection|keep-alive|upgrade|te|trailer|expect|user-agent|date|proxy-.*)$/i;

/**
 * The headers that a message declares: those of its first example, else made from their schema, the same ones for the
 * same seed. What HTTP can't carry, and what the dispatch sets itself, is left out.
 */
export function messageHeaders(
  catalog: Catalog,
  { headers, headerExamples }: Message,
  seed: string,
): Readonly<Record<string, string>> {
  const declared = headerExamples?.[0] ?? (headers && made(catalog, headers, seed));
  if (!isPlainObject(declared)) return {};
  const fields = Object.entries(declared)
    .filter(([name, value]) => isHeaderName(name) && !OWN.test(name) && value !== null)
    .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const);
  return Object.fromEntries(fields.filter(([, value]) => isHeaderValue(value)));
}

function made(catalog: Catalog, headers: NonNullable<Message["headers"]>, seed: string): unknown {
  const { schema, reader } = openSchema(catalog, headers);
  return sample(schema, { reader, random: createRandom(seed), full: true, direction: "answer" });
}
