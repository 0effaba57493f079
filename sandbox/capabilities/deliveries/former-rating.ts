import { compileRating, type Rating } from "../../rating/index.ts";
import type { Reader } from "../../store/store.ts";
import { collections } from "../records.ts";
import type { RuleBook, RuleBookRecord } from "./rule-book.ts";

/** Ratings of rule books that aren't the catalogue's any more: compiled once, as rarely as they are asked for. */
const former = new Map<string, Rating | undefined>();
const FORMER_LIMIT = 20;

/** The rating of a rule book that the store keeps; undefined where it doesn't, or where this version can't use it. */
export async function ratingUnder(id: string, read: Reader): Promise<Rating | undefined> {
  if (former.has(id)) return former.get(id);
  const stored = await read.get<RuleBookRecord>(collections.ruleBooks, id);
  if (stored === undefined) return undefined;
  const outcome = compileRating(stored.value as object as Pick<RuleBook, "rateCards" | "agreements">);
  const rating = outcome.kind === "compiled" ? outcome.rating : undefined;
  if (former.size >= FORMER_LIMIT) former.clear();
  former.set(id, rating);
  return rating;
}
