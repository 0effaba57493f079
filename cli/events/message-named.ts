import type { Catalog, Message } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { findMessage } from "../../specs/engine/messages/find-message.ts";

/** The message that the user named by its type, its id, or its domain event. @throws EcoError ECO_USAGE */
export function messageNamed(catalog: Catalog, asked: string): Message {
  const found = findMessage(catalog, asked);
  if (!("detail" in found)) return found;
  const { detail, instead } = found;
  throw new EcoError("ECO_USAGE", detail, { fix: `${instead.charAt(0).toUpperCase()}${instead.slice(1)}.` });
}
