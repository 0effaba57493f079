import { expect } from "vitest";
import { checkDocuments, type RatingFinding } from "../../../../sandbox/rating/index.ts";
import { cardDocuments, type TestCard } from "../cards.ts";

/** What is wrong in words, the documents that hold it, and what the finding has to say. */
export type Case = readonly [what: string, card: TestCard, want: Partial<RatingFinding>];

/** The finding is among those made, and every one of them says what to do. */
export function expectFinding(card: TestCard, want: Partial<RatingFinding>): void {
  const found = checkDocuments(cardDocuments(card));
  expect(found).toContainEqual(expect.objectContaining(want));
  for (const finding of found) expect(finding.fix.length).toBeGreaterThan(5);
}

export const tiers = (model: string, list: object[]): TestCard => ({
  entry: { price: { model, measure: "units", tiers: list } },
});

export const split = (...shares: object[]): TestCard => ({ entry: { split: { shares } } });
