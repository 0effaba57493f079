import { EcoError } from "../../specs/engine/errors/index.ts";
import type { Held, Store } from "./store.ts";

/** How often it is tried among others: what takes long to decide would lose to a steady stream of quick ones for ever. */
const ATTEMPTS_AMONG_OTHERS = 4;

/** How often while nobody else writes: it may lose its place when the process is held up for seconds. */
const ATTEMPTS_ALONE = 3;

/** What an attempt resolves to where somebody else changed what it had read. */
export const OVERTAKEN = Symbol("overtaken");

interface Place {
  readonly store: Store;
  readonly tenant: string;
}

type Attempt<T> = (held: Held) => Promise<T | typeof OVERTAKEN>;

/**
 * Has `attempt` read, decide and apply anew until nobody was faster: among others first, in the end while nobody else
 * writes. What it leaves behind outside the store must bear a repetition. `OVERTAKEN` where others were faster each time.
 * @param tried how often it was tried among others already
 */
export async function tryToApply<T>(
  { store, tenant, tried = 0 }: Place & { readonly tried?: number },
  attempt: Attempt<T>,
): Promise<T | typeof OVERTAKEN> {
  const amongOthers: Held = { reader: store.reader(tenant), apply: (changeset) => store.apply(changeset) };
  for (let times = tried; times < ATTEMPTS_AMONG_OTHERS; times++) {
    const outcome = await attempt(amongOthers);
    if (outcome !== OVERTAKEN) return outcome;
  }
  for (let times = 0; times < ATTEMPTS_ALONE; times++) {
    const outcome = await store.alone(tenant, attempt);
    if (outcome !== OVERTAKEN) return outcome;
  }
  return OVERTAKEN;
}

/**
 * {@link tryToApply} for what has to come about.
 * @param what is changed, for the error: `The clock`
 * @throws EcoError `ECO_CONFLICT` where others are faster all the same; whatever an attempt throws
 */
export async function untilApplied<T>(
  { what, ...place }: Place & { readonly what: string },
  attempt: Attempt<T>,
): Promise<T> {
  const outcome = await tryToApply(place, attempt);
  if (outcome !== OVERTAKEN) return outcome;
  const times = ATTEMPTS_AMONG_OTHERS + ATTEMPTS_ALONE;
  throw new EcoError(
    "ECO_CONFLICT",
    `${what} was changed by others each of the ${times} times it was tried.`,
  );
}
