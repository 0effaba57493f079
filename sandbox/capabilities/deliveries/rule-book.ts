import { documentsOf } from "../../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { compileRating, type Rating, type RatingDocument } from "../../rating/index.ts";
import type { Json, JsonObject, Reader, RecordWrite } from "../../store/store.ts";
import { digestText } from "../digest.ts";
import { collections } from "../records.ts";

/** `rule-books/ID`: the rate cards and agreements under which deliveries were rated, so that they can be rated again. */
interface RuleBookRecord extends JsonObject {
  readonly rateCards: readonly Json[];
  readonly agreements: readonly Json[];
}

interface RuleBook {
  readonly id: string;
  readonly rateCards: readonly RatingDocument[];
  readonly agreements: readonly RatingDocument[];
}

const books = new WeakMap<Catalog, RuleBook>();

/** The catalogue's own: its id follows from the paths and digests of its documents. */
function ruleBookOf(catalog: Catalog): RuleBook {
  let book = books.get(catalog);
  if (book === undefined) {
    const rateCards = documentsOf(catalog, "rate-card").map(bare);
    const agreements = documentsOf(catalog, "agreement").map(bare);
    const named = [...rateCards, ...agreements].map(({ path, digest }) => `${digest} ${path}`);
    book = { id: digestText(named.join("\n")).slice("sha256:".length, 32), rateCards, agreements };
    books.set(catalog, book);
  }
  return book;
}

const bare = ({ path, digest, content }: RatingDocument): RatingDocument => ({ path, digest, content });

export const ruleBookId = (catalog: Catalog): string => ruleBookOf(catalog).id;

/** Nothing where the ecosystem rates nothing. */
export function ruleBookWrites(catalog: Catalog): RecordWrite[] {
  const { id, rateCards, agreements } = ruleBookOf(catalog);
  if (rateCards.length === 0) return [];
  // Documents were read from YAML or JSON: they hold nothing else.
  const value = { rateCards, agreements } as object as RuleBookRecord;
  return [{ collection: collections.ruleBooks, id, value, expectedVersion: 0 }];
}

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
