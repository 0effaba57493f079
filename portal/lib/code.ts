import { escapeMarkup } from "../../specs/engine/certification/report/escape-markup.ts";

/** Beyond this many lines the colours are left out: every coloured name is a node of the page. */
const MOST_COLOURED = 90;

/** What a page shows of a longer text: the rest is in the specs, and a page of 200 KB is read by nobody. */
const MOST_LINES = 250;
const MOST_CHARACTERS = 12_000;

/** A text as long as a page shows it, with how many lines it leaves out. */
export function cutCode(source: string): { readonly shown: string; readonly left: number } {
  const lines = source.split("\n");
  let size = 0;
  const end = lines.findIndex((line, index) => {
    size += line.length + 1;
    return index >= MOST_LINES || size > MOST_CHARACTERS;
  });
  // One line longer than all that is shown is cut within itself.
  if (end === 0) return { shown: `${source.slice(0, MOST_CHARACTERS)} …`, left: lines.length - 1 };
  return end === -1
    ? { shown: source, left: 0 }
    : { shown: lines.slice(0, end).join("\n"), left: lines.length - end };
}

/** JSON as a person reads it: two spaces, short arrays and objects on one line. */
export function prettyJson(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? "";
}

/** Code as HTML, with the names of JSON fields set off. */
export function colouredJson(source: string): string {
  const escaped = escapeMarkup(source);
  if (source.split("\n").length > MOST_COLOURED) return escaped;
  return escaped.replace(/^(\s*)(&quot;(?:(?!&quot;).)*&quot;)(?=:)/gmu, '$1<span class="tk">$2</span>');
}
