import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { knownMeanings } from "../../cli/meanings.ts";
import { createSandbox, openStore } from "../../sandbox/index.ts";
import { checkDocuments } from "../../sandbox/rating/index.ts";
import { lintSpecs } from "../../specs/engine/catalog/lint/lint.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { documentsOf } from "../../specs/engine/catalog/lookup.ts";
import { validatorsOf } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import { runWorkflow } from "../../specs/engine/journey/index.ts";

// Ecosystems with words, shapes and money of their own: nothing in the toolkit may know the reference one by heart.
const fixtures = join(import.meta.dirname, "../fixtures/ecosystems");

interface Want {
  readonly journey: string;
  readonly servedByCapability: readonly string[];
  readonly servedByResources: readonly string[];
  readonly events: readonly string[];
  /** Minor units at the end, by account. */
  readonly balances: Readonly<Record<string, number>>;
}

const wanted: Readonly<Record<string, Want>> = {
  "roaming-charging": {
    journey: "session-cleared",
    servedByCapability: [
      "requestToken",
      "getExchange",
      "getPerformance",
      "postCdr",
      "getCdr",
      "listNotifications",
    ],
    servedByResources: ["listLocations", "addLocation", "getLocation"],
    events: ["org.example.hub.cdr.rated"],
    // 23.72 net, of which the hub keeps 4 % (0.95); a quarter (5.93) is credited and borne by the operator; 21 % of the
    // 17.79 that are left is 3.74 of tax, 0.20 of it by the hub.
    balances: {
      "drivemile/cost": 2153,
      "drivemile/payable/hub": -2153,
      "hub/receivable/drivemile": 2153,
      "hub/revenue": -2372,
      "hub/service-credit": 593,
      "hub/cost": 1684,
      "hub/payable/voltport": -2038,
      "hub/tax/belastingdienst": -20,
      "voltport/receivable/hub": 2038,
      "voltport/revenue": -2277,
      "voltport/service-credit": 593,
      "voltport/tax/belastingdienst": -354,
      "belastingdienst/receivable/hub": 20,
      "belastingdienst/receivable/voltport": 354,
      "belastingdienst/revenue": -374,
    },
  },
  "quality-on-demand": {
    journey: "session-paid-and-disputed",
    servedByCapability: ["createToken", "reportUsage", "complain"],
    servedByResources: ["createSession", "getSession", "deleteSession"],
    events: ["org.example.network.usage-rated.v1", "org.example.network.quality-missed.v1"],
    // 45 minutes at 0.03 are 1.35; the aggregator keeps 15 % (0.21 with the odd cent), the network bears the credit of half.
    balances: {
      "cloudgame/cost": 67,
      "cloudgame/payable/aggregator": -67,
      "aggregator/receivable/cloudgame": 67,
      "aggregator/revenue": -135,
      "aggregator/service-credit": 68,
      "aggregator/cost": 46,
      "aggregator/payable/northcell": -46,
      "northcell/receivable/aggregator": 46,
      "northcell/revenue": -114,
      "northcell/service-credit": 68,
    },
  },
};

describe.each(Object.entries(wanted))("the ecosystem %s", (name, want) => {
  const path = join(fixtures, name);

  it("is sound: documents, bindings, journeys and rate cards", async () => {
    const { catalog, findings } = await lintSpecs(path, { cacheDir: false, meanings: await knownMeanings() });
    expect(findings).toEqual([]);
    const rateCards = documentsOf(catalog, "rate-card");
    expect(checkDocuments({ rateCards, agreements: documentsOf(catalog, "agreement") })).toEqual([]);
  });

  it("plays its journey, books it and tells of it, with no code of its own", async () => {
    const { catalog } = await loadCatalog(path, { cacheDir: false });
    const store = await openStore("memory");
    const sandbox = await createSandbox({ catalog, store });
    try {
      const report = await sandbox.report();
      const served = (by: string): string[] =>
        report.filter(({ servedBy }) => servedBy === by).map(({ operationId }) => operationId);
      expect(served("capability")).toEqual(want.servedByCapability);
      expect(served("resource")).toEqual(want.servedByResources);
      const run = await runWorkflow({
        catalog,
        workflowId: want.journey,
        fetch: (request) => sandbox.fetch(request),
        baseUrls: "http://sandbox.test",
        validators: validatorsOf(catalog),
      });
      expect(run.error).toBeUndefined();
      expect(run.outcome).toBe("passed");
      const reader = store.reader("main");
      const events = await reader.events({ limit: 100 });
      expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining([...want.events]));
      const balances = await reader.balances();
      const booked = Object.fromEntries(
        balances.map(({ account, amountMinor }) => [account, Number(amountMinor)]),
      );
      expect(booked).toEqual(want.balances);
      expect(Object.values(booked).reduce((sum, amount) => sum + amount, 0)).toBe(0);
    } finally {
      await sandbox.close();
    }
  });
});
