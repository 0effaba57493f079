import { isJsonType } from "../catalog/exchange/media-type.ts";
import { text as asText, writeBody } from "../catalog/exchange/write-body.ts";
import { isPlainObject } from "../catalog/pointer.ts";
import { validatorsOf } from "../catalog/schemas/schema-validator.ts";
import type { Catalog, MediaType, Operation, Parameter } from "../catalog/types.ts";
import { sample } from "../certification/generate/sample.ts";
import { openSchema } from "../certification/generate/schema.ts";
import { enriched } from "../certification/provider/base.ts";
import { createRandom } from "../certification/random.ts";
import { written, writtenJson } from "./markers.ts";
import { identifier } from "./names.ts";
import type { Body, Part } from "./types.ts";

type Side = "request" | "answer";

/** The document's first valid example, else a value made from the schema: the same each time. Undefined where neither is there. */
export function exampleValue(catalog: Catalog, media: MediaType, seed: string, side: Side): unknown {
  const { schema: ref } = media;
  const examples = Object.values(media.examples);
  if (ref === undefined) return examples[0];
  const violations = validatorsOf(catalog).get(ref, side === "request" ? "request" : "response");
  const fits = (value: unknown): boolean => value !== undefined && violations(value).length === 0;
  const example = examples.find(fits);
  if (example !== undefined) return example;
  const { schema, reader } = openSchema(catalog, ref);
  const [full, least] = [true, false].map((all) =>
    sample(schema, { reader, random: createRandom(seed), full: all, direction: side }),
  );
  if (fits(full)) return full;
  return fits(least) ? enriched(least, full, fits) : (examples[0] ?? full);
}

/** A value of a parameter: its example, else one made from its schema; never an empty list, which would say nothing. */
export function parameterExample(catalog: Catalog, parameter: Parameter, seed: string): unknown {
  const [example] = Object.values(parameter.examples);
  if (example !== undefined) return example;
  if (parameter.schema === undefined) return parameter.name;
  const { schema, reader } = openSchema(catalog, parameter.schema);
  const random = createRandom(`${seed} ${parameter.in} ${parameter.name}`);
  const value = sample(schema, { reader, random, full: false, direction: "request" });
  const empty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return empty ? sample(schema, { reader, random, full: true, direction: "request" }) : value;
}

/**
 * The body that an operation is called with, in JSON where it takes that; undefined where it takes none.
 * @param chained puts variables into the value
 */
export function exampleBody(
  catalog: Catalog,
  operation: Operation,
  chained: (value: unknown) => unknown,
): Body | undefined {
  const entries = Object.entries(operation.requestBody?.content ?? {});
  const [mediaType, media] = entries.find(([type]) => isJsonType(type)) ?? entries[0] ?? [];
  if (mediaType === undefined || media === undefined) return undefined;
  const type = concrete(mediaType);
  const value = chained(exampleValue(catalog, media, operation.id, "request"));
  // Text without an example would be a name for a format that nobody here knows.
  const isGuessed = type.includes("xml") && Object.keys(media.examples).length === 0;
  return bodyOf({ catalog, operation, type, media, isGuessed }, value);
}

interface BodyParts {
  readonly catalog: Catalog;
  readonly operation: Operation;
  readonly type: string;
  readonly media: MediaType;
  /** Not to be written where it is text. */
  readonly isGuessed: boolean;
}

/** A value as the body of a request, in the words of its media type; variables in it are marked. */
export function bodyOf(parts: BodyParts, value: unknown): Body {
  const { catalog, operation, type, media, isGuessed } = parts;
  if (type.startsWith("multipart/form-data"))
    return { kind: "multipart", mediaType: type, fields: partsOf(catalog, media, value) };
  const text =
    typeof value === "string" && !isJsonType(type) ? value : writeBody(type, value, media.encoding);
  if (type.startsWith("application/x-www-form-urlencoded")) {
    const fields = [...new URLSearchParams(text ?? "")].map(([name, one]) => ({ name, value: written(one) }));
    return { kind: "form", mediaType: type, fields };
  }
  if (isJsonType(type)) return { kind: "text", mediaType: type, text: writtenJson(value) };
  const readable = type.startsWith("text/") || /[/+]xml($|;)/.test(type);
  if (readable && text !== undefined && !isGuessed)
    return { kind: "text", mediaType: type, text: written(text) };
  return {
    kind: "file",
    mediaType: type,
    file: `./${identifier(operation.id, "body")}.${extensionOf(type)}`,
  };
}

/** A range says nothing that can be sent. */
const concrete = (type: string): string =>
  type === "*/*" ? "application/json" : type.includes("*") ? "application/octet-stream" : type;

const extensionOf = (type: string): string =>
  /[/+]xml/.test(type) ? "xml" : (/^(?:image|audio|video|text)\/([a-z0-9]+)$/.exec(type)?.[1] ?? "bin");

function partsOf(catalog: Catalog, media: MediaType, value: unknown): Part[] {
  const { schema, reader } = media.schema
    ? openSchema(catalog, media.schema)
    : { schema: {}, reader: undefined };
  const flat = reader?.flat(schema) ?? {};
  const properties = isPlainObject(flat["properties"]) ? flat["properties"] : {};
  const names = Object.keys(isPlainObject(value) ? { ...properties, ...value } : properties);
  return names.flatMap((name): Part[] => {
    const declared = reader?.flat(properties[name]) ?? {};
    const items = reader?.flat(declared["items"] ?? {}) ?? {};
    if (isBinary(declared) || isBinary(items))
      return [{ name, content: { file: `./${identifier(name, "file")}.bin` } }];
    const given = isPlainObject(value) ? value[name] : undefined;
    return given === undefined ? [] : [{ name, content: { text: written(asText(given)) } }];
  });
}

/** As OpenAPI 3.0 has it, and as 3.1 does. */
const isBinary = (schema: { readonly [keyword: string]: unknown }): boolean =>
  schema["format"] === "binary" || schema["contentMediaType"] === "application/octet-stream";
