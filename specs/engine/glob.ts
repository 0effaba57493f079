/** Texts of a kind: what a pattern says, in which `*` stands for any text, also none. */
export interface Glob {
  test(text: string): boolean;
}

/** Its time grows with the text and no faster, however many stars there are: a regular expression would try them all. */
export function globOf(pattern: string): Glob {
  const [first = "", ...others] = pattern.split("*");
  const last = others.pop();
  if (last === undefined) return { test: (text) => text === pattern };
  return {
    test(text) {
      let at = first.length;
      const end = text.length - last.length;
      if (at > end || !text.startsWith(first) || !text.endsWith(last)) return false;
      // The earliest place of each part leaves the most to those after it.
      for (const part of others) {
        const found = text.indexOf(part, at);
        if (found === -1) return false;
        at = found + part.length;
      }
      return at <= end;
    },
  };
}
