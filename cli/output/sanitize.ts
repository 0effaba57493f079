/**
 * Text that came from elsewhere (a server's answer, a spec, a file) without anything that could move the cursor,
 * recolour or rewrite the terminal: control characters, escape sequences as a whole, and the bidirectional marks that
 * reorder what is read. Tabs and line breaks stay.
 */
export function sanitize(text: string): string {
  // Whole sequences first, so that their visible rest (`[31m`) does not stay behind.
  return text.replace(ESCAPE_SEQUENCE, "").replace(CONTROL, "");
}

/** The same as one line: for table cells and messages. */
export function sanitizeLine(text: string): string {
  return sanitize(text.replace(/[\r\n\t]+/g, " "));
}

const ESC = String.fromCharCode(0x1b);
const CSI = String.fromCharCode(0x9b);
const BEL = String.fromCharCode(0x07);
const ESCAPE_SEQUENCE = new RegExp(
  [
    // Operating system commands: window titles, hyperlinks, the clipboard.
    `${ESC}\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)?`,
    // Control sequences (colours, cursor) and two-character escapes.
    `(?:${ESC}\\[?|${CSI})[0-?]*[ -/]*[@-~]`,
  ].join("|"),
  "g",
);
const CONTROL = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu;
