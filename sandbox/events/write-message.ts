import { isJsonType, isXmlType } from "../../specs/engine/catalog/exchange/media-type.ts";
import { XmlLayout } from "../../specs/engine/catalog/exchange/xml-body.ts";
import { documentByPath } from "../../specs/engine/catalog/lookup.ts";
import { resolvePointer } from "../../specs/engine/catalog/pointer.ts";
import type { Catalog, Message } from "../../specs/engine/catalog/types.ts";
import { formatOf } from "../../specs/engine/messages/message-format.ts";
import { isText, represent } from "../pipeline/representation.ts";
import { xmlTextOf } from "../pipeline/tabular.ts";

/**
 * The payload of a message as the body that its content type promises: JSON, XML as its schema lays it out, or the text
 * that it is. JSON too where nobody here can write the type.
 */
export function writeMessage(catalog: Catalog, message: Message, payload: unknown): string {
  const { contentType } = formatOf(catalog, message);
  if (isJsonType(contentType)) return JSON.stringify(payload);
  const isWritten = typeof payload === "string" && !(isXmlType(contentType) && !/^\s*</.test(payload));
  if (isWritten) return payload;
  if (isXmlType(contentType)) return xmlOf(catalog, message, payload);
  return isText(contentType) ? represent(payload, contentType) : JSON.stringify(payload);
}

function xmlOf(catalog: Catalog, { id, payload: { document, pointer } }: Message, payload: unknown): string {
  const content = documentByPath(catalog, document)?.content;
  return xmlTextOf(new XmlLayout(content).write(resolvePointer(content, pointer), id, payload));
}
