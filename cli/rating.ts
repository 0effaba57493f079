import type { Rating, RatingDocuments } from "../sandbox/rating/index.ts";
import type { UnplacedFinding } from "../specs/engine/catalog/finding.ts";
import type { Catalog, DocumentKind } from "../specs/engine/catalog/types.ts";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../specs/engine/suggest.ts";

/**
 * The rate cards and agreements of a spec set, compiled; undefined where it has no rate cards.
 * @throws EcoError ECO_SPEC_INVALID with the first finding where they can't be used.
 */
export async function openRating(catalog: Catalog): Promise<Rating | undefined> {
  const { rateCards, agreements } = ratingDocuments(catalog);
  return rateCards.length === 0 ? undefined : compileDocuments({ rateCards, agreements });
}

/** @throws EcoError ECO_SPEC_INVALID with the first finding where the documents can't be used together. */
export async function compileDocuments(documents: RatingDocuments): Promise<Rating> {
  const { compileRating } = await import("../sandbox/rating/index.ts");
  const outcome = compileRating(documents);
  if (outcome.kind === "compiled") return outcome.rating;
  const first = outcome.findings.find((finding) => finding.severity === "error");
  throw new EcoError("ECO_SPEC_INVALID", `${first?.document}${first?.pointer}: ${first?.message}`, {
    fix: first?.fix ?? "`eco specs lint` lists all findings.",
    details: { findings: outcome.findings },
  });
}

/** @throws EcoError ECO_PRODUCT_UNKNOWN with the products that there are. */
export function checkProduct(rating: Rating, product: string): void {
  if (rating.products.includes(product)) return;
  throw new EcoError("ECO_PRODUCT_UNKNOWN", `No rate card has a product \`${product}\`.`, {
    fix: `${didYouMean(product, rating.products) ?? ""} Products: ${rating.products.join(", ")}.`.trim(),
  });
}

/** The rate cards and agreements of a spec set. */
export function ratingDocuments({ documents }: Catalog): RatingDocuments {
  const of = (kind: DocumentKind) => documents.filter((document) => document.kind === kind);
  return { rateCards: of("rate-card"), agreements: of("agreement") };
}

/** The static checks of rate cards and agreements, as findings of `eco specs lint`. */
export async function ratingFindings(catalog: Catalog): Promise<UnplacedFinding[]> {
  const { checkDocuments } = await import("../sandbox/rating/index.ts");
  return checkDocuments(ratingDocuments(catalog));
}
