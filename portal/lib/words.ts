/** `distanceMiles` → `Distance miles`. */
export function labelOf(name: string): string {
  const words = wordsOf(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `distanceMiles` → `distance miles`. */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/gu, "$1 $2")
    .replace(/[-_]+/gu, " ")
    .toLowerCase();
}

/** Amounts and their currencies, numbers and their units stay on one line: `60.00 EUR`, `10 %`. */
export function unbroken(words: string): string {
  return words.replace(/(\d) (?=[A-Z]{3}\b|%)/gu, "$1\u00a0");
}

/** `1000` → `1,000`; anything but a whole number as it stands. */
export function grouped(number: string): string {
  return /^\d{4,15}$/u.test(number) ? Number(number).toLocaleString("en") : number;
}

/** A text of at most so many characters, cut between words. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), most / 2)).replace(/[\s,;:.]+$/u, "")} …`;
}

/** A Markdown text of at most so many characters, cut between paragraphs, or between words where it has but one. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf("\n\n", most);
  return end < most / 2 ? shortened(text, most) : text.slice(0, end);
}

/** `1 operation`, `1,223 operations`. */
export function count(number: number, thing: string, things = `${thing}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? thing : things}`;
}
