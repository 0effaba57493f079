/**
 * Text that came from elsewhere (a server's answer, a spec, a file) without anything that could move the cursor, recolour
 * or rewrite the terminal: C0 and C1 controls, DEL, and the bidirectional overrides that reorder what is read.
 * Tabs and line breaks stay.
 */
export function sanitize(text: string): string {
  return (
    text
      // Whole escape sequences first, so that their visible rest (`[31m`) does not stay behind.
      .replace(ESCAPE_SEQUENCE, "")
      .replace(CONTROL, "")
  );
}

/** One line of it: for table cells and messages. */
export function sanitizeLine(text: string): string {
  return sanitize(text.replace(/[\r\n\t]+/g, " "));
}

const ESCAPE_SEQUENCE = new RegExp(
  [
    "[\\u001b\\u009b]\\[?[0-?]*[ -/]*[@-~]", // CSI and two-character escapes
    "\\u001b\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)?", // OSC: titles, hyperlinks, clipboard
  ]
    .reverse()
    .join("|"),
  "g",
);
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
