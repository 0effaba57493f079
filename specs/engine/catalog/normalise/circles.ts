import { isPlainObject, resolvePointer } from "../pointer.ts";
import type { Report } from "../report.ts";

type Mutable = Record<string, unknown>;

/** A step from a schema to one that the same value has to meet. */
interface Edge {
  readonly keyword: string;
  readonly to: Mutable;
}

/** A schema on the way, and the steps from it that weren't taken yet. */
interface Frame {
  readonly node: Mutable;
  readonly edges: Edge[];
  /** By which it was left. */
  keyword: string;
}

const NONE: readonly Frame[] = [];
const LISTS = ["allOf", "anyOf", "oneOf"];
const SINGLE = ["not", "if", "then", "else"];
const CHOICES = new Set(["anyOf", "oneOf"]);

/**
 * Lets no schema ask a value to meet that same schema once more, which would never come to an end. Mostly it is a parent
 * that names its children in `oneOf`, and children that extend it by `allOf`: these then extend it without its
 * alternatives. A reference in any other such circle says nothing.
 * @param schemas all schemas of the document, with their pointers; changed in place
 */
export function breakCircles(content: unknown, schemas: ReadonlyMap<Mutable, string>, report: Report): void {
  const done = new Set<Mutable>();
  for (const start of schemas.keys()) {
    for (let circle = circleFrom(start, content, done); circle !== undefined; ) {
      const [extended, reference] = breakAt(circle);
      report.warning(
        schemas.get(reference) ?? "",
        "spec.schema.circle",
        `The schema refers to ${schemas.get(extended) ?? "one"}, and that asks for this one again, without end.`,
        "Keep the alternatives apart from what they extend; until then they are left out here.",
      );
      circle = circleFrom(start, content, done);
    }
  }
}

/** The schemas of a circle, in order; undefined where no way from the start leads into one. What is free of them is `done`. */
function circleFrom(start: Mutable, content: unknown, done: Set<Mutable>): readonly Frame[] | undefined {
  const way: Frame[] = [];
  const places = new Map<Mutable, number>();
  const enter = (node: Mutable): void => {
    places.set(node, way.length);
    way.push({ node, edges: edgesOf(node, content), keyword: "" });
  };
  if (!done.has(start)) enter(start);
  for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
    const edge = top.edges.pop();
    if (edge === undefined) {
      done.add(top.node);
      places.delete(top.node);
      way.pop();
      continue;
    }
    top.keyword = edge.keyword;
    const place = places.get(edge.to);
    // References that lead to nothing but each other are known to lead nowhere.
    const circle = place === undefined ? NONE : way.slice(place);
    if (circle.some(({ keyword }) => keyword !== "$ref")) return circle;
    if (place === undefined && !done.has(edge.to)) enter(edge.to);
  }
  return undefined;
}

function edgesOf(node: Mutable, content: unknown): Edge[] {
  const edges: Edge[] = [];
  const add = (keyword: string, to: unknown): void => {
    if (isPlainObject(to)) edges.push({ keyword, to });
  };
  const { $ref: ref, dependentSchemas } = node;
  if (typeof ref === "string" && ref.startsWith("#")) add("$ref", resolvePointer(content, ref));
  for (const keyword of LISTS) {
    const parts = node[keyword];
    if (Array.isArray(parts)) for (const part of parts) add(keyword, part);
  }
  for (const keyword of SINGLE) add(keyword, node[keyword]);
  for (const part of isPlainObject(dependentSchemas) ? Object.values(dependentSchemas) : [])
    add("dependentSchemas", part);
  return edges;
}

/** Opens a circle at what has alternatives; resolves to that schema and the reference to it. */
function breakAt(circle: readonly Frame[]): readonly [extended: Mutable, reference: Mutable] {
  const isReference = (index: number): boolean => circle.at(index - 1)?.keyword === "$ref";
  const chosen = circle.findIndex(({ keyword }, index) => CHOICES.has(keyword) && isReference(index));
  const at = chosen >= 0 ? chosen : circle.findIndex((_, index) => isReference(index));
  const extended = circle[at]?.node ?? {};
  const reference = circle.at(at - 1)?.node ?? {};
  delete reference["$ref"];
  if (chosen >= 0) {
    const { oneOf: _one, anyOf: _any, discriminator: _told, ...rest } = extended;
    reference["allOf"] = [...(Array.isArray(reference["allOf"]) ? reference["allOf"] : []), rest];
  }
  return [extended, reference];
}
