import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withholdFrom, withholdFromEvent } from "../../../sandbox/capabilities/withheld.ts";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { expectStatus, type Harbour, openHarbour } from "./harbour.ts";
import { lunch } from "./legs.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

const visitor = "a-visitor-of-whom-nobody-else-is-told";
const visited = { ...lunch, beneficiary: visitor };

const reads = [
  "/deliveries/lunch",
  "/deliveries",
  "/deliveries/lunch/explanation",
  "/charges",
  "/events",
  "/parties/fjord-catering/export",
];

async function seen(party: string): Promise<string[]> {
  const found: string[] = [];
  for (const path of reads) {
    const { status, body } = await harbour.as(party).get(path);
    if (status === 200 && JSON.stringify(body).includes(visitor)) found.push(path);
  }
  return found;
}

describe("a visitor's name, which the membership agreement withholds from complementors", () => {
  it("is read by the campus and by the member", async () => {
    await expectStatus(harbour.as("harbour").post("/deliveries", visited), 201);
    const own = ["/deliveries/lunch", "/deliveries", "/deliveries/lunch/explanation"];
    expect(await seen("harbour")).toEqual(own);
    expect(await seen("nordic-apps")).toEqual(own);
  });

  it("is in nothing that the caterer gets: answers, lists, explanation, events, export", async () => {
    await expectStatus(harbour.as("harbour").post("/deliveries", visited), 201);
    expect(await seen("fjord-catering")).toEqual([]);
    const { body } = await expectStatus(harbour.as("fjord-catering").get("/deliveries/lunch"), 200);
    expect(body).toMatchObject({ id: "lunch", customer: "nordic-apps", usage: { covers: 37 } });
  });

  it("isn't echoed to the caterer that submits it, is kept, and outlives its correction", async () => {
    const caterer = harbour.as("fjord-catering");
    const { body } = await expectStatus(caterer.post("/deliveries", visited), 201);
    expect(JSON.stringify(body)).not.toContain(visitor);
    const correction = { usage: { covers: 36 }, reason: "One cover came back." };
    await expectStatus(caterer.post("/deliveries/lunch/corrections", correction), 200);
    const kept = await expectStatus(harbour.as("harbour").get("/deliveries/lunch"), 200);
    expect(kept.body["beneficiary"]).toBe(visitor);
  });
});

describe("whatever ecosystem is loaded", () => {
  const towing = (): Catalog => ({
    ...harbour.sandbox.catalog,
    documents: [
      {
        path: "agreements/towing.yaml",
        kind: "agreement",
        digest: "sha256:towing",
        content: {
          terms: {
            dataRights: [
              { role: "garage", resources: ["deliveries", "work-orders"], withheldFields: ["driver"] },
              { role: "garage", resources: ["parties"], withheldFields: ["phone"] },
              { role: "regulator", resources: ["parties"], withheldFields: ["name"] },
            ],
          },
        },
      },
    ],
  });
  const garage = { party: "bolt", role: "garage", scopes: [] };
  const driver = "D. River";

  it.each<[capability: string, given: JsonObject, want: JsonObject]>([
    ["deliveries.get", { id: "t", driver }, { id: "t" }],
    ["deliveries.list", { items: [{ id: "t", driver }] }, { items: [{ id: "t" }] }],
    ["work-orders.get", { stops: [{ at: { driver, km: 3 } }] }, { stops: [{ at: { km: 3 } }] }],
    ["cases.get", { driver, delivery: { driver } }, { driver, delivery: {} }],
    [
      "parties.export",
      { party: { phone: "1", driver }, workOrders: [{ driver }], deliveries: [{ driver, phone: "2" }] },
      { party: { driver }, workOrders: [{}], deliveries: [{}] },
    ],
  ])("%s gives the role what it may read, and no more", (capability, given, want) => {
    expect(withholdFrom(garage, capability, given, towing())).toEqual(want);
    for (const caller of [
      undefined,
      { ...garage, role: "driver" },
      { ...garage, role: "regulator" },
      { ...garage, party: harbour.sandbox.catalog.ecosystem.orchestrator },
    ])
      expect(withholdFrom(caller, capability, given, towing())).toEqual(given);
  });

  it("holds nothing in an event that is withheld from one of those who may get it", () => {
    expect(withholdFromEvent("delivery.rated", { deliveryId: "t", driver }, towing())).toEqual({
      deliveryId: "t",
    });
    expect(withholdFromEvent("party.joined", { phone: "1", driver }, towing())).toEqual({ driver });
    expect(withholdFromEvent("case.opened", { phone: "1", driver }, towing())).toEqual({
      phone: "1",
      driver,
    });
  });
});
