/** One line of RFC 4180, without its end. */
export const csvLine = (cells: readonly string[]): string =>
  cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");

/** A text that a spreadsheet would run as a formula gets an apostrophe before it: it may be of a server, or of documents that anybody wrote. */
export const disarmed = (text: string): string => (/^\s*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);
