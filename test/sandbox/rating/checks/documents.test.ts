import { describe, expect, it } from "vitest";
import { checkDocuments, compileRating } from "../../../../sandbox/rating/index.ts";
import { cardDocuments } from "../cards.ts";
import { documentOf, harbourDocuments } from "../harbour.ts";
import { split, tiers } from "./cases.ts";

describe("static checks of rate cards and agreements", () => {
  it("find nothing in the reference ecosystem", () => {
    expect(checkDocuments(harbourDocuments())).toEqual([]);
  });

  it("errors keep documents from being compiled; warnings come along", () => {
    expect(compileRating(cardDocuments(split({ party: "a", percent: "50" }))).kind).toBe("refused");
    const outcome = compileRating(
      cardDocuments(tiers("volume", [{ upTo: "15", unitAmount: "10" }, { unitAmount: "5" }])),
    );
    expect(outcome.kind).toBe("compiled");
    expect(outcome.findings.map(({ code }) => code)).toEqual(["ECO_PRICE_INVERSION"]);
  });

  it("two versions of a card on the same days, and one version twice", () => {
    const { rateCards, agreements } = cardDocuments({ entry: {} });
    const [first] = rateCards;
    if (first === undefined) throw new Error("no card");
    const twin = { ...first, path: "twin.yaml" };
    const next = documentOf("next.yaml", { ...first.content, version: "2.0.0" });
    const codes = (cards: typeof rateCards) =>
      checkDocuments({ rateCards: cards, agreements }).map(({ code, document }) => [code, document]);
    expect(codes([first, twin])).toEqual([["ECO_VERSION_TWICE", "twin.yaml"]]);
    expect(codes([first, next])).toEqual([["ECO_VERSION_OVERLAP", "next.yaml"]]);
  });

  it("a rate card extends one version of one that stands by itself", () => {
    const { rateCards, agreements } = cardDocuments({ entry: {}, card: { extends: "base" } });
    const base = (version: string, more: object = {}) =>
      documentOf(`base-${version}.yaml`, { id: "base", version, currency: "EUR", entries: [], ...more });
    const codes = (...bases: ReturnType<typeof base>[]) =>
      checkDocuments({ rateCards: [...rateCards, ...bases], agreements }).flatMap(({ code, document }) =>
        code === "ECO_RATE_CARD_BASE" ? [document] : [],
      );
    expect(codes(base("1.0.0"))).toEqual([]);
    expect(codes(base("1.0.0", { validFor: { end: "2025-01-31" } }), base("2.0.0"))).toEqual(["card.yaml"]);
    expect(codes(base("1.0.0", { extends: "card" }))).toEqual(["card.yaml", "base-1.0.0.yaml"]);
    const ground = documentOf("ground.yaml", {
      id: "ground",
      version: "1.0.0",
      currency: "EUR",
      entries: [],
    });
    expect(codes(base("1.0.0", { extends: "ground" }), ground)).toEqual(["card.yaml"]);
  });

  it.each([
    {},
    { id: 3 },
    { id: "x", version: "1.0.0", entries: [7] },
    {
      id: "x",
      version: "1.0.0",
      currency: "EUR",
      entries: [{ product: "p", price: { model: "graduated", tiers: 5 } }],
    },
  ])("a document that isn't one is a finding, not a crash: %j", (content) => {
    const outcome = compileRating({
      rateCards: [documentOf("broken.yaml", content)],
      agreements: [documentOf("odd.yaml", content)],
    });
    expect(outcome.kind).toBe("refused");
    expect(outcome.findings[0]).toMatchObject({ severity: "error", document: "broken.yaml" });
  });
});
