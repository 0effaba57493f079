/**
 * The characters that one place of a regular expression takes: one flag for each ASCII character, one for all white
 * space beyond, and one for all other characters together. Coarse on the safe side: two sets that might share a
 * character beyond ASCII count as overlapping.
 */
export type CharacterSet = Uint8Array;

export type RegexNode =
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "sequence"; readonly nodes: readonly RegexNode[] }
  | { readonly kind: "choice"; readonly nodes: readonly RegexNode[] }
  | { readonly kind: "repeat"; readonly node: RegexNode; readonly min: number; readonly max: number }
  | { readonly kind: "start" }
  | { readonly kind: "end" }
  /** Looks ahead or behind: takes no character, and is run on its own. */
  | { readonly kind: "look"; readonly node: RegexNode }
  /** Repeats what a group matched: nothing can be proven about it. */
  | { readonly kind: "backreference" };

const ASCII = 128;
export const CHARACTER_KINDS = ASCII + 2;
const SPACES = ["\u00a0", "\u2028", "\ufeff"];
/** One of each kind of other character. */
const OTHERS = ["é", "α", "я", "中", "ا", "٣", "€", "😀"];

function setOf(source: string): CharacterSet {
  const set = new Uint8Array(CHARACTER_KINDS);
  const matcher = new RegExp(`^(?:${source})$`, "u");
  for (let code = 0; code < ASCII; code += 1) if (matcher.test(String.fromCharCode(code))) set[code] = 1;
  const named = [...source].some((character) => character.charCodeAt(0) >= ASCII) || /\\[ux]/.test(source);
  if (named || SPACES.some((sample) => matcher.test(sample))) set[ASCII] = 1;
  if (named || OTHERS.some((sample) => matcher.test(sample))) set[ASCII + 1] = 1;
  return set;
}

export function overlap(a: CharacterSet, b: CharacterSet): boolean {
  for (let kind = 0; kind < CHARACTER_KINDS; kind += 1) if (a[kind] === 1 && b[kind] === 1) return true;
  return false;
}

/** Parses a pattern that is known to be valid with the `u` flag. */
export function parseRegex(pattern: string): RegexNode {
  let at = 0;
  const choice = (): RegexNode => {
    const nodes = [sequence()];
    while (pattern[at] === "|") {
      at += 1;
      nodes.push(sequence());
    }
    return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: "choice", nodes };
  };
  const sequence = (): RegexNode => {
    const nodes: RegexNode[] = [];
    while (at < pattern.length && pattern[at] !== "|" && pattern[at] !== ")") {
      const node = term();
      if (node !== undefined) nodes.push(quantified(node));
    }
    return { kind: "sequence", nodes };
  };
  const term = (): RegexNode | undefined => {
    const character = pattern[at] ?? "";
    if (character === "^" || character === "$") {
      at += 1;
      return { kind: character === "^" ? "start" : "end" };
    }
    if (character === "(") return group();
    if (character === "[") return { kind: "set", set: setOf(take(/^\[(?:\\[\s\S]|[^\]\\])*\]/)) };
    if (character === "\\") return escaped();
    const point = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
    at += point.length;
    return { kind: "set", set: setOf(point === "." ? "." : point.replace(/[/]/, "\\/")) };
  };
  const take = (expression: RegExp): string => {
    const text = expression.exec(pattern.slice(at))?.[0] ?? pattern[at] ?? "";
    at += text.length;
    return text;
  };
  const escaped = (): RegexNode | undefined => {
    if (/^\\(?:[1-9]|k<)/.test(pattern.slice(at))) {
      take(/^\\(?:\d+|k<[^>]*>)/);
      return { kind: "backreference" };
    }
    if (/^\\[bB]/.test(pattern.slice(at))) {
      at += 2;
      return undefined;
    }
    return {
      kind: "set",
      set: setOf(take(/^\\(?:u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|c[A-Za-z]|[\s\S])/)),
    };
  };
  const group = (): RegexNode => {
    const opening = take(/^\((?:\?(?::|=|!|<=|<!|<[^>=!]+>|[a-z-]+:))?/);
    const node = choice();
    at += 1;
    return /^\(\?<?[=!]/.test(opening) ? { kind: "look", node } : node;
  };
  const quantified = (node: RegexNode): RegexNode => {
    const text = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(pattern.slice(at))?.[0];
    if (text === undefined) return node;
    at += text.length;
    const [min, max] = bounds(text);
    return { kind: "repeat", node, min, max };
  };
  return choice();
}

function bounds(quantifier: string): [number, number] {
  if (quantifier.startsWith("*")) return [0, Number.POSITIVE_INFINITY];
  if (quantifier.startsWith("+")) return [1, Number.POSITIVE_INFINITY];
  if (quantifier.startsWith("?")) return [0, 1];
  const [, min = "0", comma, max = ""] = /^\{(\d+)(,)?(\d*)\}/.exec(quantifier) ?? [];
  if (comma === undefined) return [Number(min), Number(min)];
  return [Number(min), max === "" ? Number.POSITIVE_INFINITY : Number(max)];
}
