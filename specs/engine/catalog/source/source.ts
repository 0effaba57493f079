import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Pair, Scalar } from "yaml";
import { reasonOf } from "../../errors/reason.ts";
import { countMembers, shapeOfJson } from "../../json-shape.ts";
import type { Finding, UnplacedFinding } from "../finding.ts";
import { isPlainObject, pointerTokens } from "../pointer.ts";
import { readYaml, yamlTree } from "./yaml.ts";

/** Limits of one source file. Documents of real APIs stay far below: the largest public ones have some 12 MB. */
export const sourceLimits = {
  bytes: 20_000_000,
  /** Nested containers. */
  depth: 256,
  /** Values after YAML aliases are expanded. */
  nodes: 3_000_000,
  aliases: 10_000,
  /** Above this the position of a finding isn't looked up: it would cost seconds. */
  locatableBytes: 4_000_000,
} as const;

export interface SourceFile {
  /** Relative to the root of the spec set, with `/`. */
  readonly path: string;
  readonly text: string;
  /** SHA-256 of the bytes, hex. */
  readonly digest: string;
  readonly value: unknown;
  /** What was worked around while reading. */
  readonly notes: readonly SourceProblem[];
}

/** Why a file can't be used, as a finding without its severity. */
export interface SourceProblem {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly pointer?: string;
  readonly line?: number;
  readonly column?: number;
}

/** Reads and parses one file under the limits. `relevant` sees the text first and may decide that it isn't for us. */
export async function readSource(
  root: string,
  path: string,
  relevant: (text: string) => boolean = () => true,
): Promise<SourceFile | SourceProblem | undefined> {
  const absolute = join(root, path);
  const { size } = await stat(absolute);
  if (size > sourceLimits.bytes) {
    return {
      code: "spec.document.too-large",
      message: `The file has ${(size / 1e6).toFixed(0)} MB; at most ${sourceLimits.bytes / 1e6} MB are read.`,
      fix: "Split it into several documents, or leave examples out.",
    };
  }
  const bytes = await readFile(absolute);
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (!relevant(text)) return undefined;
  const parsed = await parseSource(text, path);
  if ("problem" in parsed) return parsed.problem;
  return { path, text, digest: createHash("sha256").update(bytes).digest("hex"), ...parsed };
}

type Parsed =
  | { readonly value: unknown; readonly notes: readonly SourceProblem[] }
  | { readonly problem: SourceProblem };

const tooDeep: SourceProblem = {
  code: "spec.document.too-large",
  message: `The document nests deeper than ${sourceLimits.depth} levels.`,
  fix: "Flatten it, or move the inner schemas to components and refer to them.",
};

// No document opens hundreds of brackets in a row; the YAML parser takes seconds over a million of them.
const BRACKETS_IN_A_ROW = /(?:[[{][\w\s"':,-]{0,64}){1,500}/g;

function opensTooManyBrackets(text: string): boolean {
  for (const [row] of text.matchAll(BRACKETS_IN_A_ROW)) {
    if (row.length >= 500 && row.replace(/[^[{]/g, "").length >= 500) return true;
  }
  return false;
}

async function parseSource(text: string, path: string): Promise<Parsed> {
  // A description in a file of its own.
  if (/\.md$/i.test(path)) return { value: text, notes: [] };
  const parsed = await (path.endsWith(".json") ? parseJson(text) : parseYaml(text));
  if ("problem" in parsed) return parsed;
  const notes: SourceProblem[] = [];
  const problem = measure(parsed.value, notes);
  return problem === undefined ? { value: parsed.value, notes } : { problem };
}

async function parseJson(text: string): Promise<Parsed> {
  try {
    const { depth, colons } = shapeOfJson(text);
    if (depth > sourceLimits.depth) return { problem: tooDeep };
    const value: unknown = JSON.parse(text);
    // Readers differ on which of two equal keys counts. The YAML parser, much slower, tells where they are.
    return countMembers(value) === colons ? { value, notes: [] } : await parseYaml(text);
  } catch (cause) {
    const message = reasonOf(cause);
    const at = /line (\d+) column (\d+)/.exec(message);
    return {
      problem: {
        code: "spec.document.syntax",
        message: `Not JSON: ${message}.`,
        fix: "Correct the syntax.",
        ...(at === null ? {} : { line: Number(at[1]), column: Number(at[2]) }),
      },
    };
  }
}

async function parseYaml(text: string): Promise<Parsed> {
  if (opensTooManyBrackets(text)) return { problem: tooDeep };
  const read = await readYaml(text, sourceLimits.aliases);
  switch (read.kind) {
    case "read":
      return { value: read.value, notes: [] };
    case "too-deep":
      return { problem: tooDeep };
    case "too-many-names":
      return { problem: tooManyNames };
    case "broken": {
      const { kind: _, message, ...place } = read;
      const code = "spec.document.syntax";
      return { problem: { code, message: `Not YAML: ${message}`, fix: "Correct the syntax.", ...place } };
    }
  }
}

const tooManyNames: SourceProblem = {
  code: "spec.document.too-large",
  message: `The document has more than ${sourceLimits.aliases} YAML anchors and aliases, or what they stand for is as much.`,
  fix: "Use $ref to components in place of aliases.",
};

const tooRepetitive: SourceProblem = {
  code: "spec.document.too-large",
  message: `The document's YAML aliases expand to more than ${sourceLimits.nodes} values.`,
  fix: "Use $ref to components in place of aliases.",
};

/** Walks without recursion, so that neither depth nor a cycle of YAML aliases can exhaust the stack. */
function measure(root: unknown, notes: SourceProblem[]): SourceProblem | undefined {
  const stack: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  let nodes = 0;
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    nodes += 1;
    if (nodes > sourceLimits.nodes) return tooRepetitive;
    if (typeof item.value !== "object" || item.value === null) continue;
    if (item.depth >= sourceLimits.depth) {
      return isCyclic(root) ? CYCLIC : tooDeep;
    }
    if (Object.hasOwn(item.value, "__proto__")) {
      // As a name it serves nobody and it sets traps for whoever copies the object.
      Reflect.deleteProperty(item.value, "__proto__");
      notes.push(PROTO_KEY);
    }
    for (const key in item.value) {
      stack.push({ value: (item.value as Record<string, unknown>)[key], depth: item.depth + 1 });
    }
  }
  return undefined;
}

const PROTO_KEY: SourceProblem = {
  code: "spec.document.key",
  message: "A key is called `__proto__`; it is left out.",
  fix: "Choose another name.",
};

const CYCLIC: SourceProblem = {
  code: "spec.document.cycle",
  message: "A YAML alias contains itself.",
  fix: "Use $ref for recursion: it is followed only as far as the data goes.",
};

/** Whether an object contains itself: a depth-first search that knows what it is inside of. */
function isCyclic(root: unknown): boolean {
  const inside = new Set<object>();
  const done = new Set<object>();
  const stack: ({ enter: unknown } | { leave: object })[] = [{ enter: root }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if ("leave" in item) {
      inside.delete(item.leave);
      done.add(item.leave);
    } else if (typeof item.enter === "object" && item.enter !== null) {
      if (inside.has(item.enter)) return true;
      if (done.has(item.enter)) continue;
      inside.add(item.enter);
      stack.push({ leave: item.enter });
      for (const child of Object.values(item.enter)) stack.push({ enter: child });
    }
  }
  return false;
}

/** Gives findings the line and column of what their pointer names, or of its nearest ancestor in the source. */
export async function placeFindings(
  findings: readonly UnplacedFinding[],
  textOf: (path: string) => string | undefined,
): Promise<Finding[]> {
  const locators = new Map<string, (pointer: string) => { line: number; column: number }>();
  const placed: Finding[] = [];
  for (const finding of findings) {
    if (finding.line !== undefined && finding.column !== undefined) {
      placed.push({ ...finding, line: finding.line, column: finding.column });
      continue;
    }
    let locate = locators.get(finding.document);
    if (locate === undefined) {
      locate = await createLocator(textOf(finding.document) ?? "");
      locators.set(finding.document, locate);
    }
    placed.push({ ...finding, ...locate(finding.pointer) });
  }
  return placed;
}

async function createLocator(text: string): Promise<(pointer: string) => { line: number; column: number }> {
  const start = { line: 1, column: 1 };
  if (text.length === 0 || text.length > sourceLimits.locatableBytes) return () => start;
  const { isMap, isScalar, isSeq } = await import("yaml");
  const { document, lines } = await yamlTree(text);
  const pairsOf = new WeakMap<object, Map<string, Pair>>();
  return (pointer) => {
    let node: unknown = document.contents;
    let offset: number | undefined;
    for (const token of pointerTokens(pointer)) {
      if (isMap(node)) {
        const pairs = pairsOf.get(node) ?? pairsByName(node.items, isScalar);
        pairsOf.set(node, pairs);
        const pair = pairs.get(token);
        if (pair === undefined) break;
        if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(token)];
        if (!isPlainObject(node)) break;
        const range = node["range"];
        if (Array.isArray(range)) offset = Number(range[0]);
      } else break;
    }
    if (offset === undefined) return start;
    const position = lines.linePos(offset);
    return { line: position.line, column: position.col };
  };
}

function pairsByName(pairs: readonly Pair[], isScalar: (key: unknown) => key is Scalar): Map<string, Pair> {
  return new Map(pairs.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : "", pair]));
}
