/** A word as it can be typed into a shell. */
export const shellWord = (text: string): string =>
  /^[\w./\\:~-]+$/.test(text) ? text : `"${text.replaceAll(/["$`]/g, "\\$&")}"`;
