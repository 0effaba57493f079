import type { RateCardContent } from "./documents.ts";
import type { RatingDocument } from "./outcome.ts";

/** The rate card that another one extends, if it does and if there is one. */
export function baseOf(content: RateCardContent, all: readonly RatingDocument[]): RatingDocument | undefined {
  return content.extends === undefined
    ? undefined
    : all.find((other) => other.content["id"] === content.extends);
}

/** A rate card with what it leaves out filled in from the one that it extends. */
export function inheritedCard(content: RateCardContent, base: RatingDocument | undefined): RateCardContent {
  if (base === undefined) return content;
  const { validFor: _, description: __, ...shared } = base.content as unknown as RateCardContent;
  return { ...shared, ...content };
}
