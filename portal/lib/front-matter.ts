import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { placeOfFile } from "../../specs/engine/catalog/source/references.ts";
import { object, text } from "./json.ts";

/** A Markdown file of what a portal shows besides the specs. */
export interface ContentFile {
  /** File name without `.md`. */
  readonly id: string;
  /** A field of the front matter, as text; empty where there is none. */
  field(name: string): string;
  /** What follows the front matter. */
  readonly body: string;
}

/** Where the toolkit keeps its own guides and decision records. */
export const toolkitContent = (): string => resolve(process.env["ECO_ROOT"] ?? ".", "portal/content");

/**
 * Where those who build the portal keep what it shows besides the specs: `ECO_CONTENT`; of the documents that come with the
 * toolkit it is the toolkit's.
 */
export function ownContent(): string | undefined {
  const { ECO_CONTENT: named, ECO_ROOT: root = ".", ECO_SPECS: specs } = process.env;
  if (named !== undefined) return named;
  const isToolkits = specs === undefined || resolve(specs) === resolve(root, "specs");
  return isToolkits ? toolkitContent() : undefined;
}

/**
 * The Markdown files of a folder, by name; none where there is no such folder. A link that leads out of the content is none
 * of them: what it leads to would be published.
 */
export async function contentFiles(
  content: string | undefined,
  kind: string,
): Promise<readonly ContentFile[]> {
  if (content === undefined) return [];
  const path = join(content, kind);
  const names = (await readdir(path).catch(() => [])).filter((name) => name.endsWith(".md")).sort();
  const files = names.map(async (name) => {
    if ((await placeOfFile(content, join(kind, name))) !== "within") return [];
    return [contentFile(name.slice(0, -3), await readFile(join(path, name), "utf8"))];
  });
  return (await Promise.all(files)).flat();
}

function contentFile(id: string, source: string): ContentFile {
  const [, front = "", body = source] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u.exec(source) ?? [];
  const head = object(parse(front, { schema: "failsafe" }));
  return { id, field: (name) => text(head[name]), body };
}
