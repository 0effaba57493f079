import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { type CertificateClaims, verifyCertificate } from "../../../specs/engine/certification/index.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { expectStatus, itemsOf } from "../capabilities/harbour.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

let workshop: Workshop;
beforeEach(async () => {
  workshop = await openWorkshop();
});
afterEach(() => workshop[Symbol.asyncDispose]());

const agree = (reviewer: string): JsonObject => ({
  decision: "issued",
  reason: "Everything holds.",
  reviewer,
});

async function verified(certificate: unknown, at: string) {
  const { nobody } = workshop.harbour;
  const keys = itemsOf(await nobody.get("/certification-keys"), "keys");
  const { body } = await expectStatus(nobody.get("/certification-status-list"), 200);
  return verifyCertificate(String(certificate), {
    keys: keys.map(({ kty, crv, x }) => ({ kty: String(kty), crv: String(crv), x: String(x) })),
    issuer: "harbour",
    now: new Date(at),
    statusList: String(body["statusList"]),
  });
}

const claimsOf = (certificate: unknown): CertificateClaims =>
  JSON.parse(atob(String(certificate).split(".")[1]?.replaceAll("-", "+").replaceAll("_", "/") ?? ""));

async function eventsOf(id: string): Promise<string[]> {
  const events = itemsOf(await workshop.harbour.as("blueline").get(`/events?subject=${id}`));
  return events.map(({ type }) => String(type).replace(/^campus\.harbour\.certification\.(.+)\.v1$/, "$1"));
}

/** Deliveries of the carrier: late ones breach their service level. */
const deliver = async (count: number, arrivalDelayMinutes: number): Promise<void> => {
  for (let leg = 0; leg < count; leg++) {
    const delivery = {
      product: "express-leg",
      customer: "nordic-apps",
      startedAt: "2026-03-02T06:55:00",
      usage: { distanceMiles: 300 + leg, arrivalDelayMinutes },
    };
    await expectStatus(workshop.harbour.as("blueline").post("/deliveries", delivery), 201);
  }
};
describe("who issues", () => {
  it("bronze: the rule, as soon as a run proves it", async () => {
    const certification = await workshop.worked("blueline", { level: "bronze" });
    expect(certification).toMatchObject({ status: "issued", level: "bronze" });
    expect(claimsOf(certification["certificate"])).toMatchObject({ sub: "blueline", level: "bronze" });
    expect(await eventsOf(String(certification["id"]))).toEqual(["submitted", "issued"]);
  });

  it("silver: one person, who isn't the one who submitted", async () => {
    const { id } = await workshop.worked("blueline", { submittedBy: "Noa" });
    const review = (input: JsonObject) => workshop.decide(String(id), "review", input);
    expect(await review({ decision: "issued", reason: "Fine." })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "#/reviewer" }] },
    });
    expect(await review(agree(" noa "))).toMatchObject({ status: 403, body: { code: "ECO_FOUR_EYES" } });
    expect(await review(agree("maria"))).toMatchObject({
      status: 200,
      body: { status: "issued", reviews: [{ reviewer: "maria", decision: "issued" }] },
    });
  });

  it("nobody for a level that the run doesn't reach", async () => {
    const { id, missing } = await workshop.worked("blueline", { level: "gold" });
    expect(missing).toEqual([expect.stringContaining("journeys")]);
    expect(await workshop.decide(String(id), "review", agree("maria"))).toMatchObject({
      status: 409,
      body: { code: "ECO_CERTIFICATION_UNPROVEN" },
    });
  });

  it("gold: two different persons, and one who refuses is enough to refuse", async () => {
    const gold = { parts: ["client", "money", "journeys"], level: "gold" };
    const manifest = { workflows: ["first-delivery-rated", "correction"] };
    const { id, proven: _, ...rest } = await workshop.worked("blueline", { ...gold, manifest });
    expect(rest).toMatchObject({ evidence: "passed", reached: "gold" });
    const review = (input: JsonObject) => workshop.decide(String(id), "review", input);
    const first = await expectStatus(review(agree("maria")), 200);
    expect(first.body).toMatchObject({ status: "submitted", reviews: [{ reviewer: "maria" }] });
    expect(first.body).not.toHaveProperty("certificate");
    expect(await review(agree("Maria"))).toMatchObject({ body: { code: "ECO_FOUR_EYES" } });
    expect(await review(agree("jussi"))).toMatchObject({ status: 200, body: { status: "issued" } });

    const other = await workshop.worked("blueline", { ...gold, manifest });
    const decide = (input: JsonObject) => workshop.decide(String(other["id"]), "review", input);
    await expectStatus(decide(agree("maria")), 200);
    const refused = { decision: "refused", reason: "Its owner is under investigation.", reviewer: "jussi" };
    expect(await decide(refused)).toMatchObject({ status: 200, body: { status: "refused" } });
  });
});

describe("a waiver", () => {
  const careless = { key: () => crypto.randomUUID() };
  const asked = {
    check: "client.retry.same-key",
    reason: "Our gateway makes the keys.",
    until: "2026-04-10T21:00:00Z",
  };
  const ask = (id: unknown, waiver: JsonObject = asked) =>
    workshop.harbour.as("blueline").post(`/certifications/${String(id)}/waivers`, waiver);

  it("granted, lets a run count that failed by that check alone; it is on the certificate, which ends with it", async () => {
    await deliver(20, 0);
    const { id, evidence } = await workshop.worked("blueline", {}, careless);
    expect(evidence).toBe("failed");
    await expectStatus(ask(id), 200);
    expect(await workshop.decide(String(id), "review", agree("maria"))).toMatchObject({ status: 409 });
    const decision = { check: asked.check, decision: "granted", reason: "The gateway goes in April." };
    const granted = await expectStatus(workshop.decide(String(id), "waiver-decisions", decision), 200);
    expect(granted.body).toMatchObject({ evidence: "passed", reached: "silver", missing: [] });
    const { body } = await expectStatus(workshop.decide(String(id), "review", agree("maria")), 200);
    expect(claimsOf(body["certificate"]).waivers).toEqual([
      { check: asked.check, text: asked.reason, until: "2026-04-10T21:00:00.000Z" },
    ]);
    expect(await verified(body["certificate"], "2026-03-16T09:00:00Z")).toMatchObject({ valid: true });
    expect(await verified(body["certificate"], "2026-05-01T00:00:00Z")).toMatchObject({
      reason: "waiver-ended",
    });

    await workshop.clock({ set: "2026-04-10T20:59:00Z" });
    expect(await workshop.shown(String(id))).toMatchObject({ status: "issued" });
    await workshop.clock({ advance: "PT2M" });
    expect(await workshop.shown(String(id))).toMatchObject({
      status: "lapsed",
      reason: expect.stringContaining("The waiver of client.retry.same-key ended"),
    });
    expect(await eventsOf(String(id))).toEqual(["submitted", "waiver-requested", "issued", "lapsed"]);
    const before = { ...(await verified(body["certificate"], "2026-04-10T20:59:30Z")) };
    expect(before).toMatchObject({ valid: false, reason: "lapsed" });
  });

  it("refused, changes nothing", async () => {
    const { id } = await workshop.worked("blueline", {}, careless);
    await expectStatus(ask(id), 200);
    const decision = { check: asked.check, decision: "refused", reason: "Money is at stake." };
    const { body } = await expectStatus(workshop.decide(String(id), "waiver-decisions", decision), 200);
    expect(body).toMatchObject({
      evidence: "failed",
      waivers: [{ status: "refused", because: "Money is at stake." }],
    });
  });

  it("excuses its own check alone", async () => {
    const both = { ...careless, refreshes: false };
    const { id } = await workshop.worked("blueline", {}, both);
    await expectStatus(ask(id), 200);
    const decision = { check: asked.check, decision: "granted", reason: "As agreed." };
    const { body } = await expectStatus(workshop.decide(String(id), "waiver-decisions", decision), 200);
    expect(body["evidence"]).toBe("failed");
  });

  it.each<[string, JsonObject, number]>([
    ["of a check that doesn't exist", { ...asked, check: "client.no.such" }, 422],
    ["that ended already", { ...asked, until: "2026-03-01T00:00:00Z" }, 422],
    ["that lasts longer than the rules allow", { ...asked, until: "2027-03-01T00:00:00Z" }, 422],
  ])("%s is refused", async (_name, waiver, status) => {
    const id = await workshop.submitted("blueline");
    expect((await ask(id, waiver)).status).toBe(status);
  });

  it("is granted by the orchestrator alone, and only where it was asked for", async () => {
    const id = await workshop.submitted("blueline");
    const decision = { check: asked.check, decision: "granted", reason: "As agreed." };
    expect((await workshop.decide(id, "waiver-decisions", decision)).status).toBe(409);
    await expectStatus(ask(id), 200);
    const own = workshop.harbour.as("blueline").post(`/certifications/${id}/waiver-decisions`, decision);
    expect((await own).status).toBe(403);
  });
});

describe("a condition", () => {
  const condition = { text: "The old endpoint is switched off.", until: "2026-06-30T21:00:00Z" };
  const issued = async (): Promise<JsonObject> => {
    await deliver(20, 0);
    const { id } = await workshop.worked("blueline");
    const review = { ...agree("maria"), conditions: [condition] };
    return (await expectStatus(workshop.decide(String(id), "review", review), 200)).body;
  };

  it("that is missed suspends the certification by itself; met, it can be reinstated with a certificate without it", async () => {
    const { id, certificate } = await issued();
    expect(await verified(certificate, "2026-03-16T09:00:00Z")).toMatchObject({
      valid: true,
      notes: [expect.stringContaining("The old endpoint is switched off.")],
    });
    await workshop.clock({ set: "2026-06-30T21:01:00Z" });
    expect(await workshop.shown(String(id))).toMatchObject({
      status: "suspended",
      reason: expect.stringContaining("Not met"),
    });
    expect(await verified(certificate, "2026-06-30T20:00:00Z")).toMatchObject({ reason: "suspended" });
    const reinstate = { status: "issued", reason: "It is off." };
    expect((await workshop.decide(String(id), "standing", reinstate)).status).toBe(409);

    const met = { condition: 0, reason: "It answers 410." };
    const { body } = await expectStatus(workshop.decide(String(id), "conditions-met", met), 200);
    expect(body).toMatchObject({ status: "suspended", conditions: [{ status: "met" }] });
    expect(await verified(body["certificate"], "2026-07-01T00:00:00Z")).toMatchObject({
      reason: "suspended",
    });
    await expectStatus(workshop.decide(String(id), "standing", reinstate), 200);
    expect(await verified(body["certificate"], "2026-07-01T00:00:00Z")).toMatchObject({
      valid: true,
      notes: [],
    });
    expect(await verified(certificate, "2026-07-01T00:00:00Z")).toMatchObject({ reason: "condition-missed" });
    expect(await eventsOf(String(id))).toEqual(["submitted", "issued", "suspended", "reinstated"]);
  });

  it("that is met in time leaves the certification as it is; revoking ends all of its certificates", async () => {
    const { id, certificate } = await issued();
    const met = { condition: 0, reason: "It answers 410." };
    const { body } = await expectStatus(workshop.decide(String(id), "conditions-met", met), 200);
    await workshop.clock({ set: "2026-07-02T00:00:00Z" });
    expect(await workshop.shown(String(id))).toMatchObject({ status: "issued" });
    await expectStatus(workshop.decide(String(id), "standing", { status: "revoked", reason: "Sold." }), 200);
    for (const one of [certificate, body["certificate"]]) {
      expect(await verified(one, "2026-05-01T00:00:00Z")).toMatchObject({ reason: "revoked" });
    }
  });

  it("needs a date in the future", async () => {
    const { id } = await workshop.worked("blueline");
    const review = { ...agree("maria"), conditions: [{ text: "Now.", until: "2026-03-01T00:00:00Z" }] };
    expect(await workshop.decide(String(id), "review", review)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "#/conditions/0/until" }] },
    });
  });
});

it("a certification ends on its day", async () => {
  const { id, certificate } = await workshop.worked("blueline", { level: "bronze" });
  await workshop.clock({ set: "2027-03-16T08:01:00Z" });
  expect(await workshop.shown(String(id))).toMatchObject({
    status: "lapsed",
    reason: expect.stringContaining("expired"),
  });
  expect(await verified(certificate, "2027-03-16T08:01:00Z")).toMatchObject({ reason: "expired" });
});

describe("the behaviour that keeps a level", () => {
  const silver = async (): Promise<string> => {
    const { id } = await workshop.worked("blueline");
    await expectStatus(workshop.decide(String(id), "review", agree("maria")), 200);
    return String(id);
  };

  it("below its rule it is at risk for the days of grace, then the level lapses", async () => {
    const id = await silver();
    await deliver(6, 90);
    await workshop.clock({ advance: "P2D" });
    const { risk } = await workshop.shown(id);
    expect(risk).toMatchObject({ metric: "on-time-rate", value: expect.any(Number) });
    await workshop.clock({ advance: "P28D" });
    expect(await workshop.shown(id)).toMatchObject({ status: "issued" });
    await workshop.clock({ advance: "P2D" });
    expect(await workshop.shown(id)).toMatchObject({
      status: "lapsed",
      reason: expect.stringMatching(/^on-time-rate is 0, at least 0\.9 is asked for, since /),
    });
    expect(await eventsOf(id)).toEqual(["submitted", "issued", "at-risk", "lapsed"]);
  });

  it("back above it within the grace, the level is kept", async () => {
    const id = await silver();
    await deliver(2, 90);
    await workshop.clock({ advance: "P2D" });
    expect(await workshop.shown(id)).toHaveProperty("risk");
    await deliver(40, 0);
    await workshop.clock({ advance: "P40D" });
    const kept = await workshop.shown(id);
    expect(kept).toMatchObject({ status: "issued" });
    expect(kept).not.toHaveProperty("risk");
    expect(await eventsOf(id)).toEqual(["submitted", "issued", "at-risk", "recovered"]);
  });

  it("of which nothing was measured speaks against nobody", async () => {
    const submission = { parts: ["receiver"], level: "silver" };
    const { body } = await expectStatus(
      workshop.harbour.as("spacefinder").post("/certifications", submission),
      201,
    );
    await expectStatus(workshop.decide(String(body["id"]), "review", agree("maria")), 200);
    await workshop.clock({ advance: "P200D" });
    expect(await workshop.shown(String(body["id"]))).toMatchObject({ status: "issued" });
  });
});

it("the scorecard counts what the run behind a certificate in force passed, of the checks that a metric names", async () => {
  const { catalog } = await loadedSpecs();
  const documents = catalog.documents.map((document) =>
    document.kind === "metrics" ? { ...document, content: { metrics: [clientChecks] } } : document,
  );
  await using watched = await openWorkshop({ catalog: { ...catalog, documents } });
  const own = async (): Promise<unknown> => {
    const { body } = await watched.harbour.as("blueline").get("/scorecards/blueline");
    return (body["metrics"] as JsonObject[])[0]?.["own"];
  };
  expect(await own()).toMatchObject({ samples: 0 });
  const { id, level } = await watched.worked("blueline", { level: "bronze" });
  expect(level).toBe("bronze");
  expect(await own()).toEqual({ value: 1, samples: 1, part: 2, of: 2 });
  const revoked = { status: "revoked", reason: "Sold." };
  await expectStatus(watched.decide(String(id), "standing", revoked), 200);
  expect(await own()).toMatchObject({ samples: 0 });
});

const clientChecks: JsonObject = {
  id: "client-posture",
  layer: "operations",
  unit: "ratio",
  measure: { kind: "checks-passed", checks: ["client.core.ran", "client.request.d*", "server.*"] },
};
