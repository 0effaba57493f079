import { escapeMarkup } from "../../specs/engine/certification/report/escape-markup.ts";

/** HTML made by this module's template tag, and so already safe. */
export interface SafeHtml {
  readonly html: string;
}

type Part = string | number | SafeHtml | readonly SafeHtml[];

/** `html\`<td>${text}</td>\``: everything put in is escaped, unless it was made by the tag itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): SafeHtml {
  const parts = strings.map(
    (piece, index) => piece + (index < values.length ? written(values[index] ?? "") : ""),
  );
  return { html: parts.join("") };
}

function written(value: Part): string {
  if (typeof value === "string") return escapeMarkup(value);
  if (typeof value === "number") return String(value);
  return Array.isArray(value) ? value.map((one: SafeHtml) => one.html).join("") : (value as SafeHtml).html;
}
