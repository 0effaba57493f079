import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { LONGEST_ROW, type Position, type Row } from "./row.ts";

const DOCUMENT_LIMIT = 64 * 1024 * 1024;

/**
 * One JSON object a line; empty lines are passed over. A line that is none is one malformed row.
 * @throws EcoError ECO_INPUT_INVALID for a line without end
 */
export async function* readNdjsonRows(text: AsyncIterable<string>, position: Position): AsyncGenerator<Row> {
  let rest = "";
  let line = 0;
  for await (const chunk of text) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_ROW)
      throw new EcoError(
        "ECO_INPUT_INVALID",
        `Line ${line + lines.length + 1} has more than ${LONGEST_ROW} characters; a row is one JSON object on a line of its own.`,
        { fix: "Write one object a line, or give the file as one JSON document with --format json." },
      );
    for (const one of lines) {
      line++;
      position.bytes += Buffer.byteLength(one) + 1;
      if (one.trim() !== "") yield rowOf(one, line);
    }
  }
  if (rest.trim() !== "") yield rowOf(rest, line + 1);
}

/** An array of objects, one object, or an object that holds the array under `deliveries` or `items`. */
export async function* readJsonRows(text: AsyncIterable<string>, source: string): AsyncGenerator<Row> {
  let whole = "";
  for await (const chunk of text) {
    whole += chunk;
    if (whole.length > DOCUMENT_LIMIT)
      throw new EcoError("ECO_INPUT_INVALID", `${source} is a JSON document of more than 64 MB.`, {
        fix: "Write one object a line (NDJSON) instead: it is streamed.",
      });
  }
  let value: unknown;
  try {
    value = JSON.parse(whole.replace(/^\ufeff/, ""));
  } catch (cause) {
    throw new EcoError("ECO_INPUT_INVALID", `${source} is no JSON: ${reasonOf(cause)}.`, { cause });
  }
  const list = listIn(value);
  for (const [i, item] of list.entries())
    yield isPlainObject(item)
      ? { kind: "row", line: i + 1, columns: item }
      : { kind: "malformed", line: i + 1, problem: "no JSON object", columns: { row: item } };
}

function rowOf(text: string, line: number): Row {
  try {
    const value: unknown = JSON.parse(text);
    if (isPlainObject(value)) return { kind: "row", line, columns: value };
    return { kind: "malformed", line, problem: "no JSON object", columns: { row: text } };
  } catch (cause) {
    return {
      kind: "malformed",
      line,
      problem: `no JSON: ${reasonOf(cause)}`,
      columns: { row: text },
    };
  }
}

function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isPlainObject(value)) return [value];
  const inner = value["deliveries"] ?? value["items"];
  return Array.isArray(inner) ? inner : [value];
}
