import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { EcoError } from "../../errors/index.ts";
import { isPlainObject } from "../pointer.ts";
import type { DocumentKind } from "../types.ts";

/** Where a spec set stands and which files may belong to it. */
export interface SpecLocation {
  /** Absolute. No reference leads out of it. */
  readonly root: string;
  /** Relative to the root, sorted: all YAML and JSON files, or the one file that was named. */
  readonly candidates: readonly string[];
}

const LIMITS = { files: 5_000, depth: 12 } as const;
const SKIPPED = new Set(["node_modules", "dist", "schemas", "generated"]);

/** @throws EcoError `ECO_FILE_UNREADABLE`, `ECO_SPEC_EMPTY` or `ECO_SPEC_TOO_LARGE` */
export async function locateSpecs(path: string): Promise<SpecLocation> {
  const absolute = resolve(path);
  const info = await stat(absolute).catch((cause: unknown) => {
    throw new EcoError("ECO_FILE_UNREADABLE", `There is nothing to read at ${path}.`, { cause });
  });
  if (info.isFile()) return { root: dirname(absolute), candidates: [basename(absolute)] };
  if (!info.isDirectory())
    throw new EcoError("ECO_FILE_UNREADABLE", `${path} is neither a file nor a directory.`);
  const candidates: string[] = [];
  await list(absolute, "", 0, candidates);
  if (candidates.length === 0) {
    throw new EcoError("ECO_SPEC_EMPTY", `${path} holds no YAML or JSON file.`);
  }
  return { root: absolute, candidates: candidates.sort() };
}

async function list(root: string, folder: string, depth: number, into: string[]): Promise<void> {
  if (depth > LIMITS.depth) return;
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    if (entry.name.startsWith(".") || SKIPPED.has(entry.name)) continue;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) await list(root, path, depth + 1, into);
    else if (entry.isFile() && /\.(ya?ml|json)$/i.test(entry.name)) into.push(path);
    if (into.length > LIMITS.files) {
      throw new EcoError(
        "ECO_SPEC_TOO_LARGE",
        `${root} holds more than ${LIMITS.files} YAML and JSON files.`,
        {
          fix: "Point --specs at the directory of the specs alone.",
        },
      );
    }
  }
}

/** A cheap look at the text, so that other files are not even parsed. */
export function looksLikeSpec(text: string): boolean {
  return /(^|[\s{,])["']?(openapi|swagger|asyncapi|arazzo|ecoVersion)["']?\s*:/.test(text);
}

const OWN_KINDS: readonly string[] = ["ecosystem", "agreement", "rate-card", "metrics", "certification"];

export type Recognised =
  | { readonly kind: DocumentKind }
  | { readonly refused: string; readonly pointer: string; readonly fix?: string }
  | undefined;

/** What a parsed file is, by its content alone; undefined when it is none of ours. */
export function recognise(value: unknown): Recognised {
  if (!isPlainObject(value)) return undefined;
  if ("swagger" in value) {
    return {
      refused: "Swagger 2.0 is not supported; OpenAPI 3.0, 3.1 and 3.2 are.",
      pointer: "/swagger",
      fix: "Convert it and name the result: `npx swagger2openapi swagger.yaml -o openapi.yaml`, or “Convert to OpenAPI 3” in editor.swagger.io.",
    };
  }
  if ("openapi" in value)
    return version(value["openapi"], /^3\.[012](\.\d+)?/, "openapi", "OpenAPI 3.0, 3.1 and 3.2");
  if ("asyncapi" in value) return version(value["asyncapi"], /^3\.\d+(\.\d+)?/, "asyncapi", "AsyncAPI 3");
  if ("arazzo" in value) return version(value["arazzo"], /^1\.\d+(\.\d+)?/, "arazzo", "Arazzo 1.0");
  if (!("ecoVersion" in value)) return undefined;
  const kind = value["kind"];
  if (String(value["ecoVersion"]) !== "1") {
    return {
      refused: `ecoVersion ${String(value["ecoVersion"])} is not supported; "1" is.`,
      pointer: "/ecoVersion",
    };
  }
  if (typeof kind === "string" && OWN_KINDS.includes(kind)) return { kind: kind as DocumentKind };
  return { refused: `\`kind: ${String(kind)}\` is none of ${OWN_KINDS.join(", ")}.`, pointer: "/kind" };
}

function version(value: unknown, pattern: RegExp, kind: DocumentKind, supported: string): Recognised {
  if (pattern.test(String(value))) return { kind };
  const refused = `${kind} ${String(value)} is not supported; ${supported} is.`;
  if (typeof value !== "number") return { refused, pointer: `/${kind}` };
  return {
    refused,
    pointer: `/${kind}`,
    fix: "Write the whole version, in quotes: a number loses its zeros.",
  };
}
