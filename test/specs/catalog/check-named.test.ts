import { describe, expect, it } from "vitest";
import { lintSpecs } from "../../../specs/engine/catalog/lint/lint.ts";
import { getThings, openapi, writeSpecs } from "../spec-set.ts";

const manifest = {
  ecoVersion: "1",
  kind: "ecosystem",
  id: "cold",
  version: "1.0.0",
  title: "Cold chain",
  orchestrator: "tower",
  roles: [{ id: "carrier", title: "Carrier", description: "Drives.", decisionRights: [], scopes: [] }],
  parties: ["tower", "vans", "frost"].map((id) => ({ id, name: id, role: "carrier" })),
};
const levels = [{ id: "bronze" }];
const badge = { ecoVersion: "1", kind: "certification", id: "badge", version: "1.0.0", title: "Badge" };

async function findingsOf(more: object, certification: object = {}) {
  const root = await writeSpecs({
    "api.json": openapi(getThings({ type: "array" })),
    "ecosystem.json": { ...manifest, ...more },
    "badge.json": { ...badge, levels, ...certification },
  });
  const { findings } = await lintSpecs(root, { cacheDir: false });
  return findings
    .filter(({ code }) => /unknown$|substitute$|duplicate-id$/.test(code))
    .map(({ document, pointer, severity, code, fix }) => `${document}#${pointer} ${severity} ${code} ${fix}`);
}

const step = { id: "register", title: "Join", turn: "partner", required: true };

describe("the lint of what rules name", () => {
  it("has nothing to say of names that there are", async () => {
    const participation = {
      onboarding: { steps: [{ ...step, operation: "listThings", roles: ["carrier"] }] },
      certification: { levels: [{ role: "carrier", level: "bronze", parts: [] }] },
    };
    const substitutes = [{ provider: "vans", substitutes: ["frost"] }];
    expect(await findingsOf({ participation, substitutes }, { implementedByPartners: ["api.json"] })).toEqual(
      [],
    );
  });

  it.each<[string, object, object, string]>([
    [
      "an operation of an onboarding step",
      { participation: { onboarding: { steps: [{ ...step, operation: "listThing" }] } } },
      {},
      "ecosystem.json#/participation/onboarding/steps/0/operation error spec.operation.unknown Did you mean listThings?",
    ],
    [
      "the role of an onboarding step",
      { participation: { onboarding: { steps: [{ ...step, roles: ["carier"] }] } } },
      {},
      "ecosystem.json#/participation/onboarding/steps/0/roles/0 error spec.role.unknown Did you mean carrier?",
    ],
    [
      "a level that a role has to reach",
      { participation: { certification: { levels: [{ role: "carrier", level: "bronce", parts: [] }] } } },
      {},
      "ecosystem.json#/participation/certification/levels/0/level error spec.level.unknown Did you mean bronze?",
    ],
    [
      "a product that has substitutes",
      { substitutes: [{ provider: "vans", products: ["lane"], substitutes: ["frost"] }] },
      {},
      "ecosystem.json#/substitutes/0/products/0 error spec.product.unknown There are none.",
    ],
    [
      "a substitute",
      { substitutes: [{ provider: "vans", substitutes: ["frosty"] }] },
      {},
      "ecosystem.json#/substitutes/0/substitutes/0 warning spec.party.unknown Did you mean frost? A company that joins later may have this id.",
    ],
    [
      "a company that would stand in for itself",
      { substitutes: [{ provider: "vans", substitutes: ["vans"] }] },
      {},
      "ecosystem.json#/substitutes/0/substitutes/0 error spec.ecosystem.substitute Name another company, or leave it out.",
    ],
    [
      "a currency",
      { currency: "EUX" },
      {},
      "ecosystem.json#/currency warning spec.currency.unknown Use a code of ISO 4217, such as EUR.",
    ],
    [
      "a secret that two parties have",
      {
        testData: {
          seed: "s",
          personas: [
            { party: "vans", clientId: "a", clientSecret: "same" },
            { party: "frost", clientId: "b", clientSecret: "same" },
          ],
        },
      },
      {},
      "ecosystem.json#/testData/personas/1/clientSecret error spec.ecosystem.duplicate-id Give each its own.",
    ],
    [
      "a document that partners implement",
      {},
      { implementedByPartners: ["apy.json"] },
      "badge.json#/implementedByPartners/0 error spec.document.unknown Did you mean api.json?",
    ],
  ])("names %s", async (_, more, certification, want) => {
    expect(await findingsOf(more, certification)).toContain(want);
  });
});
