import type { Rating, RatingDocument } from "../sandbox/rating/index.ts";
import type { UnplacedFinding } from "../specs/engine/catalog/finding.ts";
import type { Catalog, DocumentKind } from "../specs/engine/catalog/types.ts";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { didYouMean } from "./errors/suggest.ts";

/**
 * The rate cards and agreements of a spec set, compiled; undefined where it has no rate cards.
 * @throws {EcoError} ECO_SPEC_INVALID with the first finding where they can't be used.
 */
export async function openRating(catalog: Catalog): Promise<Rating | undefined> {
  const rateCards = documents(catalog, "rate-card");
  if (rateCards.length === 0) return undefined;
  const { compileRating } = await import("../sandbox/rating/index.ts");
  const outcome = compileRating({ rateCards, agreements: documents(catalog, "agreement") });
  if (outcome.kind === "compiled") return outcome.rating;
  const first = outcome.findings.find((finding) => finding.severity === "error");
  throw new EcoError("ECO_SPEC_INVALID", `${first?.document}${first?.pointer}: ${first?.message}`, {
    fix: first?.fix ?? "`eco specs lint` lists all findings.",
    details: { findings: outcome.findings },
  });
}

/** @throws {EcoError} ECO_PRODUCT_UNKNOWN with the products that there are. */
export function checkProduct(rating: Rating, product: string): void {
  if (rating.products.includes(product)) return;
  throw new EcoError("ECO_PRODUCT_UNKNOWN", `No rate card has a product \`${product}\`.`, {
    fix: `${didYouMean(product, rating.products) ?? ""} Products: ${rating.products.join(", ")}.`.trim(),
  });
}

function documents(catalog: Catalog, kind: DocumentKind): RatingDocument[] {
  return catalog.documents.filter((document) => document.kind === kind);
}

/** The static checks of rate cards and agreements, as findings of `eco specs lint`. */
export async function ratingFindings(catalog: Catalog): Promise<UnplacedFinding[]> {
  const { checkDocuments } = await import("../sandbox/rating/index.ts");
  return checkDocuments({
    rateCards: documents(catalog, "rate-card"),
    agreements: documents(catalog, "agreement"),
  });
}
