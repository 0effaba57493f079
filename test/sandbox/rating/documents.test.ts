import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { readDocuments } from "./harbour.ts";

const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  strictTypes: false,
});
addFormats.default(ajv);

function schemaOf(kind: string): ReturnType<typeof ajv.compile> {
  return ajv.compile(
    JSON.parse(readFileSync(new URL(`../../../specs/schemas/${kind}.schema.json`, import.meta.url), "utf8")),
  );
}

const rateCard = schemaOf("rate-card");
const agreement = schemaOf("agreement");

describe("the schemas of rate cards and agreements", () => {
  it.each(readDocuments("rate-cards").map(({ path, content }) => [path, content]))(
    "accept %s",
    (_, content) => {
      expect(rateCard(content), JSON.stringify(rateCard.errors)).toBe(true);
    },
  );

  it.each(readDocuments("agreements").map(({ path, content }) => [path, content]))(
    "accept %s",
    (_, content) => {
      expect(agreement(content), JSON.stringify(agreement.errors)).toBe(true);
    },
  );

  const base = { ecoVersion: "1", kind: "rate-card", id: "x", version: "1.0.0", title: "X" };
  const entry = (more: object): object => ({
    ...base,
    entries: [{ product: "p", price: { model: "unit", unitAmount: "1" }, ...more }],
  });

  it.each([
    ["a field that nobody knows", entry({ colour: "red" }), "/entries/0"],
    [
      "a field of another price model",
      entry({ price: { model: "unit", unitAmount: "1", packageSize: "3" } }),
      "/entries/0/price",
    ],
    ["a price model that doesn't exist", entry({ price: { model: "auction" } }), "/entries/0/price/model"],
    [
      "a package without its size",
      entry({ price: { model: "package", packageAmount: "3" } }),
      "/entries/0/price",
    ],
    ["a share of nobody", entry({ split: { shares: [{ percent: "100" }] } }), "/entries/0/split/shares/0"],
    ["a share of nothing", entry({ split: { shares: [{ party: "a" }] } }), "/entries/0/split/shares/0"],
    [
      "a time that isn't one",
      entry({
        timing: {
          basis: "start",
          windows: [
            { id: "w", times: [{ from: "7:00", to: "25:00" }], price: { model: "unit", unitAmount: "1" } },
          ],
        },
      }),
      "/entries/0/timing/windows/0/times/0/from",
    ],
    [
      "an amount that is no number",
      entry({ price: { model: "unit", unitAmount: "1,50" } }),
      "/entries/0/price/unitAmount",
    ],
  ])("refuse %s, and name the clause", (_, content, pointer) => {
    expect(rateCard(content)).toBe(false);
    expect(rateCard.errors?.map(({ instancePath }) => instancePath)).toContain(pointer);
  });
});
