import { type CharacterSet, overlap, parseRegex, type RegexNode } from "./regex-parse.ts";

/** How a backtracking engine may behave on a pattern: `unknown` when it can't be told within limits. */
export type RegexRisk = "none" | "exponential" | "unknown";

const limits = {
  positions: 2_000,
  /** Copies that a bounded repetition is written out to; above, it counts as unbounded. */
  copies: 16,
  pairs: 60_000,
  edges: 3_000_000,
} as const;

/**
 * Positions of a pattern and which may follow which (Glushkov's automaton), with the number of ways in which one
 * follows the other: `(a+)+` lets `a` follow `a` in two ways, and that is what makes it exponential.
 */
interface Automaton {
  readonly sets: CharacterSet[];
  readonly follow: Map<number, number>[];
}

interface Fragment {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const empty: Fragment = { nullable: true, first: [], last: [] };

class TooLarge extends Error {}
class Unprovable extends Error {}

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
  build(root, automaton, looks);
  if (isAmbiguousInLoop(automaton)) return "exponential";
  for (const look of looks) {
    const inner = risk(look);
    if (inner !== "none") return inner;
  }
  return "none";
}

function build(node: RegexNode, automaton: Automaton, looks: RegexNode[]): Fragment {
  switch (node.kind) {
    case "set": {
      if (automaton.sets.length >= limits.positions) throw new TooLarge();
      const position = automaton.sets.push(node.set) - 1;
      automaton.follow.push(new Map());
      return { nullable: false, first: [position], last: [position] };
    }
    case "backreference":
      throw new Unprovable();
    case "look":
      looks.push(node.node);
      return empty;
    case "choice": {
      const parts = node.nodes.map((part) => build(part, automaton, looks));
      return {
        nullable: parts.some((part) => part.nullable),
        first: parts.flatMap((part) => part.first),
        last: parts.flatMap((part) => part.last),
      };
    }
    case "sequence":
      return node.nodes.reduce<Fragment>(
        (left, part) => join(left, build(part, automaton, looks), automaton),
        empty,
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
  if (max === 0) return empty;
  // `(.*a){9}` is only polynomial, and as good as endless all the same.
  const unbounded = max > limits.copies || (max > 4 && hasEndlessPart(node));
  if (!unbounded) {
    let whole = empty;
    for (let copy = 0; copy < max; copy += 1) {
      const part = build(node, automaton, looks);
      whole = join(whole, copy < min ? part : { ...part, nullable: true }, automaton);
    }
    return whole;
  }
  const part = build(node, automaton, looks);
  connect(part.last, part.first, automaton);
  return min === 0 ? { ...part, nullable: true } : part;
}

function hasEndlessPart(node: RegexNode): boolean {
  if (node.kind === "repeat") return node.max === Number.POSITIVE_INFINITY || hasEndlessPart(node.node);
  return (node.kind === "sequence" || node.kind === "choice") && node.nodes.some(hasEndlessPart);
}

/** Searches each loop for two different ways back to one position on the same text. */
function isAmbiguousInLoop(automaton: Automaton): boolean {
  const loops = components(
    automaton.follow.length,
    (position) => automaton.follow[position]?.keys() ?? [],
  ).filter((loop) => loop.length > 1 || automaton.follow[loop[0] ?? 0]?.has(loop[0] ?? 0) === true);
  return loops.some((loop) => {
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
  if (size * size > limits.pairs) throw new TooLarge();
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
        if (edges > limits.edges) throw new TooLarge();
        if (overlaps[left]?.[right] === true) yield left * size + right;
      }
    }
  }
  return components(size * size, next).some((component) => {
    if (component.length < 2) return false;
    const equals = component.filter((pair) => Math.floor(pair / size) === pair % size).length;
    return equals > 0 && equals < component.length;
  });
}

/** Strongly connected components (Tarjan), without recursion. */
function components(count: number, successors: (node: number) => Iterable<number>): number[][] {
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const onStack = new Uint8Array(count);
  const stack: number[] = [];
  const found: number[][] = [];
  let counter = 0;
  for (let start = 0; start < count; start += 1) {
    if (order[start] !== -1) continue;
    const work: { node: number; rest: Iterator<number> }[] = [];
    const enter = (node: number): void => {
      order[node] = counter;
      low[node] = counter;
      counter += 1;
      stack.push(node);
      onStack[node] = 1;
      work.push({ node, rest: successors(node)[Symbol.iterator]() });
    };
    enter(start);
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const { value, done } = top.rest.next();
      if (done !== true) {
        if (order[value] === -1) enter(value);
        else if (onStack[value] === 1) low[top.node] = Math.min(low[top.node] ?? 0, order[value] ?? 0);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) low[parent.node] = Math.min(low[parent.node] ?? 0, low[top.node] ?? 0);
      if (low[top.node] !== order[top.node]) continue;
      const component: number[] = [];
      for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        onStack[node] = 0;
        component.push(node);
        if (node === top.node) break;
      }
      found.push(component);
    }
  }
  return found;
}
