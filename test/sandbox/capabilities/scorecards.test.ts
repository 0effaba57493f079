import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { lunchOrder } from "../testing/lunch.ts";
import { type Client, everyItem, expectStatus, type Harbour, itemsOf, openHarbour } from "./harbour.ts";
import { leg, lunch, recently } from "./legs.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

type Metrics = ReadonlyMap<unknown, JsonObject>;

async function scorecard(party: string, query = "", as: Client = harbour.as(party)): Promise<Metrics> {
  const { body } = await expectStatus(as.get(`/scorecards/${party}${query}`), 200);
  return new Map((body["metrics"] as JsonObject[]).map((metric) => [metric["id"], metric]));
}

const legs = (delays: readonly number[]): JsonObject[] =>
  delays.map((arrivalDelayMinutes, index) =>
    leg(`leg-${index}`, { usage: { distanceMiles: 920, arrivalDelayMinutes } }),
  );

const submit = async (...deliveries: JsonObject[]): Promise<void> => {
  const { body } = await expectStatus(harbour.as("harbour").post("/deliveries/batch", { deliveries }), 200);
  expect(body).toMatchObject({ rejected: 0 });
};

describe("a scorecard", () => {
  it("shows a party's own part beside the whole, exactly, and whether the target is met", async () => {
    await submit(...legs([0, 0, 0, 20]), lunch);
    const metrics = await scorecard("blueline", "?period=2001-01");
    expect(metrics.get("on-time-rate")).toEqual({
      id: "on-time-rate",
      layer: "outcome",
      title: "On-time rate",
      unit: "ratio",
      direction: "higher-is-better",
      target: 0.95,
      minimum: 1,
      own: { value: 0.75, met: false, samples: 4, part: 3, of: 4 },
      ecosystem: { value: 0.75, met: false, samples: 4 },
    });
    // 14.43 of 4 × 144.31.
    expect(metrics.get("service-level-adherence")?.["own"]).toEqual({
      value: 0.975002,
      met: false,
      samples: 4,
      part: 56_281,
      of: 57_724,
    });
    expect(metrics.get("credited-share")?.["own"]).toMatchObject({ value: 0.25, met: false });
    expect(metrics.get("dispute-rate")?.["own"]).toMatchObject({ value: 0, met: true });
    expect(metrics.get("active-partners")).toMatchObject({ ecosystem: { value: 1, met: false, samples: 1 } });
    expect(metrics.get("active-partners")).not.toHaveProperty("own");
    expect(metrics.get("contribution-evenness")?.["ecosystem"]).toEqual({
      samples: 1,
      reason: "Not enough data: 1 of at least 2.",
    });
    expect(metrics.get("security-posture")?.["own"]).toEqual({
      samples: 0,
      part: 0,
      of: 0,
      reason: "Nothing to measure.",
    });
  });

  it("is the same among those of all, page by page; a party gets its own alone", async () => {
    await submit(...legs([0, 0, 20]), lunch);
    const all = await everyItem(harbour.as("harbour"), "/scorecards?period=2025-03&limit=5");
    expect(all.length).toBe(itemsOf(await harbour.as("harbour").get("/parties?limit=200")).length);
    for (const one of all) {
      const { body } = await expectStatus(
        harbour.as("harbour").get(`/scorecards/${one["party"]}?period=2025-03`),
        200,
      );
      expect(one).toEqual(body);
    }
    const { body } = await expectStatus(
      harbour.as("spacefinder").get("/scorecards/spacefinder?period=2025-03"),
      200,
    );
    expect(itemsOf(await harbour.as("spacefinder").get("/scorecards?period=2025-03"))).toEqual([body]);
  });

  it("counts a delivery in the month of its own time, and without a month in the window that ends now", async () => {
    await submit(lunch, leg("recent", { startedAt: "2026-03-10T11:45:00" }));
    const samples = async (query: string) =>
      (await scorecard("harbour", query)).get("on-time-rate")?.["ecosystem"];
    expect(await samples("?period=2025-03")).toMatchObject({ samples: 1, value: 0 });
    expect(await samples("?period=2026-03")).toMatchObject({ samples: 1, value: 0 });
    expect(await samples("?period=2025-04")).toMatchObject({ samples: 0 });
    expect(await samples("")).toMatchObject({ samples: 1 });
    const { body } = await harbour.as("harbour").get("/scorecards/harbour");
    expect(body).toMatchObject({ from: "2025-12-16T08:00:00.000Z", until: "2026-03-16T08:00:00.000Z" });
  });

  it("is a party's own: others are told that there is none, and who oversees the ecosystem sees all", async () => {
    expect((await harbour.as("blueline").get("/scorecards/wayfare")).status).toBe(404);
    expect((await harbour.as("blueline").get("/metrics/on-time-rate/records?party=wayfare")).status).toBe(
      404,
    );
    expect((await harbour.as("privacy-board").get("/scorecards/wayfare")).status).toBe(200);
    expect((await harbour.as("harbour").get("/scorecards/nobody")).status).toBe(404);
    expect((await harbour.as("harbour").get("/metrics/on-time-rate/records?party=nobody")).status).toBe(404);
    expect((await harbour.nobody.get("/scorecards/wayfare")).status).toBe(401);
    expect((await harbour.as("blueline").get("/scorecards/blueline?period=2025-13")).status).toBe(422);
  });

  it("shows the sums behind a share of the whole to nobody but those who oversee it", async () => {
    await submit(...legs([0, 20]));
    const own = (await scorecard("blueline", "?period=2001-01")).get("service-level-adherence");
    expect(own?.["ecosystem"]).not.toHaveProperty("of");
    const all = (await scorecard("harbour", "?period=2001-01")).get("service-level-adherence");
    expect(all?.["ecosystem"]).toMatchObject({ of: 28_862, part: 27_419 });
  });

  it("gives the tier whose rules hold for the party's own part", async () => {
    await submit(...legs([0, 0]));
    const { body } = await harbour.as("blueline").get("/scorecards/blueline?period=2001-01");
    // Nobody was offered work, so the availability that silver asks for has no value.
    expect(body["tier"]).toBe("bronze");
  });
});

it("without a metric catalogue a scorecard has no metrics, and nothing breaks", async () => {
  const { catalog } = await loadedSpecs();
  const documents = catalog.documents.filter(({ kind }) => kind !== "metrics");
  const bare = await openHarbour({ catalog: { ...catalog, documents } });
  try {
    const blueline = bare.as("blueline");
    await expectStatus(blueline.post("/deliveries", leg("one")), 201);
    const { body } = await expectStatus(blueline.get("/scorecards/blueline?period=2001-01"), 200);
    expect(body).toMatchObject({ party: "blueline", period: "2001-01", metrics: [] });
    expect(body).not.toHaveProperty("tier");
    expect((await blueline.get("/metrics/on-time-rate/records")).status).toBe(404);
  } finally {
    await bare.close();
  }
});

describe("first-time fulfilment", () => {
  const firstTime = async (party: string, query: string) =>
    (await scorecard(party, query)).get("first-time-fulfilment")?.["own"];

  it("is missed by what was corrected, and by a dispute until it is rejected", async () => {
    await submit(...legs([0, 0, 0, 0]));
    const blueline = harbour.as("blueline");
    const correction = { usage: { distanceMiles: 900 }, reason: "Misread." };
    await expectStatus(blueline.post("/deliveries/leg-0/corrections", correction), 200);
    const member = harbour.as("nordic-apps");
    const open = async (id: string): Promise<string> => {
      const reply = await expectStatus(member.post("/disputes", { deliveryId: id, reason: "No." }), 201);
      return String(reply.body["id"]);
    };
    const [upheld, rejected] = [await open("leg-1"), await open("leg-2")];
    expect(await firstTime("blueline", "?period=2001-01")).toMatchObject({ part: 1, of: 4 });
    const decide = (id: string, outcome: string) =>
      expectStatus(harbour.as("harbour").post(`/disputes/${id}/resolution`, { outcome, reason: "So." }), 200);
    await decide(upheld, "upheld");
    await decide(rejected, "rejected");
    expect(await firstTime("blueline", "?period=2001-01")).toMatchObject({ part: 2, of: 4 });
    const metrics = await scorecard("blueline", "?period=2001-01");
    expect(metrics.get("dispute-rate")?.["own"]).toMatchObject({ part: 1, of: 4 });
    // Disputes count when they are decided.
    expect((await scorecard("blueline")).get("days-to-decide")?.["own"]).toMatchObject({
      value: 0,
      samples: 2,
    });
  });

  it("is missed by a substitute, and the provider that declined is told of it by its offers", async () => {
    const decline = { behaviour: "decline" };
    const fjord = harbour.as("fjord-catering");
    await expectStatus(fjord.put("/sandbox/parties/fjord-catering/behaviour", decline), 200);
    await expectStatus(harbour.as("spacefinder").post("/work-orders", lunchOrder), 201);
    await expectStatus(harbour.as("harbour").put("/sandbox/clock", { advance: "P2D" }), 200);
    expect(await firstTime("taiga-catering", "?period=2026-03")).toMatchObject({ part: 0, of: 1 });
    const offers = async (party: string) => (await scorecard(party)).get("complement-availability")?.["own"];
    expect(await offers("fjord-catering")).toMatchObject({ value: 0, samples: 1 });
    expect(await offers("taiga-catering")).toMatchObject({ value: 1, samples: 1 });
    const all = await everyItem(harbour.as("harbour"), "/metrics/complement-availability/records?limit=1");
    expect(all.map(({ parties, part }) => [parties, part])).toEqual([
      [["fjord-catering"], 0],
      [["taiga-catering"], 1],
    ]);
  });
});

describe("the records of a metric", () => {
  it("add up to the figure, page by page, for the party that they are the part of", async () => {
    await submit(...legs([0, 20, 0, 70, 0]), lunch);
    const blueline = harbour.as("blueline");
    const seen = await everyItem(blueline, "/metrics/on-time-rate/records?period=2001-01&limit=2");
    expect(seen.map(({ id, part, of }) => [id, part, of])).toEqual([
      ["leg-0", 1, 1],
      ["leg-1", 0, 1],
      ["leg-2", 1, 1],
      ["leg-3", 0, 1],
      ["leg-4", 1, 1],
    ]);
    expect(new Set(seen.map(({ parties }) => JSON.stringify(parties)))).toEqual(new Set(['["blueline"]']));
    const late = await everyItem(
      harbour.as("harbour"),
      "/metrics/on-time-rate/records?period=2025-03&limit=1",
    );
    expect(late).toEqual([
      {
        record: "delivery",
        id: "lunch",
        at: "2025-03-11T11:30:00+02:00",
        parties: expect.arrayContaining(["nordic-apps", "spacefinder", "fjord-catering", "kestrel"]),
        part: 0,
        of: 1,
      },
    ]);
  });

  it("of providers are the parties, each with its deliveries", async () => {
    const days = [1, 2, 3].map((day) => leg(`leg-${day}`, { startedAt: `2025-03-0${day}T11:45:00` }));
    await submit(...days, lunch);
    const path = "/metrics/contribution-evenness/records?period=2025-03";
    const all = await everyItem(harbour.as("harbour"), `${path}&limit=1`);
    expect(all.map(({ id, part }) => [id, part])).toEqual([
      ["blueline", 3],
      ["fjord-catering", 1],
    ]);
    expect((await everyItem(harbour.as("blueline"), `${path}&limit=5`)).map(({ id }) => id)).toEqual([
      "blueline",
    ]);
    // (2·2 + 1) · 4 - 2 · (1·1 + 2·3) = 6 over 2 · 4.
    const { body } = await harbour.as("harbour").get("/scorecards/harbour?period=2025-03");
    const metric = (body["metrics"] as JsonObject[]).find(({ id }) => id === "contribution-evenness");
    expect(metric?.["ecosystem"]).toMatchObject({ value: 0.75 });
  });

  it("are refused for a metric that there is none of", async () => {
    expect((await harbour.as("blueline").get("/metrics/speed/records")).status).toBe(404);
  });
});

describe("a partner that registered", () => {
  it("has its time to value from registering to its first rated delivery, and counts among those certified or not", async () => {
    const registration = {
      id: "blueline",
      name: "Own build",
      role: "complementor",
      contacts: [{ name: "Liv Berg", email: "liv@blueline.example", purpose: "technical" }],
    };
    const { body } = await expectStatus(harbour.nobody.post("/parties", registration), 201);
    const credentials = body["credentials"] as { clientId: string; clientSecret: string } & JsonObject;
    const partner = harbour.with(credentials);
    for (const { id, version } of itemsOf(await partner.get("/agreements"))) {
      const accepted = { version: String(version) };
      await expectStatus(partner.post(`/agreements/${String(id)}/acceptances`, accepted), 201);
    }
    expect((await scorecard("blueline", "", partner)).get("time-to-value")?.["ecosystem"]).toMatchObject({
      samples: 0,
    });
    await expectStatus(harbour.as("harbour").put("/sandbox/clock", { advance: "PT90M" }), 200);
    await expectStatus(partner.post("/deliveries", recently("first")), 201);
    await expectStatus(harbour.as("harbour").put("/sandbox/clock", { advance: "PT5H" }), 200);
    // A correction rates it anew, and changes nothing of when it was rated first.
    const correction = { usage: { distanceMiles: 900 }, reason: "Misread." };
    await expectStatus(partner.post("/deliveries/first/corrections", correction), 200);
    const metrics = await scorecard("blueline", "", partner);
    expect(metrics.get("time-to-value")?.["ecosystem"]).toEqual({ value: 1.5, met: true, samples: 1 });
    expect(metrics.get("interface-adoption")?.["ecosystem"]).toEqual({ value: 0, met: false, samples: 1 });
    const seen = await everyItem(partner, "/metrics/time-to-value/records?limit=5");
    expect(seen).toMatchObject([{ record: "party", id: "blueline", part: 90 * 60_000, of: 1 }]);
  });
});
