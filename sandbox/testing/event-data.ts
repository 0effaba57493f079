import { messageByType } from "../../specs/engine/catalog/lookup.ts";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import {
  branchesOf,
  type FlatSchema,
  openSchema,
  propertiesOf,
  type SchemaReader,
} from "../../specs/engine/certification/generate/schema.ts";
import { formatOf } from "../../specs/engine/messages/message-format.ts";
import { checkFields } from "./match.ts";

/**
 * What is wanted of an event's data is held against the schema that its message declares for it.
 * @throws TypeError for a field that it doesn't declare, unless it says that there may be others
 */
export function checkData(catalog: Catalog, type: string, want: unknown): void {
  const message = messageByType(catalog, type);
  if (message === undefined) return;
  const { schema, reader } = openSchema(catalog, message.payload);
  const payload = reader.flat(schema);
  const data = formatOf(catalog, message).enveloped ? propertiesOf(payload)["data"] : payload;
  if (data !== undefined) check(want, reader.flat(data), reader, `the data of ${type}`);
}

function check(want: unknown, schema: FlatSchema, reader: SchemaReader, of: string): void {
  if (!isPlainObject(want) || "asymmetricMatch" in want) return;
  const branches = branchesOf(schema, reader);
  const declared = Object.assign({}, ...[schema, ...branches].map(propertiesOf));
  if ([schema, ...branches].some(isOpen) || Object.keys(declared).length === 0) return;
  checkFields(want, Object.keys(declared), of);
  for (const [name, value] of Object.entries(want)) {
    check(value, reader.flat(declared[name]), reader, `${name} in ${of}`);
  }
}

/** It names fields, but others too are meant to be there. */
const isOpen = ({ additionalProperties, patternProperties, if: condition }: FlatSchema): boolean =>
  (additionalProperties !== undefined && additionalProperties !== false) ||
  patternProperties !== undefined ||
  condition !== undefined;
