import { describe, it } from "vitest";
import { type Case, expectFinding } from "./cases.ts";

describe("the checks of rate cards find", () => {
  it.each<Case>([
    [
      "a currency with more decimals than it has",
      { entry: {}, card: { currency: "JPY", scale: 2 } },
      { severity: "error", code: "ECO_CURRENCY_SCALE", pointer: "/scale" },
    ],
    [
      "no currency at all",
      { entry: {}, card: { currency: undefined } },
      { severity: "error", code: "ECO_RATE_CARD_INVALID" },
    ],
    [
      "a time zone that isn't one",
      { entry: {}, card: { timeZone: "Europe/Atlantis" } },
      { severity: "error", code: "ECO_TIME_ZONE_UNKNOWN", pointer: "/timeZone" },
    ],
    [
      "a day that doesn't exist",
      { entry: {}, card: { validFor: { start: "2025-02-30" } } },
      { severity: "error", code: "ECO_DATE_INVALID", pointer: "/validFor/start" },
    ],
    [
      "two entries that both hold",
      { entry: {}, more: [{ product: "thing", price: { model: "unit", unitAmount: "2" } }] },
      { severity: "error", code: "ECO_FILTER_TIE", pointer: "/entries/1" },
    ],
    [
      "a role to render it in which no agreement engages anybody",
      { entry: { providers: [{ role: "customer" }, { role: "scout" }] } },
      { severity: "warning", code: "ECO_ROLE_UNFILLED", pointer: "/entries/0/providers/1/role" },
    ],
    [
      "a party that pays itself",
      { entry: { payer: { party: "shop" }, payee: { party: "shop" } } },
      { severity: "error", code: "ECO_PAYER_IS_PAYEE", pointer: "/entries/0/payee" },
    ],
    [
      "a role that pays itself",
      { entry: { payee: { role: "customer" } } },
      { severity: "error", code: "ECO_PAYER_IS_PAYEE", pointer: "/entries/0/payee" },
    ],
    [
      "a stand-in that pays itself",
      { entry: { parties: { scout: "shop" }, payer: { role: "scout" }, payee: { party: "shop" } } },
      { severity: "warning", code: "ECO_PAYER_IS_PAYEE", pointer: "/entries/0/payee" },
    ],
    [
      "a rate card that extends none",
      { entry: {}, card: { extends: "nothing" } },
      { severity: "error", code: "ECO_RATE_CARD_UNKNOWN", pointer: "/extends" },
    ],
    [
      "a rate card that extends itself",
      { entry: {}, card: { extends: "card" } },
      { severity: "error", code: "ECO_RATE_CARD_BASE", pointer: "/extends" },
    ],
  ])("%s", (_, card, want) => expectFinding(card, want));
});
