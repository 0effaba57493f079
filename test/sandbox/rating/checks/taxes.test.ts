import { describe, it } from "vitest";
import type { TestCard } from "../cards.ts";
import { type Case, expectFinding, split } from "./cases.ts";

const taxed = (rates: object[], more: object = {}): TestCard => ({
  entry: {},
  card: { ...more, tax: { codes: { standard: { rates } } } },
});

describe("the checks of taxes find", () => {
  it.each<Case>([
    [
      "a tax code that no table has",
      { ...taxed([{ percent: "20" }]), entry: { taxCode: "luxury" } },
      { severity: "error", code: "ECO_TAX_CODE_UNKNOWN", pointer: "/entries/0/taxCode" },
    ],
    [
      "a tax code deep in a split that no table has",
      split({
        party: "a",
        remaining: true,
        split: { shares: [{ party: "b", remaining: true, taxCode: "nope" }] },
      }),
      {
        severity: "error",
        code: "ECO_TAX_CODE_UNKNOWN",
        pointer: "/entries/0/split/shares/0/split/shares/0/taxCode",
      },
    ],
    [
      "two rates on one day",
      taxed([
        { to: "2025-12-31", percent: "20" },
        { from: "2025-12-31", percent: "21" },
      ]),
      { severity: "error", code: "ECO_TAX_TABLE", pointer: "/tax/codes/standard/rates/1" },
    ],
    [
      "days without a rate",
      taxed([
        { to: "2025-12-31", percent: "20" },
        { from: "2026-02-01", percent: "21" },
      ]),
      { severity: "error", code: "ECO_TAX_GAP" },
    ],
    [
      "a tax that begins after its rate card",
      taxed([{ from: "2025-02-01", percent: "20" }], { validFor: { start: "2025-01-01" } }),
      { severity: "warning", code: "ECO_TAX_GAP", pointer: "/tax/codes/standard/rates" },
    ],
    [
      "a tax that ends before its rate card",
      taxed([{ to: "2025-12-31", percent: "20" }]),
      { severity: "warning", code: "ECO_TAX_GAP", pointer: "/tax/codes/standard/rates" },
    ],
  ])("%s", (_, card, want) => expectFinding(card, want));
});
