import { sanitizeLine } from "./sanitize.ts";

export interface Column<Row> {
  readonly header: string;
  readonly value: (row: Row) => string;
  readonly align?: "left" | "right";
}

/** A table without frames: it can be read, selected, and cut by columns. Widths count characters as a terminal shows them. */
export function formatTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  header: (text: string) => string,
): string {
  const headers = columns.map((column) => sanitizeLine(column.header));
  const cells = rows.map((row) => columns.map((column) => sanitizeLine(column.value(row))));
  const widths = headers.map((title, i) =>
    Math.max(displayWidth(title), ...cells.map((line) => displayWidth(line[i] ?? ""))),
  );
  const line = (texts: readonly string[], paint: (text: string) => string = (text) => text): string =>
    texts
      .map((text, i) => {
        const padding = " ".repeat(Math.max(0, (widths[i] ?? 0) - displayWidth(text)));
        return columns[i]?.align === "right" ? padding + paint(text) : paint(text) + padding;
      })
      .join("  ")
      .trimEnd();
  return [line(headers, header), ...cells.map((texts) => line(texts))].join("\n");
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Made when the first text needs it: that takes a third of the time that Node takes to start. */
let segmenter: Intl.Segmenter | undefined;

function displayWidth(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  segmenter ??= new Intl.Segmenter();
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}
