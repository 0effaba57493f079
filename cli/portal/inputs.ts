import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Flags } from "@oclif/core";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { readText } from "../read-file.ts";

/** What a portal is made from. */
export interface PortalInputs {
  /** Folder or file of the spec set. */
  readonly specs: string;
  /** Folder with `guides` and `decisions` of one's own. */
  readonly content: string | undefined;
  /** File of a published record that pages are made of too. */
  readonly record: string | undefined;
}

/** The flags by which a portal is the same, built or looked at. */
export const portalFlags = {
  base: Flags.string({
    default: "/",
    helpValue: "<path>",
    summary: "Under which path it will be served.",
  }),
  content: Flags.string({
    helpValue: "<dir>",
    summary: "A folder of yours with Markdown files in `guides` and `decisions`, which are shown too.",
  }),
  record: Flags.string({
    helpValue: "<file>",
    summary: "A published record: partners, certificates and figures become pages too.",
  }),
};

/** How the programs that make a portal are told what from. */
export const inputsAsEnvironment = ({ specs, content, record }: PortalInputs): Record<string, string> => ({
  ECO_SPECS: resolve(specs),
  ...(content === undefined ? {} : { ECO_CONTENT: content }),
  ...(record === undefined ? {} : { ECO_RECORD: record }),
});

/** @throws EcoError ECO_USAGE */
export function requireBase(base: string): void {
  if (/^\/([\w.~-]+\/)*$/.test(base)) return;
  throw new EcoError("ECO_USAGE", `--base \`${base}\` is no path that begins and ends with a slash.`, {
    fix: "Give it like /docs/.",
  });
}

/** A folder that has something to show. @throws EcoError ECO_FILE_UNREADABLE */
export async function contentFolder(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const kinds = ["guides", "decisions"].map((kind) => join(path, kind));
  const found = await Promise.all(kinds.map((folder) => stat(folder).catch(() => undefined)));
  if (found.some((one) => one?.isDirectory())) return resolve(path);
  throw new EcoError(
    "ECO_FILE_UNREADABLE",
    `${path} has neither a folder \`guides\` nor one \`decisions\`.`,
    {
      fix: "Put Markdown files into one of them, each with a title in its front matter.",
    },
  );
}

/** A record of this ecosystem, as it was made. @throws EcoError ECO_FILE_UNREADABLE, ECO_INPUT_INVALID */
export async function recordFile(path: string | undefined, ecosystem: string): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const { readRecord } = await import("../../specs/engine/published-record/read.ts");
  const record = readRecord(await readText(path), path);
  if (record.ecosystem === ecosystem) return resolve(path);
  throw new EcoError(
    "ECO_INPUT_INVALID",
    `${path} is the record of ${record.ecosystem}, and the specs are those of ${ecosystem}.`,
    { fix: "Take the record with the same specs: `eco portal record --specs DIR`." },
  );
}
