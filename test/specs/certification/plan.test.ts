import { beforeAll, describe, expect, it } from "vitest";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import {
  changesBetween,
  type PartnerTraffic,
  planRecertification,
} from "../../../specs/engine/certification/index.ts";
import { loadedSpecs } from "../../support/specs.ts";

let catalog: Catalog;

beforeAll(async () => {
  ({ catalog } = await loadedSpecs());
});

type Mutable = { [key: string]: Mutable };

/** The catalogue with one document changed. */
function withDocument(path: string, change: (content: Mutable) => void): Catalog {
  const documents = catalog.documents.map((one) => {
    if (one.path !== path) return one;
    const content = structuredClone(one.content) as Mutable;
    change(content);
    return { ...one, content, digest: `${one.digest}-changed` };
  });
  return { ...catalog, digest: `${catalog.digest}-changed`, documents };
}

const events = "asyncapi/events.yaml";
const fulfilment = "openapi/fulfilment-api.yaml";

const caterer: PartnerTraffic = {
  partner: "fjord-catering",
  calls: ["submitDelivery"],
  implements: ["offerWorkOrder", "completeOffer"],
  receives: ["campus.harbour.delivery.rated.v1"],
  documents: [],
};
const broker: PartnerTraffic = {
  partner: "spacefinder",
  calls: ["createWorkOrder"],
  implements: [],
  receives: [],
  documents: [],
};

function plan(to: Catalog) {
  const announcedAt = new Date("2026-03-01T00:00:00Z");
  return planRecertification({ from: catalog, to, traffic: [caterer, broker], announcedAt, noticeDays: 14 });
}

describe("changes between two spec sets", () => {
  it("are none between a spec set and itself", () => {
    expect(changesBetween(catalog, catalog)).toEqual([]);
  });

  it("are none when only prose changed", () => {
    const reworded = withDocument(fulfilment, (content) => {
      const schema = content["components"]?.["schemas"]?.["Completion"];
      if (schema !== undefined) Object.assign(schema, { description: "Said differently." });
    });
    expect(changesBetween(catalog, reworded)).toEqual([]);
  });

  it("are found in a schema that an operation reaches through references, and only there", () => {
    const stricter = withDocument(fulfilment, (content) => {
      const schema = content["components"]?.["schemas"]?.["Completion"];
      if (schema !== undefined) Object.assign(schema, { required: ["startedAt", "usage", "endedAt"] });
    });
    expect(changesBetween(catalog, stricter)).toEqual([
      { kind: "operation", id: "completeOffer", change: "changed" },
    ]);
  });

  it("are found in a field that is called like a keyword of prose", () => {
    const renamed = withDocument(events, (content) => {
      const data = content["components"]?.["schemas"]?.["DeliveryRatedEvent"]?.["properties"];
      if (data !== undefined) Object.assign(data, { title: { type: "string" } });
    });
    expect(changesBetween(catalog, renamed).map((one) => one.id)).toEqual([
      "campus.harbour.delivery.rated.v1",
    ]);
  });

  it("name what was removed and what is new", () => {
    const [first, ...rest] = catalog.operations;
    const added = {
      ...catalog,
      operations: [...rest, { ...first, id: "brandNew", template: "/new" }],
    } as Catalog;
    const changes = changesBetween(catalog, added);
    expect(changes).toContainEqual({ kind: "operation", id: "brandNew", change: "added" });
    expect(changes).toContainEqual({ kind: "operation", id: first?.id, change: "removed" });
  });
});

describe("the plan", () => {
  it("asks only the partners that use what changed, with the checks of the part that it touches", () => {
    const to = withDocument(fulfilment, (content) => {
      const schema = content["components"]?.["schemas"]?.["Offer"];
      if (schema !== undefined) Object.assign(schema, { minProperties: 5 });
    });
    const { partners, checks } = plan(to);
    expect(partners.map((one) => one.partner)).toEqual(["fjord-catering"]);
    expect(partners[0]).toMatchObject({
      parts: ["provider"],
      because: ["The operation offerWorkOrder changed."],
      dueAt: "2026-03-15T00:00:00.000Z",
    });
    expect(checks.every((one) => one.startsWith("provider."))).toBe(true);
  });

  it("sends a receiver back for an event that it receives", () => {
    const to = withDocument(events, (content) => {
      const schema = content["components"]?.["schemas"]?.["DeliveryRatedEvent"];
      if (schema !== undefined) Object.assign(schema, { minProperties: 3 });
    });
    expect(plan(to).partners).toMatchObject([{ partner: "fjord-catering", parts: ["receiver"] }]);
  });

  it("runs a check that became stricter with everyone whom its part concerns", () => {
    const to = withDocument("certification/provider.yaml", (content) => {
      const checks = content["checks"] as unknown as { id: string; version: number }[];
      for (const one of checks) if (one.id === "provider.input.method") one.version = 2;
    });
    expect(plan(to).partners).toMatchObject([
      { partner: "fjord-catering", checks: ["provider.input.method"] },
    ]);
  });

  it("asks nobody when nothing changed", () => {
    expect(plan(catalog)).toMatchObject({ changes: [], checks: [], partners: [] });
  });
});
