import { documentsOf } from "../../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { oncePer } from "../../../specs/engine/once-per.ts";
import type { RatingDocument } from "../../rating/index.ts";
import type { Json, JsonObject, RecordWrite } from "../../store/store.ts";
import { digestText } from "../digest.ts";
import { collections } from "../records.ts";

/** `rule-books/ID`: the rate cards and agreements under which deliveries were rated, so that they can be rated again. */
export interface RuleBookRecord extends JsonObject {
  readonly rateCards: readonly Json[];
  readonly agreements: readonly Json[];
}

export interface RuleBook {
  readonly id: string;
  readonly rateCards: readonly RatingDocument[];
  readonly agreements: readonly RatingDocument[];
}

/** The catalogue's own: its id follows from the paths and digests of its documents. */
const ruleBookOf = oncePer((catalog: Catalog): RuleBook => {
  const rateCards = documentsOf(catalog, "rate-card").map(bare);
  const agreements = documentsOf(catalog, "agreement").map(bare);
  const named = [...rateCards, ...agreements].map(({ path, digest }) => `${digest} ${path}`);
  return { id: digestText(named.join("\n")).slice("sha256:".length, 32), rateCards, agreements };
});

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
