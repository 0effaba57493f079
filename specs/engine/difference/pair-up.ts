export interface Paired<T> {
  readonly pairs: readonly (readonly [old: T, now: T])[];
  readonly gone: readonly T[];
  readonly come: readonly T[];
}

/**
 * Pairs up what stood with what stands: by the first key, what is left over by the next. Those of the same key go in their
 * order.
 */
export function pairUp<T>(
  old: readonly T[],
  now: readonly T[],
  keys: readonly ((one: T) => string)[],
): Paired<T> {
  const pairs: (readonly [T, T])[] = [];
  let [gone, come] = [old, now];
  for (const keyOf of keys) {
    const byKey = Map.groupBy(come, keyOf);
    const paired = new Set<T>();
    gone = gone.filter((one) => {
      const partner = byKey.get(keyOf(one))?.shift();
      if (partner === undefined) return true;
      pairs.push([one, partner]);
      paired.add(partner);
      return false;
    });
    come = come.filter((one) => !paired.has(one));
  }
  return { pairs, gone, come };
}
