/** Text from documents and servers as one line of Markdown: it means its characters, and marks up nothing. */
export const markdownText = (text: string): string => oneLine(text).replaceAll(/[\\`*_{}[\]<>#|~!]/g, "\\$&");

/** A message of ours with such text in it, outside of tables: what stands between backticks stays code. */
export const markdownMessage = (text: string): string =>
  oneLine(text)
    .split(/(`[^`]+`)/)
    // Pieces at odd places are what the group caught.
    .map((piece, at) => (at % 2 === 1 ? piece : markdownText(piece)))
    .join("");

/** Code within a line, whatever backticks are in it. */
export function codeSpan(text: string): string {
  const fence = "`".repeat(1 + longestRun(text));
  return fence.length === 1 ? `\`${oneLine(text)}\`` : `${fence} ${oneLine(text)} ${fence}`;
}

/** Lines of code, in a fence that is longer than any in them. */
export function codeBlock(text: string, language = ""): string {
  const fence = "`".repeat(Math.max(3, 1 + longestRun(text)));
  return `${fence}${language}\n${text}\n${fence}`;
}

const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** Without what could end the line, or move what is read in a terminal. */
const oneLine = (text: string): string =>
  text.replaceAll(/\s+/g, " ").replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, "");
