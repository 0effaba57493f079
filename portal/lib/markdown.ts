import { micromark } from "micromark";
import { gfmTable, gfmTableHtml } from "micromark-extension-gfm-table";
import { escapeMarkup } from "../../specs/engine/certification/report/escape-markup.ts";
import { markdownOfTags } from "./markdown-of-tags.ts";
import { slug, uniqueSegments } from "./url.ts";

/**
 * Markdown of a spec, as HTML that can be put in a page. Specs may come from anyone: tags of plain text are read as the
 * Markdown that they stand for, other HTML is shown as text, links keep harmless protocols only, and images are left out,
 * since they would be fetched from elsewhere.
 */
export interface MarkdownOptions {
  /** Level that a first-level heading becomes, 1 to 6: a description stands below the page's own headings. */
  readonly topHeading?: number;
  /** Whether each heading is a place that can be linked to, with an id made of its words. */
  readonly places?: boolean;
  /** Where a link goes that leads nowhere by itself, such as `/docs/x` or `#tag/x`; undefined leaves its words only. */
  readonly link?: (target: string) => string | undefined;
}

const CONSTRUCTS = { disable: { null: ["htmlFlow", "htmlText", "labelStartImage"] } };

/** What may begin or end something in Markdown. */
const MARKS = /\*+|_+|`+|[<>[\]|]|\d[.)]|^[ \t]*[-+=]/gmu;

/**
 * With many marks the renderer takes time by their square: 20,000 characters of nothing else kept it busy for seconds. The
 * longest description among a thousand public documents, of 98,000 characters, has 1,500.
 */
const MOST_MARKS = 2000;

// HTML allows none of them, not even as references.
const CONTROLS = /(?![\t\n\r])\p{Cc}/gu;

/** Block Markdown to HTML. Empty for empty text. */
export function renderMarkdown(text: string, options: MarkdownOptions = {}): string {
  if (text.trim() === "") return "";
  const source = markdownOfTags(text.replace(CONTROLS, ""));
  const html = isOverloaded(source) ? asItStands(source) : rendered(source);
  const whole = framed(shifted(linked(html, options.link), options.topHeading ?? 3));
  return options.places === true ? withPlaces(whole) : whole;
}

function isOverloaded(text: string): boolean {
  return text.length > MOST_MARKS && (text.match(MARKS)?.length ?? 0) > MOST_MARKS;
}

function rendered(text: string): string {
  const html = micromark(text, {
    allowDangerousHtml: false,
    allowDangerousProtocol: false,
    extensions: [CONSTRUCTS, gfmTable()],
    htmlExtensions: [gfmTableHtml()],
  });
  // A wide head makes a whole row of cells of each line below it.
  return html.length > 20 * text.length + 10_000 ? asItStands(text) : html;
}

/** The words with their marks, paragraph by paragraph. */
function asItStands(text: string): string {
  const paragraphs = text.split(/\n\s*\n/u).filter((one) => one.trim() !== "");
  return paragraphs.map((one) => `<p>${escapeMarkup(one.trim())}</p>`).join("\n");
}

/** The places of one heading level within rendered Markdown, for a table of contents. */
export function placesIn(html: string, level: number): readonly { title: string; href: string }[] {
  const headings = html.matchAll(new RegExp(`<h${level} id="([^"]*)">(.*?)</h${level}>`, "gu"));
  return [...headings].map(([, id = "", inner = ""]) => ({ title: wordsIn(inner), href: `#${id}` }));
}

function withPlaces(html: string): string {
  const idOf = uniqueSegments(slug);
  return html.replace(/<h([1-6])>(.*?)(?=<\/h\1>)/gu, (_, level: string, inner: string) => {
    return `<h${level} id="${idOf(wordsIn(inner))}">${inner}`;
  });
}

// Tags are the renderer's own, and what it escapes are these four.
function wordsIn(html: string): string {
  return html
    .replace(/<[^>]*>/gu, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

/** Inline Markdown: the first paragraph without its `<p>`, for table cells and list items. */
export function renderInline(text: string): string {
  const html = renderMarkdown(firstParagraph(text));
  return html.startsWith("<p>") && html.endsWith("</p>") ? html.slice(3, -4) : html;
}

/** The first paragraph of a Markdown text. */
export function firstParagraph(text: string): string {
  return (
    markdownOfTags(text)
      .trim()
      .split(/\n\s*\n/u)[0] ?? ""
  );
}

/** Markdown without its marks, on one line: for `<meta name="description">`. */
export function plainText(text: string): string {
  return markdownOfTags(text)
    .replace(/\[([^[\]]*)\]\([^()]*\)/gu, "$1")
    .replace(/[`*_#>|]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

/** What stands before the first full stop, for cards and lists. */
export function firstSentence(text: string): string {
  const plain = plainText(firstParagraph(text));
  const end = /[.!?](?=\s|$)/u.exec(plain);
  return end === null ? plain : plain.slice(0, end.index + 1);
}

/** A link that needs nothing of the page it stands on. What the renderer left of a forbidden protocol is empty. */
const ABSOLUTE = /^[a-z][a-z\d+.-]*:/iu;

// A path is of the API's own site, which isn't this one. Links hold no links, so the next end is their own.
function linked(html: string, link: MarkdownOptions["link"]): string {
  return html.replace(
    /<a href="([^"]*)"([^>]*)>(.*?)<\/a>/gsu,
    (whole, target: string, rest: string, words: string) => {
      if (ABSOLUTE.test(target)) return whole;
      const found = link?.(target);
      return found === undefined ? words : `<a href="${found}"${rest}>${words}</a>`;
    },
  );
}

// The renderer escapes every `<` of the text, so tags found here are the renderer's own.
function shifted(html: string, top: number): string {
  return html.replace(/<(\/?)h([1-6])>/gu, (_, slash: string, level: string) => {
    return `<${slash}h${Math.min(6, Number(level) + top - 1)}>`;
  });
}

// A wide table or a long code line scrolls by itself; focusable, so that the keyboard can scroll it too.
function framed(html: string): string {
  let tables = 0;
  // Regions of one page are told apart by their labels.
  const frame = (): string => {
    tables += 1;
    const label = tables === 1 ? "Table" : `Table ${tables}`;
    return `<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table>`;
  };
  return html
    .replaceAll("<table>", frame)
    .replaceAll("</table>", "</table></div>")
    .replaceAll("<pre>", '<pre tabindex="0">');
}
