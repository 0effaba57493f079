import { expect, it } from "vitest";
import { ratingOf } from "../../../sandbox/capabilities/deliveries/rating-of.ts";
import { compileRating } from "../../../sandbox/rating/index.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { cardDocuments } from "../rating/cards.ts";

/** The first entry is odd, the second one can't be used. */
const documents = cardDocuments({
  entry: {
    price: {
      model: "volume",
      measure: "units",
      tiers: [{ upTo: "10", unitAmount: "2" }, { unitAmount: "1" }],
    },
  },
  more: [{ product: "other", price: { model: "unit", measure: "units", unitAmount: "much" } }],
});

it("names what stops the terms of an ecosystem, and not what is only odd in them", () => {
  const { findings } = compileRating(documents);
  const error = findings.findIndex(({ severity }) => severity === "error");
  expect(findings.map(({ severity }) => severity).slice(0, error + 1)).toEqual(["warning", "error"]);

  const listed = [
    ...documents.rateCards.map((document) => ({ ...document, kind: "rate-card" })),
    ...documents.agreements.map((document) => ({ ...document, kind: "agreement" })),
  ];
  const refusal = ratingOf({ documents: listed } as unknown as Catalog);
  expect(refusal).toMatchObject({
    kind: "refused",
    code: "ECO_UNSATISFIABLE",
    detail: expect.stringContaining(findings[error]?.message ?? "?"),
  });
});
