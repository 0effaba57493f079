import { isPlainObject, type PlainObject, resolvePointer } from "../../catalog/pointer.ts";
import type { Catalog, Message, SchemaRef } from "../../catalog/types.ts";

function objects(value: unknown): PlainObject[] {
  const list = Array.isArray(value) ? value : isPlainObject(value) ? Object.values(value) : [];
  return list.filter(isPlainObject);
}

/** Where the thing stands that a chain of references leads to, `#/channels/…` included. */
function target(content: unknown, reference: PlainObject): string | undefined {
  let pointer: string | undefined;
  let at: unknown = reference;
  for (let hops = 0; hops < 8 && isPlainObject(at) && typeof at["$ref"] === "string"; hops += 1) {
    pointer = at["$ref"].replace(/^#/, "");
    at = resolvePointer(content, pointer);
  }
  return pointer;
}

interface Replied {
  readonly sent: readonly string[];
  readonly replies: readonly string[];
}

/** The messages of each operation of a document that expects an answer, and those of the answer, as pointers. */
function repliedIn(content: PlainObject): Replied[] {
  return objects(content["operations"]).flatMap((operation) => {
    const reply = operation["reply"];
    if (!isPlainObject(reply)) return [];
    const pointers = (list: unknown): string[] => objects(list).flatMap((one) => target(content, one) ?? []);
    return [{ sent: pointers(operation["messages"]), replies: pointers(reply["messages"]) }];
  });
}

export function contentOf(catalog: Catalog, document: string): PlainObject {
  return catalog.documents.find((one) => one.path === document)?.content ?? {};
}

/** Is it an answer to a message rather than one that is sent? */
export function isReply(message: Message, catalog: Catalog): boolean {
  return repliedIn(contentOf(catalog, message.document)).some((one) => one.replies.includes(message.pointer));
}

/** Schemas of the answers that a message asks for; none where any 2xx will do. */
export function repliesTo(message: Message, catalog: Catalog): SchemaRef[] {
  const content = contentOf(catalog, message.document);
  const pointers = repliedIn(content)
    .filter((one) => one.sent.includes(message.pointer))
    .flatMap((one) => one.replies);
  return pointers.flatMap((pointer) => {
    const known = catalog.messages.find(
      (one) => one.document === message.document && one.pointer === pointer,
    );
    return known === undefined ? [] : [known.payload];
  });
}
