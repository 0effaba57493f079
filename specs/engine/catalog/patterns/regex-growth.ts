import { type Automaton, buildAutomaton, type Fragment, loopsOf, TooLarge } from "./regex-automaton.ts";
import { CHARACTER_KINDS, overlap, parseRegex, type RegexNode } from "./regex-parse.ts";

/** Steps of the search for one pattern; beyond, nothing is known of it. */
const MAX_STEPS = 400_000;

/**
 * Longest texts that a pattern is tried on, by how often its time is multiplied by the length: so that no more than some
 * tens of millions of ways are tried. From a fifth power on, what may be tried is shorter than what is meant.
 */
const MAX_LENGTHS = [Number.POSITIVE_INFINITY, 4_000, 500, 140] as const;

/**
 * How long a text may be for a pattern that isn't exponential: any length where its time grows with the text alone,
 * else so long that it ends in an instant. `.+@.+` takes the square of the length: a megabyte would take hours. 0 for one
 * that shouldn't be tried at all.
 */
export function longestText(pattern: string): number {
  try {
    return MAX_LENGTHS[crossingsOf(parseRegex(pattern))] ?? 0;
  } catch {
    return 0;
  }
}

/** How often the time is multiplied by the length of the text, beyond once. @throws TooLarge where it can't be told */
function crossingsOf(root: RegexNode): number {
  const automaton: Automaton = { sets: [], follow: [] };
  const looks: RegexNode[] = [];
  // A pattern that may begin anywhere is tried from every place, as if it began with anything.
  const anywhere: RegexNode = {
    kind: "repeat",
    node: { kind: "set", set: new Uint8Array(CHARACTER_KINDS).fill(1) },
    min: 0,
    max: Number.POSITIVE_INFINITY,
  };
  const whole: RegexNode = beginsAtStart(root) ? root : { kind: "sequence", nodes: [anywhere, root] };
  const fragment = buildAutomaton(whole, automaton, looks);
  if (looks.length > 0) return 1;
  return longestChain(crossingLoops(automaton, fragment, hasEnd(root)));
}

/** Loops over which a walk goes one after another: each crossing multiplies the time by the length once more. */
function longestChain(next: readonly (readonly number[])[]): number {
  const known = new Map<number, number>();
  const from = (loop: number): number => {
    const length = known.get(loop);
    if (length !== undefined) return length;
    // Loops can't lead back to each other, or they would be one.
    const longest = Math.max(0, ...(next[loop] ?? []).map((other) => 1 + from(other)));
    known.set(loop, longest);
    return longest;
  };
  return Math.max(0, ...next.map((_, loop) => from(loop)));
}

function beginsAtStart(node: RegexNode): boolean {
  if (node.kind === "start") return true;
  if (node.kind === "choice") return node.nodes.every(beginsAtStart);
  return node.kind === "sequence" && node.nodes[0] !== undefined && beginsAtStart(node.nodes[0]);
}

function hasEnd(node: RegexNode): boolean {
  if (node.kind === "end") return true;
  if (node.kind === "repeat") return hasEnd(node.node);
  return (node.kind === "sequence" || node.kind === "choice") && node.nodes.some(hasEnd);
}

/**
 * The loops from each loop to which the engine can cross at many places of one text (Weber and Seidl's IDA): p returns to
 * itself, goes over to q, and q returns to itself, all on the same text. A loop in which the pattern has already
 * matched doesn't count, unless the end of the text is asked for.
 */
function crossingLoops(automaton: Automaton, fragment: Fragment, end: boolean): number[][] {
  const loops = loopsOf(automaton).map((positions) => new Set(positions));
  let steps = 0;
  const step = (): void => {
    steps += 1;
    if (steps > MAX_STEPS) throw new TooLarge();
  };
  return loops.map((from) =>
    loops.flatMap((to, index) => {
      const matched = !end && [...to].some((position) => fragment.last.includes(position));
      return from !== to && !matched && crosses(automaton, from, to, step) ? [index] : [];
    }),
  );
}

function crosses(
  automaton: Automaton,
  from: ReadonlySet<number>,
  to: ReadonlySet<number>,
  step: () => void,
): boolean {
  for (const p of from) {
    for (const q of to) {
      if (reaches(automaton, from, to, p, q, step)) return true;
    }
  }
  return false;
}

/** Whether (p, p, q) leads to (p, q, q), three walks side by side on one text. */
function reaches(
  automaton: Automaton,
  from: ReadonlySet<number>,
  to: ReadonlySet<number>,
  p: number,
  q: number,
  step: () => void,
): boolean {
  const next = (position: number): number[] => [...(automaton.follow[position]?.keys() ?? [])];
  const set = (position: number): Uint8Array => automaton.sets[position] ?? new Uint8Array(CHARACTER_KINDS);
  const seen = new Set<string>();
  const queue: [number, number, number][] = [[p, p, q]];
  for (let triple = queue.pop(); triple !== undefined; triple = queue.pop()) {
    const [a, b, c] = triple;
    for (const x of next(a).filter((position) => from.has(position))) {
      for (const z of next(c).filter((position) => to.has(position))) {
        if (!overlap(set(x), set(z))) continue;
        for (const y of next(b)) {
          step();
          if (!overlap(set(x), set(y)) || !overlap(set(y), set(z))) continue;
          if (x === p && y === q && z === q) return true;
          const key = `${x} ${y} ${z}`;
          if (seen.has(key)) continue;
          seen.add(key);
          queue.push([x, y, z]);
        }
      }
    }
  }
  return false;
}
