const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Whether HTTP takes a text as the name of a header field. */
export const isHeaderName = (text: string): boolean => NAME.test(text);

/** Whether a header field can carry a text as it is. */
export const isHeaderValue = (text: string): boolean => VALUE.test(text);

/** A text as a header field can carry it: line ends and the like as spaces, letters beyond ASCII percent-encoded. */
export function headerText(text: string): string {
  if (/^[\t\x20-\x7e]*$/.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\t]+/gu, " ")
    .replace(/[\u{80}-\u{10ffff}]+/gu, encodeURIComponent)
    .trim();
}
