import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { object, text } from "./json.ts";

/** A Markdown file of the toolkit's own content. */
export interface ContentFile {
  /** File name without `.md`. */
  readonly id: string;
  /** A field of the front matter, as text; empty where there is none. */
  field(name: string): string;
  /** What follows the front matter. */
  readonly body: string;
}

/** The Markdown files of `portal/content/FOLDER`, by name; none where the folder doesn't exist. */
export async function contentFiles(folder: string): Promise<readonly ContentFile[]> {
  const path = join(process.env["ECO_ROOT"] ?? ".", "portal/content", folder);
  const names = (await readdir(path).catch(() => [])).filter((name) => name.endsWith(".md")).sort();
  return Promise.all(
    names.map(async (name) => contentFile(name.slice(0, -3), await readFile(join(path, name), "utf8"))),
  );
}

function contentFile(id: string, source: string): ContentFile {
  const [, front = "", body = source] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u.exec(source) ?? [];
  const head = object(parse(front, { schema: "failsafe" }));
  return { id, field: (name) => text(head[name]), body };
}
