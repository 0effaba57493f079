import { sanitizeLine } from "./sanitize.ts";

export interface Column<Row> {
  readonly header: string;
  readonly value: (row: Row) => string;
  readonly align?: "left" | "right";
}

const GAP = "  ";
/** A column of several words is folded to no less: lines of one word each are hard to read. */
const FOLDED_TO = 20;

/**
 * A table without frames: it can be read, selected, and cut by columns. Widths count characters as a terminal shows them.
 * Where it is wider than `width`, columns of several words are folded; where that isn't enough, each row becomes a list
 * of its own. A word, as an id or an address, always stays whole.
 */
export function formatTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  header: (text: string) => string,
  width = Infinity,
): string {
  const headers = columns.map((column) => sanitizeLine(column.header));
  const cells = rows.map((row) => columns.map((column) => sanitizeLine(column.value(row))));
  const widths = fitted(
    columns.map(({ align }, i) =>
      [headers[i] ?? "", ...cells.map((line) => line[i] ?? "")].map(align === "right" ? whole : foldable),
    ),
    width,
  );
  if (widths === undefined && rows.length > 0) return lists(headers, cells, header);
  const line = (texts: readonly string[], paint: (text: string) => string = (text) => text): string => {
    const folded = texts.map((text, i) => fold(text, widths?.[i] ?? 0));
    const height = Math.max(1, ...folded.map((lines) => lines.length));
    const across = (at: number): string =>
      folded
        .map((lines, i) => {
          const text = lines[at] ?? "";
          const padding = " ".repeat(Math.max(0, (widths?.[i] ?? 0) - displayWidth(text)));
          return columns[i]?.align === "right" ? padding + paint(text) : paint(text) + padding;
        })
        .join(GAP)
        .trimEnd();
    return Array.from({ length: height }, (_, at) => across(at)).join("\n");
  };
  return [line(headers, header), ...cells.map((texts) => line(texts))].join("\n");
}

/** Each row as lines of header and value; what is empty is left out. */
function lists(
  headers: readonly string[],
  cells: readonly (readonly string[])[],
  header: (text: string) => string,
): string {
  const widest = Math.max(...headers.map(displayWidth));
  const list = (texts: readonly string[]): string => {
    const lines: string[] = [];
    for (const [i, text] of texts.entries()) {
      const title = headers[i] ?? "";
      if (text === "") continue;
      // What has no header of its own belongs to the value before it, as a currency does.
      if (title === "" && lines.length > 0) lines.push(`${lines.pop()} ${text}`);
      else lines.push(`${header(title)}${" ".repeat(widest - displayWidth(title))}${GAP}${text}`);
    }
    return lines.join("\n");
  };
  return cells.map(list).join("\n\n");
}

interface Extent {
  readonly natural: number;
  readonly least: number;
}

const whole = (text: string): Extent => ({ natural: displayWidth(text), least: displayWidth(text) });

function foldable(text: string): Extent {
  const natural = displayWidth(text);
  if (natural <= FOLDED_TO) return { natural, least: natural };
  return { natural, least: Math.max(FOLDED_TO, ...text.split(" ").map(displayWidth)) };
}

/** Widths of the columns within `width`, the widest folded first; undefined where they can't be. */
function fitted(extents: readonly (readonly Extent[])[], width: number): number[] | undefined {
  const widths = extents.map((cells) => Math.max(...cells.map(({ natural }) => natural)));
  const least = extents.map((cells) => Math.max(...cells.map((cell) => cell.least)));
  const sum = (list: readonly number[]): number =>
    list.reduce((total, one) => total + one, GAP.length * (list.length - 1));
  if (sum(widths) <= width) return widths;
  if (sum(least) > width) return undefined;
  for (let over = sum(widths) - width; over > 0; over -= 1) {
    const spare = widths.map((one, i) => (one > (least[i] ?? 0) ? one : 0));
    const widest = spare.indexOf(Math.max(...spare));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function fold(text: string, width: number): string[] {
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ")) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (current !== "" && displayWidth(longer) > width) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current];
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u;

/** Made when the first text needs it: that takes a third of the time that Node takes to start. */
let segmenter: Intl.Segmenter | undefined;

function displayWidth(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  segmenter ??= new Intl.Segmenter();
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}
