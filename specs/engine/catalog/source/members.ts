import { isPlainObject, pointerOf } from "../pointer.ts";
import { dataKeywords } from "./references.ts";
import type { SourceProblem } from "./source.ts";

/** Members that a map or a list of a document may have. What stands in one place is compared, compiled or shown together. */
export const memberLimits = {
  /** Of `paths`, `channels`, `operations`, and of each kind of components. The largest public documents have 8,000. */
  wide: 10_000,
  /** Of all else: the properties of a schema, the parameters of an operation, the messages of a channel. */
  usual: 2_000,
  /** Each operation answers below each of them. */
  servers: 100,
  /** Different patterns of a document. Each is looked at before it runs, and one schema may hold them all. */
  patterns: 2_000,
  /** Characters of a path; browsers and proxies take no longer ones. */
  path: 2_000,
} as const;

const WIDE: ReadonlySet<string> = new Set(["paths", "channels", "operations"]);
/** Their members have names of their own, which may be any of the words above. */
const NAME_MAPS: ReadonlySet<string> = new Set([
  ...["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"],
  ...["paths", "pathItems", "webhooks", "callbacks", "responses", "content", "headers", "encoding", "links"],
  ...["schemas", "parameters", "requestBodies", "securitySchemes", "examples", "variables"],
  ...["channels", "messages", "operations", "inputs", "outputs"],
]);

interface Place {
  readonly value: unknown;
  /** Undefined for one that a name map gave it, or for the root. */
  readonly key: string | undefined;
  readonly pointer: string;
  readonly limit: number;
}

/** The first map or list of a document that has more members than are read, or a path that is longer. */
export function tooManyMembers(root: unknown): SourceProblem | undefined {
  const patterns = new Set<string>();
  const stack: Place[] = [{ value: root, key: undefined, pointer: "", limit: memberLimits.usual }];
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const { value, key, pointer } = place;
    if (typeof value !== "object" || value === null) continue;
    const names = Object.keys(value);
    if (names.length > place.limit) return tooMany(pointer, names.length, place.limit);
    const longest = key === "paths" ? names.find((name) => name.length > memberLimits.path) : undefined;
    if (longest !== undefined) return tooLong(pointer, longest);
    const named = key !== undefined && NAME_MAPS.has(key) && isPlainObject(value);
    if (key === "patternProperties") for (const name of names) patterns.add(name);
    for (const [name, member] of Object.entries(value)) {
      if (!named && isData(name, member)) continue;
      if (!named && name === "pattern" && typeof member === "string") patterns.add(member);
      stack.push({
        value: member,
        key: named || Array.isArray(value) ? undefined : name,
        pointer: pointer + pointerOf(name),
        limit: named ? memberLimits.usual : limitOf(key, name, value),
      });
    }
    if (patterns.size > memberLimits.patterns) return tooManyPatterns;
  }
  return undefined;
}

/** What stands below isn't read as a document; a list of values may be long. */
const isData = (name: string, member: unknown): boolean =>
  dataKeywords.has(name) || name.startsWith("x-") || (name === "examples" && Array.isArray(member));

function limitOf(parent: string | undefined, name: string, within: object): number {
  if (parent === "components" || (isPlainObject(within) && WIDE.has(name))) return memberLimits.wide;
  return name === "servers" ? memberLimits.servers : memberLimits.usual;
}

const tooMany = (pointer: string, count: number, limit: number): SourceProblem => ({
  code: "spec.document.too-large",
  message: `What stands at ${pointer === "" ? "the root" : pointer} has ${count} members; at most ${limit} are read there.`,
  fix: "Split it into several documents or schemas, or leave out what nobody calls.",
  pointer,
});

const tooManyPatterns: SourceProblem = {
  code: "spec.document.too-large",
  message: `The document has more than ${memberLimits.patterns} different patterns.`,
  fix: "Use an enum where a pattern stands for one text, and one pattern where several say the same.",
};

const tooLong = (pointer: string, path: string): SourceProblem => ({
  code: "spec.document.too-large",
  message: `The path ${path.slice(0, 60)}… has ${path.length} characters; at most ${memberLimits.path} are read.`,
  fix: "Shorten it: neither browsers nor proxies send longer ones.",
  pointer,
});
