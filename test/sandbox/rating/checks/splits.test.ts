import { describe, expect, it } from "vitest";
import { checkDocuments } from "../../../../sandbox/rating/index.ts";
import { cardDocuments } from "../cards.ts";
import { type Case, expectFinding, split } from "./cases.ts";

/** A share that goes on to others. */
const through = (party: string, ...shares: object[]): object => ({
  party,
  remaining: true,
  split: { shares },
});

describe("the checks of splits find", () => {
  it.each<Case>([
    [
      "a share that can never get anything",
      split({ party: "a", percent: "100" }, { party: "b", remaining: true }),
      { severity: "warning", code: "ECO_SPLIT_UNREACHABLE", pointer: "/entries/0/split/shares/1" },
    ],
    [
      "a share of zero percent",
      split({ party: "a", percent: "0" }, { party: "b", remaining: true }),
      { severity: "warning", code: "ECO_SPLIT_UNREACHABLE", pointer: "/entries/0/split/shares/0" },
    ],
    [
      "percentages that don't sum",
      split({ party: "a", percent: "50" }, { party: "b", percent: "30" }),
      { severity: "error", code: "ECO_SPLIT_SUM", pointer: "/entries/0/split" },
    ],
    [
      "percentages above the whole",
      split({ party: "a", percent: "80" }, { party: "b", percent: "30" }, { party: "c", remaining: true }),
      {
        severity: "error",
        code: "ECO_SPLIT_SUM",
        pointer: "/entries/0/split/shares",
        message: "The percentages and fractions come to 110 % of the charge: more than there is.",
      },
    ],
    [
      "two shares that have the rest",
      split({ party: "a", remaining: true }, { party: "b", remaining: true }),
      { severity: "error", code: "ECO_SPLIT_SUM", pointer: "/entries/0/split" },
    ],
    [
      "a share that follows two rules",
      split({ party: "a", ratio: "1", maximumAmount: "5" }, { party: "b", ratio: "1" }),
      { severity: "error", code: "ECO_SPLIT_SUM", pointer: "/entries/0/split" },
    ],
    [
      "a fixed share with nobody to take the rest",
      split({ party: "a", fixedAmount: "5" }),
      { severity: "error", code: "ECO_SPLIT_SUM" },
    ],
    [
      "a nested split that doesn't sum",
      split({ party: "a", remaining: true, split: { shares: [{ party: "b", percent: "40" }] } }),
      { severity: "error", code: "ECO_SPLIT_SUM", pointer: "/entries/0/split/shares/0/split" },
    ],
    [
      "left-over units for somebody without a share",
      {
        entry: {
          split: {
            remainder: { party: "z" },
            shares: [
              { party: "a", percent: "33.3" },
              { party: "b", remaining: true },
            ],
          },
        },
      },
      { severity: "error", code: "ECO_SPLIT_SUM", pointer: "/entries/0/split/remainder" },
    ],
    [
      "a role that no delivery has to name",
      split({ role: "scout", percent: "10" }, { party: "b", remaining: true }),
      { severity: "warning", code: "ECO_ROLE_UNFILLED", pointer: "/entries/0/split/shares/0/role" },
    ],
    [
      "a role deep in a split that no delivery has to name",
      split({ party: "a", remaining: true, split: { shares: [{ role: "scout", remaining: true }] } }),
      {
        severity: "warning",
        code: "ECO_ROLE_UNFILLED",
        pointer: "/entries/0/split/shares/0/split/shares/0/role",
      },
    ],
    [
      "a chain that comes back to who stands further up in it",
      split(through("a", through("b", { party: "a", remaining: true }))),
      {
        severity: "warning",
        code: "ECO_CHAIN_CIRCULAR",
        pointer: "/entries/0/split/shares/0/split/shares/0/split/shares/0",
      },
    ],
  ])("%s", (_, card, want) => expectFinding(card, want));

  it("nothing in a company that keeps a part of its share, or passes it on to itself", () => {
    const kept = split(
      through("a", { party: "b", percent: "30" }, through("a", { party: "a", remaining: true })),
    );
    expect(checkDocuments(cardDocuments(kept))).toEqual([]);
  });
});
