/** Whether a text has more of a mark than so many; looks no further than it takes to know. */
export function hasMoreThan(most: number, mark: RegExp, text: string): boolean {
  let found = 0;
  for (const _ of text.matchAll(mark)) {
    found += 1;
    if (found > most) return true;
  }
  return false;
}
