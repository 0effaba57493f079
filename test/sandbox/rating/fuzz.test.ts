import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Delivery } from "../../../sandbox/rating/index.ts";
import { harbourRating } from "./harbour.ts";

const rating = harbourRating();
const time = fc.oneof(
  fc
    .date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31") })
    .map((date) => date.toISOString()),
  fc.constantFrom(
    "2025-03-30T03:30:00",
    "2025-02-29",
    "0000-00-00T00:00:00",
    "2025-03-11T24:00:00",
    "2025-03-11T10:00:00+99:99",
    "",
  ),
  fc.string(),
);
const value = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.string(),
  fc.bigInt().map(String),
  fc.array(fc.oneof(fc.double(), fc.string())),
  fc.constantFrom("1e999", "1/0", "-0", "0x10", "1_000", "٣"),
);
const measure = fc.constantFrom(
  "distanceMiles",
  "arrivalDelayMinutes",
  "covers",
  "delayMinutes",
  "hours",
  "eventBudget",
  "visitors",
  "firstContact",
  "toString",
  "__proto__",
);
const usage = fc.dictionary(measure, value);
const party = fc.oneof(
  fc.constantFrom("nordic-apps", "harbour", "kestrel", "fjord-catering", ""),
  fc.string(),
);
const product = fc.oneof(fc.constantFrom(...rating.products, "nothing", "constructor"), fc.string());

const delivery = fc.record<Delivery>(
  {
    id: fc.string(),
    product,
    customer: party,
    provider: party,
    parties: fc.dictionary(fc.constantFrom("broker", "supplier", "customer", "hasOwnProperty"), party),
    startedAt: time,
    endedAt: time,
    usage,
    parts: fc.array(fc.record({ product, usage, startedAt: time }, { requiredKeys: ["product"] }), {
      maxLength: 4,
    }),
  },
  { requiredKeys: ["id", "product", "customer", "startedAt", "usage"] },
);

describe("whatever a delivery holds", () => {
  it("is rated, or refused with a code, a pointer and a fix: nothing is thrown", () => {
    fc.assert(
      fc.property(delivery, (given) => {
        const outcome = rating.rate(given);
        rating.order(given);
        rating.counters(given);
        if (outcome.kind === "unrated") {
          expect(outcome).toMatchObject({
            code: expect.stringMatching(/^[A-Z_]+$/),
            pointer: expect.stringMatching(/^\//),
            fix: expect.stringMatching(/\S/),
          });
          return;
        }
        for (const charge of outcome.charges) {
          expect(charge.shares.reduce((sum, share) => sum + share.amountMinor, 0n)).toBe(charge.netMinor);
          expect(charge.netMinor >= 0n && charge.serviceCreditMinor <= charge.netMinor).toBe(true);
        }
        if (given.id.isWellFormed()) expect(canonicalJson(outcome.trace)).toContain("rating-trace/1");
      }),
      { numRuns: 3000 },
    );
  });
});
