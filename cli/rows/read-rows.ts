import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import type { Extent } from "../output/progress.ts";
import { readCsvRows } from "./read-csv.ts";
import { readJsonRows, readNdjsonRows } from "./read-json.ts";
import type { Position, Row, RowFormat } from "./row.ts";

export interface RowSource {
  readonly format: RowFormat;
  /** Column names in file order, known before the first row; undefined where rows name their own (JSON). */
  readonly columns: readonly string[] | undefined;
  readonly rows: AsyncIterable<Row>;
  /** How far into the input the last row ended, in bytes (undefined for a pipe). */
  progress(): Extent;
}

/**
 * Opens a file of rows, or stdin for `-`. The rows are streamed: a file of any length is read in little memory.
 * @throws EcoError ECO_FILE_UNREADABLE, ECO_INPUT_INVALID (an empty file, a header with a name twice)
 */
export async function openRows(path: string, format?: RowFormat): Promise<RowSource> {
  const total = path === "-" ? undefined : await fileSize(path);
  const position: Position = { bytes: 0 };
  const stream = path === "-" ? process.stdin : createReadStream(path);
  const text = decode(stream as Readable, path);
  const first = await text.next();
  const head = first.done === true ? "" : first.value;
  if (head.trim() === "") throw new EcoError("ECO_INPUT_INVALID", `${describe(path)} holds no rows.`);
  const chosen = format ?? formatOf(path) ?? sniff(head);
  const whole = (async function* (): AsyncGenerator<string> {
    yield head;
    yield* text;
  })();
  const progress = () => ({ done: position.bytes, total });
  if (chosen === "csv") return { format: chosen, ...(await readCsvRows(whole, head, position)), progress };
  const rows = chosen === "ndjson" ? readNdjsonRows(whole, position) : readJsonRows(whole, describe(path));
  return { format: chosen, columns: undefined, rows, progress };
}

export function describe(path: string): string {
  return path === "-" ? "stdin" : path;
}

async function fileSize(path: string): Promise<number> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) throw new Error("it is a directory");
    return stats.size;
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const reason = missing ? "it does not exist" : reasonOf(cause);
    throw new EcoError("ECO_FILE_UNREADABLE", `${path} can't be read: ${reason}.`, { cause });
  }
}

async function* decode(chunks: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of chunks) {
      const text = decoder.decode(chunk, { stream: true });
      if (text !== "") yield text;
    }
    const rest = decoder.decode();
    if (rest !== "") yield rest;
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new EcoError("ECO_INPUT_INVALID", `${describe(path)} is not UTF-8 text.`, {
      fix: "Save it as UTF-8: in a spreadsheet, choose “CSV UTF-8” when exporting.",
      cause,
    });
  }
}

function formatOf(path: string): RowFormat | undefined {
  if (/\.(csv|tsv)$/i.test(path)) return "csv";
  if (/\.(ndjson|jsonl)$/i.test(path)) return "ndjson";
  return /\.json$/i.test(path) ? "json" : undefined;
}

function sniff(head: string): RowFormat {
  const start = head.trimStart();
  if (start.startsWith("[")) return "json";
  if (!start.startsWith("{")) return "csv";
  // An object that ends on its first line is followed by others; one spread over lines is the whole document.
  return /^\{.*\}\s*(\n|$)/.test(start) ? "ndjson" : "json";
}
