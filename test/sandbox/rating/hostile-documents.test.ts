import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRating, type Delivery } from "../../../sandbox/rating/index.ts";
import { harbourDocuments } from "./harbour.ts";

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"));
const accepts = {
  rateCards: ajv.compile(read("specs/schemas/rate-card.schema.json") as object),
  agreements: ajv.compile(read("specs/schemas/agreement.schema.json") as object),
};
const documents = harbourDocuments();
const month = read("test/fixtures/harbour/march-2025.json") as Delivery[];
const onePerProduct = [...Map.groupBy(month, ({ product }) => product).values()].map(([first]) => first);

/** Every place below a value, as the keys that lead there. */
function placesIn(value: unknown, at: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [[...at, key], ...placesIn(part, [...at, key])]);
}

const places = (["rateCards", "agreements"] as const).flatMap((kind) =>
  documents[kind].flatMap(({ content }, index) =>
    placesIn(content).map((place) => ({ kind, index, place }) as const),
  ),
);

/** Values of the right type more often than not: the others seldom get past the schema. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>("0", "-1", "1e400", "9".repeat(400), `0.${"0".repeat(300)}1`, "9".repeat(150)),
  fc.constantFrom<unknown>(
    "__proto__",
    "constructor",
    "toString",
    "",
    " ",
    "\u0000",
    "\ud800",
    "a".repeat(5000),
  ),
  fc.constantFrom<unknown>("2020-02-30", "9999-12-31", "0000-01-01", "UTC", "Mars/Olympus", "24:00"),
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 0.1, [], {}, [[]]),
  fc.constant(undefined),
);

function changed(content: unknown, place: readonly string[], value: unknown): Record<string, unknown> {
  const copy = structuredClone(content) as Record<string, unknown>;
  const last = place.at(-1) ?? "";
  const parent = place.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

describe("a rate card or agreement with a hostile value that its schema accepts", () => {
  it("compiles and rates, or is refused with the document, a reason and a fix: nothing is thrown", () => {
    let compiled = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...places), hostile, ({ kind, index, place }, value) => {
        const document = documents[kind][index];
        const content = changed(document?.content, place, value);
        fc.pre(accepts[kind](content));
        const given = {
          ...documents,
          [kind]: documents[kind].with(index, { path: "x.yaml", digest: "", content }),
        };
        const outcome = compileRating(given);
        if (outcome.kind === "refused") {
          refused += 1;
          const found = outcome.findings.find(({ severity }) => severity === "error");
          expect(found).toMatchObject({
            message: expect.stringMatching(/\S/),
            fix: expect.stringMatching(/\S/),
          });
          return;
        }
        compiled += 1;
        for (const delivery of onePerProduct) if (delivery !== undefined) outcome.rating.rate(delivery);
      }),
      { numRuns: 400, maxSkipsPerRun: 1000 },
    );
    expect({ compiled: compiled > 40, refused: refused > 4 }).toEqual({ compiled: true, refused: true });
  });

  it.each([
    ["an amount of 201 digits", "9".repeat(201)],
    ["a fraction with 300 zeros", `0.${"0".repeat(300)}1`],
  ])("is refused by the schema for %s", (_, percent) => {
    const index = documents.rateCards.findIndex(({ content }) => content["id"] === "campus-terms");
    const place = ["tax", "codes", "standard", "rates", "0", "percent"];
    expect(accepts.rateCards(changed(documents.rateCards[index]?.content, place, percent))).toBe(false);
    const content = changed(documents.rateCards[index]?.content, place, percent);
    const rateCards = documents.rateCards.with(index, { path: "terms.yaml", digest: "", content });
    // Whoever takes the engine alone has no schema before it.
    expect(compileRating({ ...documents, rateCards })).toMatchObject({
      kind: "refused",
      findings: expect.arrayContaining([
        expect.objectContaining({
          document: "terms.yaml",
          message: expect.stringContaining("has more than 200 characters"),
        }),
      ]),
    });
  });
});
