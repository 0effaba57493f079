import { compileRating } from "../../sandbox/rating/compile.ts";
import type { Rating, RatingDocuments } from "../../sandbox/rating/index.ts";

/** The rating engine with the documents of this portal. */
export interface LoadedRating {
  readonly rating: Rating;
  readonly documents: RatingDocuments;
  readonly names: Readonly<Record<string, string>>;
}

let loaded: Promise<LoadedRating> | undefined;

/** Fetched and compiled once. @param address of `/rate-cards/documents.json` @throws Error where that can't be had */
export function loadRating(address: string): Promise<LoadedRating> {
  loaded ??= load(address).catch((error: unknown) => {
    // So that the next press tries again.
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(address: string): Promise<LoadedRating> {
  const { names, ...documents } = await fetchJson<RatingDocuments & Pick<LoadedRating, "names">>(address);
  const outcome = compileRating(documents);
  if (outcome.kind === "refused")
    throw new Error(outcome.findings[0]?.message ?? "The rate cards can't be compiled.");
  return { rating: outcome.rating, documents, names };
}

/** A JSON file of this portal. @throws Error with its address and status where it isn't there */
export async function fetchJson<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  return (await answer.json()) as T;
}
