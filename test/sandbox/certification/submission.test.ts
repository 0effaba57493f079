import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { verifyCertificate } from "../../../specs/engine/certification/index.ts";
import { bearer } from "../../reference-partner/policy.ts";
import { mutatedProvider } from "../../reference-partner/provider-mutants.ts";
import { createReceiver, healthyReceiver } from "../../reference-partner/receiver.ts";
import { type Served, serve } from "../../reference-partner/serve.ts";
import { expectStatus, type Harbour, itemsOf, openHarbour } from "../capabilities/harbour.ts";

const scopes = "fulfilment:read fulfilment:write";
const issued = { decision: "issued", reason: "All checks of the level hold.", reviewer: "maria" };

let harbour: Harbour;
let served: Served[];
beforeEach(async () => {
  harbour = await openHarbour({ allowLoopbackWebhooks: true, wallClock: Date.now });
  served = [];
});
afterEach(async () => {
  await harbour.close();
  await Promise.all(served.map((one) => one.close()));
});

/** The reference partner's API, healthy or broken in what a check looks for, and what a submission says of it. */
async function provider(broken?: string): Promise<JsonObject> {
  const { content = {} } =
    harbour.sandbox.catalog.documents.find((one) => one.path.includes("fulfilment")) ?? {};
  const api = await serve(mutatedProvider(broken, "orders", { orders: content, shelves: {} }));
  served.push(api);
  const token = async (tenant: string, scope: string, seconds = 600): Promise<string> =>
    (await bearer(tenant, scope, seconds)).replace("Bearer ", "");
  return {
    parts: ["provider"],
    level: "bronze",
    build: "2026.03.1",
    targetUrl: api.url,
    credentials: {
      token: await token("harbour", scopes),
      expiredToken: await token("harbour", scopes, -600),
      limitedToken: await token("harbour", "none"),
      otherToken: await token("another", scopes),
    },
  };
}

/** A verified webhook endpoint of the party, handled by the reference receiver. */
async function endpoint(party: string): Promise<string> {
  const secrets: string[] = [];
  const handle = createReceiver(healthyReceiver(secrets));
  // The challenge may be there before the answer that brings the secret.
  const known = Promise.withResolvers<void>();
  const receiver = await serve(async (request) => {
    await known.promise;
    return handle(request);
  });
  served.push(receiver);
  const url = `${receiver.url}/webhooks`;
  const { body } = await expectStatus(harbour.as(party).post("/webhook-endpoints", { url }), 201);
  secrets.push(String(body["secret"]));
  known.resolve();
  await harbour.sandbox.settle();
  return String(body["id"]);
}

async function submitted(party: string, request: JsonObject): Promise<string> {
  const { body } = await expectStatus(harbour.as(party).post("/certifications", request), 201);
  return String(body["id"]);
}

async function shown(id: string): Promise<JsonObject> {
  return (await expectStatus(harbour.as("harbour").get(`/certifications/${id}`), 200)).body;
}

const review = (id: string, decision: JsonObject = issued) =>
  harbour.as("harbour").post(`/certifications/${id}/review`, decision);

async function verified(certificate: string) {
  const keys = itemsOf(await harbour.nobody.get("/certification-keys"), "keys");
  const list = (await expectStatus(harbour.nobody.get("/certification-status-list"), 200)).body["statusList"];
  const { ecosystem, documents } = harbour.sandbox.catalog;
  return verifyCertificate(certificate, {
    keys: keys.map(({ kty, crv, x }) => ({ kty: String(kty), crv: String(crv), x: String(x) })),
    issuer: ecosystem.orchestrator,
    now: new Date(Date.now() + 1000),
    statusList: String(list),
    specDigests: Object.fromEntries(documents.map(({ path, digest }) => [path, digest])),
  });
}

describe("a submission", () => {
  it("is driven by the sandbox, reviewed, and certified in a form that is verified offline", async () => {
    const request = { ...(await provider()), parts: ["provider", "receiver"], level: "silver" };
    const endpointId = await endpoint("fjord-catering");
    const id = await submitted("fjord-catering", { ...request, endpointId });
    expect(await review(id)).toMatchObject({ status: 409, body: { code: "ECO_CERTIFICATION_UNPROVEN" } });
    await harbour.sandbox.settle();
    expect(await shown(id)).toMatchObject({ status: "submitted", evidence: "passed", missing: [] });
    const { body } = await expectStatus(review(id), 200);
    const verification = await verified(String(body["certificate"]));
    expect(verification).toMatchObject({
      valid: true,
      notes: [],
      certificate: {
        iss: "harbour",
        sub: "fjord-catering",
        jti: id,
        parts: ["provider", "receiver"],
        build: "2026.03.1",
        runDigest: body["runDigest"],
        specDigests: { "openapi/fulfilment-api.yaml": expect.stringMatching(/^sha256:/) },
        status: { index: 0 },
      },
    });
  });

  it("shows its seed when the run has ended, and its tokens to nobody", async () => {
    const request = await provider();
    const id = await submitted("fjord-catering", request);
    expect(await shown(id)).toMatchObject({ evidence: "waiting" });
    expect(await shown(id)).not.toHaveProperty("seed");
    await harbour.sandbox.settle();
    const run = await expectStatus(harbour.as("fjord-catering").get(`/certifications/${id}/run`), 200);
    expect(run.body).toMatchObject({ report: { run: { seed: (await shown(id))["seed"] } } });
    expect((await harbour.as("wayfare").get(`/certifications/${id}/run`)).status).toBe(404);
    const texts = JSON.stringify([
      run.body,
      await shown(id),
      await harbour.sandbox.store.reader("main").list({ collection: "certification-jobs", limit: 10 }),
    ]);
    for (const token of Object.values(request["credentials"] as JsonObject)) {
      expect(texts).not.toContain(String(token));
    }
  });

  it("of a partner that breaks a rule yields no certificate, and names what it lacks", async () => {
    const id = await submitted("fjord-catering", await provider("provider.security.alg-none"));
    await harbour.sandbox.settle();
    expect(await shown(id)).toMatchObject({
      evidence: "failed",
      missing: expect.arrayContaining([expect.stringContaining("provider.security.alg-none")]),
    });
    expect(await review(id)).toMatchObject({ status: 409, body: { code: "ECO_CERTIFICATION_UNPROVEN" } });
    const { body } = await expectStatus(review(id, { ...issued, decision: "refused" }), 200);
    expect(body).not.toHaveProperty("certificate");
  });

  it("of a partner that can't be reached is incomplete", async () => {
    const request = await provider();
    await Promise.all(served.splice(0).map((one) => one.close()));
    const id = await submitted("fjord-catering", request);
    await harbour.sandbox.settle();
    expect((await shown(id))["evidence"]).not.toBe("passed");
    expect((await review(id)).status).toBe(409);
  });

  it("at a level that the run doesn't reach is not proven", async () => {
    const id = await submitted("fjord-catering", { ...(await provider()), level: "gold" });
    await harbour.sandbox.settle();
    expect(await shown(id)).toMatchObject({
      evidence: "passed",
      missing: [expect.stringContaining("journeys")],
    });
    expect((await review(id)).status).toBe(409);
  });

  it("without what the sandbox needs rests on the orchestrator's judgement, and has no certificate", async () => {
    const id = await submitted("fjord-catering", { parts: ["provider", "client"], level: "bronze" });
    const lacking = [expect.stringContaining("targetUrl")];
    expect(await shown(id)).toMatchObject({ evidence: "none", notDriven: lacking });
    const { body } = await expectStatus(review(id), 200);
    expect(body).toMatchObject({ status: "issued", evidence: "none" });
    expect(body).not.toHaveProperty("certificate");
  });

  it("can't have somebody else's endpoint tortured", async () => {
    const endpointId = await endpoint("wayfare");
    const request = { parts: ["receiver"], level: "bronze", endpointId };
    expect(await harbour.as("fjord-catering").post("/certifications", request)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "#/endpointId" }] },
    });
  });
});

describe("a sandbox that others reach", () => {
  it("doesn't call its own machine or network for a partner", async () => {
    const guarded = await openHarbour();
    let asked = 0;
    const inside = await serve(() => {
      asked += 1;
      return new Response("inside");
    });
    served.push(inside);
    const request = { parts: ["provider"], level: "bronze", targetUrl: inside.url };
    const { body } = await expectStatus(guarded.as("fjord-catering").post("/certifications", request), 201);
    await guarded.sandbox.settle();
    const { body: after } = await guarded.as("harbour").get(`/certifications/${String(body["id"])}`);
    await guarded.close();
    expect(after["evidence"]).not.toBe("passed");
    expect(asked).toBe(0);
  });
});

describe("the standing of a certificate", () => {
  it("is suspended, reinstated and revoked by the orchestrator, and the status list says so", async () => {
    const id = await submitted("fjord-catering", await provider());
    await harbour.sandbox.settle();
    // Bronze asks for nobody's review: the run is enough.
    const body = await shown(id);
    expect(body).toMatchObject({ status: "issued", evidence: "passed" });
    const certificate = String(body["certificate"]);
    const stand = (party: string, status: string) =>
      harbour.as(party).post(`/certifications/${id}/standing`, { status, reason: "As agreed." });
    expect((await stand("fjord-catering", "suspended")).status).toBe(403);
    for (const [status, want] of [
      ["suspended", { valid: false, reason: "suspended" }],
      ["issued", { valid: true }],
      ["revoked", { valid: false, reason: "revoked" }],
    ] as const) {
      expect(await expectStatus(stand("harbour", status), 200)).toMatchObject({ body: { status } });
      expect(await verified(certificate)).toMatchObject(want);
    }
    expect(await stand("harbour", "issued")).toMatchObject({ body: { code: "ECO_STATE_TRANSITION" } });
  });
});
