import { readFile } from "node:fs/promises";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../specs/engine/errors/reason.ts";

/** A file that the user named, as text. @throws EcoError ECO_FILE_UNREADABLE */
export async function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new EcoError("ECO_FILE_UNREADABLE", `${path} can't be read: ${reasonOf(cause)}.`, {
      cause,
    });
  });
}

/** The one JSON value of a file. @throws EcoError ECO_FILE_UNREADABLE, ECO_INPUT_INVALID */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    // Programs of Windows begin their files with a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new EcoError("ECO_INPUT_INVALID", `${path} is no JSON: ${reasonOf(cause)}.`, {
      cause,
      fix: "Give a file with one JSON value.",
    });
  }
}

/** What a file in YAML or JSON holds; aliases are refused. @throws EcoError ECO_FILE_UNREADABLE, ECO_INPUT_INVALID */
export async function readYaml(path: string): Promise<unknown> {
  const text = await readText(path);
  const { parse } = await import("yaml");
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    const [reason] = reasonOf(cause).split("\n");
    throw new EcoError("ECO_INPUT_INVALID", `${path} is neither YAML nor JSON: ${reason}`, { cause });
  }
}
