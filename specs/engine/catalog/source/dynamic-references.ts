import { normalisePointer } from "../follow.ts";
import { isPlainObject, type PlainObject, pointerOf, resolvePointer } from "../pointer.ts";
import { identifiedNodes, referenceTo } from "./identifiers.ts";

/** Pointers to what fills the blanks of a generic schema, by the name of the blank. */
type Fillings = ReadonlyMap<string, string>;

/**
 * Gives each schema that refers to a generic one a copy of it with the blanks filled in, in place: a `$dynamicRef` leads
 * to what the schema on the way there has under that `$dynamicAnchor`, and to the nearest default where nothing has.
 * After `placeIdentifiers`; no `$dynamicRef` is left.
 */
export function fillDynamicReferences(root: unknown): void {
  const nodes = [...identifiedNodes(root)];
  if (!nodes.some(({ node }) => "$dynamicRef" in node)) return;
  for (const { node, pointer } of nodes) {
    const ref = node["$ref"];
    const fillings = fillingsOf(node, pointer);
    if (typeof ref !== "string" || fillings.size === 0) continue;
    const copy = new Filler(root, fillings).copyOf(ref);
    if (copy === undefined) continue;
    delete node["$ref"];
    node["allOf"] = [...listOf(node["allOf"]), copy];
  }
  const after = [...identifiedNodes(root)];
  const anchors = after.filter(({ node }) => typeof node["$dynamicAnchor"] === "string");
  for (const { node, pointer } of after) {
    const name = blankOf(node);
    if (name === undefined) continue;
    delete node["$dynamicRef"];
    const named = anchors.filter((anchor) => anchor.node["$dynamicAnchor"] === name);
    const [nearest] = named.toSorted(
      (one, other) => shared(other.pointer, pointer) - shared(one.pointer, pointer),
    );
    if (nearest !== undefined) node["$ref"] ??= referenceTo(nearest.pointer);
  }
  for (const { node } of after) delete node["$dynamicAnchor"];
}

/** The name of the blank that a schema is. */
function blankOf({ $dynamicRef: ref }: PlainObject): string | undefined {
  return typeof ref === "string" ? ref.slice(ref.indexOf("#") + 1) : undefined;
}

/** What a schema has to fill blanks with: itself, and its definitions. */
function fillingsOf(node: PlainObject, pointer: string): Fillings {
  const { $dynamicAnchor: own, $defs: defs } = node;
  const found = new Map<string, string>();
  for (const [key, inner] of isPlainObject(defs) ? Object.entries(defs) : []) {
    const name = isPlainObject(inner) ? inner["$dynamicAnchor"] : undefined;
    if (typeof name === "string") found.set(name, `${pointer}/$defs${pointerOf(key)}`);
  }
  if (typeof own === "string") found.set(own, pointer);
  return found;
}

/** How many characters two pointers begin with alike. */
function shared(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** Copies generic schemas for one who fills their blanks. */
class Filler {
  readonly #root: unknown;
  readonly #fillings: Fillings;
  /** A generic schema inside itself stays what it is there. */
  readonly #inside = new Set<string>();

  constructor(root: unknown, fillings: Fillings) {
    this.#root = root;
    this.#fillings = fillings;
  }

  /** Undefined where the schema, as far as it goes, has none of the blanks. */
  copyOf(ref: string): unknown {
    const target = resolvePointer(this.#root, normalisePointer(ref));
    if (!isPlainObject(target) || this.#inside.has(ref)) return undefined;
    this.#inside.add(ref);
    const copy = this.#copy(target);
    this.#inside.delete(ref);
    return JSON.stringify(copy) === JSON.stringify(target) ? undefined : copy;
  }

  #copy(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#copy(item));
    if (!isPlainObject(value)) return value;
    const filling = this.#fillings.get(blankOf(value) ?? "");
    if (filling !== undefined) return { $ref: referenceTo(filling) };
    // What it fills blanks with by default, and what it is called, is the original's.
    const { $ref: ref, $id: _id, $anchor: _anchor, $dynamicAnchor: _dynamic, ...rest } = value;
    const copy: Record<string, unknown> = {};
    for (const [key, child] of Object.entries(rest)) copy[key] = this.#copy(child);
    const inner = typeof ref === "string" ? this.copyOf(ref) : undefined;
    if (inner !== undefined) copy["allOf"] = [...listOf(copy["allOf"]), inner];
    else if (ref !== undefined) copy["$ref"] = ref;
    return copy;
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
