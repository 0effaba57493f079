import { isJsonType } from "../catalog/exchange/media-type.ts";
import type { Catalog, Operation } from "../catalog/types.ts";
import { openSchema, propertiesOf, type SchemaReader, typesOf } from "../certification/generate/schema.ts";
import type { AnswerPlace } from "./types.ts";

/** The schema of what an operation answers with in JSON when it succeeds; undefined where it declares none. */
export function answerSchema(
  catalog: Catalog,
  { responses }: Operation,
): { readonly schema: unknown; readonly reader: SchemaReader } | undefined {
  const success = responses.find(({ status }) => status.startsWith("2"));
  const media = Object.entries(success?.content ?? {}).find(([type]) => isJsonType(type))?.[1];
  return media?.schema === undefined ? undefined : openSchema(catalog, media.schema);
}

/** `string`, `integer`, … of a value in an operation's answer; `string` where nobody says. */
export function typeAt(catalog: Catalog, operation: Operation, place: AnswerPlace): string {
  const answer = "header" in place ? undefined : answerSchema(catalog, operation);
  if (answer === undefined || "header" in place) return "string";
  const inner = place.path.reduce<unknown>(
    (schema, key) =>
      typeof key === "number"
        ? answer.reader.flat(schema)["items"]
        : propertiesOf(answer.reader.flat(schema))[key],
    answer.schema,
  );
  return typesOf(answer.reader.flat(inner)).find((type) => type !== "null") ?? "string";
}
