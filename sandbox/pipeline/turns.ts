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

const holders = new WeakMap<object, Map<string, Promise<void>>>();

/**
 * Runs `work` while nobody else writes to the tenant: those that wait at {@link freeToWrite} go on after it. For a decision that reads
 * so much that others are always faster, such as the close of a month into which deliveries keep coming. Within one process only.
 */
export async function alone<T>(place: object, tenant: string, work: () => Promise<T>): Promise<T> {
  // Looked at again after each wait, in the same breath as the place is taken: only one of those that waited gets it.
  for (let other = holderOf(place, tenant); other !== undefined; other = holderOf(place, tenant)) await other;
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = holders.get(place) ?? new Map<string, Promise<void>>();
  holders.set(place, held.set(tenant, promise));
  try {
    return await work();
  } finally {
    held.delete(tenant);
    resolve();
  }
}

/** Waits until nobody is {@link alone} with the tenant. */
export async function freeToWrite(place: object, tenant: string): Promise<void> {
  for (let holder = holderOf(place, tenant); holder !== undefined; holder = holderOf(place, tenant))
    await holder;
}

const holderOf = (place: object, tenant: string): Promise<void> | undefined =>
  holders.get(place)?.get(tenant);
