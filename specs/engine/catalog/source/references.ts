import { realpath, stat } from "node:fs/promises";
import { dirname, join, posix, sep } from "node:path";
import { percentDecoded } from "../../percent-decoded.ts";
import { isPlainObject, pointerOf, resolvePointer } from "../pointer.ts";
import type { SourceProblem } from "./source.ts";

export interface Reference {
  readonly ref: string;
  /** Of the object that holds the `$ref`. */
  readonly pointer: string;
  /** It stands in an example or another value: many documents keep those in files, yet it may be only a property's name. */
  readonly inData: boolean;
}

/** Keywords whose value is data. */
export const dataKeywords: ReadonlySet<string> = new Set(["example", "default", "const", "enum", "value"]);
/** Maps from names of the author's choosing: a property may be called `example`, and a response is called `default`. */
export const namingKeywords: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "dependentSchemas",
  "$defs",
  "definitions",
  "schemas",
  "responses",
  "parameters",
  "requestBodies",
  "headers",
  "examples",
  "links",
  "callbacks",
  "pathItems",
  "messages",
  "channels",
  "operations",
]);

/** Of findings about references that lead to references, more often than readers can follow. */
export const LONG_CHAIN = "spec.ref.chain";

/** All references of a document, in no special order. */
export function collectReferences(root: unknown): Reference[] {
  const found: Reference[] = [];
  const stack = [{ value: root, pointer: "", names: false, inData: false, examples: false }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { value, pointer, names } = item;
    if (Array.isArray(value)) {
      // `examples` of a schema is a list of data, `examples` of a media type a map of objects that may be references.
      const inData = item.inData || item.examples;
      for (const [index, child] of value.entries()) {
        stack.push({
          value: child,
          pointer: pointer + pointerOf(index),
          names: false,
          inData,
          examples: false,
        });
      }
    } else if (isPlainObject(value)) {
      const ref = value["$ref"];
      // A whole map may be a reference too: what it maps to are objects, never a text.
      if (typeof ref === "string") found.push({ ref, pointer, inData: item.inData });
      for (const [key, child] of Object.entries(value)) {
        stack.push({
          value: child,
          pointer: pointer + pointerOf(key),
          names: !names && namingKeywords.has(key),
          // An extension that isn't ours may mean anything by a reference; those of ours have none.
          inData: item.inData || (!names && (dataKeywords.has(key) || key.startsWith("x-"))),
          examples: key === "examples" && !names,
        });
      }
    }
  }
  return found;
}

/** The files of examples that are kept beside a document, as they are written. Nobody follows them but readers. */
export function externalExamples(root: unknown): string[] {
  const found: string[] = [];
  const stack = [root];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (typeof item !== "object" || item === null) continue;
    const { externalValue } = item as { readonly externalValue?: unknown };
    if (typeof externalValue === "string") found.push(externalValue);
    for (const inner of Object.values(item)) if (typeof inner === "object") stack.push(inner ?? undefined);
  }
  return found;
}

/** A copy without references that lead nowhere: what stood there says nothing of what may be there. */
export function withoutReferences(value: unknown, dead: readonly Reference[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const { pointer, inData } of dead) {
    const node = resolvePointer(copy, pointer);
    if (isMutable(node)) for (const key of inData ? ["$ref"] : Object.keys(node)) delete node[key];
  }
  // An alternative that says nothing takes whatever the others take: a value meets more than one of them.
  for (const { pointer, inData } of dead) {
    const [, above] = /^(.*)\/oneOf\/\d+$/.exec(pointer) ?? [];
    const node = above === undefined || inData ? undefined : resolvePointer(copy, above);
    if (!isMutable(node) || node["anyOf"] !== undefined) continue;
    node["anyOf"] = node["oneOf"];
    delete node["oneOf"];
  }
  return copy;
}

const isMutable = (value: unknown): value is Record<string, unknown> => isPlainObject(value);

/** Whether a path of a spec set, every link followed, is a plain file within it. */
export async function placeOfFile(root: string, path: string): Promise<"within" | "outside" | "nowhere"> {
  try {
    const target = await realpath(join(root, path));
    const base = await realpath(root);
    if (!target.startsWith(base.endsWith(sep) ? base : base + sep)) return "outside";
    return (await stat(target)).isFile() ? "within" : "nowhere";
  } catch {
    return "nowhere";
  }
}

/** Where an external reference leads: a file of the spec set, or why it isn't followed. */
export type ReferenceTarget =
  | { readonly kind: "internal" }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "refused"; readonly problem: SourceProblem };

/** Decides on a reference without touching the network; on the disk only its target's real path is asked for. */
export async function resolveReference(root: string, from: string, ref: string): Promise<ReferenceTarget> {
  if (ref === "" || ref.startsWith("#")) return { kind: "internal" };
  const file = percentDecoded(ref.split("#")[0] ?? "");
  if (/^[a-z][a-z0-9+.-]*:/i.test(file) || file.startsWith("//")) {
    return refuse(ref, "leads over a URL; nothing is fetched");
  }
  if (file.startsWith("/") || file.includes("\\") || file.includes("\0")) {
    return refuse(ref, "is an absolute path or no portable one");
  }
  const path = posix.normalize(posix.join(posix.dirname(from), file));
  if (path === ".." || path.startsWith("../")) {
    const fix =
      "Name the directory that holds both files in place of the one file (`--specs <directory>`), or copy the target into the spec directory.";
    return refuse(ref, "leads above the spec directory", fix);
  }
  if (!/\.(ya?ml|json|md)$/i.test(path))
    return refuse(ref, "leads to a file that is neither YAML, JSON nor Markdown");
  const place = await placeOfFile(root, path);
  if (place === "outside") return refuse(ref, "leads out of the spec directory by a symbolic link");
  if (place === "nowhere") {
    return {
      kind: "refused",
      problem: {
        code: "spec.ref.missing",
        message: `\`$ref: ${ref}\` leads to ${path}, which isn't there.`,
        fix: `Correct the path; it is relative to ${dirname(from) === "." ? "the spec directory" : dirname(from)}.`,
      },
    };
  }
  return { kind: "file", path };
}

function refuse(
  ref: string,
  why: string,
  fix = "Copy the target into the spec directory and refer to it by a relative path.",
): ReferenceTarget {
  return {
    kind: "refused",
    problem: {
      code: "spec.ref.refused",
      message: `\`$ref: ${ref}\` ${why}.`,
      fix,
    },
  };
}
