import type { SearchName } from "../lib/search-names.ts";

/** A shorter word is as near to half the dictionary as to what was meant. */
const SHORTEST = 5;
const MOST = 3;

/**
 * The names that differ from a term by a slip of the keyboard: one letter wrong, missing, added or swapped with its
 * neighbour, two in a long one; nearest first, whatever their case. None for a term of several words.
 */
export function nearNames(term: string, names: readonly SearchName[]): readonly SearchName[] {
  const wanted = term.toLowerCase();
  if (wanted.length < SHORTEST || /\s/u.test(wanted)) return [];
  const allowed = wanted.length < 8 ? 1 : 2;
  return names
    .filter(([name]) => Math.abs(name.length - wanted.length) <= allowed)
    .map((name) => ({ name, slips: slipsBetween(wanted, name[0].toLowerCase()) }))
    .filter(({ slips }) => slips <= allowed)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** Optimal string alignment: letters to change, put in, leave out or swap with their neighbour. */
function slipsBetween(left: string, right: string): number {
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      now[column] = Math.min(
        (last[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, now];
  }
  return last[right.length] ?? 0;
}
