/** What is never read as a tag: code in fences and in backticks. */
const CODE = /(```[\s\S]*?(?:```|$)|`[^`\n]*`)/u;

/** The tags of plain text, as many a description holds them, and the Markdown that each stands for. */
const TAGS: readonly (readonly [RegExp, string | ((...found: string[]) => string)])[] = [
  [/<a\s[^>]*?href\s*=\s*["']([^"'<>]*)["'][^>]*>([^<]*)<\/a>/giu, linkOf],
  [/<code>([^<`]*)<\/code>/giu, "`$1`"],
  [/<\/?(?:strong|b)>/giu, "**"],
  [/<\/?(?:em|i)>/giu, "*"],
  [/<br\s*\/?>/giu, "  \n"],
  [/<\/?(?:p|div|ul|ol)>\s*/giu, "\n\n"],
  // Looked at once: in a long row of blanks each of them could begin the same match.
  [/(?<!\s)\s*<li>\s*/giu, "\n- "],
  [/(?<!\s)\s*<\/li>/giu, ""],
  [/(?<!\s)\s*<h([1-6])>\s*/giu, (_, level = "1") => `\n\n${"#".repeat(Number(level))} `],
  [/<\/h[1-6]>\s*/giu, "\n\n"],
];

/**
 * A text with its simple tags (`<p>`, `<a>`, `<code>`, lists, emphasis) turned into Markdown. CommonMark allows HTML, and
 * descriptions of large APIs are written in it; what comes out here is rendered as all Markdown is, so nothing that it holds
 * can act. Other tags stay as they are.
 */
export function markdownOfTags(text: string): string {
  if (!/<[a-z/]/iu.test(text)) return text;
  const parts = text.split(CODE);
  // Every second part is code.
  return parts.map((part, index) => (index % 2 === 1 ? part : rewritten(part))).join("");
}

function rewritten(text: string): string {
  return TAGS.reduce(
    // The overloads of `replace` take one form each.
    (soFar, [tag, by]) => (typeof by === "string" ? soFar.replace(tag, by) : soFar.replace(tag, by)),
    text,
  );
}

// A link to a path is of the API's own site, which isn't this one.
function linkOf(_: string, target = "", words = ""): string {
  return /^https?:/iu.test(target) ? `[${words}](<${target}>)` : words;
}
