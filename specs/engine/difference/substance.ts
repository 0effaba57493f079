import canonicalize from "canonicalize";
import { follow } from "../catalog/follow.ts";
import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";

/** Keys of words for people: they change nothing that anybody has to implement. */
export const PROSE: ReadonlySet<string> = new Set([
  "$comment",
  "description",
  "summary",
  "title",
  "example",
  "examples",
  "tags",
  "externalDocs",
]);

/** Keys whose members are named by the author: a field may well be called "title". */
const NAMES = new Set(["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"]);
const DATA = new Set(["default", "enum", "const"]);
const UNORDERED = new Set(["required", "enum", "allOf", "anyOf", "oneOf"]);

/** A value of a document, in which its references lead somewhere. */
export interface Said {
  readonly value: unknown;
  readonly document: unknown;
}

/**
 * Whether two documents say the same with two values: references followed, prose left out, in whatever order keys stand.
 * Circles are the same where no way into them tells a difference, however far they are written out.
 */
export function saysTheSame(one: Said, other: Said): boolean {
  return same(one, other, { key: "", seen: new Map() });
}

interface Walk {
  readonly key: string;
  /** Pairs that are being compared, or were: what leads back to one of them is no difference. */
  readonly seen: Map<object, Set<object>>;
}

function same(one: Said, other: Said, walk: Walk): boolean {
  // One type may stand alone or in a list.
  if (walk.key === "type") return sameJson(inOrder([one.value].flat()), inOrder([other.value].flat()));
  if (walk.key === "enum" && Array.isArray(one.value) && Array.isArray(other.value))
    return sameJson(inOrder(one.value), inOrder(other.value));
  if (DATA.has(walk.key)) return sameJson(one.value, other.value);
  const first = resolved(one);
  const second = resolved(other);
  if (Array.isArray(first) && Array.isArray(second)) return sameLists(one, first, other, second, walk);
  if (!isPlainObject(first) || !isPlainObject(second)) return sameJson(first, second);
  const known = walk.seen.get(first) ?? new Set();
  if (known.has(second)) return true;
  walk.seen.set(first, known.add(second));
  const names = NAMES.has(walk.key);
  const keys = (node: PlainObject): string[] => Object.keys(node).filter((key) => names || !PROSE.has(key));
  if (keys(first).length !== keys(second).length) return false;
  return keys(first).every(
    (key) =>
      Object.hasOwn(second, key) &&
      same(
        { ...one, value: first[key] },
        { ...other, value: second[key] },
        { ...walk, key: names ? "" : key },
      ),
  );
}

/** What a reference leads to; itself where it leads nowhere. */
function resolved({ value, document }: Said): unknown {
  return isPlainObject(value) && typeof value["$ref"] === "string"
    ? (follow(document, value, "")?.node ?? value)
    : value;
}

function sameLists(
  one: Said,
  first: readonly unknown[],
  other: Said,
  second: readonly unknown[],
  walk: Walk,
): boolean {
  if (first.length !== second.length) return false;
  const inside: Walk = { ...walk, key: "" };
  const alike = (value: unknown, candidate: unknown): boolean =>
    same({ ...one, value }, { ...other, value: candidate }, inside);
  if (!UNORDERED.has(walk.key)) return first.every((value, index) => alike(value, second[index]));
  if (!first.some(isNested)) return sameJson(inOrder(first), inOrder(second));
  return pairedOff(first, second, (value, candidate) => {
    // A pair that fails must not count as known for the next.
    const seen = new Map(Array.from(walk.seen, ([node, known]) => [node, new Set(known)]));
    return same({ ...one, value }, { ...other, value: candidate }, { key: "", seen });
  });
}

const isNested = (value: unknown): boolean => typeof value === "object" && value !== null;

/** Values of a list whose order says nothing, as texts that can be compared. */
const inOrder = (values: readonly unknown[]): readonly unknown[] =>
  values.map((value) => canonicalize(value)).sort();

/** Whether each member of one list has one of the other that it is like. */
export function pairedOff<One, Other>(
  first: readonly One[],
  second: readonly Other[],
  alike: (one: One, other: Other) => boolean,
): boolean {
  const left = new Set(second.keys());
  return (
    first.length === second.length &&
    first.every((one) => {
      const index = [...left].find((at) => alike(one, second[at] as Other));
      return index !== undefined && left.delete(index);
    })
  );
}

/** What is said, once: a rule that stands in a place twice is one rule. */
export const saidOnce = (values: readonly Said[]): Said[] =>
  values.filter((value, index) => !values.slice(0, index).some((before) => saysTheSame(before, value)));

/** Whether two values are the same JSON, in whatever order their keys stand. */
export const sameJson = (one: unknown, other: unknown): boolean =>
  one === other || canonicalize(one) === canonicalize(other);

/** A value in a sentence: short. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
