import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { readYaml } from "../read-file.ts";

/** What a project fixes for everyone who works in it: `eco.config.yaml`, or `.yml`, or `.json`. Never credentials. */
export interface ProjectFile {
  readonly path: string;
  readonly sandbox?: string;
  /** Absolute; in the file relative to it. */
  readonly specs?: string;
  readonly profile?: string;
}

const NAMES = ["eco.config.yaml", "eco.config.yml", "eco.config.json"];
const KEYS = new Set(["sandbox", "specs", "profile"]);

/** The nearest project file, from `directory` upwards. */
export async function findProjectFile(directory: string): Promise<ProjectFile | undefined> {
  for (let current = resolve(directory); ; current = dirname(current)) {
    const name = NAMES.find((candidate) => existsSync(join(current, candidate)));
    if (name !== undefined) return readProjectFile(join(current, name));
    if (dirname(current) === current) return undefined;
  }
}

async function readProjectFile(path: string): Promise<ProjectFile> {
  const content = (await readYaml(path)) ?? {};
  if (!isPlainObject(content)) throw invalid(path, "it holds no mapping");
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(content)) {
    if (!KEYS.has(key)) throw invalid(path, `it sets \`${key}\`, which is not known`);
    if (typeof value !== "string") throw invalid(path, `\`${key}\` is no text`);
    values[key] = value;
  }
  const specs = values["specs"];
  return { path, ...values, ...(specs === undefined ? {} : { specs: resolve(dirname(path), specs) }) };
}

function invalid(path: string, problem: string): EcoError {
  return new EcoError("ECO_INPUT_INVALID", `${path} can't be used: ${problem}.`, {
    fix: `It may set ${[...KEYS].map((key) => `\`${key}\``).join(", ")}; credentials belong into a profile.`,
  });
}
