import type { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { hasColors, paint, type Style } from "./color.ts";
import { type Envelope, failureEnvelope, successEnvelope, toJsonLine } from "./envelope.ts";
import { createProgress, type Progress } from "./progress.ts";
import { sanitize, sanitizeLine, sanitizePainted } from "./sanitize.ts";
import { type Column, formatTable } from "./table.ts";

/**
 * Where a command's words go. Data goes to stdout, everything else to stderr; with `--json` stdout holds one envelope and nothing else.
 * Text handed in here may come from anywhere: it loses its control characters on the way.
 */
export class Output {
  readonly json: boolean;
  static #hasTold = false;
  readonly warnings: string[] = [];

  constructor(options: { readonly json: boolean }) {
    this.json = options.json;
  }

  /** Part of the answer, for people; with `--json` the result says it instead. */
  data(text: string): void {
    const clean = hasColors(process.stdout) ? sanitizePainted : sanitize;
    if (!this.json) process.stdout.write(`${clean(text)}\n`);
  }

  /** A document as it is, such as a file's content; on a terminal without its control characters. */
  raw(text: string): void {
    if (!this.json) process.stdout.write(process.stdout.isTTY ? sanitize(text) : text);
  }

  /** On a terminal as wide as that; elsewhere each row in one line, however long. */
  table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): void {
    const width = process.stdout.isTTY ? process.stdout.columns || undefined : undefined;
    this.data(formatTable(rows, columns, (text) => this.style("bold", text), width));
  }

  /** Something to know that is not the answer. */
  note(text: string): void {
    process.stderr.write(`${sanitize(text)}\n`);
  }

  success(text: string): void {
    process.stderr.write(`${paint(process.stderr, "green", "✓")} ${sanitize(text)}\n`);
  }

  warn(text: string): void {
    this.warnings.push(sanitize(text));
    process.stderr.write(`${paint(process.stderr, "yellow", "Warning:")} ${sanitize(text)}\n`);
  }

  progress(label: string): Progress {
    return createProgress(process.stderr, sanitizeLine(label));
  }

  /** Colours a piece of data for stdout, without any colours of its own. */
  style(style: Style, text: string): string {
    return paint(process.stdout, style, sanitize(text));
  }

  /** The envelope of a command that did its work. */
  succeed(result: unknown): void {
    if (this.json) this.#tell(successEnvelope(result, this.warnings));
  }

  /** What went wrong, to which thing, and what to do next. `result` is what there is in spite of it. */
  fail(error: EcoError, result?: unknown): void {
    if (this.json) this.#tell(failureEnvelope(error, result, this.warnings));
    else this.complain(error);
  }

  #tell(envelope: Envelope): void {
    Output.#hasTold = true;
    process.stdout.write(`${toJsonLine(envelope)}\n`);
  }

  /** Whether the envelope of this process is on its way: another one would make two JSON documents of its output. */
  static get hasTold(): boolean {
    return Output.#hasTold;
  }

  /** What is wrong while a command goes on, and what to do; with `--json` too. */
  complain(error: EcoError): void {
    process.stderr.write(formatError(error));
  }
}

function formatError(error: EcoError): string {
  return [
    `${paint(process.stderr, ["red", "bold"], "Error:")} ${sanitize(error.message)}`,
    `${paint(process.stderr, "cyan", "Fix:")}   ${sanitize(error.fix)}`,
    paint(process.stderr, "dim", `       ${error.code} · ${error.docs}`),
    "",
  ].join("\n");
}
