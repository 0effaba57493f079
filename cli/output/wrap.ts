/** How wide text is set on a stream: as its terminal is, within what can be read. */
export function textWidth(stream: NodeJS.WriteStream): number {
  return Math.min(110, Math.max(50, stream.columns ?? 100));
}

/** Breaks lines between words; breaks that are there stay. */
export function wrap(text: string, columns: number): string {
  return text
    .split("\n")
    .map((paragraph) => wrapParagraph(paragraph, columns))
    .join("\n");
}

function wrapParagraph(text: string, columns: number): string {
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > columns) {
      lines.push(current);
      current = word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current].join("\n");
}
