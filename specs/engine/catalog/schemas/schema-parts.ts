import { follow } from "../follow.ts";
import { isPlainObject, type PlainObject } from "../pointer.ts";

/**
 * The schemas with the parts of their `allOf`, `anyOf` and `oneOf`, references followed: all that a value may be described
 * by, each part once, a whole before its parts.
 * @param beside keyword that also counts where it stands beside a reference: as a part of its own, before what is referred to
 */
export function partsOf(document: unknown, schemas: readonly unknown[], beside?: string): PlainObject[] {
  const found = new Set<PlainObject>();
  const visit = (schema: unknown): void => {
    const node = follow(document, schema, "")?.node;
    if (beside !== undefined && schema !== node && isPlainObject(schema) && beside in schema)
      found.add({ [beside]: schema[beside] });
    if (!isPlainObject(node) || found.has(node)) return;
    found.add(node);
    for (const keyword of ["allOf", "anyOf", "oneOf"]) {
      const parts = node[keyword];
      if (Array.isArray(parts)) for (const part of parts) visit(part);
    }
  };
  for (const schema of schemas) visit(schema);
  return [...found];
}
