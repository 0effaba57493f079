import { escapeMarkup } from "../report/escape-markup.ts";

export interface BadgeOptions {
  /** `Harbour Campus`, left. */
  readonly ecosystem: string;
  /** `gold`, right. */
  readonly level: string;
  /** Where the certificate can be verified. */
  readonly href?: string;
}

const COLOURS: Readonly<Record<string, string>> = { bronze: "#8c5a2b", silver: "#5f6b76", gold: "#806000" };
/** Average width of a character at 11 px; text is stretched to what was reckoned, whatever font there is. */
const CHARACTER_WIDTH = 6.6;

/** A self-contained SVG badge; light text on colours of at least 4.5 : 1. */
export function certificateBadge(options: BadgeOptions): string {
  const [left, right] = [options.ecosystem, `certified · ${options.level}`];
  const widths = [left, right].map((text) => Math.round([...text].length * CHARACTER_WIDTH) + 14);
  const [a = 0, b = 0] = widths;
  const label = escapeMarkup(`${left}: ${right}`);
  const colour = COLOURS[options.level] ?? "#2a5d9f";
  const text = (content: string, x: number, width: number): string =>
    `<text x="${x + width / 2}" y="14" textLength="${width - 14}" text-anchor="middle">${escapeMarkup(content)}</text>`;
  const badge = `<g font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" fill="#fff"><rect width="${a}" height="20" fill="#3b3f45"/><rect x="${a}" width="${b}" height="20" fill="${colour}"/>${text(left, 0, a)}${text(right, a, b)}</g>`;
  const link = options.href === undefined ? badge : `<a href="${escapeMarkup(options.href)}">${badge}</a>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${a + b}" height="20" role="img" aria-label="${label}"><title>${label}</title>${link}</svg>\n`;
}
