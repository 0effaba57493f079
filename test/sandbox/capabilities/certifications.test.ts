import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expectStatus, type Harbour, itemsOf, openHarbour } from "./harbour.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

async function submitted(party: string): Promise<string> {
  const request = { parts: ["receiver"], level: "bronze" };
  const { body } = await expectStatus(harbour.as(party).post("/certifications", request), 201);
  return String(body["id"]);
}

describe("the review of a certification", () => {
  it("issues it until the day that the participation rules give, and tells the party", async () => {
    const id = await submitted("blueline");
    const decision = { decision: "issued", reason: "All checks hold." };
    const issued = await expectStatus(
      harbour.as("harbour").post(`/certifications/${id}/review`, decision),
      200,
    );
    expect(issued.body).toMatchObject({
      status: "issued",
      issuedAt: "2026-03-16T08:00:00.000Z",
      expiresAt: "2027-03-16T08:00:00.000Z",
    });
    const events = itemsOf(await harbour.as("blueline").get(`/events?causedBy=${issued.requestId}`));
    expect(events).toMatchObject([{ type: "campus.harbour.certification.issued.v1", subject: id }]);
  });

  it("refuses it with a reason, and tells the party so", async () => {
    const id = await submitted("blueline");
    const decision = { decision: "refused", reason: "Replayed events are accepted." };
    const refused = await expectStatus(
      harbour.as("harbour").post(`/certifications/${id}/review`, decision),
      200,
    );
    expect(refused.body).toMatchObject({ status: "refused", reason: "Replayed events are accepted." });
    expect(refused.body["issuedAt"]).toBeUndefined();
    const events = itemsOf(await harbour.as("blueline").get(`/events?causedBy=${refused.requestId}`));
    expect(events).toMatchObject([
      { type: "campus.harbour.certification.refused.v1", data: { reason: "Replayed events are accepted." } },
    ]);
  });

  it("happens once, by the orchestrator, and never by the party itself", async () => {
    const decision = { decision: "issued", reason: "All checks hold." };
    const id = await submitted("blueline");
    const review = `/certifications/${id}/review`;
    expect(await harbour.as("blueline").post(review, decision)).toMatchObject({ status: 403 });
    await expectStatus(harbour.as("harbour").post(review, decision), 200);
    const again = await harbour.as("harbour").post(review, { ...decision, decision: "refused" });
    expect(again).toMatchObject({ status: 409, body: { code: "ECO_STATE_TRANSITION" } });
    const own = await submitted("harbour");
    const ownReview = await harbour.as("harbour").post(`/certifications/${own}/review`, decision);
    expect(ownReview).toMatchObject({ status: 403, body: { code: "ECO_FORBIDDEN" } });
  });
});
