import type { RatingDocuments, RatingFinding } from "../outcome.ts";

export function checkDocuments(_documents: RatingDocuments): RatingFinding[] {
  return [];
}
