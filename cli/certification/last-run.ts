import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Report } from "../../specs/engine/certification/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { stateDirectory } from "../config/paths.ts";
import { makeFolders } from "../folder/make-folders.ts";
import { readJson } from "../read-file.ts";

/** What a later run needs to know of the last one in this folder. */
export interface LastRun {
  readonly seed: string;
  /** Ids of the checks that failed, warned or were waiting. */
  readonly checks: readonly string[];
}

function fileOf(directory: string): string {
  const name = createHash("sha256").update(directory).digest("hex").slice(0, 32);
  return join(stateDirectory(), "certification", `${name}.json`);
}

const TO_MEND: readonly string[] = ["failed", "warning", "waiting"];

/** Keeps what is to be mended, for `--failed` in the same folder. A run over some checks says nothing of the others. */
export async function saveLastRun(report: Report, directory = process.cwd()): Promise<void> {
  const mend = report.checks.filter((one) => TO_MEND.includes(one.outcome)).map((one) => one.definition.id);
  const run: LastRun = { seed: report.run.seed, checks: mend };
  const file = fileOf(directory);
  await makeFolders(dirname(file));
  await writeFile(file, `${JSON.stringify(run)}\n`);
}

/** @throws EcoError ECO_INPUT_MISSING where nothing has run in this folder */
export async function readLastRun(directory = process.cwd()): Promise<LastRun> {
  const value = await readJson(fileOf(directory)).catch(() => undefined);
  const checks =
    isPlainObject(value) && Array.isArray(value["checks"]) ? value["checks"].map(String) : undefined;
  if (isPlainObject(value) && checks !== undefined) return { seed: String(value["seed"]), checks };
  throw new EcoError(
    "ECO_INPUT_MISSING",
    "No certification has run in this folder, so none can have failed.",
    {
      fix: "Run `eco certify` once without --failed.",
    },
  );
}
