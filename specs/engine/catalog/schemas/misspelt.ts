import { meant } from "../../suggest.ts";
import { schemaAt } from "../lookup.ts";
import { isPlainObject } from "../pointer.ts";
import type { Catalog } from "../types.ts";
import type { Violation } from "./violation.ts";

/** What a violation says, and of a property that its schema doesn't have, which of those that it has may have been meant. */
export function withMeant({ message, unknown, schemaPointer }: Violation, catalog: Catalog): string {
  const [document = "", place = ""] = schemaPointer.split("#");
  const end = place.lastIndexOf("/");
  if (unknown === undefined || end === -1) return message;
  const schema = schemaAt(catalog, { document, pointer: place.slice(0, end) });
  const properties = isPlainObject(schema) ? schema["properties"] : undefined;
  return isPlainObject(properties) ? message + meant(unknown, Object.keys(properties)) : message;
}
