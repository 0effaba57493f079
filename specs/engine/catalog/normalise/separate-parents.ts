import { isPlainObject, resolvePointer } from "../pointer.ts";
import type { Report } from "../report.ts";

type Mutable = Record<string, unknown>;

/** A reference by which a schema extends one that has alternatives, itself or what extends it among them. */
interface Extension {
  readonly reference: Mutable;
  readonly parent: Mutable;
}

/**
 * A parent that names its children in `oneOf` or `anyOf`, and children that extend it by `allOf`, ask a value for the same
 * without end. Many programs write documents so, and mean that children extend the parent without its alternatives: so
 * they do from here on.
 *
 * @param schemas all schemas of the document, with their pointers; changed in place
 */
export function separateParents(
  content: unknown,
  schemas: ReadonlyMap<Mutable, string>,
  report: Report,
): void {
  // All are found before one is changed, so that nothing hangs on their order.
  const extensions = [...schemas.keys()].flatMap((parent) => extensionsOf(parent, content));
  for (const { reference, parent } of extensions) {
    if (reference["$ref"] === undefined) continue;
    report.warning(
      schemas.get(reference) ?? "",
      "spec.schema.circle",
      `The schema extends ${schemas.get(parent) ?? "one"}, which asks for this one again among its alternatives, without end.`,
      "Keep the alternatives apart from what they extend; until then they are left out here.",
    );
    const { oneOf: _one, anyOf: _any, discriminator: _told, ...rest } = parent;
    delete reference["$ref"];
    reference["allOf"] = [...listIn(reference, "allOf"), rest];
  }
}

/** The references by which the alternatives of a schema, and what those extend, extend it. */
function extensionsOf(parent: Mutable, content: unknown): Extension[] {
  const found: Extension[] = [];
  const seen = new Set<Mutable>([parent]);
  const queue = [...listIn(parent, "oneOf"), ...listIn(parent, "anyOf")].map((one) => targetOf(one, content));
  for (let child = queue.pop(); queue.length > 0 || child !== undefined; child = queue.pop()) {
    if (child === undefined || seen.has(child)) continue;
    seen.add(child);
    for (const reference of listIn(child, "allOf")) {
      const target = targetOf(reference, content);
      if (target === parent) found.push({ reference, parent });
      else queue.push(target);
    }
  }
  return found;
}

function targetOf({ $ref: ref }: Mutable, content: unknown): Mutable | undefined {
  const target = typeof ref === "string" && ref.startsWith("#") ? resolvePointer(content, ref) : undefined;
  return isPlainObject(target) ? (target as Mutable) : undefined;
}

function listIn(schema: Mutable, keyword: "allOf" | "anyOf" | "oneOf"): readonly Mutable[] {
  const list = schema[keyword];
  return Array.isArray(list) ? list.filter(isPlainObject) : [];
}
