/** The candidates that a misspelt `word` may have meant, the nearest first; none when nothing is near. */
export function suggest(word: string, candidates: readonly string[], limit = 3): string[] {
  const wanted = word.toLowerCase();
  return (
    candidates
      .filter((candidate) => isComparable(wanted, candidate))
      .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
      // What has hardly a letter in common is another word.
      .filter(({ candidate, distance }) => distance <= nearness(candidate) && distance < wanted.length)
      .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
      .slice(0, limit)
      .map(({ candidate }) => candidate)
  );
}

const nearness = (candidate: string): number => Math.max(2, Math.floor(candidate.length / 3));

/** To compare two texts costs the product of their lengths: nobody misspells a word of a thousand letters. */
const isComparable = (word: string, candidate: string): boolean =>
  candidate.length <= 1_000 && Math.abs(word.length - candidate.length) <= nearness(candidate);

const NAMES_LISTED = 30;

/** `a, b, c`, and how many more where they are many. */
export function someOf(names: readonly string[]): string {
  const listed = names.slice(0, NAMES_LISTED).join(", ");
  const more = names.length - NAMES_LISTED;
  return more > 0 ? `${listed} and ${more} more` : listed;
}

/** Optimal string alignment: insertions, deletions, substitutions, and swaps of neighbours, which are the commonest slip. */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (beforePrevious[j - 2] ?? 0) + 1);
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** ` (did you mean a, b or c?)`, to stand after what was misspelt; empty where nothing is near. */
export function meant(word: string, candidates: readonly string[]): string {
  const question = didYouMean(word, candidates);
  return question === undefined ? "" : ` (d${question.slice(1)})`;
}

/** `Did you mean a, b or c?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const found = suggest(word, candidates);
  if (found.length === 0) return undefined;
  const last = found.at(-1) ?? "";
  return found.length === 1
    ? `Did you mean ${last}?`
    : `Did you mean ${found.slice(0, -1).join(", ")} or ${last}?`;
}
