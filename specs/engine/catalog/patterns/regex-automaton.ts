import type { CharacterSet, RegexNode } from "./regex-parse.ts";
import { strongComponents } from "./strong-components.ts";

const LIMITS = {
  positions: 2_000,
  /** Copies that a bounded repetition is written out to; above, it counts as unbounded. */
  copies: 16,
} as const;

/**
 * Positions of a pattern and which may follow which (Glushkov's automaton), with the number of ways in which one
 * follows the other: `(a+)+` lets `a` follow `a` in two ways, and that is what makes it exponential.
 */
export interface Automaton {
  readonly sets: CharacterSet[];
  readonly follow: Map<number, number>[];
}

export interface Fragment {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const EMPTY: Fragment = { nullable: true, first: [], last: [] };

/** The pattern is beyond what is looked at. */
export class TooLarge extends Error {}
/** The pattern uses what no automaton can follow. */
export class Unprovable extends Error {}

export function buildAutomaton(node: RegexNode, automaton: Automaton, looks: RegexNode[]): Fragment {
  switch (node.kind) {
    case "set": {
      if (automaton.sets.length >= LIMITS.positions) throw new TooLarge();
      const position = automaton.sets.push(node.set) - 1;
      automaton.follow.push(new Map());
      return { nullable: false, first: [position], last: [position] };
    }
    case "backreference":
      throw new Unprovable();
    case "start":
    case "end":
      return EMPTY;
    case "look":
      looks.push(node.node);
      return EMPTY;
    case "choice": {
      const parts = node.nodes.map((part) => buildAutomaton(part, automaton, looks));
      return {
        nullable: parts.some((part) => part.nullable),
        first: parts.flatMap((part) => part.first),
        last: parts.flatMap((part) => part.last),
      };
    }
    case "sequence":
      return node.nodes.reduce<Fragment>(
        (left, part) => join(left, buildAutomaton(part, automaton, looks), automaton),
        EMPTY,
      );
    case "repeat":
      return repeat(node.node, node.min, node.max, automaton, looks);
  }
}

function join(left: Fragment, right: Fragment, automaton: Automaton): Fragment {
  connect(left.last, right.first, automaton);
  return {
    nullable: left.nullable && right.nullable,
    first: left.nullable ? [...left.first, ...right.first] : left.first,
    last: right.nullable ? [...right.last, ...left.last] : right.last,
  };
}

function connect(from: readonly number[], to: readonly number[], automaton: Automaton): void {
  for (const position of from) {
    const follow = automaton.follow[position];
    for (const next of to) follow?.set(next, (follow.get(next) ?? 0) + 1);
  }
}

function repeat(
  node: RegexNode,
  min: number,
  max: number,
  automaton: Automaton,
  looks: RegexNode[],
): Fragment {
  if (max === 0) return EMPTY;
  // `(.*a){9}` is only polynomial, and as good as endless all the same.
  const unbounded = max > LIMITS.copies || (max > 4 && hasEndlessPart(node));
  if (!unbounded) {
    let whole = EMPTY;
    for (let copy = 0; copy < max; copy += 1) {
      const part = buildAutomaton(node, automaton, looks);
      whole = join(whole, copy < min ? part : { ...part, nullable: true }, automaton);
    }
    return whole;
  }
  const part = buildAutomaton(node, automaton, looks);
  connect(part.last, part.first, automaton);
  return min === 0 ? { ...part, nullable: true } : part;
}

function hasEndlessPart(node: RegexNode): boolean {
  if (node.kind === "repeat") return node.max === Number.POSITIVE_INFINITY || hasEndlessPart(node.node);
  return (node.kind === "sequence" || node.kind === "choice") && node.nodes.some(hasEndlessPart);
}

/** The sets of positions from each of which all others of the set, and itself, can be reached again. */
export function loopsOf(automaton: Automaton): number[][] {
  return strongComponents(
    automaton.follow.length,
    (position) => automaton.follow[position]?.keys() ?? [],
  ).filter((loop) => loop.length > 1 || automaton.follow[loop[0] ?? 0]?.has(loop[0] ?? 0) === true);
}
