/** A text as one word of a command line that can be pasted into a shell. */
export const quoted = (text: string): string =>
  /^[\w.:@/-]+$/.test(text) && !text.startsWith("-") ? text : `'${text.replaceAll("'", `'\\''`)}'`;
