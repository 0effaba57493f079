import { boundedPattern } from "../../specs/engine/catalog/patterns/bounded-pattern.ts";

/** Characters that the text may have, at least and at most. */
export interface TextLength {
  readonly least: number;
  readonly most: number;
}

const TRIES = 24;

/**
 * A text that matches a regular expression. Classes of any kind are drawn from the printable characters and some letters
 * beyond ASCII; what a look-around asks for is left to chance, so that a text may take some tries. Undefined where none
 * was found, as with back-references.
 */
export function textMatching(
  pattern: string,
  next: () => number,
  { least, most }: TextLength = { least: 0, most: Number.POSITIVE_INFINITY },
): string | undefined {
  try {
    const expression = boundedPattern(pattern, "u");
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const text = new Generator(pattern, next, drawsOf(attempt, least)).whole();
      const length = [...text].length;
      if (length >= least && length <= most && expression.test(text)) return text;
    }
  } catch {
    // An expression that this can't read, or that no engine can.
  }
  return undefined;
}

/** What an attempt draws from: plain letters at first, all sorts of characters where those won't do. */
interface Draws {
  readonly any: string;
  /** Unbounded quantifiers go up to this much beyond their minimum, or just this much where the length is `swept`. */
  readonly extra: number;
  readonly swept: boolean;
}

const CLASSES: Readonly<Record<string, string>> = {
  d: "0123456789",
  w: "abcdefghijklmnopqrstuvwxyz0123456789",
  s: " ",
  n: "\n",
  r: "\r",
  t: "\t",
};
const ANY = "abcdefghijklmnopqrstuvwxyz";
const EXTRA = 4;
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");
/** Letters, digits, marks and spaces of some scripts, for classes by property. */
const POOL = `${PRINTABLE}\t\n\u00a0éÀßœЖяΩλאبم中あ한٣€´“–·`;

function drawsOf(attempt: number, least: number): Draws {
  const any = attempt % (TRIES / 2) >= TRIES / 3 ? PRINTABLE : ANY;
  const swept = attempt - TRIES / 2;
  if (swept >= 0 && least > 0) return { any, extra: Math.max(least - swept, 0), swept: true };
  return { any, extra: attempt === 0 ? EXTRA : Math.max(2 * EXTRA, least), swept: false };
}

/** Reads the expression and writes a text at the same time. */
class Generator {
  readonly #pattern: string;
  readonly #next: () => number;
  readonly #draws: Draws;
  #at = 0;

  constructor(pattern: string, next: () => number, draws: Draws) {
    this.#pattern = pattern;
    this.#next = next;
    this.#draws = draws;
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
    if (letter === ".") return this.#oneOf(this.#draws.any);
    if (letter === "\\") return this.#oneOf(this.#escaped());
    return () => letter;
  }

  #group(): () => string {
    const kind = /^\?(?::|<?[=!]|<[^>=!]+>)/.exec(this.#pattern.slice(this.#at))?.[0] ?? "";
    this.#at += kind.length;
    if (kind === "" && this.#peek() === "?") throw new Error("unknown group");
    const inner = this.#alternatives();
    if (this.#take() !== ")") throw new Error("unclosed group");
    return /[=!]$/.test(kind) ? () => "" : inner;
  }

  #escaped(): string {
    const letter = this.#take();
    if (letter === "b" || letter === "B" || letter === "k" || /[1-9]/.test(letter))
      throw new Error("unsupported escape");
    const plain = CLASSES[letter];
    if (plain !== undefined) return plain;
    const coded = /^(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[DWS])/.exec(
      this.#pattern.slice(this.#at - 1),
    )?.[0];
    if (coded === undefined) return letter;
    this.#at += coded.length - 1;
    const exact = /^[ux]\{?([0-9a-fA-F]+)\}?$/.exec(coded)?.[1];
    return exact === undefined ? this.#drawn(`\\${coded}`) : String.fromCodePoint(Number.parseInt(exact, 16));
  }

  #classLetters(): string {
    const source = /^\^?(?:\\[\s\S]|[^\]\\])*\]/.exec(this.#pattern.slice(this.#at))?.[0];
    if (source === undefined) throw new Error("unclosed class");
    if (source.startsWith("^") || /\\[pPDWSuxc]/.test(source)) {
      this.#at += source.length;
      return this.#drawn(`[${source}`);
    }
    let letters = "";
    while (this.#peek() !== "]") {
      const from = this.#classLetter();
      if (this.#peek() === "-" && this.#pattern[this.#at + 1] !== "]" && from.length === 1) {
        this.#at += 1;
        letters += range(from, this.#classLetter());
      } else letters += from;
    }
    this.#at += 1;
    return letters;
  }

  /** Letters and digits where they will do: what has no meaning to anybody is the easiest to handle. */
  #drawn(source: string): string {
    const all = drawn(source);
    const plain = this.#draws.any === ANY ? all.replaceAll(/[^a-z0-9]/g, "") : "";
    return plain === "" ? all : plain;
  }

  #classLetter(): string {
    const letter = this.#take();
    return letter === "\\" ? this.#escaped() : letter;
  }

  #oneOf(letters: string): () => string {
    const characters = [...letters];
    return () => characters[this.#next() % characters.length] ?? "";
  }

  #quantified(part: () => string): () => string {
    const bounds = this.#bounds();
    if (bounds === undefined) return part;
    const [min, max] = bounds;
    const { swept } = this.#draws;
    return () => {
      const count = swept ? max : min + (this.#next() % (max - min + 1));
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
      const { extra } = this.#draws;
      return [
        min,
        counted[3] === ""
          ? min + extra
          : Math.min(Number(counted[3]), min + (this.#draws.swept ? extra : 2 * extra)),
      ];
    }
    const mark = /^[?*+]/.exec(rest)?.[0];
    if (mark === undefined) return undefined;
    this.#skip(mark);
    if (mark === "?") return [0, 1];
    const { extra } = this.#draws;
    return mark === "+" ? [1, 1 + extra] : [0, extra];
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

/** The characters at hand that a class or an escape takes. */
function drawn(source: string): string {
  const expression = new RegExp(source, "u");
  const found = [...(/\\[pP]/.test(source) ? POOL : PRINTABLE)].filter((character) =>
    expression.test(character),
  );
  if (found.length === 0) throw new Error("nothing to draw from");
  return found.join("");
}

function range(from: string, to: string): string {
  const letters: string[] = [];
  for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++)
    letters.push(String.fromCharCode(code));
  return letters.join("");
}
