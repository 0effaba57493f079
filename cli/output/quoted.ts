/**
 * A text as one word of a command line that can be pasted into a shell of this machine: that of Windows knows no single quotes,
 * and has paths with backslashes.
 */
export function quoted(text: string, platform: NodeJS.Platform = process.platform): string {
  const isPlain = platform === "win32" ? /^[\w.:@/\\~-]+$/ : /^[\w.:@/-]+$/;
  if (isPlain.test(text) && !text.startsWith("-")) return text;
  return platform === "win32" ? `"${text.replaceAll('"', '""')}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}
