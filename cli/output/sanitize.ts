/**
 * Text that came from elsewhere (a server's answer, a spec, a file) without anything that could move the cursor,
 * recolour or rewrite the terminal: control characters, escape sequences as a whole, and the bidirectional marks that
 * reorder what is read. Tabs and line breaks stay.
 */
export function sanitize(text: string): string {
  // Whole sequences first, so that their visible rest (`[31m`) does not stay behind.
  return text.replace(ESCAPE_SEQUENCE, "").replace(CONTROL, "");
}

/** The same, with the plain colours that `paint` gives to some of its pieces left as they are. */
export function sanitizePainted(text: string): string {
  // Pieces at odd places are what the group caught.
  const pieces = text.split(PLAIN_COLOR);
  return pieces.map((piece, at) => (at % 2 === 1 ? piece : sanitize(piece))).join("");
}

/** The same as one line: for table cells and messages. */
export function sanitizeLine(text: string): string {
  return sanitize(text.replace(/[\r\n\t]+/g, " "));
}

const ESC = String.fromCharCode(0x1b);
const CSI = String.fromCharCode(0x9b);
const BEL = String.fromCharCode(0x07);
/** What begins a string for the terminal itself (DCS, SOS, OSC, PM, APC), in both its spellings, and what ends one. */
const STRING = `(?:${ESC}[PX\\]^_]|[${String.fromCharCode(0x90, 0x98, 0x9d, 0x9e, 0x9f)}])`;
const ST = String.fromCharCode(0x9c);
const ESCAPE_SEQUENCE = new RegExp(
  [
    // Window titles, hyperlinks, the clipboard, questions that the terminal answers.
    `${STRING}[^${BEL}${ESC}${ST}]*(?:[${BEL}${ST}]|${ESC}\\\\)?`,
    // Control sequences (colours, cursor) and two-character escapes.
    `(?:${ESC}\\[?|${CSI})[0-?]*[ -/]*[@-~]`,
  ].join("|"),
  "g",
);
/** Bold, dim, the eight colours, and their ends: nothing that hides text or moves it. */
const PLAIN_COLOR = new RegExp(`(${ESC}\\[(?:0|1|2|22|39|3[0-7])m)`);
const CONTROL = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu;
