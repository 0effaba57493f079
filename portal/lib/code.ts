import { escapeMarkup } from "../../specs/engine/certification/report/escape-markup.ts";

/** Beyond this many lines the colours are left out: every coloured name is a node of the page. */
const MOST_COLOURED = 90;

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
