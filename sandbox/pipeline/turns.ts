const ends = new WeakMap<object, Promise<void>>();

/**
 * Runs `work` after all that were lined up for the same `place` before have ended, however they ended.
 * Who lost a race for a record decides again in line: many at once would lose again, all but one each time.
 */
export async function inTurn<T>(place: object, work: () => Promise<T>): Promise<T> {
  const before = ends.get(place) ?? Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  ends.set(
    place,
    before.then(() => promise),
  );
  await before;
  try {
    return await work();
  } finally {
    resolve();
  }
}
