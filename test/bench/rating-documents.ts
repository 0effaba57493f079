import type { RatingDocument } from "../../sandbox/rating/index.ts";

/** The terms that `bare-rating.mjs` has in its code, as documents: five tiers, half-even, a three-way split. */
export function bareTerms(): { rateCards: RatingDocument[]; agreements: RatingDocument[] } {
  const card = {
    ecoVersion: "1",
    kind: "rate-card",
    id: "leg",
    version: "1.0.0",
    title: "Legs",
    currency: "EUR",
    rounding: { mode: "half-even", level: "line" },
    timeZone: "Europe/Helsinki",
    entries: [
      {
        product: "leg",
        parties: { provider: "carrier", broker: "broker" },
        price: {
          model: "graduated",
          measure: "quantity",
          tiers: [
            { upTo: "10", unitAmount: "0.145" },
            { upTo: "50", unitAmount: "0.118" },
            { upTo: "100", unitAmount: "0.094" },
            { upTo: "500", unitAmount: "0.081" },
            { upTo: null, unitAmount: "0.0725" },
          ],
        },
        split: {
          remainder: "first-listed",
          shares: [
            { role: "broker", percent: "6" },
            { role: "orchestrator", percent: "2.5" },
            { role: "provider", remaining: true },
          ],
        },
      },
    ],
  };
  const agreement = {
    ecoVersion: "1",
    kind: "agreement",
    id: "terms",
    version: "1.0.0",
    title: "Terms",
    status: "in-force",
    engagedParty: [{ role: "orchestrator", id: "orchestrator" }, { role: "customer" }],
    terms: { commercial: { rateCards: [{ id: "leg" }] } },
  };
  return {
    rateCards: [{ path: "leg.yaml", digest: "sha256:00", content: card }],
    agreements: [{ path: "terms.yaml", digest: "sha256:01", content: agreement }],
  };
}
