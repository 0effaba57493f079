import { markdownText } from "../../specs/engine/markdown-text.ts";
import { sanitizeLine } from "./sanitize.ts";
import type { Column } from "./table.ts";

/** A table of GitHub's Markdown. What a cell holds stays text: no markup of its own, no new row. */
export function markdownTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(({ header }) => markdownLine(header))),
    line(columns.map(({ align }) => (align === "right" ? "--:" : "---"))),
    ...rows.map((row) => line(columns.map(({ value }) => markdownLine(value(row))))),
  ].join("\n");
}

/** Text in a line of Markdown, as it is. */
export const markdownLine = (text: string): string => markdownText(sanitizeLine(text));
