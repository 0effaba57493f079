import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  lastQuarter,
  quarterAfter,
  quarterOf,
} from "../../../sandbox/capabilities/quarterly-reviews/quarter.ts";
import { openStore } from "../../../sandbox/index.ts";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { expectStatus, type Harbour, openHarbour } from "./harbour.ts";
import { reviewOf, twoQuarters } from "./two-quarters.ts";

const rows = (review: JsonObject, name: string): JsonObject[] => review[name] as JsonObject[];

let harbour: Harbour;
let review: JsonObject;
beforeAll(async () => {
  harbour = await twoQuarters(await openStore("memory"));
  review = await reviewOf(harbour.as("harbour"));
});
afterAll(() => harbour.close());

describe("the review of a quarter", () => {
  it("is of the last one that has gone by, with the figures of the scorecard for both quarters", async () => {
    expect(review).toMatchObject({
      quarter: "2026-Q1",
      before: "2025-Q4",
      from: "2025-12-31T22:00:00.000Z",
      until: "2026-03-31T21:00:00.000Z",
      complete: true,
    });
    const at = async (period: string) =>
      (await expectStatus(harbour.as("harbour").get(`/scorecards/harbour?period=${period}`), 200)).body;
    const [now, before] = [await at("2026-01/2026-03"), await at("2025-10/2025-12")];
    const wholes = (scorecard: JsonObject) => rows(scorecard, "metrics").map(({ ecosystem }) => ecosystem);
    expect(rows(review, "metrics")).toHaveLength(21);
    expect(wholes(review)).toEqual(wholes(now));
    expect(rows(review, "metrics").map(({ before }) => (before as JsonObject)["ecosystem"])).toEqual(
      wholes(before),
    );
    expect(rows(review, "metrics")[0]).toMatchObject({
      id: "on-time-rate",
      ecosystem: { part: 2, of: 4 },
      before: { ecosystem: { part: 2, of: 2 } },
    });
  });

  it("tells whose tier changed, and what follows from it", () => {
    expect(rows(review, "tierChanges")).toEqual([
      {
        party: "fjord-catering",
        tier: "gold",
        before: "bronze",
        benefits: ["First on the list of providers", "Certificate renewed without a new run"],
      },
      { party: "tern", tier: "bronze", benefits: ["Takes part"] },
    ]);
  });

  it("has the value that the map has, with what was left of it", async () => {
    const map = (await expectStatus(harbour.as("harbour").get("/map?period=2026-01/2026-03"), 200)).body;
    const paid = rows(map, "parties").flatMap(({ id, amounts }) =>
      (amounts as JsonObject[]).map(({ paidMinor, receivedMinor }) => [id, paidMinor, receivedMinor]),
    );
    const amounts = rows(review, "amounts");
    expect(amounts.map(({ party, paidMinor, receivedMinor }) => [party, paidMinor, receivedMinor])).toEqual(
      paid,
    );
    for (const { paidMinor, receivedMinor, marginMinor } of amounts)
      expect(marginMinor).toBe(receivedMinor === 0 ? undefined : Number(receivedMinor) - Number(paidMinor));
    const { currencies } = map["network"] as { currencies: JsonObject[] };
    expect(rows(review, "concentration")).toMatchObject(currencies);
  });

  it("counts what happened, beside the quarter before", () => {
    const once = { quarter: 1, before: 0 };
    const twice = { quarter: 2, before: 0 };
    const never = { quarter: 0, before: 0 };
    expect(review).toMatchObject({
      certifications: {
        submitted: { quarter: 3 },
        issued: twice,
        refused: once,
        revoked: once,
        lapsed: never,
      },
      disputes: {
        opened: once,
        resolved: once,
        resolvedInTime: once,
        credits: [{ currency: "EUR", quarter: 1000, before: 0 }],
      },
      incidents: {
        opened: once,
        resolved: never,
        missedDeadline: once,
        severities: [{ severity: "major", ...once }],
      },
      feedback: { given: once, scores: [{ score: 2, ...once }] },
      changes: { proposed: never, announced: never, announcedChanges: [] },
      onboarding: {
        registered: twice,
        delivered: once,
        firstDeliveries: [{ party: "tern", waitedMinutes: 0 }],
      },
      exits: { begun: once, parties: [{ party: "plover", status: "exited" }] },
    });
    expect((review["certifications"] as JsonObject)["expiring"]).toEqual([]);
  });

  it("ends with what waits for whom, as the triage has it", async () => {
    const triage = (await expectStatus(harbour.as("harbour").get("/triage?limit=20"), 200)).body;
    expect(triage).toMatchObject(review["waiting"] as JsonObject);
    expect(review["waiting"]).toMatchObject({ overdue: 1 });
  });

  it("of the quarter that goes on says so, and refuses one to come", async () => {
    const campus = harbour.as("harbour");
    expect(await reviewOf(campus, "?quarter=2026-Q2")).toMatchObject({ complete: false, before: "2026-Q1" });
    for (const quarter of ["2026-Q3", "2026-Q5"])
      expect(await campus.get(`/quarterly-review?quarter=${quarter}`)).toMatchObject({ status: 422 });
    expect((await harbour.nobody.get("/quarterly-review")).status).toBe(401);
  });

  it("shows a party its own part, beside what everybody knows of the whole", async () => {
    const own = await reviewOf(harbour.as("blueline"));
    expect(own).toMatchObject({
      party: "blueline",
      tierChanges: [],
      disputes: { opened: { quarter: 1 } },
      feedback: { given: { quarter: 1 } },
      onboarding: { registered: { quarter: 0 } },
      exits: { begun: { quarter: 0 } },
    });
    const { ecosystem, own: figure, before } = rows(own, "metrics")[0] ?? {};
    expect(figure).toMatchObject({ part: 1, of: 2 });
    expect(ecosystem).toEqual({ value: 0.5, met: false, samples: 4 });
    expect(before).toMatchObject({ own: { part: 1, of: 1 } });
    expect(rows(own, "amounts").map(({ party }) => party)).toEqual(["blueline"]);
    for (const shares of rows(own, "concentration")) expect(shares).not.toHaveProperty("totalMinor");
    const { computedAt: _at, ...asked } = await reviewOf(harbour.as("privacy-board"), "?party=blueline");
    expect(Object.keys(own)).toEqual(expect.arrayContaining(Object.keys(asked)));
    expect((await harbour.as("blueline").get("/quarterly-review?party=tern")).status).toBe(404);
  });

  it("leaves out what an API has no operations for", async () => {
    const { catalog } = await loadedSpecs();
    const operations = catalog.operations.filter(
      ({ capability }) => !/^(incidents|feedback|changes)\./.test(capability?.name ?? ""),
    );
    const smaller = await openHarbour({ catalog: { ...catalog, operations } });
    try {
      const told = await reviewOf(smaller.as("harbour"));
      expect(told).toMatchObject({ disputes: {}, exits: {} });
      for (const section of ["incidents", "feedback", "changes"]) expect(told).not.toHaveProperty(section);
    } finally {
      await smaller.close();
    }
  });
});

describe("a quarter", () => {
  it.each([
    ["2026-Q1", "Europe/Helsinki", "2025-12-31T22:00:00.000Z", "2026-03-31T21:00:00.000Z"],
    ["2024-Q4", "UTC", "2024-10-01T00:00:00.000Z", "2025-01-01T00:00:00.000Z"],
  ])("%s in %s is from %s until %s", (name, zone, from, until) => {
    const quarter = quarterOf(name, zone);
    expect(quarter).toMatchObject({ name, from, until });
    expect(lastQuarter(until, zone).name).toBe(name);
    expect(lastQuarter(new Date(Date.parse(until) - 1).toISOString(), zone).name).not.toBe(name);
  });

  it("has one before and one after, over the turn of the year", () => {
    const quarter = quarterOf("2026-Q1", "UTC");
    if (quarter === undefined) throw new Error("no quarter");
    expect([-1, 1, 4].map((count) => quarterAfter(quarter, count, "UTC").name)).toEqual([
      "2025-Q4",
      "2026-Q2",
      "2027-Q1",
    ]);
  });

  it.each(["2026-Q0", "2026-Q5", "2026-1", ""])("%j is none", (text) => {
    expect(quarterOf(text, "UTC")).toBeUndefined();
  });
});
