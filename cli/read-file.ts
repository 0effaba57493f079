import { createReadStream } from "node:fs";
import type { SourceProblem } from "../specs/engine/catalog/source/source.ts";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../specs/engine/errors/reason.ts";

/** What is read of one file in one piece. A device or a pipe has no size that could be asked before, and may never end. */
const LARGEST_BYTES = 256_000_000;

/** What people write by hand is far smaller; a text of this size is read within a second. */
const LARGEST_YAML_BYTES = 2_000_000;

/**
 * A file that the user named, as text, without the byte order mark that programs of Windows begin their files with.
 * @throws EcoError ECO_FILE_UNREADABLE; ECO_INPUT_INVALID for what is larger, or no UTF-8
 */
export async function readText(path: string, largestBytes = LARGEST_BYTES): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > largestBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new EcoError("ECO_FILE_UNREADABLE", `${path} can't be read: ${reasonOf(cause)}.`, { cause });
  }
  if (size > largestBytes)
    throw new EcoError(
      "ECO_INPUT_INVALID",
      `${path} has more than ${largestBytes / 1e6} MB, which is all that is read of such a file.`,
    );
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new EcoError("ECO_INPUT_INVALID", `${path} is not UTF-8 text.`, {
      cause,
      fix: "Save it as UTF-8.",
    });
  }
}

/** The one JSON value of a file. @throws EcoError ECO_FILE_UNREADABLE, ECO_INPUT_INVALID */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EcoError("ECO_INPUT_INVALID", `${path} is no JSON: ${reasonOf(cause)}.`, {
      cause,
      fix: "Give a file with one JSON value.",
    });
  }
}

/**
 * What a file in YAML or JSON holds, read by the reader and within the limits of spec documents.
 * @throws EcoError ECO_FILE_UNREADABLE, ECO_INPUT_INVALID with the line
 */
export async function readYaml(path: string): Promise<unknown> {
  const text = await readText(path, LARGEST_YAML_BYTES);
  const { parseSource } = await import("../specs/engine/catalog/source/source.ts");
  const parsed = await parseSource(text, path);
  if ("problem" in parsed) throw unusable(path, parsed.problem);
  const [note] = parsed.notes;
  if (note !== undefined) throw unusable(path, note);
  return parsed.value;
}

function unusable(path: string, { message, fix, line }: SourceProblem): EcoError {
  const place = line === undefined ? path : `${path}, line ${line}`;
  return new EcoError("ECO_INPUT_INVALID", `${place}: ${message}`, { fix });
}
