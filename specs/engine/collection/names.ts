/** Gives each name once: the second `a` is `a2`. What differs in case alone is the same. */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    let unique = name;
    for (let count = 2; taken.has(folded(unique)); count += 1) unique = `${name}${count}`;
    taken.add(folded(unique));
    return unique;
  };
}

const folded = (name: string): string => name.normalize("NFC").toLowerCase();

/** Of letters, digits and `_` alone, as every tool takes it for a variable. */
export function identifier(text: string, otherwise: string): string {
  const made = text.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^_+|_+$/g, "");
  return made === "" ? otherwise : /^\d/.test(made) ? `_${made}` : made;
}

const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
const MOST_LETTERS = 60;

/** What a file or a folder of this title can be called on every system. */
export function fileName(title: string, otherwise: string): string {
  const made = Array.from(
    title
      .toWellFormed()
      .normalize("NFC")
      .replace(/[\p{Cc}\p{Cf}<>:"|?*\\/]+/gu, " ")
      .replace(/\s+/g, " "),
  )
    .slice(0, MOST_LETTERS)
    .join("")
    .replace(/^[. ]+|[. ]+$/g, "");
  if (made === "") return otherwise;
  return DEVICE.test(made) ? `_${made}` : made;
}

/** On one line, without what a terminal or a parser would act on. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();

/** A text that no tool finds a variable in: JSON can say a brace in another way. */
export const literalJson = (json: string): string => json.replaceAll("{{", "{\\u007b");
