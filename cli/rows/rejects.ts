import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { csvLine, disarmed } from "../output/csv.ts";
import { isRejectsHeader, rejectColumns } from "./identity.ts";
import type { Columns } from "./row.ts";

/**
 * Rows that did not go in, as CSV: line, reason, then the row's own columns, so that it can be mended and submitted as it is.
 * The file is made with the first of them; without any there is none.
 */
export class RejectsFile {
  readonly path: string;
  readonly #columns: readonly string[];
  #stream: WriteStream | undefined;
  count = 0;

  /** @param columns of the file they come from; undefined where each row is a JSON object, kept in one column. */
  constructor(path: string, columns: readonly string[] | undefined) {
    this.path = path;
    const own = columns ?? ["row"];
    this.#columns = isRejectsHeader(own) ? own.slice(rejectColumns.length) : own;
  }

  async add(line: number, reason: string, row: Columns): Promise<void> {
    this.count++;
    if (this.#stream === undefined) this.#stream = await this.#open();
    const cells = this.#columns.map((name) =>
      name === "row" && !("row" in row) ? JSON.stringify(row) : cellOf(row[name]),
    );
    if (!this.#stream.write(`${csvLine([String(line), disarmed(reason), ...cells])}\n`))
      await once(this.#stream, "drain");
  }

  async close(): Promise<void> {
    if (this.#stream === undefined) return;
    this.#stream.end();
    await once(this.#stream, "finish");
  }

  /** Takes away what a former run of the same file left there, once all of its rows are in: it would say otherwise. */
  async discardFormer(): Promise<void> {
    const former = await readFile(this.path, "utf8").catch(() => "");
    if (former.startsWith(this.#header())) await rm(this.path);
  }

  #header(): string {
    return `${csvLine([...rejectColumns, ...this.#columns])}\n`;
  }

  async #open(): Promise<WriteStream> {
    const stream = createWriteStream(this.path, { mode: 0o600 });
    try {
      await once(stream, "open");
    } catch (cause) {
      throw new EcoError(
        "ECO_FILE_UNWRITABLE",
        `The rejects file ${this.path} can't be written: ${reasonOf(cause)}.`,
        {
          fix: "Name another one with --rejects FILE.",
          cause,
        },
      );
    }
    stream.write(this.#header());
    return stream;
  }
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
