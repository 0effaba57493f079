import { boundedPattern } from "../../catalog/patterns/bounded-pattern.ts";
import type { Random } from "../random.ts";

/** A regular expression as a tree; what can't be generated from makes `parsePattern` give undefined. */
type Node =
  | { readonly kind: "set"; readonly characters: readonly string[] }
  | { readonly kind: "sequence"; readonly nodes: readonly Node[] }
  | { readonly kind: "choice"; readonly nodes: readonly Node[] }
  | { readonly kind: "repeat"; readonly node: Node; readonly min: number; readonly max: number };

class NotGenerable extends Error {}

function range(from: string, to: string): string[] {
  const [start, end] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
  return Array.from({ length: Math.max(0, end - start + 1) }, (_, index) =>
    String.fromCodePoint(start + index),
  );
}

const DIGITS = range("0", "9");
const WORD_CHARACTERS = [...range("a", "z"), ...range("A", "Z"), ...DIGITS, "_"];
const PRINTABLE = range(" ", "~");
const classes: Readonly<Record<string, readonly string[]>> = {
  d: DIGITS,
  w: WORD_CHARACTERS,
  s: [" "],
  D: PRINTABLE.filter((one) => !DIGITS.includes(one)),
  W: PRINTABLE.filter((one) => !WORD_CHARACTERS.includes(one)),
  S: PRINTABLE.filter((one) => one !== " "),
};

class Parser {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  parse(): Node {
    const node = this.choice();
    if (this.at < this.text.length) throw new NotGenerable(this.text.slice(this.at));
    return node;
  }

  private peek(): string {
    return this.text[this.at] ?? "";
  }

  private take(): string {
    const character = this.peek();
    this.at += 1;
    return character;
  }

  private choice(): Node {
    const nodes = [this.sequence()];
    while (this.peek() === "|") {
      this.take();
      nodes.push(this.sequence());
    }
    return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: "choice", nodes };
  }

  private sequence(): Node {
    const nodes: Node[] = [];
    while (this.at < this.text.length && this.peek() !== "|" && this.peek() !== ")") {
      const character = this.peek();
      if (character === "^" || character === "$") {
        this.take();
        continue;
      }
      nodes.push(this.quantified(this.atom()));
    }
    return { kind: "sequence", nodes };
  }

  private atom(): Node {
    const character = this.take();
    if (character === "(") return this.group();
    if (character === "[") return { kind: "set", characters: this.characterClass() };
    if (character === ".") return { kind: "set", characters: WORD_CHARACTERS };
    if (character === "\\") return { kind: "set", characters: this.escape() };
    return { kind: "set", characters: [character] };
  }

  private group(): Node {
    if (this.peek() === "?") {
      this.take();
      if (this.take() !== ":") throw new NotGenerable("lookaround or named group");
    }
    const node = this.choice();
    if (this.take() !== ")") throw new NotGenerable("open group");
    return node;
  }

  private escape(): readonly string[] {
    const character = this.take();
    if (/[1-9bBpPkuxc]/.test(character)) throw new NotGenerable(`\\${character}`);
    return classes[character] ?? [{ n: "\n", t: "\t", r: "\r" }[character] ?? character];
  }

  private characterClass(): string[] {
    const negated = this.peek() === "^";
    if (negated) this.take();
    const out: string[] = [];
    while (this.peek() !== "]") {
      if (this.at >= this.text.length) throw new NotGenerable("open class");
      const first = this.take();
      const set = first === "\\" ? this.escape() : [first];
      if (this.peek() === "-" && this.text[this.at + 1] !== "]" && set.length === 1) {
        this.take();
        const last = this.take();
        out.push(...range(set[0] ?? "", last === "\\" ? (this.escape()[0] ?? "") : last));
      } else out.push(...set);
    }
    this.take();
    return negated ? PRINTABLE.filter((one) => !out.includes(one)) : out;
  }

  private quantified(node: Node): Node {
    const bounds = this.bounds();
    if (bounds === undefined) return node;
    if (this.peek() === "?") this.take();
    return { kind: "repeat", node, min: bounds[0], max: bounds[1] };
  }

  private bounds(): [number, number] | undefined {
    const character = this.peek();
    if (character === "*") return this.open(0);
    if (character === "+") return this.open(1);
    if (character === "?") {
      this.take();
      return [0, 1];
    }
    const match = /^\{(\d+)(,(\d*))?\}/.exec(this.text.slice(this.at));
    if (match === null) return undefined;
    this.at += match[0].length;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === "" ? min + 8 : Number(match[3]);
    return [min, max];
  }

  private open(min: number): [number, number] {
    this.take();
    return [min, min + 8];
  }
}

function write(node: Node, random: Random): string {
  if (node.kind === "sequence") return node.nodes.map((one) => write(one, random)).join("");
  if (node.kind === "repeat") {
    const times = node.min + random.integer(Math.min(node.max - node.min, 12) + 1);
    return Array.from({ length: times }, () => write(node.node, random)).join("");
  }
  const [first, ...rest] = node.kind === "choice" ? node.nodes : node.characters;
  if (first === undefined) throw new NotGenerable("empty set");
  const picked = random.pick<Node | string>([first, ...rest]);
  return typeof picked === "string" ? picked : write(picked, random);
}

/** A text that matches the pattern and is of a length within the bounds; undefined where none was found. */
export function textMatching(pattern: string, random: Random, min = 0, max = 4096): string | undefined {
  try {
    const tree = new Parser(pattern).parse();
    const expression = boundedPattern(pattern, "u");
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const text = write(tree, random);
      if (text.length >= min && text.length <= max && expression.test(text)) return text;
    }
  } catch {
    // A pattern beyond this generator (lookaround, back references) simply isn't varied.
  }
  return undefined;
}
