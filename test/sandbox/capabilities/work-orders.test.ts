import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { lunchOrder } from "../testing/lunch.ts";
import { expectStatus, type Harbour, itemsOf, openHarbour } from "./harbour.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

const behave = (party: string, behaviour: string) =>
  expectStatus(harbour.as(party).put(`/sandbox/parties/${party}/behaviour`, { behaviour }), 200);
const place = async (over: JsonObject = {}) =>
  (await expectStatus(harbour.as("spacefinder").post("/work-orders", { ...lunchOrder, ...over }), 201)).body;
const advance = (duration: string) =>
  expectStatus(harbour.as("harbour").put("/sandbox/clock", { advance: duration }), 200);
const orderNow = async (placed: JsonObject) =>
  (await harbour.as("harbour").get(`/work-orders/${String(placed["id"])}`)).body;
const outcomes = (placed: JsonObject) =>
  (placed["attempts"] as JsonObject[]).map(
    ({ provider, outcome }) => `${String(provider)} ${String(outcome)}`,
  );
const eventsOf = async (subject: unknown) =>
  itemsOf(await harbour.as("harbour").get(`/events?subject=${String(subject)}`)).map(({ type }) =>
    String(type).replace(/^campus\.harbour\.(.*)\.v1$/, "$1"),
  );

/** Takes the place of a caterer with a build of one's own. */
async function joinAs(id: string) {
  const registration = {
    id,
    name: "Own build",
    role: "complementor",
    contacts: [{ name: "Liv Berg", email: "liv@fjord.example", purpose: "technical" }],
  };
  const { body } = await expectStatus(harbour.nobody.post("/parties", registration), 201);
  const partner = harbour.with(
    body["credentials"] as { clientId: string; clientSecret: string } & JsonObject,
  );
  for (const { id: agreement, version } of itemsOf(await partner.get("/agreements"))) {
    await expectStatus(
      partner.post(`/agreements/${String(agreement)}/acceptances`, { version: String(version) }),
      201,
    );
  }
  return partner;
}

describe("an order placed with whom the rate card doesn't admit", () => {
  it.each<[string, JsonObject, string]>([
    ["as its provider", { provider: "studio-oy" }, "#/provider"],
    ["as a substitute", { substitutes: ["taiga-catering", "spacefinder"] }, "#/substitutes/1"],
  ])("%s is refused before anybody is asked", async (_, over, pointer) => {
    const reply = await harbour.as("spacefinder").post("/work-orders", { ...lunchOrder, ...over });
    expect(reply).toMatchObject({
      status: 422,
      body: {
        code: "ECO_PROVIDER_NOT_ADMITTED",
        detail: expect.stringMatching(/rate card catering-cover 1\.0\.0, clause \/entries\/0\/providers/),
        errors: [{ pointer }],
      },
    });
    expect(itemsOf(await harbour.as("harbour").get("/work-orders"))).toEqual([]);
  });
});

describe("a work order to a stand-in", () => {
  it("is accepted at once and completed at its time, rated as on time", async () => {
    const placed = await place();
    expect(placed).toMatchObject({ status: "accepted", provider: "fjord-catering" });
    await advance("P2D");
    const completed = await orderNow(placed);
    expect(completed).toMatchObject({ status: "completed", usage: { covers: 37, delayMinutes: 0 } });
    const delivery = await harbour.as("harbour").get(`/deliveries/${String(completed["deliveryId"])}`);
    expect(delivery.body).toMatchObject({
      netMinor: 47840,
      serviceCreditMinor: 0,
      startedAt: "2026-03-17T11:30:00+02:00",
    });
    expect(await eventsOf(placed["id"])).toEqual([
      "work-order.offered",
      "work-order.accepted",
      "work-order.completed",
    ]);
  });

  it("comes late as told, with credit and recourse by the measure that the documents declare", async () => {
    await behave("fjord-catering", "late:25m");
    const placed = await place();
    await advance("P2D");
    const completed = await orderNow(placed);
    expect(completed["usage"]).toEqual({ covers: 37, delayMinutes: 25 });
    const delivery = await harbour.as("harbour").get(`/deliveries/${String(completed["deliveryId"])}`);
    expect(delivery.body).toMatchObject({ serviceCreditMinor: 4784, provider: "fjord-catering" });
    expect(await eventsOf(completed["deliveryId"])).toContain("service-level.breached");
  });

  it("declined goes to the substitute of the ecosystem's rules in the same moment", async () => {
    await behave("fjord-catering", "decline");
    const placed = await place();
    expect(placed).toMatchObject({ status: "accepted", provider: "taiga-catering" });
    expect(outcomes(placed)).toEqual(["fjord-catering declined", "taiga-catering accepted"]);
    expect(await eventsOf(placed["id"])).toEqual([
      "work-order.offered",
      "work-order.declined",
      "work-order.reassigned",
      "work-order.offered",
      "work-order.accepted",
    ]);
    await advance("P2D");
    const completed = await orderNow(placed);
    const delivery = await harbour.as("harbour").get(`/deliveries/${String(completed["deliveryId"])}`);
    expect(delivery.body).toMatchObject({ provider: "taiga-catering", netMinor: 47840 });
  });

  it("unanswered goes to the substitute when the time to answer is over", async () => {
    const placed = await place({ provider: "tidepool-catering" });
    expect(placed).toMatchObject({ status: "offered", provider: "tidepool-catering" });
    await advance("PT29M");
    expect((await orderNow(placed))["status"]).toBe("offered");
    await advance("PT1M");
    const taken = await orderNow(placed);
    expect(taken).toMatchObject({ status: "accepted", provider: "taiga-catering" });
    expect(outcomes(taken)).toEqual(["tidepool-catering silent", "taiga-catering accepted"]);
  });

  it("that nobody takes stays unfulfilled", async () => {
    await behave("fjord-catering", "decline");
    const placed = await place({ substitutes: [] });
    expect(placed).toMatchObject({ status: "unfulfilled", attempts: [{ outcome: "declined" }] });
  });
});

describe("a work order to a partner's own build", () => {
  it("waits for its answer, follows its reports, and is rated on completion", async () => {
    const partner = await joinAs("fjord-catering");
    const placed = await place();
    expect(placed["status"]).toBe("offered");
    const path = `/work-orders/${String(placed["id"])}`;
    expect((await harbour.as("taiga-catering").get(path)).status).toBe(404);
    await expectStatus(partner.post(`${path}/acceptance`, { note: "Four vegan covers." }), 200);
    expect((await partner.post(`${path}/acceptance`, {})).body["code"]).toBe("ECO_STATE_TRANSITION");
    const report = { note: "The van has left.", expectedAt: "2026-03-17T11:55:00+02:00" };
    expect((await partner.post(`${path}/report`, report)).body["status"]).toBe("in-progress");
    const completion = { startedAt: "2026-03-17T11:55:00+02:00" };
    const { body } = await expectStatus(partner.post(`${path}/completion`, completion), 200);
    expect(body).toMatchObject({ status: "completed", usage: { covers: 37, delayMinutes: 25 } });
    const delivery = await partner.get(`/deliveries/${String(body["deliveryId"])}`);
    expect(delivery.body).toMatchObject({ serviceCreditMinor: 4784 });
  });

  it("declined by the partner goes on; rescheduled and cancelled by those concerned only", async () => {
    const partner = await joinAs("fjord-catering");
    const declined = await place();
    const path = `/work-orders/${String(declined["id"])}`;
    const next = await expectStatus(partner.post(`${path}/decline`, { reason: "Fully booked." }), 200);
    expect(next.body).toMatchObject({ status: "accepted", provider: "taiga-catering" });
    const other = `/work-orders/${String((await place())["id"])}`;
    const move = { scheduledFor: "2026-03-17T12:30:00+02:00", reason: "The meeting moved." };
    expect((await harbour.as("studio-oy").post(`${other}/reschedule`, move)).status).toBe(404);
    await expectStatus(partner.post(`${other}/acceptance`, {}), 200);
    const moved = await expectStatus(harbour.as("nordic-apps").post(`${other}/reschedule`, move), 200);
    expect(moved.body).toMatchObject({ status: "rescheduled", scheduledFor: move.scheduledFor });
    const off = await expectStatus(
      harbour.as("nordic-apps").post(`${other}/cancellation`, { reason: "Called off." }),
      200,
    );
    expect(off.body["status"]).toBe("cancelled");
    expect((await partner.post(`${other}/completion`, {})).body["code"]).toBe("ECO_STATE_TRANSITION");
  });
});

describe("a case", () => {
  const open = async (intent: string) =>
    (
      await expectStatus(
        harbour
          .as("nordic-apps")
          .post("/cases", { intent, customer: "nordic-apps", subject: "Where is our parcel?" }),
        201,
      )
    ).body;

  it("is routed at once and, resolved at first contact, pays who resolved it", async () => {
    const opened = await open("track-parcel");
    expect(opened).toMatchObject({ status: "routed", assignee: "brightdesk" });
    const path = `/cases/${String(opened["id"])}`;
    const resolution = { firstContact: true, summary: "It is on the 16:40 flight." };
    const { body } = await expectStatus(harbour.as("brightdesk").post(`${path}/resolution`, resolution), 200);
    expect(body).toMatchObject({
      status: "resolved",
      firstContact: true,
      resolvedAt: "2026-03-16T08:00:00.000Z",
    });
    const delivery = await harbour.as("brightdesk").get(`/deliveries/${String(body["deliveryId"])}`);
    expect(delivery.body["charges"]).toMatchObject([
      { payer: "harbour", payee: "brightdesk", netMinor: 500 },
    ]);
    const told = itemsOf(await harbour.as("nordic-apps").get(`${path}/notifications`)).map(
      ({ text }) => text,
    );
    expect(told).toEqual([
      "We have your request.",
      "Brightdesk takes care of it.",
      "Resolved: It is on the 16:40 flight.",
    ]);
    const again = await harbour.as("brightdesk").post(`${path}/resolution`, resolution);
    expect(again.body["code"]).toBe("ECO_STATE_TRANSITION");
  });

  it("handed on pays less when one contact was not enough, and hides from strangers", async () => {
    const opened = await open("track-parcel");
    const path = `/cases/${String(opened["id"])}`;
    expect((await harbour.as("blueline").get(path)).status).toBe(404);
    await expectStatus(harbour.as("brightdesk").post(`${path}/routing`, { assignee: "blueline" }), 200);
    expect((await harbour.as("brightdesk").post(`${path}/routing`, { assignee: "blueline" })).status).toBe(
      403,
    );
    const resolution = { firstContact: false, summary: "Found." };
    const { body } = await expectStatus(harbour.as("blueline").post(`${path}/resolution`, resolution), 200);
    const delivery = await harbour.as("harbour").get(`/deliveries/${String(body["deliveryId"])}`);
    expect(delivery.body["netMinor"]).toBe(380);
    const unknown = await harbour
      .as("nordic-apps")
      .post("/cases", { intent: "sing-a-song", customer: "nordic-apps", subject: "La" });
    expect(unknown).toMatchObject({ status: 422, body: { errors: [{ pointer: "#/intent" }] } });
  });
});
