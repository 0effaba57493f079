import { isPlainObject } from "../catalog/pointer.ts";
import type { Catalog, Message } from "../catalog/types.ts";
import {
  branchesOf,
  type FlatSchema,
  openSchema,
  type SchemaReader,
} from "../certification/generate/schema.ts";
import { oncePer } from "../once-per.ts";

export interface MessageFormat {
  /** The payload is a CloudEvent around `data`; otherwise it is the data itself. */
  readonly enveloped: boolean;
  /** As the document declares it. */
  readonly contentType: string;
}

/** How a message goes over the wire, by the document that declares it. */
export const formatOf = (catalog: Catalog, message: Message): MessageFormat => formatsOf(catalog)(message);

const formatsOf = oncePer((catalog: Catalog) =>
  oncePer((message: Message): MessageFormat => {
    const { schema, reader } = openSchema(catalog, message.payload);
    const enveloped = !isWhole(message) && isEnvelope(reader.flat(schema), reader);
    const fallback = enveloped ? "application/cloudevents+json" : "application/json";
    return { enveloped, contentType: message.contentType ?? fallback };
  }),
);

/** What an OpenAPI document sends of its own accord is made from its schema as a whole, an envelope included. */
const isWhole = ({ channel, event }: Message): boolean =>
  event === undefined && (channel === "webhooks" || channel === "callbacks");

const MAX_DEPTH = 8;

/**
 * An envelope declares its `data` and says what it is; a schema that declares nothing may be one. Where there are
 * alternatives, each has to be one.
 */
function isEnvelope(schema: FlatSchema, reader: SchemaReader, depth = 0): boolean {
  const { properties, type } = schema;
  if (isPlainObject(properties))
    return "data" in properties && ("type" in properties || "specversion" in properties);
  const branches = depth > MAX_DEPTH ? [] : branchesOf(schema, reader);
  return type === undefined && branches.every((branch) => isEnvelope(branch, reader, depth + 1));
}
