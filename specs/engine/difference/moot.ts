import { follow } from "../catalog/follow.ts";
import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";
import { ASSERTIONS } from "./assertions.ts";

/** What is known of a document's schemas, each of which is looked at once. */
const knownOf = new WeakMap<PlainObject, WeakMap<PlainObject, boolean>>();

/** Whether a schema takes every value: it says nothing, or lets choose something that says nothing. */
export function takesAll(document: unknown, schema: unknown): boolean {
  if (schema === true) return true;
  if (!isPlainObject(schema) || !isPlainObject(document)) return false;
  const known = knownOf.get(document) ?? new WeakMap<PlainObject, boolean>();
  knownOf.set(document, known);
  const before = known.get(schema);
  if (before !== undefined) return before;
  // One that leads back to itself takes nothing by that.
  known.set(schema, false);
  const inner = (one: unknown): boolean => takesAll(document, one);
  const { $ref: reference, ...beside } = schema;
  const target = typeof reference === "string" ? follow(document, schema, "") : undefined;
  const takes =
    (reference === undefined || (target !== undefined && inner(target.node))) &&
    Object.entries(beside).every(([keyword, value]) => {
      if (keyword === "anyOf") return Array.isArray(value) && value.some(inner);
      if (keyword === "allOf") return Array.isArray(value) && value.every(inner);
      return !ASSERTIONS.has(keyword);
    });
  known.set(schema, takes);
  return takes;
}

/** Limits of a place, by which other keywords say nothing. */
export interface Extent {
  readonly mostItems: number;
  readonly mostFields: number;
}

export function extentOf(nodes: readonly PlainObject[]): Extent {
  const least = (values: readonly unknown[]): number =>
    Math.min(Number.POSITIVE_INFINITY, ...values.filter((value) => typeof value === "number"));
  return {
    mostItems: least([...nodes.map(({ maxItems }) => maxItems), ...nodes.map(closedAfter)]),
    mostFields: least(nodes.map(({ maxProperties }) => maxProperties)),
  };
}

/** `items: false` is a greatest number of items in other words. */
function closedAfter({ items, prefixItems }: PlainObject): number | undefined {
  if (items !== false) return undefined;
  return Array.isArray(prefixItems) ? prefixItems.length : 0;
}

/** A node without what it says of items and fields that can't be there. */
export function withinExtent(node: PlainObject, { mostItems, mostFields }: Extent): PlainObject {
  const closed = closedAfter(node);
  const open: PlainObject =
    closed === undefined
      ? node
      : { ...node, items: true, maxItems: Math.min(closed, Number(node["maxItems"] ?? closed)) };
  const first = open["prefixItems"];
  const isFull = "items" in open && (Array.isArray(first) ? first.length : 0) >= mostItems;
  const isBeyond = Array.isArray(first) && first.length > mostItems;
  const inList =
    isFull || isBeyond
      ? {
          ...open,
          ...(isFull ? { items: true } : {}),
          ...(isBeyond ? { prefixItems: first.slice(0, mostItems) } : {}),
        }
      : open;
  if (mostFields > 0 || !OF_FIELDS.some((keyword) => keyword in inList)) return inList;
  return Object.fromEntries(Object.entries(inList).filter(([keyword]) => !OF_FIELDS.includes(keyword)));
}

const OF_FIELDS = ["properties", "patternProperties", "propertyNames", "additionalProperties"];
