import { text } from "../../catalog/exchange/write-body.ts";
import { isPlainObject } from "../../catalog/pointer.ts";
import { propertiesOf, type SchemaReader, typesOf } from "../generate/schema.ts";

/** What a text may stand for: itself where the schema takes texts, else the JSON value that it spells. */
function readText(value: unknown, types: readonly string[]): unknown {
  const sent = text(value);
  if (types.length === 0 || types.includes("string")) return sent;
  try {
    return JSON.parse(sent);
  } catch {
    return sent;
  }
}

/** The value that the reader of a form has: `1` sent for a text can't be told from `"1"`, and nothing but an object can be sent. */
export function readForm(value: unknown, schema: unknown, reader: SchemaReader): unknown {
  if (!isPlainObject(value)) return {};
  const properties = propertiesOf(reader.flat(schema));
  const fields = Object.entries(value).flatMap(([name, item]) => {
    const property = reader.flat(properties[name]);
    const isList = typesOf(property).includes("array");
    const types = typesOf(isList ? reader.flat(property["items"]) : property);
    const list = (Array.isArray(item) ? item : [item]).map((one) => readText(one, types));
    // Nothing is sent for an empty list, and a list of one can't be told from its item.
    if (list.length === 0) return [];
    return [[name, isList || list.length > 1 ? list : list[0]]];
  });
  return Object.fromEntries(fields);
}
