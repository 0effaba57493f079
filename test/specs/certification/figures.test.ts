import { beforeAll, describe, expect, it } from "vitest";
import { openRating } from "../../../cli/rating.ts";
import type { Catalog, SpecDocument } from "../../../specs/engine/catalog/types.ts";
import { certify, type Finding, type RatingRules } from "../../../specs/engine/certification/index.ts";
import { changesOf, stepped, turnsOf, windowsOf } from "../../../specs/engine/certification/money/turns.ts";
import { createFigures, ownProducts } from "../../reference-partner/figures.ts";
import { figureMutants, mutatedFigures } from "../../reference-partner/figures-mutants.ts";
import { serve } from "../../reference-partner/serve.ts";
import { loadedSpecs } from "../../support/specs.ts";

let catalog: Catalog;
let rating: RatingRules | undefined;
beforeAll(async () => {
  ({ catalog } = await loadedSpecs());
  rating = await openRating(catalog);
});

type Answers = (request: Request) => Response | Promise<Response>;

async function findings(answers: Answers, products: readonly string[] = ownProducts): Promise<Finding[]> {
  const served = await serve(answers);
  const report = await certify({
    catalog,
    seed: "selftest",
    fetch,
    parts: ["money"],
    target: { url: "http://127.0.0.1:9/api", credentials: { authorization: "Bearer of-the-api" } },
    partner: { id: "fjord-catering", figures: { url: `${served.url}/figures`, products } },
    ...(rating === undefined ? {} : { rating }),
  });
  await served.close();
  return report.findings.filter(({ check }) => check.startsWith("money.figures."));
}

const failed = (all: readonly Finding[]): string[] => [
  ...new Set(all.filter(({ outcome }) => outcome === "failed").map(({ check }) => check)),
];

describe("a partner's own figures", () => {
  it.each(Object.keys(figureMutants))("are caught by %s alone when they break it", async (check) => {
    expect(failed(await findings(createFigures(mutatedFigures(check))))).toEqual([check]);
  });

  it("pass on a partner that computes them by itself, each product in each check", async () => {
    const all = await findings(createFigures());
    expect(all.map(({ check, subject, outcome }) => [check, subject, outcome])).toEqual(
      ["rule", "tiers", "dates", "reversal"].flatMap((name) =>
        ownProducts.map((product) => [`money.figures.${name}`, product, "passed"]),
      ),
    );
  });

  it.each<[what: string, answer: Answers]>([
    ["a page", () => new Response("<h1>Welcome</h1>", { headers: { "content-type": "text/html" } })],
    ["amounts as text", () => Response.json({ currency: "EUR", netMinor: "100" })],
    ["a price for everything", () => Response.json({ currency: "EUR", netMinor: 1 })],
    ["no price for anything", () => new Response(null, { status: 404 })],
  ])("fail in every check that asks for one where the answer is %s", async (_what, answer) => {
    expect(failed(await findings(answer))).toEqual(
      expect.arrayContaining(["money.figures.rule", "money.figures.tiers", "money.figures.reversal"]),
    );
  });

  it("are skipped, not passed, where nobody answers", async () => {
    const report = await certify({
      catalog,
      seed: "selftest",
      fetch: () => Promise.reject(new TypeError("fetch failed")),
      parts: ["money"],
      partner: {
        id: "fjord-catering",
        figures: { url: "http://127.0.0.1:9/figures", products: ownProducts },
      },
      ...(rating === undefined ? {} : { rating }),
    });
    expect(report.outcome).not.toBe("passed");
    expect(report.findings.filter(({ outcome }) => outcome === "passed")).toEqual([]);
    expect(report.findings.some(({ reason }) => reason === "unreachable")).toBe(true);
  });

  it("are asked for without the token of another host", async () => {
    const seen: (string | null)[] = [];
    const own = createFigures();
    await findings((request) => {
      seen.push(request.headers.get("authorization"));
      return own(request);
    });
    expect(new Set(seen)).toEqual(new Set([null]));
  });

  it("fail where the manifest promises them for a product that nobody has", async () => {
    const all = await findings(createFigures(), ["moon-trip"]);
    expect(all.map(({ check, subject, outcome }) => [check, subject, outcome])).toContainEqual([
      "money.figures.rule",
      "moon-trip",
      "failed",
    ]);
  });
});

describe("where prices turn", () => {
  it.each([
    ["250", "249", "251"],
    ["0", "-1", "1"],
    ["0.5", "0.4", "0.6"],
    ["1.00", "0.99", "1.01"],
    ["-0.1", "-0.2", "0.0"],
  ])("%s lies between %s and %s", (at, before, after) => {
    expect([stepped(at, -1n), stepped(at, 1n)]).toEqual([before, after]);
  });

  const card = (id: string, content: object): SpecDocument => ({
    path: `rate-cards/${id}.yaml`,
    kind: "rate-card",
    digest: `sha256:${id}`,
    content: { id, ...content },
  });
  const other = (): Catalog => ({
    ...catalog,
    documents: [
      card("base", { tax: { codes: { standard: { rates: [{ to: "2030-06-30", percent: "10" }] } } } }),
      card("tow", {
        extends: "base",
        validFor: { start: "2030-01-01", end: "2030-12-31" },
        entries: [
          {
            product: "tow",
            price: {
              components: [
                { model: "volume", measure: "tonnes", tiers: [{ upTo: "3.5" }, { upTo: null }] },
                { model: "graduated", measure: { elapsed: "hour" }, tiers: [{ upTo: "2" }, {}] },
              ],
            },
            timing: {
              basis: "start",
              windows: [
                {
                  id: "night",
                  times: [{ from: "22:00", to: "06:00" }],
                  price: { model: "unit", unitAmount: "9" },
                },
              ],
            },
          },
          { product: "wash", price: { model: "volume", measure: "cars", tiers: [{ upTo: "8" }, {}] } },
        ],
      }),
    ],
  });

  it("is read from the cards of whatever ecosystem is loaded, product by product", () => {
    expect(turnsOf("tow", other())).toEqual([
      { measure: "tonnes", before: "3.4", at: "3.5", after: "3.6" },
      { measure: { elapsed: "hour" }, before: "1", at: "2", after: "3" },
    ]);
    expect(turnsOf("wash", other()).map(({ at }) => at)).toEqual(["8"]);
    expect(changesOf("tow", other())).toEqual(["2030-01-01", "2030-07-01", "2031-01-01"]);
    expect(windowsOf("tow", other())).toEqual([{ days: [], from: "22:00", to: "06:00" }]);
  });
});
