import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../../../sandbox/index.ts";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import type { ClientRules } from "../../reference-partner/client.ts";
import { workingDay } from "../../reference-partner/working-day.ts";
import { expectStatus, type Harbour, itemsOf } from "../capabilities/harbour.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

let workshop: Workshop;
let harbour: Harbour;
beforeEach(async () => {
  workshop = await openWorkshop();
  harbour = workshop.harbour;
});
afterEach(() => workshop[Symbol.asyncDispose]());

const clientOf: Workshop["clientOf"] = (...given) => workshop.clientOf(...given);
const submitted: Workshop["submitted"] = (...given) => workshop.submitted(...given);
const ended: Workshop["ended"] = (...given) => workshop.ended(...given);

const seen = () =>
  harbour.sandbox.store.reader("main").list({ collection: "certification-exchanges", limit: 500 });

describe("a client that is observed", () => {
  it("meets every probe, and comes through when it does everything right", async () => {
    const id = await submitted("blueline");
    const { send, answered } = clientOf("blueline");
    await workingDay(send);
    const probes = new Set((await seen()).map(({ value }) => value["probe"]).filter((one) => one !== null));
    expect([...probes].sort()).toEqual([
      "expired-token",
      "failing",
      "rate-limit",
      "silence",
      "small-pages",
      "unavailable",
      "unknown-field",
    ]);
    expect(new Set(answered.map(({ status }) => status))).toEqual(
      new Set([200, 201, 401, 422, 429, 503, 504]),
    );
    expect(await ended("blueline", id)).toMatchObject({ evidence: "passed", reached: "silver", missing: [] });
  });

  it.each<[string, Partial<ClientRules>, string]>([
    [
      "doesn't wait as long as it is asked to",
      { pauseMs: (attempt) => 40 * 2 ** attempt },
      "client.retry.retry-after",
    ],
    ["makes another key for each attempt", { key: () => crypto.randomUUID() }, "client.retry.same-key"],
    ["gives up when its token ends", { refreshes: false }, "client.auth.refresh"],
    ["reads the first page only", { readsAllPages: false }, "client.pagination.to-the-end"],
  ])("that %s is found out", async (_name, rules, check) => {
    const id = await submitted("blueline");
    const { send } = clientOf("blueline", rules);
    await workingDay(send, rules.readsAllPages ?? true).catch(() => undefined);
    const { proven, missing = [] } = await ended("blueline", id);
    expect(proven).not.toBe(true);
    expect(
      (missing as string[]).some((one) => one.startsWith(check)),
      JSON.stringify(missing),
    ).toBe(true);
  });

  it("that gave no occasion for a probe proves nothing, and is told what was missing", async () => {
    const id = await submitted("blueline");
    const { send } = clientOf("blueline");
    await send("GET", "/parties/blueline");
    const result = await ended("blueline", id);
    expect(result).toMatchObject({ evidence: "incomplete" });
    // Five kinds of probes can meet the request, and by the job's seed one of them may have.
    const missing = (result["missing"] as string[]).filter((one) =>
      one.includes("it called getParty too seldom"),
    );
    expect(missing.length).toBeGreaterThanOrEqual(4);
  });

  it("that sent nothing proves nothing", async () => {
    const id = await submitted("blueline");
    expect(await ended("blueline", id)).toMatchObject({
      evidence: "incomplete",
      missing: ["The client sent nothing while it was observed."],
    });
  });

  it("leaves no secret behind in what is kept of it", async () => {
    await submitted("blueline");
    const { send, answered } = clientOf("blueline");
    await workingDay(send);
    const tokens = answered.flatMap(({ text }) => /"access_token":"([^"]+)"/.exec(text)?.[1] ?? []);
    const kept = JSON.stringify((await seen()).map(({ value }) => value));
    expect(tokens.length).toBeGreaterThan(0);
    for (const secret of [...tokens, "sandbox-blueline-secret"]) expect(kept).not.toContain(secret);
  });
});

describe("the journeys of a partner", () => {
  const journeys = (workflows: readonly string[]): JsonObject => ({
    parts: ["journeys"],
    level: "bronze",
    manifest: { workflows },
  });
  const findings = async (id: string): Promise<readonly JsonObject[]> => {
    const { body } = await harbour.as("blueline").get(`/certifications/${id}/run`);
    const { findings: all = [] } = body["report"] as { findings?: readonly JsonObject[] };
    return all.filter(({ check }) => check === "journeys.workflow.succeeds");
  };

  it("are done by its own client, in order; what it left out is named", async () => {
    const id = await submitted("blueline", journeys(["first-delivery-rated", "correction"]));
    const { send } = clientOf("blueline");
    const leg = {
      product: "express-leg",
      customer: "nordic-apps",
      startedAt: "2001-01-01T06:55:00",
      usage: { distanceMiles: 1797, arrivalDelayMinutes: 0 },
    };
    await send("POST", "/quotes", leg);
    await ended("blueline", id);
    expect(await findings(id)).toMatchObject([
      {
        subject: "first-delivery-rated",
        outcome: "failed",
        message: expect.stringContaining("submitDelivery"),
      },
      { subject: "correction", outcome: "failed", message: expect.stringContaining("Step submitWrong") },
    ]);
  });

  it("go on with the steps of other companies, which the sandbox takes when their turn comes", async () => {
    const id = await submitted("spacefinder", journeys(["declined-work-order-taken-by-substitute"]));
    await harbour.sandbox.settle();
    const caterer = harbour.as("harbour").get.bind(undefined, "/sandbox/parties/fjord-catering/behaviour");
    while ((await caterer()).body["behaviour"] !== "decline");
    const { send } = clientOf("spacefinder");
    const order = {
      product: "catering-cover",
      customer: "nordic-apps",
      provider: "fjord-catering",
      substitutes: ["taiga-catering"],
      parties: { broker: "spacefinder", supplier: "kestrel" },
      scheduledFor: "2025-03-11T11:30:00",
      usage: { covers: 37 },
    };
    const placed = (await (await send("POST", "/work-orders", order)).json()) as JsonObject;
    await send("GET", "/events?type=campus.harbour.work-order.reassigned.v1");
    await send("GET", `/work-orders/${String(placed["id"])}`);
    // Its last step is the campus's, after all of the broker's.
    while ((await caterer()).body["behaviour"] !== "on-time");
    expect(await ended("spacefinder", id)).toMatchObject({ evidence: "passed" });
    const { body } = await harbour.as("spacefinder").get(`/certifications/${id}/run`);
    const { findings: all = [] } = body["report"] as { findings?: readonly JsonObject[] };
    expect(all).toContainEqual(
      expect.objectContaining({ subject: "declined-work-order-taken-by-substitute", outcome: "passed" }),
    );
  });

  it("about its certification itself are not looked at", async () => {
    const id = await submitted("blueline", journeys(["certification-issued"]));
    expect(await ended("blueline", id)).toMatchObject({ evidence: "incomplete" });
  });

  it("in which it has no step prove nothing about it", async () => {
    const id = await submitted("blueline", journeys(["settlement-closed"]));
    expect(await ended("blueline", id)).toMatchObject({
      evidence: "incomplete",
      missing: expect.arrayContaining([expect.stringContaining("No journey has a step of yours")]),
    });
  });
});

describe("while a client is observed", () => {
  it("nobody else notices", async () => {
    await submitted("blueline");
    const other = clientOf("wayfare");
    for (let call = 0; call < 30; call++) await other.send("GET", "/parties/wayfare");
    expect(new Set(other.answered.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(other.answered.slice(1).map(({ text }) => text)).size).toBe(1);
    expect(await seen()).toEqual([]);
  });

  it("the party itself asks how its certification goes, undisturbed", async () => {
    const id = await submitted("blueline");
    for (let call = 0; call < 30; call++) {
      await expectStatus(harbour.as("blueline").get(`/certifications/${id}`), 200);
    }
    expect(await ended("blueline", id)).toMatchObject({
      missing: ["The client sent nothing while it was observed."],
    });
  });

  it("the party can't be observed a second time, and can afterwards", async () => {
    const id = await submitted("blueline");
    const again = await harbour
      .as("blueline")
      .post("/certifications", { parts: ["client"], level: "bronze" });
    expect(again).toMatchObject({ status: 409, body: { code: "ECO_CERTIFICATION_OBSERVED" } });
    expect(String(again.body["detail"])).toContain(id);
    await submitted("wayfare");
    await ended("blueline", id);
    await submitted("blueline");
  });

  it("its time runs out by the virtual clock, and the run begins", async () => {
    const id = await submitted("blueline");
    await workingDay(clientOf("blueline").send);
    await workshop.clock({ advance: "P1D" });
    await harbour.sandbox.settle();
    expect((await harbour.as("blueline").get(`/certifications/${id}`)).body).toMatchObject({
      evidence: "passed",
    });
    const { answered, send } = clientOf("blueline");
    for (let call = 0; call < 30; call++) await send("GET", "/parties/blueline");
    expect(new Set(answered.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it("a restart loses nothing: what was seen counts, and no probe comes twice", async () => {
    const store = await openStore("memory");
    await workshop[Symbol.asyncDispose]();
    workshop = await openWorkshop({ store });
    harbour = workshop.harbour;
    const id = await submitted("blueline");
    const { send } = clientOf("blueline");
    for (let call = 0; call < 8; call++) await send("GET", `/parties/blueline?call=${call}`);
    const before = await seen();
    const state = await store.export("main");
    await workshop[Symbol.asyncDispose]();

    const other = await openStore("memory");
    await other.load("main", state);
    workshop = await openWorkshop({ store: other });
    harbour = workshop.harbour;
    await workingDay(clientOf("blueline").send);
    expect((await seen()).slice(0, before.length)).toEqual(before);
    const kinds = (await seen()).map(({ value }) => value["probe"]);
    for (const kind of ["rate-limit", "unavailable", "silence", "unknown-field"]) {
      expect(kinds.filter((one) => one === kind)).toHaveLength(1);
    }
    expect(await ended("blueline", id)).toMatchObject({ evidence: "passed" });
  });

  it("a reset ends it", async () => {
    await submitted("blueline");
    await expectStatus(harbour.as("harbour").post("/sandbox/reset"), 204);
    const { answered, send } = clientOf("blueline");
    for (let call = 0; call < 30; call++) await send("GET", "/parties/blueline");
    expect(new Set(answered.map(({ status }) => status))).toEqual(new Set([200]));
    expect(itemsOf(await harbour.as("harbour").get("/certifications"))).toEqual([]);
  });
});
