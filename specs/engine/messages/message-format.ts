import { isPlainObject } from "../catalog/pointer.ts";
import type { Catalog, Message } from "../catalog/types.ts";
import { openSchema } from "../certification/generate/schema.ts";
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
    const enveloped = !isWhole(message) && isEnvelope(catalog, message);
    const fallback = enveloped ? "application/cloudevents+json" : "application/json";
    return { enveloped, contentType: message.contentType ?? fallback };
  }),
);

/** What an OpenAPI document sends of its own accord is made from its schema as a whole, an envelope included. */
const isWhole = ({ channel, event }: Message): boolean =>
  event === undefined && (channel === "webhooks" || channel === "callbacks");

/** An envelope declares its `data` and says what it is; a schema that declares nothing may be one. */
function isEnvelope(catalog: Catalog, message: Message): boolean {
  const { schema, reader } = openSchema(catalog, message.payload);
  const { properties, type } = reader.flat(schema);
  if (!isPlainObject(properties)) return type === undefined;
  return "data" in properties && ("type" in properties || "specversion" in properties);
}
