import { describe, expect, it } from "vitest";
import { scopesOf } from "../../../sandbox/capabilities/scopes.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";

const operation = (operationId: string, capability: string, scope: string): object => ({
  post: {
    operationId,
    "x-eco-capability": capability,
    security: [{ clients: [scope] }],
    responses: { 200: { description: "Done." } },
  },
});

describe("a company that is joining", () => {
  it("has the scopes that open nothing but joining, whatever they are called", async () => {
    const root = await writeSpecs({
      "api.json": openapi(
        {
          "/yes": operation("agree", "agreements.accept", "join:all"),
          "/who": operation("look", "parties.get", "care:read"),
          "/visits": operation("report", "deliveries.submit", "care:write"),
          "/seen": operation("seen", "deliveries.list", "care:read"),
        },
        {
          securitySchemes: {
            clients: {
              type: "oauth2",
              flows: {
                clientCredentials: {
                  tokenUrl: "https://care.example/token",
                  scopes: { "join:all": "Join.", "care:read": "Read.", "care:write": "Report." },
                },
              },
            },
          },
        },
      ),
      "ecosystem.json": {
        ecoVersion: "1",
        kind: "ecosystem",
        id: "care",
        version: "1.0.0",
        title: "Care",
        orchestrator: "hub",
        roles: [
          {
            id: "agency",
            title: "Agency",
            description: "Cares.",
            decisionRights: [],
            scopes: ["join:all", "care:read", "care:write"],
          },
        ],
        parties: [{ id: "hub", name: "Hub", role: "agency" }],
      },
    });
    const { catalog } = await loadCatalog(root, { cacheDir: false });
    const party = { id: "x", name: "X", role: "agency" };
    const scopes = (status: "applied" | "active"): readonly string[] =>
      scopesOf(catalog, { ...party, status } as Parameters<typeof scopesOf>[1]);
    expect(scopes("applied")).toEqual(["join:all"]);
    expect(scopes("active")).toEqual(["join:all", "care:read", "care:write"]);
  });
});
