import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { expectStatus, type Harbour, itemsOf, openHarbour, type Reply } from "./harbour.ts";
import { lunch } from "./legs.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
  await expectStatus(harbour.as("harbour").post("/deliveries", { ...lunch, beneficiary: "a-visitor" }), 201);
});
afterEach(() => harbour.close());

const member = () => harbour.as("nordic-apps");
const words = "The soup was cold, the cake made up for it.";
const give = (body: JsonObject, party = "nordic-apps"): Promise<Reply> =>
  harbour.as(party).post("/feedback", { deliveryId: "lunch", score: 4, ...body });
const idOf = ({ body }: Reply): string => String(body["id"]);
const later = (advance: string): Promise<Reply> =>
  expectStatus(harbour.as("harbour").put("/sandbox/clock", { advance }), 200);

async function figureOf(metric: string, party: string): Promise<unknown> {
  const { body } = await expectStatus(harbour.as(party).get(`/scorecards/${party}`), 200);
  return (body["metrics"] as JsonObject[]).find(({ id }) => id === metric)?.["own"];
}

describe("feedback on a delivery", () => {
  it("is the customer's, once, and tells everybody in the chain the score", async () => {
    const given = await expectStatus(give({ comment: words }), 201);
    expect(given.body).toMatchObject({
      deliveryId: "lunch",
      product: "catering-cover",
      customer: "nordic-apps",
      givenBy: "customer",
      status: "given",
      score: 4,
      comment: words,
      changeableUntil: "2026-03-23T08:00:00.000Z",
    });
    expect(await give({ score: 1 })).toMatchObject({ status: 409, body: { code: "ECO_STATE_TRANSITION" } });
    for (const party of ["fjord-catering", "spacefinder", "kestrel", "harbour"]) {
      const [event] = itemsOf(await harbour.as(party).get("/events?type=campus.harbour.feedback.given.v1"));
      expect(event).toMatchObject({ subject: idOf(given), data: { deliveryId: "lunch", score: 4 } });
      expect(JSON.stringify(event)).not.toContain(words);
    }
    const others = itemsOf(await harbour.as("blueline").get("/events?type=campus.harbour.feedback.given.v1"));
    expect(others).toEqual([]);
  });

  it("is nobody else's to give, change or take back", async () => {
    for (const party of ["fjord-catering", "harbour"])
      expect(await give({}, party)).toMatchObject({ status: 403, body: { code: "ECO_FORBIDDEN" } });
    expect(await give({}, "studio-oy")).toMatchObject({ status: 404 });
    const id = idOf(await expectStatus(give({}), 201));
    const caterer = harbour.as("fjord-catering");
    expect(await caterer.patch(`/feedback/${id}`, { score: 5 })).toMatchObject({ status: 403 });
    expect(await caterer.post(`/feedback/${id}/withdrawal`)).toMatchObject({ status: 403 });
    expect(await harbour.as("studio-oy").get(`/feedback/${id}`)).toMatchObject({ status: 404 });
  });

  it("shows its words to those who may read them: a supplier behind the scenes sees the score", async () => {
    const id = idOf(await expectStatus(give({ comment: words }), 201));
    for (const party of ["nordic-apps", "fjord-catering", "spacefinder", "harbour", "privacy-board"])
      expect((await harbour.as(party).get(`/feedback/${id}`)).body).toMatchObject({ comment: words });
    const reads = [
      `/feedback/${id}`,
      "/feedback",
      "/feedback?deliveryId=lunch",
      "/parties/kestrel/export",
      "/deliveries/lunch/explanation",
    ];
    for (const path of reads) {
      const { body } = await expectStatus(harbour.as("kestrel").get(path), 200);
      expect(JSON.stringify(body)).toContain(id);
      expect(JSON.stringify(body)).not.toContain(words);
    }
  });

  it("passes on what the beneficiary says, where there is one", async () => {
    expect((await expectStatus(give({ givenBy: "beneficiary" }), 201)).body).toMatchObject({
      givenBy: "beneficiary",
      customer: "nordic-apps",
    });
    await expectStatus(harbour.as("harbour").post("/deliveries", { ...lunch, id: "own-lunch" }), 201);
    const refused = await give({ deliveryId: "own-lunch", givenBy: "beneficiary" });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: "#/givenBy" }] } });
  });

  it("is changed within its time, and withdrawn at any", async () => {
    const id = idOf(await expectStatus(give({ comment: words }), 201));
    await later("P6D");
    const changed = await expectStatus(member().patch(`/feedback/${id}`, { score: 5 }), 200);
    expect(changed.body).toMatchObject({ score: 5, comment: words });
    expect(changed.body["changedAt"]).toBeDefined();
    await later("P2D");
    const late = await member().patch(`/feedback/${id}`, { score: 1 });
    expect(late).toMatchObject({ status: 409, body: { code: "ECO_STATE_TRANSITION" } });
    const { body } = await expectStatus(member().post(`/feedback/${id}/withdrawal`), 200);
    expect(body).toMatchObject({ status: "withdrawn" });
    expect(body).not.toHaveProperty("score");
    expect(body).not.toHaveProperty("comment");
    expect(await member().post(`/feedback/${id}/withdrawal`)).toMatchObject({ status: 409 });
    expect((await expectStatus(give({ score: 2 }), 201)).body).toMatchObject({
      id,
      score: 2,
      status: "given",
    });
  });

  it("is given while it is open, on what was delivered", async () => {
    await expectStatus(harbour.as("harbour").post("/deliveries", { ...lunch, id: "cancelled" }), 201);
    await expectStatus(
      harbour.as("harbour").post("/deliveries/cancelled/cancellation", { reason: "Booked twice." }),
      200,
    );
    expect(await give({ deliveryId: "cancelled" })).toMatchObject({ status: 409 });
    await later("P31D");
    const late = await give({});
    expect(late).toMatchObject({ status: 409, body: { code: "ECO_STATE_TRANSITION" } });
    expect(String(late.body["detail"])).toContain("could be given until 2026-04-15T07:00:00.000Z");
  });

  it("is about one thing", async () => {
    const both = await member().post("/feedback", { deliveryId: "lunch", caseId: "cas_01", score: 4 });
    expect(both).toMatchObject({ status: 422, body: { code: "ECO_REQUEST_INVALID" } });
    expect(await member().post("/feedback", { score: 4 })).toMatchObject({ status: 422 });
    expect(await give({ score: 6 })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: "#/score" }] },
    });
    expect(await give({ score: 3.5 })).toMatchObject({ status: 422 });
  });
});

describe("feedback on a case", () => {
  it("waits for its resolution, and counts for who resolved it", async () => {
    const request = { intent: "track-parcel", customer: "nordic-apps", subject: "Where is it?" };
    const opened = await expectStatus(member().post("/cases", request), 201);
    const caseId = idOf(opened);
    const early = await member().post("/feedback", { caseId, score: 5 });
    expect(early).toMatchObject({ status: 409, body: { code: "ECO_STATE_TRANSITION" } });
    const resolution = { firstContact: true, summary: "On the 16:40 flight." };
    await expectStatus(harbour.as("brightdesk").post(`/cases/${caseId}/resolution`, resolution), 200);
    await expectStatus(member().post("/feedback", { caseId, score: 5 }), 201);
    expect(itemsOf(await harbour.as("brightdesk").get(`/feedback?caseId=${caseId}`))).toHaveLength(1);
    expect(await figureOf("customer-score", "brightdesk")).toMatchObject({ samples: 1, part: 5, of: 1 });
  });
});

describe("the scorecard", () => {
  it("counts what stands, for everybody in the chain, from the minimum on", async () => {
    const ids: string[] = [];
    for (const [index, score] of [5, 2, 4, 1].entries()) {
      const deliveryId = `lunch-${index}`;
      await expectStatus(harbour.as("harbour").post("/deliveries", { ...lunch, id: deliveryId }), 201);
      ids.push(idOf(await expectStatus(give({ deliveryId, score }), 201)));
      if (index === 1)
        expect(await figureOf("customer-score", "kestrel")).toEqual({
          samples: 2,
          part: 7,
          of: 2,
          reason: "Not enough data: 2 of at least 3.",
        });
    }
    for (const party of ["kestrel", "fjord-catering", "spacefinder", "nordic-apps"]) {
      expect(await figureOf("customer-score", party)).toEqual({
        value: 3,
        met: false,
        samples: 4,
        part: 12,
        of: 4,
      });
      expect(await figureOf("satisfied-customers", party)).toMatchObject({ value: 0.5, part: 2, of: 4 });
    }
    expect(await figureOf("customer-score", "blueline")).toMatchObject({ samples: 0 });
    await expectStatus(member().post(`/feedback/${ids[3]}/withdrawal`), 200);
    expect(await figureOf("customer-score", "kestrel")).toMatchObject({
      value: 3.666667,
      samples: 3,
      met: false,
    });
    const records = itemsOf(await harbour.as("kestrel").get("/metrics/customer-score/records"));
    expect(records.map(({ record, part, parties }) => [record, part, parties])).toEqual(
      [5, 2, 4].map((score) => ["feedback", score, ["kestrel"]]),
    );
  });
});
