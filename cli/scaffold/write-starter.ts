import { join, relative, resolve, sep } from "node:path";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { OWN_SPECS, type Settings } from "../config/settings.ts";
import { writeFolder } from "../folder/write-folder.ts";
import { counted } from "../output/counted.ts";
import type { Output } from "../output/output.ts";
import { quoted } from "../output/quoted.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import { specTypes } from "../spec-types.ts";
import type { StarterMember } from "./member.ts";
import { starterFiles } from "./starter.ts";

export interface Scaffolded {
  /** Absolute. */
  readonly directory: string;
  /** Those that were written, by their names in it. */
  readonly files: readonly string[];
  readonly unchanged: readonly string[];
  readonly nextCommand: string;
}

export interface ScaffoldFlags {
  readonly folder: string;
  /** Replaces files that are there with another content. */
  readonly force: boolean;
}

/**
 * Writes a starter project for a member of the ecosystem, and says what was written and what comes next.
 * @throws EcoError those of `writeFolder` and `specTypes`
 */
export async function writeStarter(
  { folder, force }: ScaffoldFlags,
  { specs, profileName }: Settings,
  catalog: Catalog,
  member: StarterMember,
  out: Output,
): Promise<Scaffolded> {
  const directory = resolve(folder);
  const named = specs.source === OWN_SPECS ? undefined : relative(directory, specs.value);
  const files = await starterFiles({
    catalog,
    member,
    directory,
    profile: profileName.value,
    types: await specTypes(specs.value),
    ...(named === undefined ? {} : { specs: named.split(sep).join("/") || "." }),
  });
  const { written, unchanged } = await writeFolder(directory, files, { force });
  for (const name of written) out.data(sanitizeLine(join(folder, name)));
  const rest = unchanged.length === 0 ? "" : `; ${counted(unchanged.length, "file")} were there already`;
  out.success(`${counted(written.length, "file")} written to ${sanitizeLine(directory)}${rest}.`);
  const nextCommand = `cd ${quoted(folder)} && npm install && npm test`;
  out.note(`\nNext: ${nextCommand}`);
  return { directory, files: written, unchanged, nextCommand };
}
