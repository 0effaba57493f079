import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { EcoError } from "../../errors/eco-error.ts";
import { reasonOf } from "../../errors/reason.ts";
import { countMembers, shapeOfJson } from "../../json-shape.ts";
import { readYaml } from "./yaml.ts";

/** Limits of source files. Documents of real APIs stay far below: the largest public ones have some 12 MB. */
export const sourceLimits = {
  bytes: 20_000_000,
  /** Characters of all files of a spec set together. */
  whole: 50_000_000,
  /** Nested containers. */
  depth: 256,
  /** Values after YAML aliases are expanded. The largest public documents have 280,000. */
  nodes: 1_000_000,
  aliases: 10_000,
  /** Characters of YAML that begin or divide values; prose has them too. */
  marks: 3_000_000,
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
  const { size } = await stat(absolute).catch(unreadable(path));
  if (size > sourceLimits.bytes) {
    return {
      code: "spec.document.too-large",
      message: `The file has ${(size / 1e6).toFixed(0)} MB; at most ${sourceLimits.bytes / 1e6} MB are read.`,
      fix: "Split it into several documents, or leave examples out.",
    };
  }
  const bytes = await readFile(absolute).catch(unreadable(path));
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (!relevant(text)) return undefined;
  const parsed = await parseSource(text, path);
  if ("problem" in parsed) return parsed.problem;
  return { path, text, digest: createHash("sha256").update(bytes).digest("hex"), ...parsed };
}

const unreadable = (path: string) => (cause: unknown) => {
  throw new EcoError("ECO_FILE_UNREADABLE", `${path} can't be read: ${reasonOf(cause)}.`, { cause });
};

type Parsed =
  | { readonly value: unknown; readonly notes: readonly SourceProblem[] }
  | { readonly problem: SourceProblem };

const tooDeep: SourceProblem = {
  code: "spec.document.too-large",
  message: `The document nests deeper than ${sourceLimits.depth} levels.`,
  fix: "Flatten it, or move the inner schemas to components and refer to them.",
};

/** The value of a text under the limits: JSON where the path says so, a description in Markdown as it is, YAML otherwise. */
export async function parseSource(text: string, path: string): Promise<Parsed> {
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
  const read = await readYaml(text, sourceLimits);
  switch (read.kind) {
    case "read":
      return { value: read.value, notes: [] };
    case "too-deep":
      return { problem: tooDeep };
    case "too-many-names":
      return { problem: tooManyNames };
    case "too-many-values":
      return { problem: tooManyValues };
    case "broken": {
      const { kind: _, message, ...place } = read;
      const code = "spec.document.syntax";
      return { problem: { code, message: `Not YAML: ${message}.`, fix: "Correct the syntax.", ...place } };
    }
  }
}

const tooManyNames: SourceProblem = {
  code: "spec.document.too-large",
  message: `The document has more than ${sourceLimits.aliases} YAML anchors and aliases, or what they stand for is as much.`,
  fix: "Use $ref to components in place of aliases.",
};

const tooManyValues: SourceProblem = {
  code: "spec.document.too-large",
  message: `The document has more than ${sourceLimits.nodes} values, those that YAML aliases stand for included.`,
  fix: "Split it into several documents, and use $ref to components in place of aliases.",
};

/** Walks without recursion, so that neither depth nor a cycle of YAML aliases can exhaust the stack. */
function measure(root: unknown, notes: SourceProblem[]): SourceProblem | undefined {
  const stack: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  let nodes = 0;
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    nodes += 1;
    if (nodes > sourceLimits.nodes) return tooManyValues;
    if (item.value === Number.POSITIVE_INFINITY || item.value === Number.NEGATIVE_INFINITY) return infinite;
    if (Number.isNaN(item.value)) return infinite;
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

const infinite: SourceProblem = {
  code: "spec.document.number",
  message: "The document has a number that JSON can't say: larger than any, or none (`.inf`, `.nan`).",
  fix: "Write a number of at most 308 digits, or quote it.",
};

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
