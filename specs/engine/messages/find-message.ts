import { documentsOf, messageByEvent, messageByType } from "../catalog/lookup.ts";
import { unsendableMessages } from "../catalog/read/asyncapi.ts";
import type { Catalog, Message } from "../catalog/types.ts";

export interface NoMessage {
  /** What is wrong with what was asked for: `There is no message lit.` */
  readonly detail: string;
  /** What to ask for instead: `use one of a, b`. */
  readonly instead: string;
}

/** The message that a type, the name of a domain event or an id in the document means, or why there is none. */
export function findMessage(catalog: Catalog, asked: string): Message | NoMessage {
  const found =
    messageByType(catalog, asked) ??
    messageByEvent(catalog, asked) ??
    catalog.messages.find(({ id }) => id === asked);
  if (found !== undefined) return found;
  const known = catalog.messages.map(({ event, type }) => event ?? type).join(", ");
  const reasons = documentsOf(catalog, "asyncapi").map((document) => unsendableMessages(document).get(asked));
  return {
    detail: reasons.find((reason) => reason !== undefined) ?? `There is no message ${asked}.`,
    instead: known === "" ? "use a spec set with an AsyncAPI document" : `use one of ${known}`,
  };
}
