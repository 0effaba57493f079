import { normalisePointer } from "../follow.ts";
import { isPlainObject, type PlainObject, pointerOf, pointerTokens, resolvePointer } from "../pointer.ts";
import { type IdentifiedNode, identifiedNodes, referenceTo } from "./identifiers.ts";

/** Pointers to what fills the blanks of a generic schema, by the name of the blank. */
type Fillings = ReadonlyMap<string, string>;

/** What copies of generic schemas may come to in one document: each use is a copy, and those inside it are too. */
const COPIED_NODES = 200_000;

/**
 * Gives each schema that refers to a generic one a copy of it with the blanks filled in, in place: a `$dynamicRef` leads
 * to what the schema on the way there has under that `$dynamicAnchor`, and to the nearest default where nothing has.
 * After `placeIdentifiers`; no `$dynamicRef` is left. False where the copies would be more than the document can hold.
 */
export function fillDynamicReferences(root: unknown): boolean {
  const nodes = [...identifiedNodes(root)];
  if (!nodes.some(({ node }) => "$dynamicRef" in node)) return true;
  let left = COPIED_NODES;
  for (const { node, pointer } of nodes) {
    const ref = node["$ref"];
    const fillings = fillingsOf(node, pointer);
    if (typeof ref !== "string" || fillings.size === 0) continue;
    const filler = new Filler(root, fillings, left);
    const copy = filler.copyOf(ref);
    left = filler.left;
    if (left < 0) return false;
    if (copy === undefined) continue;
    delete node["$ref"];
    node["allOf"] = [...listOf(node["allOf"]), copy];
  }
  fillWithDefaults([...identifiedNodes(root)]);
  return true;
}

/** Part of a document, with the first schema in it under each `$dynamicAnchor`. */
interface Region {
  readonly below: Map<string, Region>;
  readonly anchors: Map<string, string>;
}

function fillWithDefaults(nodes: readonly IdentifiedNode[]): void {
  const whole: Region = { below: new Map(), anchors: new Map() };
  for (const { node, pointer } of nodes) {
    const name = node["$dynamicAnchor"];
    if (typeof name === "string") addAnchor(whole, name, pointer);
  }
  for (const { node, pointer } of nodes) {
    delete node["$dynamicAnchor"];
    const name = blankOf(node);
    if (name === undefined) continue;
    delete node["$dynamicRef"];
    const nearest = nearestAnchor(whole, name, pointer);
    if (nearest !== undefined) node["$ref"] ??= referenceTo(nearest);
  }
}

function addAnchor(whole: Region, name: string, pointer: string): void {
  let region = whole;
  const add = (): unknown => region.anchors.has(name) || region.anchors.set(name, pointer);
  add();
  for (const token of pointerTokens(pointer)) {
    const next = region.below.get(token) ?? { below: new Map(), anchors: new Map() };
    region.below.set(token, next);
    region = next;
    add();
  }
}

/** The anchor in the smallest region around a place that has one. */
function nearestAnchor(whole: Region, name: string, pointer: string): string | undefined {
  let nearest = whole.anchors.get(name);
  let region: Region | undefined = whole;
  for (const token of pointerTokens(pointer)) {
    region = region?.below.get(token);
    const inside = region?.anchors.get(name);
    if (inside === undefined) break;
    nearest = inside;
  }
  return nearest;
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

/** Copies generic schemas for one who fills their blanks. */
class Filler {
  readonly #root: unknown;
  readonly #fillings: Fillings;
  /** A generic schema inside itself stays what it is there. */
  readonly #inside = new Set<string>();
  /** Known to have no blanks, however one comes there. */
  readonly #plain = new Set<string>();
  #filled = 0;
  #stops = 0;
  #left: number;

  /** @param left how many values may be copied */
  constructor(root: unknown, fillings: Fillings, left: number) {
    this.#root = root;
    this.#fillings = fillings;
    this.#left = left;
  }

  /** Below zero where there were more to copy: then nothing that was copied is whole. */
  get left(): number {
    return this.#left;
  }

  /** Undefined where the schema, as far as it goes, has none of the blanks. */
  copyOf(ref: string): unknown {
    const target = resolvePointer(this.#root, normalisePointer(ref));
    if (!isPlainObject(target) || this.#plain.has(ref)) return undefined;
    if (this.#inside.has(ref)) {
      this.#stops += 1;
      return undefined;
    }
    const [filled, stops] = [this.#filled, this.#stops];
    this.#inside.add(ref);
    const copy = this.#copy(target);
    this.#inside.delete(ref);
    if (this.#filled !== filled) return copy;
    if (this.#stops === stops) this.#plain.add(ref);
    return undefined;
  }

  #copy(value: unknown): unknown {
    this.#left -= 1;
    if (this.#left < 0) return value;
    if (Array.isArray(value)) return value.map((item) => this.#copy(item));
    if (!isPlainObject(value)) return value;
    const filling = this.#fillings.get(blankOf(value) ?? "");
    if (filling !== undefined) {
      this.#filled += 1;
      return { $ref: referenceTo(filling) };
    }
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
