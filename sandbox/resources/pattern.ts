/**
 * A text that matches a regular expression, for the expressions that schemas use: literals, classes, groups,
 * alternatives and quantifiers. Undefined where it meets anything else (look-around, back-references).
 */
export function textMatching(pattern: string, next: () => number): string | undefined {
  try {
    const text = new Generator(pattern, next).whole();
    return new RegExp(pattern, "u").test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  d: "0123456789",
  w: "abcdefghijklmnopqrstuvwxyz0123456789",
  s: " ",
};
const ANY = "abcdefghijklmnopqrstuvwxyz";
/** Unbounded quantifiers go this much beyond their minimum. */
const EXTRA = 4;

/** Reads the expression and writes a text at the same time. */
class Generator {
  readonly #pattern: string;
  readonly #next: () => number;
  #at = 0;

  constructor(pattern: string, next: () => number) {
    this.#pattern = pattern;
    this.#next = next;
  }

  whole(): string {
    const text = this.#alternatives()();
    if (this.#at < this.#pattern.length) throw new Error("unbalanced");
    return text;
  }

  /** Each part is a function, so that a quantifier can repeat it with other letters. */
  #alternatives(): () => string {
    const options = [this.#sequence()];
    while (this.#peek() === "|") {
      this.#at += 1;
      options.push(this.#sequence());
    }
    return () => options[this.#next() % options.length]?.() ?? "";
  }

  #sequence(): () => string {
    const parts: (() => string)[] = [];
    while (this.#at < this.#pattern.length && this.#peek() !== "|" && this.#peek() !== ")") {
      parts.push(this.#quantified(this.#atom()));
    }
    return () => parts.map((part) => part()).join("");
  }

  #atom(): () => string {
    const letter = this.#take();
    if (letter === "^" || letter === "$") return () => "";
    if (letter === "(") return this.#group();
    if (letter === "[") return this.#oneOf(this.#classLetters());
    if (letter === ".") return this.#oneOf(ANY);
    if (letter === "\\") return this.#oneOf(this.#escaped());
    return () => letter;
  }

  #group(): () => string {
    if (this.#peek() === "?") {
      if (this.#pattern.startsWith("?:", this.#at)) this.#at += 2;
      else throw new Error("look-around");
    }
    const inner = this.#alternatives();
    if (this.#take() !== ")") throw new Error("unclosed group");
    return inner;
  }

  #escaped(): string {
    const letter = this.#take();
    if (letter === "b" || letter === "B" || /[1-9pPukxDWS]/.test(letter))
      throw new Error("unsupported escape");
    return CLASSES[letter] ?? letter;
  }

  #classLetters(): string {
    if (this.#peek() === "^") throw new Error("negated class");
    let letters = "";
    while (this.#peek() !== "]") {
      const letter = this.#take();
      const from = letter === "\\" ? this.#escaped() : letter;
      if (this.#peek() === "-" && this.#pattern[this.#at + 1] !== "]" && from.length === 1) {
        this.#at += 1;
        letters += range(from, this.#take());
      } else letters += from;
    }
    this.#at += 1;
    return letters;
  }

  #oneOf(letters: string): () => string {
    return () => letters[this.#next() % letters.length] ?? "";
  }

  #quantified(part: () => string): () => string {
    const bounds = this.#bounds();
    if (bounds === undefined) return part;
    const [min, max] = bounds;
    return () => {
      const count = min + (this.#next() % (max - min + 1));
      return Array.from({ length: count }, part).join("");
    };
  }

  #bounds(): readonly [number, number] | undefined {
    const rest = this.#pattern.slice(this.#at);
    const counted = /^\{(\d+)(,(\d*))?\}/.exec(rest);
    if (counted !== null) {
      this.#skip(counted[0]);
      const min = Number(counted[1]);
      if (counted[2] === undefined) return [min, min];
      return [min, counted[3] === "" ? min + EXTRA : Math.min(Number(counted[3]), min + 2 * EXTRA)];
    }
    const mark = /^[?*+]/.exec(rest)?.[0];
    if (mark === undefined) return undefined;
    this.#skip(mark);
    if (mark === "?") return [0, 1];
    return mark === "+" ? [1, 1 + EXTRA] : [0, EXTRA];
  }

  #skip(text: string): void {
    this.#at += text.length;
    if (this.#peek() === "?") this.#at += 1;
  }

  #peek(): string | undefined {
    return this.#pattern[this.#at];
  }

  #take(): string {
    const letter = this.#pattern[this.#at];
    if (letter === undefined) throw new Error("ended early");
    this.#at += 1;
    return letter;
  }
}

function range(from: string, to: string): string {
  const letters: string[] = [];
  for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++)
    letters.push(String.fromCharCode(code));
  return letters.join("");
}
