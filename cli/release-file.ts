import { join } from "node:path";
import type { Catalog } from "../specs/engine/catalog/types.ts";
import type { SpecDifference } from "../specs/engine/difference/change.ts";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { makeFolders } from "./folder/make-folders.ts";
import { writeText } from "./write-file.ts";

export interface NewRelease {
  /** Folder of the new spec set. */
  readonly directory: string;
  /** `2027-01-15` */
  readonly date: string;
  readonly old: Catalog;
  readonly now: Catalog;
  readonly difference: SpecDifference;
}

/**
 * Keeps what changed as `releases/VERSION.json` of the new spec set, by the version of its manifest.
 *
 * @returns where
 * @throws EcoError ECO_INPUT_INVALID where the day is none, or the version isn't a new one
 */
export async function writeRelease({ directory, date, old, now, difference }: NewRelease): Promise<string> {
  const [before, version] = [versionOf(old), versionOf(now)];
  if (version === undefined || version === before)
    throw new EcoError("ECO_INPUT_INVALID", `The manifest of ${directory} has no version of its own.`, {
      fix: `Give it a new \`version\`${before === undefined ? "" : ` after ${before}`}: the release is kept under it.`,
    });
  if (!/^[A-Za-z0-9][\w.+-]{0,63}$/.test(version))
    throw new EcoError("ECO_INPUT_INVALID", `The version ${JSON.stringify(version)} is no name for a file.`, {
      fix: "Use letters, digits, dots and hyphens.",
    });
  const path = join(directory, "releases", `${version}.json`);
  await makeFolders(join(directory, "releases"));
  await writeText(path, `${JSON.stringify({ version, date: dayOf(date), difference }, null, 1)}\n`);
  return path;
}

function versionOf({ ecosystem }: Catalog): string | undefined {
  const { version } = ecosystem.content;
  return typeof version === "string" ? version : undefined;
}

function dayOf(text: string): string {
  const day = Date.parse(`${text}T00:00:00Z`);
  if (!Number.isNaN(day) && new Date(day).toISOString().slice(0, 10) === text) return text;
  throw new EcoError("ECO_INPUT_INVALID", `--release is no day: ${text}`, { fix: "Write it as 2027-01-15." });
}
