import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { object, text } from "./json.ts";

export interface DecisionRecord {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly date: string;
  readonly status: string;
  readonly body: string;
  readonly href: string;
}

let read: Promise<readonly DecisionRecord[]> | undefined;

/** The decision records of the toolkit, in order: `portal/content/decisions/NNNN-name.md` with YAML front matter. */
export function decisions(): Promise<readonly DecisionRecord[]> {
  read ??= readAll(join(process.env["ECO_ROOT"] ?? ".", "portal/content/decisions"));
  return read;
}

async function readAll(folder: string): Promise<readonly DecisionRecord[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".md")).sort();
  return Promise.all(
    names.map(async (name) => parseRecord(name.slice(0, -3), await readFile(join(folder, name), "utf8"))),
  );
}

/** One record: front matter (title, date, status) and Markdown. */
export function parseRecord(id: string, source: string): DecisionRecord {
  const [, front = "", body = source] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u.exec(source) ?? [];
  const head = object(parse(front, { schema: "failsafe" }));
  return {
    id,
    number: /^\d+/u.exec(id)?.[0] ?? "",
    title: text(head["title"]) || id,
    date: text(head["date"]),
    status: text(head["status"]),
    body,
    href: `/decisions/${id}/`,
  };
}
