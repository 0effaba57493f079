import { describe, expect, it } from "vitest";
import { catalogForPages } from "../../portal/lib/page-catalog.ts";
import { withoutWords } from "../../portal/lib/without-words.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { resolvePointer } from "../../specs/engine/catalog/pointer.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";

describe("a document without its words", () => {
  it("keeps what is called like words, and what is data", () => {
    const schema = {
      type: "object",
      description: "A note.",
      $comment: "For us.",
      properties: {
        description: { type: "string", description: "What it says.", examples: ["a"] },
        examples: { type: "array", items: { summary: "One.", const: { description: "data" } } },
      },
      default: { description: "data", examples: {} },
      example: { summary: "data" },
      "x-eco-own": { description: "data" },
      discriminator: { propertyName: "kind", mapping: { description: "#/components/schemas/Note" } },
    };
    const content = { "application/json": { schema, examples: { a: { value: 1 } } } };
    const responses = { description: { description: "Of that name.", content } };
    expect(withoutWords({ info: { description: "All." }, components: { responses } })).toEqual({
      info: {},
      components: {
        responses: {
          description: {
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  properties: {
                    description: { type: "string", examples: ["a"] },
                    examples: { type: "array", items: { const: { description: "data" } } },
                  },
                  default: { description: "data", examples: {} },
                  example: { summary: "data" },
                  "x-eco-own": { description: "data" },
                  discriminator: {
                    propertyName: "kind",
                    mapping: { description: "#/components/schemas/Note" },
                  },
                },
              },
            },
          },
        },
      },
    });
  });

  it("has every schema of a catalogue where it was", async () => {
    const { catalog } = await loadCatalog("specs");
    const lean = catalogForPages(catalog);
    const places = schemaPlaces(catalog);
    expect(places.length).toBeGreaterThan(1000);
    const lost = places.filter(({ document, pointer }) => {
      const { content } = lean.documents.find(({ path }) => path === document) ?? {};
      return resolvePointer(content, pointer) === undefined;
    });
    expect(lost).toEqual([]);
    expect(JSON.stringify(lean).length).toBeLessThan(0.75 * JSON.stringify(catalog).length);
  });
});

interface Place {
  readonly document: string;
  readonly pointer: string;
}

const isPlace = (value: object): value is Place => "document" in value && "pointer" in value;

/** Every reference to a schema from anywhere in a catalogue's operations and messages. */
function schemaPlaces({ operations, messages }: Catalog): readonly Place[] {
  const found: Place[] = [];
  JSON.stringify({ operations, messages }, (key, value) => {
    if (/schema|payload/iu.test(key) && typeof value === "object" && value !== null && isPlace(value))
      found.push(value);
    return value;
  });
  return found;
}
