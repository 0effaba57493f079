import { describe, expect, it, onTestFinished } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { serveOnLoopback } from "../../support/loopback.ts";
import { type Company, joinAs } from "./company.ts";
import { expectStatus, type Harbour, itemsOf, openHarbour } from "./harbour.ts";

const lunch = (provider: string, id: string, over: JsonObject = {}): JsonObject => ({
  id,
  product: "catering-cover",
  customer: "nordic-apps",
  provider,
  parties: { broker: "spacefinder", supplier: "kestrel" },
  startedAt: "2026-03-10T11:30:00",
  usage: { covers: 12, delayMinutes: 0 },
  ...over,
});

async function open(): Promise<Harbour> {
  const harbour = await openHarbour({ allowLoopbackWebhooks: true });
  onTestFinished(() => harbour.close());
  return harbour;
}

const bare = (type: unknown): string => String(type).replace(/^campus\.harbour\.(.*)\.v1$/, "$1");

interface Receiver {
  /** Types of the events that came, in order; challenges left out. */
  readonly types: string[];
  /** What it answers from now on. */
  answers(status: number): void;
}

/** A real endpoint of a company, verified. */
async function listen(harbour: Harbour, { client }: Company): Promise<Receiver> {
  const types: string[] = [];
  let status = 200;
  const { url, close } = await serveOnLoopback(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const event = JSON.parse(Buffer.concat(chunks).toString()) as JsonObject & { data: JsonObject };
    const isChallenge = event.data["challenge"] !== undefined;
    if (!isChallenge && status === 200) types.push(bare(event["type"]));
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(isChallenge ? { challenge: event.data["challenge"] } : {}));
  });
  onTestFinished(close);
  const { body } = await expectStatus(client.post("/webhook-endpoints", { url }), 201);
  await harbour.sandbox.settle();
  expect((await client.get(`/webhook-endpoints/${String(body["id"])}`)).body).toMatchObject({
    status: "verified",
  });
  return {
    types,
    answers: (next) => {
      status = next;
    },
  };
}

const close = (harbour: Harbour, period: string) =>
  expectStatus(harbour.as("harbour").post("/settlements", { period }), 201);
const correct = (harbour: Harbour, id: string, covers: number) =>
  expectStatus(
    harbour.as("harbour").post(`/deliveries/${id}/corrections`, { usage: { covers }, reason: "Counted." }),
    200,
  );

describe("the endpoint of a company that leaves", () => {
  it("gets everything up to its last statement, and nothing after it is out", async () => {
    const harbour = await open();
    const tern = await joinAs(harbour, "tern");
    const { types } = await listen(harbour, tern);
    await expectStatus(tern.client.post("/deliveries", lunch("tern", "a")), 201);
    await tern.leave();
    await correct(harbour, "a", 11);
    await harbour.sandbox.settle();
    expect(types).toEqual(["delivery.rated", "delivery.corrected"]);
    await close(harbour, "2026-03");
    await harbour.sandbox.settle();
    expect(types.slice(2)).toEqual(["settlement.closed", "statement.issued", "party.exited"]);
    const campus = harbour.as("harbour");
    await correct(harbour, "a", 10);
    for (const { id } of itemsOf(await campus.get("/events?type=statement.issued")))
      await expectStatus(campus.post(`/events/${String(id)}/replay`, {}), 202);
    await expectStatus(campus.put("/sandbox/clock", { advance: "P2D" }), 200);
    await harbour.sandbox.settle();
    expect(types).toHaveLength(5);
    // What came after it is read, not sent.
    const seen = itemsOf(await tern.client.get("/events?limit=200")).map(({ type }) => bare(type));
    expect(seen.slice(-2)).toEqual(["party.exited", "delivery.corrected"]);
  });

  it("that didn't answer gets its last events later, until it says that it is gone", async () => {
    const harbour = await open();
    const tern = await joinAs(harbour, "tern");
    const receiver = await listen(harbour, tern);
    await expectStatus(tern.client.post("/deliveries", lunch("tern", "a")), 201);
    await tern.leave();
    await harbour.sandbox.settle();
    receiver.answers(503);
    await close(harbour, "2026-03");
    await harbour.sandbox.settle();
    expect(receiver.types).toEqual(["delivery.rated"]);
    receiver.answers(200);
    const campus = harbour.as("harbour");
    await expectStatus(campus.put("/sandbox/clock", { advance: "P1D" }), 200);
    await harbour.sandbox.settle();
    expect(receiver.types.toSorted()).toEqual([
      "delivery.rated",
      "party.exited",
      "settlement.closed",
      "statement.issued",
    ]);
    const [endpoint] = itemsOf(await campus.get("/webhook-endpoints"));
    expect(endpoint).toMatchObject({ status: "disabled", disabledReason: "tern has left the ecosystem." });
    const path = `/webhook-endpoints/${String(endpoint?.["id"])}`;
    for (const refused of [
      campus.patch(path, { status: "active" }),
      campus.post(`${path}/verification`, {}),
      campus.post(`${path}/secret`, {}),
    ])
      expect(await refused).toMatchObject({ status: 409, body: { code: "ECO_STATE_TRANSITION" } });
    expect((await campus.delete(path)).status).toBe(204);
  });

  it("isn't registered by whoever controls the sandbox either", async () => {
    const harbour = await open();
    await (await joinAs(harbour, "tern")).leave();
    await expect(
      harbour.sandbox.control.endpoints.register({ party: "tern", url: "http://127.0.0.1:9/hooks" }),
    ).rejects.toMatchObject({ code: "ECO_STATE_TRANSITION" });
  });
});

describe("a token from before the exit", () => {
  it("reads and does nothing else once its party is out", async () => {
    const harbour = await open();
    const tern = await joinAs(harbour, "tern");
    const { clientId, clientSecret } = tern.credentials;
    const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
    const ask = (path: string, init: RequestInit): Promise<Response> =>
      harbour.sandbox.fetch(new Request(`http://sandbox.test/v1${path}`, init));
    const issued = await ask("/oauth/token", { method: "POST", body: new URLSearchParams(form) });
    const { access_token: token } = (await issued.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const post = async (path: string, body: JsonObject): Promise<unknown> => {
      const answer = await ask(path, { method: "POST", headers, body: JSON.stringify(body) });
      return [answer.status, ((await answer.json()) as JsonObject)["code"]];
    };
    await tern.leave();
    expect((await ask("/deliveries", { headers })).status).toBe(200);
    expect((await ask("/parties/tern/export", { headers })).status).toBe(200);
    const refused = [403, "ECO_SCOPE_MISSING"];
    expect(await post("/webhook-endpoints", { url: "https://tern.example/hooks" })).toEqual(refused);
    expect(await post("/deliveries", lunch("tern", "b"))).toEqual(refused);
    expect(await post("/certifications", { parts: ["receiver"], level: "bronze" })).toEqual(refused);
    // The secret may leak in the years in which it still reads.
    expect(await post("/parties/tern/credentials", {})).toEqual([200, undefined]);
  });
});

describe("certifications of a company that leaves", () => {
  it("count while it finishes, and end when it is out: what was issued lapses, what was asked for is refused", async () => {
    const harbour = await open();
    const campus = harbour.as("harbour");
    const tern = await joinAs(harbour, "tern");
    const { types } = await listen(harbour, tern);
    const asked = { parts: ["receiver"], level: "bronze" };
    const ids: string[] = [];
    for (const _ of [1, 2, 3])
      ids.push(String((await expectStatus(tern.client.post("/certifications", asked), 201)).body["id"]));
    for (const id of ids.slice(0, 2))
      await expectStatus(
        campus.post(`/certifications/${id}/review`, { decision: "issued", reason: "Fine." }),
        200,
      );
    const standing = { status: "suspended", reason: "Late." };
    await expectStatus(campus.post(`/certifications/${ids[1]}/standing`, standing), 200);
    await expectStatus(tern.client.post("/deliveries", lunch("tern", "a")), 201);
    const statuses = async () =>
      itemsOf(await tern.client.get("/certifications")).map(({ status }) => status);
    await tern.leave();
    expect(await statuses()).toEqual(["issued", "suspended", "submitted"]);
    await close(harbour, "2026-03");
    expect(await statuses()).toEqual(["lapsed", "lapsed", "refused"]);
    await harbour.sandbox.settle();
    expect(types.slice(-4)).toEqual([
      "certification.lapsed",
      "certification.lapsed",
      "certification.refused",
      "party.exited",
    ]);
    // Nothing looks after what has ended.
    await expectStatus(campus.put("/sandbox/clock", { advance: "P400D" }), 200);
    expect(await statuses()).toEqual(["lapsed", "lapsed", "refused"]);
  });
});

describe("a company on its way out is out", () => {
  const statusOf = async (harbour: Harbour): Promise<unknown> =>
    (await harbour.as("harbour").get("/parties/tern")).body["status"];
  const order = (id: string): JsonObject => {
    const { startedAt: _, ...ordered } = lunch("tern", id);
    return { ...ordered, scheduledFor: "2026-03-17T11:30:00+02:00", substitutes: [] };
  };

  it("with the last order that is called off", async () => {
    const harbour = await open();
    const tern = await joinAs(harbour, "tern");
    for (const id of ["a", "b"]) {
      await expectStatus(harbour.as("harbour").post("/work-orders", order(id)), 201);
      await expectStatus(tern.client.post(`/work-orders/${id}/acceptance`, {}), 200);
    }
    await tern.leave();
    const cancel = (id: string) => tern.client.post(`/work-orders/${id}/cancellation`, { reason: "Closed." });
    await expectStatus(cancel("a"), 200);
    expect(await statusOf(harbour)).toBe("exiting");
    const { requestId } = await expectStatus(cancel("b"), 200);
    expect(await statusOf(harbour)).toBe("exited");
    const caused = itemsOf(await harbour.as("harbour").get(`/events?causedBy=${requestId}`));
    expect(caused.map(({ type }) => bare(type))).toEqual(["work-order.cancelled", "party.exited"]);
  });

  it("with the dispute that was the last thing open, and the case that went to somebody else", async () => {
    const harbour = await open();
    const campus = harbour.as("harbour");
    const tern = await joinAs(harbour, "tern");
    await expectStatus(tern.client.post("/deliveries", lunch("tern", "a")), 201);
    const subject = { intent: "billing-question", customer: "nordic-apps", subject: "?" };
    const opened = await expectStatus(harbour.as("nordic-apps").post("/cases", subject), 201);
    const routing = `/cases/${String(opened.body["id"])}/routing`;
    await expectStatus(campus.post(routing, { assignee: "tern" }), 200);
    const claim = { deliveryId: "a", reason: "Cold." };
    const dispute = await expectStatus(harbour.as("nordic-apps").post("/disputes", claim), 201);
    await tern.leave();
    await close(harbour, "2026-03");
    expect(itemsOf(await tern.client.get("/parties/tern/exit"), "openEnds").map(({ kind }) => kind)).toEqual([
      "case",
      "dispute",
    ]);
    await expectStatus(tern.client.post(routing, { assignee: "brightdesk" }), 200);
    expect(await statusOf(harbour)).toBe("exiting");
    const resolution = `/disputes/${String(dispute.body["id"])}/resolution`;
    await expectStatus(campus.post(resolution, { outcome: "rejected", reason: "Warm." }), 200);
    expect(await statusOf(harbour)).toBe("exited");
  });

  it("though an order that it passed on is still under way elsewhere", async () => {
    const harbour = await open();
    const tern = await joinAs(harbour, "tern");
    const waiting = { ...order("a"), substitutes: ["taiga-catering"] };
    await expectStatus(harbour.as("harbour").post("/work-orders", waiting), 201);
    const { status, leftAt } = await tern.leave();
    expect([status, leftAt]).toEqual(["exited", "2026-03-16T08:00:00.000Z"]);
    expect((await harbour.as("harbour").get("/work-orders/a")).body).toMatchObject({
      status: "accepted",
      provider: "taiga-catering",
      attempts: [
        { provider: "tern", outcome: "declined", reason: "tern leaves the ecosystem." },
        { provider: "taiga-catering", outcome: "accepted" },
      ],
    });
  });
});

describe("work that would go to a company that has left", () => {
  it("goes to the next: as a substitute of an earlier order, by the ecosystem's own list, by its routing rules", async () => {
    const harbour = await open();
    const campus = harbour.as("harbour");
    const tern = await joinAs(harbour, "tern");
    const taiga = await joinAs(harbour, "taiga-catering");
    const desk = await joinAs(harbour, "spacefinder", "broker");
    const order: JsonObject = {
      product: "catering-cover",
      customer: "nordic-apps",
      provider: "fjord-catering",
      scheduledFor: "2026-03-17T11:30:00+02:00",
    };
    const early = { ...order, id: "early", substitutes: ["tern", "taiga-catering"] };
    const silent = { behaviour: "silent" };
    await expectStatus(campus.put("/sandbox/parties/fjord-catering/behaviour", silent), 200);
    await expectStatus(campus.post("/work-orders", early), 201);
    await tern.leave();
    await expectStatus(campus.put("/sandbox/clock", { advance: "PT45M" }), 200);
    expect((await campus.get("/work-orders/early")).body).toMatchObject({
      provider: "taiga-catering",
      attempts: [{ provider: "fjord-catering", outcome: "silent" }, { provider: "taiga-catering" }],
    });
    await expectStatus(taiga.client.post("/work-orders/early/decline", { reason: "Full." }), 200);
    await taiga.leave();
    const placed = await expectStatus(campus.post("/work-orders", order), 201);
    expect(placed.body).toMatchObject({ provider: "fjord-catering", substitutes: [] });
    await desk.leave();
    const subject = { intent: "book-room", customer: "nordic-apps", subject: "A room." };
    const { body } = await expectStatus(harbour.as("nordic-apps").post("/cases", subject), 201);
    expect(body).toMatchObject({ status: "routed", assignee: "brightdesk" });
  });
});
