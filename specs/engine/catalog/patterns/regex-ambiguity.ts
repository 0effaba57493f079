import { type Automaton, buildAutomaton, loopsOf, TooLarge, Unprovable } from "./regex-automaton.ts";
import { overlap, parseRegex, type RegexNode } from "./regex-parse.ts";
import { strongComponents } from "./strong-components.ts";

/** How a backtracking engine may behave on a pattern: `unknown` when it can't be told within limits. */
export type RegexRisk = "none" | "exponential" | "unknown";

const LIMITS = {
  pairs: 60_000,
  edges: 3_000_000,
} as const;

/**
 * Whether some text makes the pattern try exponentially many ways: that is so exactly when a position can be reached
 * from itself by one text along two different ways (Weber and Seidl's EDA).
 */
export function regexRisk(pattern: string): RegexRisk {
  try {
    return risk(parseRegex(pattern));
  } catch (cause) {
    if (cause instanceof TooLarge || cause instanceof Unprovable || cause instanceof RangeError)
      return "unknown";
    throw cause;
  }
}

function risk(root: RegexNode): RegexRisk {
  const automaton: Automaton = { sets: [], follow: [] };
  const looks: RegexNode[] = [];
  buildAutomaton(root, automaton, looks);
  if (isAmbiguousInLoop(automaton)) return "exponential";
  for (const look of looks) {
    const inner = risk(look);
    if (inner !== "none") return inner;
  }
  return "none";
}

/** Searches each loop for two different ways back to one position on the same text. */
function isAmbiguousInLoop(automaton: Automaton): boolean {
  return loopsOf(automaton).some((loop) => {
    const inside = new Set(loop);
    for (const position of loop) {
      for (const [next, ways] of automaton.follow[position] ?? [])
        if (ways > 1 && inside.has(next)) return true;
    }
    return hasTwin(loop, inside, automaton);
  });
}

/** In the product of a loop with itself: a component that holds a pair of equals and a pair of different positions. */
function hasTwin(loop: readonly number[], inside: ReadonlySet<number>, automaton: Automaton): boolean {
  const size = loop.length;
  if (size * size > LIMITS.pairs) throw new TooLarge();
  const index = new Map(loop.map((position, at) => [position, at]));
  const successors = loop.map((position) =>
    [...(automaton.follow[position]?.keys() ?? [])]
      .filter((next) => inside.has(next))
      .map((next) => index.get(next) ?? 0),
  );
  const sets = loop.map((position) => automaton.sets[position] ?? new Uint8Array(0));
  const overlaps = sets.map((a) => sets.map((b) => overlap(a, b)));
  let edges = 0;
  function* next(pair: number): Generator<number> {
    for (const left of successors[Math.floor(pair / size)] ?? []) {
      for (const right of successors[pair % size] ?? []) {
        edges += 1;
        if (edges > LIMITS.edges) throw new TooLarge();
        if (overlaps[left]?.[right] === true) yield left * size + right;
      }
    }
  }
  return strongComponents(size * size, next).some((component) => {
    if (component.length < 2) return false;
    const equals = component.filter((pair) => Math.floor(pair / size) === pair % size).length;
    return equals > 0 && equals < component.length;
  });
}
