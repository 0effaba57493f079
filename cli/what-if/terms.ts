import type { Rating, RatingDocument, RatingDocuments } from "../../sandbox/rating/index.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { cacheDirectory } from "../config/paths.ts";
import { compileDocuments, ratingDocuments } from "../rating.ts";

/** Rate cards and agreements, as they stand and compiled. */
export interface OpenTerms {
  readonly rating: Rating;
  readonly documents: RatingDocuments;
}

/**
 * The terms of one side of a comparison. A path to a whole spec set (one with an ecosystem manifest) stands for itself; rate cards and
 * agreements by themselves are drafts: each takes the place of all versions that the spec set has of it.
 * @param paths none for the spec set as it is
 * @throws EcoError ECO_SPEC_INVALID, ECO_FILE_UNREADABLE, ECO_USAGE
 */
export async function openTerms(paths: readonly string[], current: Catalog): Promise<OpenTerms> {
  let documents = ratingDocuments(current);
  for (const path of paths) documents = await withDraft(documents, path);
  if (documents.rateCards.length === 0)
    throw new EcoError("ECO_SPEC_INVALID", "There is no rate card, so nothing can be rated.", {
      fix: "Add documents of kind `rate-card` and `agreement`, or choose another set with --specs.",
    });
  return { rating: await compileDocuments(documents), documents };
}

async function withDraft(documents: RatingDocuments, path: string): Promise<RatingDocuments> {
  const { loadCatalog } = await import("../../specs/engine/catalog/load.ts");
  const { catalog, findings } = await loadCatalog(path, { cacheDir: cacheDirectory() });
  const wrong = findings.find(({ severity }) => severity === "error");
  if (wrong !== undefined)
    throw new EcoError("ECO_SPEC_INVALID", `${wrong.document}${wrong.pointer}: ${wrong.message}`, {
      ...(wrong.fix === undefined ? {} : { fix: wrong.fix }),
    });
  const given = ratingDocuments(catalog);
  if (given.rateCards.length + given.agreements.length === 0)
    throw new EcoError("ECO_USAGE", `${path} holds no rate card and no agreement.`, {
      fix: "Name a spec set, or files of kind `rate-card` or `agreement`.",
    });
  if (catalog.documents.some(({ kind }) => kind === "ecosystem")) return given;
  return {
    rateCards: replaced(documents.rateCards, given.rateCards),
    agreements: replaced(documents.agreements, given.agreements),
  };
}

function replaced(former: readonly RatingDocument[], drafts: readonly RatingDocument[]): RatingDocument[] {
  const ids = new Set(drafts.map(({ content }) => content["id"]));
  return [...former.filter(({ content }) => !ids.has(content["id"])), ...drafts];
}
