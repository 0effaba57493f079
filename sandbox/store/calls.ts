import type { Store } from "./store.ts";

/** The methods by which a store changes. */
export type Change = "apply" | "claimDispatches" | "settleDispatch" | "forgetExpired" | "reset" | "load";

export type Given<M extends Change> = Parameters<Store[M]>;
export type Answer<M extends Change> = Awaited<ReturnType<Store[M]>>;

/**
 * A call that changes a store, as data: what structured clones keep, amounts as bigints. Calls in the same order on
 * the same state come to the same state: sequences, versions and leases follow from them.
 */
export interface Call<M extends Change = Change> {
  readonly tenant: string;
  readonly method: M;
  readonly given: Given<M>;
}

export function perform<M extends Change>(store: Store, { method, given }: Call<M>): Promise<Answer<M>> {
  // What is given is what this method takes, which the compiler can't see for a method that it doesn't know.
  const run = store[method] as (...given: Given<M>) => Promise<Answer<M>>;
  return run.apply(store, given);
}

/** Whether a call that was answered so has changed anything. */
export function hasChanged(answer: Answer<Change>): boolean {
  if (answer === undefined) return true;
  return "kind" in answer ? answer.kind === "applied" : answer.length > 0;
}

export const isConflict = (answer: Answer<Change>): boolean =>
  answer !== undefined && "kind" in answer && answer.kind === "conflict";

/** After these calls nothing that was in the tenant before matters. */
export const beginsAnew = ({ method }: Call): boolean => method === "reset" || method === "load";
