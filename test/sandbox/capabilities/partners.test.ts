import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { type Client, expectStatus, type Harbour, itemsOf, openHarbour } from "./harbour.ts";
import { recently } from "./legs.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

const registration = (over: JsonObject = {}): JsonObject => ({
  name: "Saltmarsh Kitchen",
  role: "complementor",
  contacts: [{ name: "Aino Laine", email: "aino@saltmarsh.example", purpose: "technical" }],
  ...over,
});

async function register(over: JsonObject = {}) {
  const { body } = await expectStatus(harbour.nobody.post("/parties", registration(over)), 201);
  const credentials = body["credentials"] as { clientId: string; clientSecret: string } & JsonObject;
  return { party: body["party"] as JsonObject, credentials, partner: harbour.with(credentials) };
}

async function acceptAll(partner: Client) {
  for (const { id, version, digest } of itemsOf(await partner.get("/agreements"))) {
    const body = { version: String(version), digest: String(digest), acceptedBy: "Aino Laine" };
    await expectStatus(partner.post(`/agreements/${String(id)}/acceptances`, body), 201);
  }
}

const leg = (id: string, over: JsonObject = {}): JsonObject =>
  recently(id, { usage: { distanceMiles: 920, arrivalDelayMinutes: 0 }, ...over });

describe("joining", () => {
  it("takes a partner from nothing to active by accepting what its role needs", async () => {
    const { party, partner } = await register();
    expect(party).toMatchObject({ id: "saltmarsh-kitchen", status: "applied" });
    const start = await partner.get("/parties/saltmarsh-kitchen/onboarding");
    expect(start.body).toMatchObject({ status: "applied", next: "accept-agreements" });
    expect((await partner.post("/deliveries", leg("a"))).body["code"]).toBe("ECO_SCOPE_MISSING");
    const [agreement] = itemsOf(await partner.get("/agreements"));
    const stale = await partner.post(`/agreements/${String(agreement?.["id"])}/acceptances`, {
      version: "0.1",
    });
    expect(stale).toMatchObject({ status: 409, body: { code: "ECO_CONFLICT" } });
    await acceptAll(partner);
    const done = await partner.get("/parties/saltmarsh-kitchen/onboarding");
    const states = Object.fromEntries(
      (done.body["steps"] as JsonObject[]).map(({ id, state }) => [String(id), state]),
    );
    expect(done.body["status"]).toBe("active");
    expect(done.body["next"]).toBeUndefined();
    expect(states).toEqual({
      register: "done",
      "accept-agreements": "done",
      "register-webhook": "optional",
      certify: "optional",
    });
    const types = itemsOf(await partner.get("/events")).map(({ type }) => type);
    expect(types).toEqual([
      "campus.harbour.party.registered.v1",
      "campus.harbour.agreement.accepted.v1",
      "campus.harbour.party.activated.v1",
    ]);
  });

  it("lets a customer in the same way, and its deliveries are rated only then", async () => {
    const { party, partner } = await register({ name: "Paper Boats Oy", role: "customer" });
    const customer = String(party["id"]);
    const early = await harbour.as("blueline").post("/deliveries", leg("a", { customer }));
    expect(early).toMatchObject({ status: 422, body: { code: "ECO_PARTY_NOT_ACTIVE" } });
    await acceptAll(partner);
    await expectStatus(harbour.as("blueline").post("/deliveries", leg("a", { customer })), 201);
    expect(itemsOf(await partner.get("/deliveries"))).toHaveLength(1);
  });

  it("in a stand-in's place ends its published credentials", async () => {
    const { partner } = await register({ id: "blueline" });
    await expect(harbour.as("blueline").get("/deliveries")).rejects.toThrow("ECO_INVALID_CLIENT");
    const waiting = await harbour.as("wayfare").post("/deliveries", leg("a"));
    expect(waiting.body["code"]).toBe("ECO_PARTY_NOT_ACTIVE");
    await acceptAll(partner);
    const rated = await expectStatus(partner.post("/deliveries", leg("a")), 201);
    expect(rated.body["charges"]).toMatchObject([{ shares: [{ party: "blueline", amountMinor: 13204 }] }]);
  });

  it.each([
    { what: "an id that is taken", over: { id: "saltmarsh" }, status: 409, code: "ECO_PARTY_EXISTS" },
    {
      what: "another role than the stand-in's",
      over: { id: "blueline", role: "broker" },
      status: 422,
      code: "ECO_REQUEST_INVALID",
    },
    { what: "a role that sees everything", over: { role: "regulator" }, status: 403, code: "ECO_FORBIDDEN" },
  ])("refuses $what", async ({ over, status, code }) => {
    await register({ id: "saltmarsh" });
    expect(await harbour.nobody.post("/parties", registration(over))).toMatchObject({
      status,
      body: { code },
    });
  });

  it("takes nobody in the place of who runs the ecosystem, whatever role that one has there", async () => {
    const { catalog } = await loadedSpecs();
    for (const [orchestrator, over] of [
      ["spacefinder", { id: "spacefinder" }],
      ["the-hub", { name: "The Hub" }],
    ] as const) {
      const run = { ...catalog, ecosystem: { ...catalog.ecosystem, orchestrator } };
      const other = await openHarbour({ catalog: run });
      const stranger = registration({ name: "Stranger", role: "broker", ...over });
      expect(await other.nobody.post("/parties", stranger)).toMatchObject({
        status: 403,
        body: { code: "ECO_FORBIDDEN" },
      });
      await other.close();
    }
  });

  it("lets a party change only itself", async () => {
    const { partner } = await register();
    const changed = await expectStatus(partner.patch("/parties/saltmarsh-kitchen", { country: "SE" }), 200);
    expect(changed.body).toMatchObject({ country: "SE", contacts: [{ name: "Aino Laine" }] });
    expect((await partner.patch("/parties/blueline", { country: "SE" })).status).toBe(403);
    const seen = await harbour.as("blueline").get("/parties/saltmarsh-kitchen");
    expect(seen.body).not.toHaveProperty("contacts");
  });
});

describe("leaving", () => {
  it("stops new deliveries at once, ends when all is settled, and leaves the data readable", async () => {
    const { partner } = await register({ id: "blueline" });
    await acceptAll(partner);
    await expectStatus(partner.post("/deliveries", leg("a")), 201);
    const preview = await expectStatus(partner.get("/parties/blueline/exit"), 200);
    expect(preview.body).toMatchObject({ status: "active", becomes: "exiting", openEndsCount: 2 });
    expect(preview.body["openEnds"]).toEqual([
      {
        kind: "balance",
        id: "blueline/receivable/harbour",
        currency: "EUR",
        amountMinor: expect.any(Number),
      },
      { kind: "balance", id: "blueline/tax/tax-office", currency: "EUR", amountMinor: expect.any(Number) },
    ]);
    const exiting = await expectStatus(partner.post("/parties/blueline/exit", { reason: "Merged." }), 200);
    expect(exiting.body["status"]).toBe("exiting");
    const refused = await harbour.as("wayfare").post("/deliveries", leg("b"));
    expect(refused).toMatchObject({ status: 422, body: { code: "ECO_PARTY_NOT_ACTIVE" } });
    await expectStatus(harbour.as("harbour").post("/settlements", { period: "2026-03" }), 201);
    expect((await partner.get("/parties/blueline")).body["status"]).toBe("exited");
    const after = await partner.get("/parties/blueline/exit");
    expect(after.body).toMatchObject({ status: "exited", becomes: "exited", openEnds: [] });
    const types = itemsOf(await partner.get("/events?type=party.exited"));
    expect(types).toMatchObject([{ data: { partyId: "blueline", status: "exited", reason: "Merged." } }]);
    const exported = await expectStatus(partner.get("/parties/blueline/export"), 200);
    expect(exported.body).toMatchObject({
      agreements: [{ partyId: "blueline" }],
      deliveries: [{ id: "a" }],
      statements: [{ number: "blueline-000001" }],
    });
    expect((await partner.post("/parties/blueline/exit", { reason: "Again." })).status).toBe(409);
  });

  it("is at once where nothing is open, and not for those whom the sandbox plays", async () => {
    const { partner } = await register();
    const left = await expectStatus(partner.post("/parties/saltmarsh-kitchen/exit", { reason: "No." }), 200);
    expect(left.body["status"]).toBe("exited");
    const standIn = await harbour.as("kestrel").post("/parties/kestrel/exit", { reason: "No." });
    expect(standIn).toMatchObject({ status: 409, body: { code: "ECO_STATE_TRANSITION" } });
    expect((await harbour.as("kestrel").get("/parties/kestrel/exit")).status).toBe(409);
    for (const path of ["export", "exit"])
      expect((await harbour.as("kestrel").get(`/parties/nordic-apps/${path}`)).status).toBe(404);
  });
});

describe("webhook endpoints", () => {
  it("show their secret once, are verified by the challenge, and rotate with overlap", async () => {
    const sent: JsonObject[] = [];
    const told = await openHarbour({
      sender: async ({ body }) => {
        sent.push(JSON.parse(body) as JsonObject);
        return { kind: "answered", status: 204 };
      },
    });
    onTestFinished(() => told.close());
    const blueline = told.as("blueline");
    const body = { url: "https://blueline.example/hooks", eventTypes: ["campus.harbour.delivery.rated.v1"] };
    const created = await expectStatus(blueline.post("/webhook-endpoints", body), 201);
    expect(created.body).toMatchObject({ status: "pending", ...body });
    expect(created.body["secret"]).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const path = `/webhook-endpoints/${String(created.body["id"])}`;
    expect((await blueline.get(path)).body).not.toHaveProperty("secret");
    expect((await told.as("wayfare").get(path)).status).toBe(404);
    await told.sandbox.settle();
    const challenge = (sent[0]?.["data"] as JsonObject | undefined)?.["challenge"];
    expect(challenge).toMatch(/^[\w-]{40,}$/);
    const wrong = await blueline.post(`${path}/verification`, { challenge: "guess" });
    expect(wrong.body["code"]).toBe("ECO_WEBHOOK_UNVERIFIED");
    const verified = await expectStatus(
      blueline.post(`${path}/verification`, { challenge: String(challenge) }),
      200,
    );
    expect(verified.body).toMatchObject({ status: "verified", verifiedAt: "2026-03-16T08:00:00.000Z" });
    const rotated = await expectStatus(blueline.post(`${path}/secret`), 200);
    expect(rotated.body["secret"]).not.toBe(created.body["secret"]);
    expect(rotated.body["previousSecretExpiresAt"]).toBe("2026-03-17T08:00:00.000Z");
    const unknown = await blueline.post("/webhook-endpoints", {
      ...body,
      eventTypes: ["campus.harbour.nothing.v1"],
    });
    expect(unknown.status).toBe(422);
    expect((await blueline.delete(path)).status).toBe(204);
    expect((await blueline.get(path)).status).toBe(404);
  });
});

describe("a challenge", () => {
  it("is read by who receives it alone: not in lists, by id, after a replay, nor by the orchestrator", async () => {
    const secrets: string[] = [];
    const told = await openHarbour({
      sender: async ({ body }) => {
        secrets.push(String((JSON.parse(body) as { data: JsonObject }).data["challenge"]));
        return { kind: "answered", status: 204 };
      },
    });
    onTestFinished(() => told.close());
    const attacker = told.as("blueline");
    const url = "https://somebody-else.example/hooks";
    const { body } = await expectStatus(attacker.post("/webhook-endpoints", { url }), 201);
    const endpoint = `/webhook-endpoints/${String(body["id"])}`;
    await expectStatus(attacker.post(`${endpoint}/verification`, {}), 200);
    await told.sandbox.settle();
    expect(new Set(secrets).size).toBe(2);
    const events = itemsOf(await attacker.get("/events?type=webhook.verification"));
    const paths = events.flatMap(({ id }) => [`/events/${String(id)}`, `/events/${String(id)}/dispatches`]);
    const seen = [events, (await attacker.post(`${paths[0]}/replay`)).body];
    for (const path of ["/events", "/webhook-endpoints", endpoint, "/parties/blueline/export", ...paths])
      for (const party of ["blueline", "harbour"]) seen.push((await told.as(party).get(path)).body);
    for (const secret of secrets) expect(JSON.stringify(seen)).not.toContain(secret);
    expect((await attacker.post(`${endpoint}/verification`, { challenge: "[redacted]" })).status).toBe(422);
    expect((await attacker.get(endpoint)).body).toMatchObject({ status: "pending" });
  });
});

describe("a new challenge", () => {
  it("reaches a receiver that was down at once: the former one doesn't hold it back until its own time", async () => {
    let isUp = false;
    const down = await openHarbour({
      sender: async ({ body }) => {
        if (!isUp) return { kind: "failed", error: "nothing listens there" };
        const { challenge } = (JSON.parse(body) as { data: JsonObject }).data;
        return { kind: "answered", status: 200, body: JSON.stringify({ challenge }) };
      },
    });
    onTestFinished(() => down.close());
    const partner = down.as("blueline");
    const { clock } = down.sandbox.control;
    await clock.set({ mode: "frozen" });
    const { body } = await expectStatus(
      partner.post("/webhook-endpoints", { url: "https://own.example/w" }),
      201,
    );
    await down.sandbox.settle();
    isUp = true;
    const path = `/webhook-endpoints/${String(body["id"])}`;
    await expectStatus(partner.post(`${path}/verification`, {}), 200);
    await down.sandbox.settle();
    expect((await partner.get(path)).body).toMatchObject({ status: "verified" });
  });
});

describe("events", () => {
  it("are listed by what caused them, page by page, and replayed", async () => {
    const blueline = harbour.as("blueline");
    const submitted = await expectStatus(
      blueline.post("/deliveries", leg("a", { usage: { distanceMiles: 10, arrivalDelayMinutes: 90 } })),
      201,
    );
    const caused = itemsOf(await blueline.get(`/events?causedBy=${submitted.requestId}`));
    expect(caused.map(({ type }) => type)).toEqual([
      "campus.harbour.delivery.rated.v1",
      "campus.harbour.service-level.breached.v1",
    ]);
    const first = await blueline.get("/events?limit=1");
    const second = await blueline.get(`/events?limit=1&cursor=${String(first.body["nextCursor"])}`);
    expect([...itemsOf(first), ...itemsOf(second)]).toEqual(caused);
    expect(second.body).not.toHaveProperty("nextCursor");
    const path = `/events/${String(caused[0]?.["id"])}`;
    expect((await blueline.get(path)).body).toEqual(caused[0]);
    expect((await harbour.as("kestrel").get(path)).status).toBe(404);
    expect((await blueline.post(`${path}/replay`)).status).toBe(202);
    expect((await blueline.get("/events?cursor=c!")).status).toBe(422);
  });
});

describe("the sandbox's own controls", () => {
  it("set the clock by duration, instant and mode, and refuse what makes no sense", async () => {
    const campus = harbour.as("harbour");
    const moved = await expectStatus(campus.put("/sandbox/clock", { advance: "PT2H" }), 200);
    expect(moved.body).toEqual({ now: "2026-03-16T10:00:00.000Z", mode: "running", offsetMs: 7_200_000 });
    const frozen = await expectStatus(campus.put("/sandbox/clock", { mode: "frozen" }), 200);
    expect(frozen.body["mode"]).toBe("frozen");
    expect((await campus.get("/sandbox/clock")).body).toEqual(frozen.body);
    expect(
      (await campus.put("/sandbox/clock", { advance: "PT1H", set: "2026-03-16T10:00:00Z" })).status,
    ).toBe(422);
    expect((await harbour.nobody.get("/sandbox")).body).toMatchObject({
      ecosystem: "harbour-campus",
      clock: frozen.body,
    });
  });

  it("reset to the seed", async () => {
    await register({ id: "blueline" });
    expect((await harbour.as("harbour").post("/sandbox/reset")).status).toBe(204);
    expect((await harbour.as("blueline").get("/parties/blueline")).body["status"]).toBe("stand-in");
  });

  it("let a quote read the tiers without filling them", async () => {
    const campus = harbour.as("harbour");
    const day = { product: "guest-pass", customer: "nordic-apps", startedAt: "2026-03-10T09:00:00" };
    for (const id of ["a", "b", "c"]) await expectStatus(campus.post("/deliveries", { ...day, id }), 201);
    const later = { ...day, startedAt: "2026-03-11T09:00:00" };
    for (const _ of [1, 2]) expect((await campus.post("/quotes", later)).body["netMinor"]).toBe(1500);
    expect((await harbour.as("kestrel").post("/quotes", later)).body["code"]).toBe("ECO_FORBIDDEN");
  });

  it("publish agreements and rate cards as the documents that decide", async () => {
    const card = await expectStatus(harbour.as("blueline").get("/rate-cards/express-leg"), 200);
    expect(card.body).toMatchObject({
      id: "express-leg",
      currency: "EUR",
      products: ["express-leg"],
      document: { kind: "rate-card" },
    });
    expect(itemsOf(await harbour.as("blueline").get("/rate-cards?limit=2"))).toHaveLength(2);
    const agreement = await expectStatus(harbour.as("blueline").get("/agreements/complementor"), 200);
    expect(agreement.body).toMatchObject({ status: "in-force", document: { kind: "agreement" } });
    expect((await harbour.as("blueline").get("/agreements/membership")).status).toBe(404);
  });

  it("take certification requests, and show no seed before a run", async () => {
    const blueline = harbour.as("blueline");
    const { body } = await expectStatus(
      blueline.post("/certifications", { parts: ["receiver"], level: "bronze" }),
      201,
    );
    expect(body).toMatchObject({ party: "blueline", status: "submitted", evidence: "none" });
    expect(body).not.toHaveProperty("seed");
    expect((await blueline.get(`/certifications/${String(body["id"])}`)).body).toEqual(body);
    expect((await harbour.as("wayfare").get(`/certifications/${String(body["id"])}`)).status).toBe(404);
  });
});
