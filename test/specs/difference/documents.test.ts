import { beforeAll, describe, expect, it } from "vitest";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import type { Level } from "../../../specs/engine/difference/change.ts";
import { compareSpecs } from "../../../specs/engine/difference/index.ts";
import { markdownDifference } from "../../../specs/engine/difference/report.ts";

let catalog: Catalog;

beforeAll(async () => {
  ({ catalog } = await loadCatalog("specs", { cacheDir: false }));
});

type Mutable = { [key: string]: Mutable } & { [index: number]: Mutable };

/** The catalogue with one document changed. */
function withDocument(path: string, change: (content: Mutable) => void): Catalog {
  const documents = catalog.documents.map((one) => {
    if (one.path !== path) return one;
    const content = structuredClone(one.content) as Mutable;
    change(content);
    return { ...one, content };
  });
  return { ...catalog, documents };
}

const card = "rate-cards/av-kit.yaml";
const terms = "agreements/broker.yaml";
const set = (value: unknown): Mutable => value as Mutable;

const cases: readonly (readonly [string, string, (content: Mutable) => void, Level, string, string])[] = [
  [
    "a price changed within one version",
    card,
    (one) => Object.assign(one["entries"]?.[0]?.["price"] ?? {}, { packageAmount: "61.00" }),
    "breaking",
    "av-kit",
    "entries.av-kit.price.packageAmount",
  ],
  [
    "a unit became optional",
    card,
    (one) => Object.assign(one["entries"]?.[0]?.["measures"]?.["hours"] ?? {}, { required: false }),
    "compatible",
    "av-kit",
    "entries.av-kit.measures.hours.required",
  ],
  [
    "a share went to somebody else",
    card,
    (one) => Object.assign(one["entries"]?.[0]?.["split"]?.["shares"]?.[0] ?? {}, { percent: "16" }),
    "breaking",
    "av-kit",
    "entries.av-kit.split.shares.0.percent",
  ],
  [
    "a notice became shorter",
    terms,
    (one) => Object.assign(one["terms"]?.["participation"] ?? {}, { noticeDays: set(30) }),
    "breaking",
    "broker",
    "terms.participation.noticeDays",
  ],
  [
    "a description was mended",
    terms,
    (one) => Object.assign(one, { description: "Said better." }),
    "text",
    "broker",
    "description",
  ],
  [
    "a currency changed",
    "ecosystem.yaml",
    (one) => Object.assign(one, { currency: "USD" }),
    "breaking",
    "harbour-campus",
    "currency",
  ],
  [
    "a journey checks another figure",
    "arazzo/deliveries.yaml",
    (one) =>
      Object.assign(one["workflows"]?.[0]?.["steps"]?.[1]?.["successCriteria"]?.[1] ?? {}, {
        condition: "true",
      }),
    "possibly-breaking",
    "first-delivery-rated",
    "steps.quote.successCriteria.1.condition",
  ],
  [
    "a check got a new version",
    "certification/provider.yaml",
    (one) => Object.assign(one["checks"]?.[0] ?? {}, { version: 2 }),
    "possibly-breaking",
    "provider.security.https",
    "version",
  ],
  [
    "the fix of a check is said better",
    "certification/provider.yaml",
    (one) => Object.assign(one["checks"]?.[0] ?? {}, { fix: "Better." }),
    "text",
    "provider.security.https",
    "fix",
  ],
];

describe("a change of our own documents", () => {
  it.each(cases)("%s", (_name, path, change, level, id, where) => {
    const { changes } = compareSpecs(catalog, withDocument(path, change));
    expect(changes.map(({ reaches }) => reaches)).toEqual([[expect.objectContaining({ level, id, where })]]);
  });

  it("needs consent, not breaks, where the terms come with a new version", () => {
    const now = withDocument(card, (one) => {
      Object.assign(one, { version: "1.1.0" });
      Object.assign(one["entries"]?.[0]?.["price"] ?? {}, { packageAmount: "61.00" });
    });
    const { changes } = compareSpecs(catalog, now);
    expect(changes.map(({ level, message }) => [level, message])).toEqual([
      [
        "possibly-breaking",
        'entries.av-kit.price.packageAmount of the rate card av-kit was "60.00" and is "61.00" now.',
      ],
      [
        "possibly-breaking",
        "The rate card av-kit 1.1.0 holds from 2020-01-01, as the version before it: its terms reach back. Name the day from which they hold in `validFor.start`.",
      ],
      ["compatible", 'version of the rate card av-kit was "1.0.0" and is "1.1.0" now.'],
    ]);
  });

  it("tells from when a new version holds, and by when those have to know to whom notice was promised", () => {
    const next = catalog.documents.find(({ path }) => path === terms);
    const content = structuredClone(next?.content) as Mutable;
    Object.assign(content, { version: "2.0.0", validFor: { start: "2027-03-01" } });
    Object.assign(content["terms"]?.["commercial"]?.["payment"] ?? {}, { dueDays: 30 });
    const added = { ...next, path: "agreements/broker-2.yaml", content };
    // The version that is in force stays beside the one to come.
    const { changes } = compareSpecs(catalog, {
      ...catalog,
      documents: [...catalog.documents, added],
    } as Catalog);
    expect(changes.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      "possibly-breaking: terms.commercial.payment.dueDays of the agreement broker was 14 and is 30 now.",
      'compatible: validFor.start of the agreement broker was "2001-01-01" and is "2027-03-01" now.',
      "compatible: The agreement broker 2.0.0 holds from 2027-03-01. The agreement broker promises 60 days' notice: partners have to know by 2026-12-31.",
      'compatible: version of the agreement broker was "1.0.0" and is "2.0.0" now.',
    ]);
  });

  it("is the new version alone where the old one stays", () => {
    const next = catalog.documents.find(({ path }) => path === card);
    const added = {
      ...next,
      path: "rate-cards/av-kit-2.yaml",
      content: { ...next?.content, version: "2.0.0" },
    };
    const now = { ...catalog, documents: [...catalog.documents, added] } as Catalog;
    const { changes } = compareSpecs(catalog, now);
    expect(changes).toMatchObject([{ level: "compatible", rule: "entry.changed" }]);
  });

  it("names each journey of a document that is gone", () => {
    const now = {
      ...catalog,
      documents: catalog.documents.filter(({ path }) => path !== "arazzo/deliveries.yaml"),
    };
    const { changes } = compareSpecs(catalog, now);
    const journeys = catalog.workflows.filter(({ document }) => document === "arazzo/deliveries.yaml");
    expect(journeys.length).toBeGreaterThan(1);
    expect(changes.map(({ rule, reaches }) => `${rule} ${reaches[0]?.id}`).sort()).toEqual(
      journeys.map(({ id }) => `workflow.removed ${id}`).sort(),
    );
  });
});

describe("the changelog", () => {
  it("says all of it, and text from documents stays text", () => {
    const now = withDocument(card, (one) => {
      Object.assign(one["entries"]?.[0]?.["price"] ?? {}, { packageAmount: "<b>](x)\n# 6" });
    });
    const markdown = markdownDifference(compareSpecs(catalog, now), "Changes");
    expect(markdown).toContain("1 breaking, 0 possibly breaking, 0 compatible, 0 only text.");
    expect(markdown).toContain("`rate-cards/av-kit.yaml#/entries/0/price/packageAmount`");
    expect(markdown).toContain("\\<b\\>\\](x)\\\\n\\# 6");
  });

  it("says that nothing changed", () => {
    expect(markdownDifference(compareSpecs(catalog, catalog), "Changes")).toContain("Nothing changed.");
  });
});
