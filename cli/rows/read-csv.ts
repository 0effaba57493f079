import { once } from "node:events";
import type { Transform } from "node:stream";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { LONGEST_ROW, type Position, type Row } from "./row.ts";

interface Parsed {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number; readonly bytes: number };
}

/**
 * CSV by RFC 4180, with a header; separated by comma, semicolon or tab, whichever the header uses.
 * @param head the beginning of the text, with at least the header.
 */
export async function readCsvRows(
  text: AsyncIterable<string>,
  head: string,
  position: Position,
): Promise<{ columns: readonly string[]; rows: AsyncIterable<Row> }> {
  const { parse } = await import("csv-parse");
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(head),
    info: true,
    raw: true,
    max_record_size: LONGEST_ROW,
    // All of them, since files that were put together mix them.
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  void feed(text, parser);
  const parsed = parser[Symbol.asyncIterator]() as AsyncIterator<Parsed>;
  const header = await next(parsed);
  if (header === undefined) throw new EcoError("ECO_INPUT_INVALID", "The CSV file holds no header.");
  const columns = header.record.map((name) => name.trim());
  const twice = firstRepeated(columns);
  if (twice !== undefined)
    throw new EcoError(
      "ECO_INPUT_INVALID",
      `The header of the CSV file names the column \`${twice}\` twice.`,
      {
        fix: "Give every column a name of its own.",
      },
    );
  return { columns, rows: rowsOf(parsed, columns, position) };
}

function firstRepeated(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}

/** By hand and not by a pipeline, which would hold the rows of a slow pipe back until it has a buffer full. */
async function feed(text: AsyncIterable<string>, parser: Transform): Promise<void> {
  try {
    for await (const chunk of text) {
      if (parser.destroyed) return;
      if (!parser.write(chunk)) await once(parser, "drain");
    }
    parser.end();
  } catch (cause) {
    parser.destroy(cause instanceof Error ? cause : new Error(String(cause)));
  }
}

async function* rowsOf(
  parsed: AsyncIterator<Parsed>,
  columns: readonly string[],
  position: Position,
): AsyncGenerator<Row> {
  for (let item = await next(parsed); item !== undefined; item = await next(parsed)) {
    const line = item.info.lines - (item.raw.trim().match(/\n/g)?.length ?? 0);
    const values = Object.fromEntries(columns.map((name, i) => [name, item?.record[i] ?? ""]));
    position.bytes = item.info.bytes;
    const cells = item.record.length;
    if (cells === columns.length) yield { kind: "row", line, columns: values };
    else {
      const problem = `${cells} cell${cells === 1 ? "" : "s"}, the header has ${columns.length}`;
      yield { kind: "malformed", line, problem, columns: values };
    }
  }
}

async function next(parsed: AsyncIterator<Parsed>): Promise<Parsed | undefined> {
  try {
    const { done, value } = await parsed.next();
    return done === true ? undefined : value;
  } catch (cause) {
    if (!(cause instanceof Error) || !("code" in cause) || !String(cause.code).startsWith("CSV_"))
      throw cause;
    throw new EcoError("ECO_INPUT_INVALID", `The CSV file can't be read on: ${cause.message}.`, {
      fix: "A quote that opens a cell is probably never closed. Rows before it are done; mend it and run the command again.",
      cause,
    });
  }
}

function delimiterOf(head: string): string {
  const header = head.split(/\r?\n/, 1)[0] ?? "";
  const counts = [",", ";", "\t"].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.delimiter ?? ",";
}
