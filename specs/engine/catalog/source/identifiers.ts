import { percentDecoded } from "../../percent-decoded.ts";
import { isPlainObject, type PlainObject, pointerOf, resolvePointer } from "../pointer.ts";
import { dataKeywords, namingKeywords } from "./references.ts";

/** An object of a document that may be a schema, and the URI that what it says is relative to. */
export interface IdentifiedNode {
  readonly node: Record<string, unknown>;
  readonly pointer: string;
  readonly base: string;
}

/** Identifiers may be relative; what a document is relative to itself doesn't matter. */
const NAMELESS = "https://document.invalid/";

/** Whether a text names its schemas at all: few documents do, and they are large. */
export const namesSchemas = (text: string): boolean =>
  /\$(id|anchor|dynamicRef|dynamicAnchor|self)\b/.test(text);

/** The references of a document that lead to a schema of its own by `$id`, whatever file or URL they look like. */
export function identifiedReferences(root: unknown): ReadonlySet<string> {
  const { resources, nodes } = identifiersOf(root);
  const found = new Set<string>();
  for (const { node, base } of nodes) {
    const ref = node["$ref"];
    if (typeof ref === "string" && resources.has(resourceOf(uriOf(ref, base)))) found.add(ref);
  }
  return found;
}

/**
 * Turns references by `$id` and `$anchor` into references by place, in place: from then on the document is read without
 * a thought to what its schemas call themselves.
 */
export function placeIdentifiers(root: unknown): void {
  const { resources, anchors, nodes } = identifiersOf(root);
  for (const { node, base } of nodes) {
    const ref = node["$ref"];
    // By place, and relative to the document: as it should be.
    if (typeof ref !== "string" || (/^#(\/|$)/.test(ref) && resources.get(base) === "")) continue;
    const uri = uriOf(ref, base);
    const inside = resources.get(resourceOf(uri));
    const fragment = percentDecoded(uri.slice(resourceOf(uri).length + 1));
    const byPlace = inside !== undefined && (fragment === "" || fragment.startsWith("/"));
    const found = byPlace ? inside + fragment : anchors.get(uri);
    // Who gives a schema an `$id` in passing still writes places as they are in the document.
    if (byPlace && ref.startsWith("#/") && isNowhere(root, found) && !isNowhere(root, fragment)) continue;
    if (found !== undefined) node["$ref"] = referenceTo(found);
  }
}

const isNowhere = (root: unknown, pointer = ""): boolean => resolvePointer(root, pointer) === undefined;

/** `$ref` is a URI: a percent sign in a pointer is written as one. */
export const referenceTo = (pointer: string): string => `#${pointer.replaceAll("%", "%25")}`;

const uriOf = (text: string, base: string): string =>
  URL.canParse(text, base) ? new URL(text, base).href : text;

const resourceOf = (uri: string): string => uri.split("#")[0] ?? "";

interface Identifiers {
  /** Pointers by `$id`, as an absolute URI without a fragment. */
  readonly resources: ReadonlyMap<string, string>;
  /** Pointers by URI with an `$anchor` or `$dynamicAnchor`. */
  readonly anchors: ReadonlyMap<string, string>;
  readonly nodes: readonly IdentifiedNode[];
}

function identifiersOf(root: unknown): Identifiers {
  const nodes = [...identifiedNodes(root)];
  const resources = new Map<string, string>();
  const anchors = new Map<string, string>();
  for (const { node, pointer, base } of nodes) {
    if (pointer === "" || typeof node["$id"] === "string") resources.set(base, pointer);
    for (const keyword of ["$anchor", "$dynamicAnchor"]) {
      const name = node[keyword];
      if (typeof name === "string") anchors.set(`${base}#${name}`, pointer);
    }
  }
  return { resources, anchors, nodes };
}

/** Every object of a document that isn't data, parents first. */
export function* identifiedNodes(root: unknown): Generator<IdentifiedNode> {
  const own = isPlainObject(root) ? root["$self"] : undefined;
  const base = typeof own === "string" ? uriOf(own, NAMELESS) : NAMELESS;
  const stack = [{ value: root, pointer: "", names: false, base: resourceOf(base) }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { value, pointer, names } = item;
    let inner = item.base;
    if (isPlainObject(value) && !names) {
      inner = baseOf(value, inner);
      yield { node: value as Record<string, unknown>, pointer, base: inner };
    }
    for (const [key, child] of childrenOf(value)) {
      if (!names && (dataKeywords.has(key) || key === "examples" || key.startsWith("x-"))) continue;
      stack.push({
        value: child,
        pointer: pointer + pointerOf(key),
        names: !names && isPlainObject(child) && namingKeywords.has(key),
        base: inner,
      });
    }
  }
}

const childrenOf = (value: unknown): [string, unknown][] =>
  typeof value === "object" && value !== null ? Object.entries(value) : [];

function baseOf({ $id: id }: PlainObject, outer: string): string {
  return typeof id === "string" ? resourceOf(uriOf(id, outer)) : outer;
}
