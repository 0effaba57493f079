import { describe, expect, it } from "vitest";
import { checkDocuments } from "../../../../sandbox/rating/index.ts";
import { cardDocuments } from "../cards.ts";
import { type Case, expectFinding } from "./cases.ts";

describe("the checks of conditions", () => {
  it.each<Case>([
    [
      "a condition that contradicts itself",
      { entry: { when: [{ measure: "units", above: "10", below: "5" }] } },
      { severity: "error", code: "ECO_CONDITION_IMPOSSIBLE", pointer: "/entries/0/when/0" },
    ],
    [
      "a value outside of the bounds beside it",
      { entry: { when: [{ measure: "units", in: ["1", "2"], above: "2" }] } },
      { severity: "error", code: "ECO_CONDITION_IMPOSSIBLE", pointer: "/entries/0/when/0" },
    ],
    [
      "something absent that is to equal something",
      { entry: { when: [{ role: "scout", present: false, equals: "a" }] } },
      { severity: "error", code: "ECO_CONDITION_IMPOSSIBLE", pointer: "/entries/0/when/0" },
    ],
    [
      "two conditions that no delivery meets at once",
      {
        entry: {
          when: [
            { measure: "units", atMost: "5" },
            { role: "provider", equals: "a" },
            { measure: "units", above: "5" },
          ],
        },
      },
      { severity: "error", code: "ECO_CONDITION_IMPOSSIBLE", pointer: "/entries/0/when/2" },
    ],
    [
      "a component that is never charged",
      {
        entry: {
          price: {
            components: [
              { model: "unit", measure: "units", unitAmount: "1" },
              {
                model: "one-off",
                amount: "1",
                when: [
                  { measure: "units", equals: "1" },
                  { measure: "units", equals: "2" },
                ],
              },
            ],
          },
        },
      },
      {
        severity: "error",
        code: "ECO_CONDITION_IMPOSSIBLE",
        pointer: "/entries/0/price/components/1/when/1",
      },
    ],
    [
      "a discount that nobody gets",
      {
        entry: {
          discounts: [{ id: "d", percent: "5", when: [{ measure: "units", below: "3", atLeast: "3" }] }],
        },
      },
      { severity: "error", code: "ECO_CONDITION_IMPOSSIBLE", pointer: "/entries/0/discounts/0/when/0" },
    ],
  ])("find %s", (_, card, want) => expectFinding(card, want));

  it("a tax code that nothing is taxed by, and conditions that can be met, are left alone", () => {
    const found = checkDocuments(
      cardDocuments({
        entry: {
          when: [
            { measure: "units", atLeast: "5", atMost: "5" },
            { measure: "units", in: ["5.0", "7"] },
            { role: "scout", present: true },
          ],
        },
        card: {
          tax: {
            codes: {
              standard: { rates: [{ percent: "20" }] },
              old: { rates: [{ to: "2020-12-31", percent: "18" }] },
            },
          },
        },
      }),
    );
    expect(found).toEqual([]);
  });
});
