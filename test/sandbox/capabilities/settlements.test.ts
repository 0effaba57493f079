import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { byParty, everyItem, expectStatus, type Harbour, itemsOf, openHarbour, sumOf } from "./harbour.ts";
import { leg, recently } from "./legs.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

describe("settlements", () => {
  it("close a period exactly once, with statements that come to the positions", async () => {
    const campus = harbour.as("harbour");
    await expectStatus(harbour.as("blueline").post("/deliveries", leg("a")), 201);
    const { body } = await expectStatus(campus.post("/settlements", { period: "2001-01" }), 201);
    const again = await campus.post("/settlements", { period: "2001-01" });
    expect(again).toMatchObject({ status: 409, body: { code: "ECO_PERIOD_CLOSED" } });
    const statements = itemsOf(await campus.get("/statements?limit=200"));
    const totals = Object.fromEntries(
      statements.map((each) => [String(each["party"]), each["payableMinor"]]),
    );
    expect(totals).toEqual(byParty(body["positions"]));
    expect(statements.map(({ id }) => id)).toEqual(body["statements"]);
    await expectStatus(harbour.as("blueline").post("/deliveries", recently("b")), 201);
    await expectStatus(campus.post("/settlements", { period: "2026-03" }), 201);
    const own = itemsOf(await harbour.as("blueline").get("/statements"));
    expect(own.map(({ number }) => number)).toEqual(["blueline-000001", "blueline-000002"]);
  });

  it("miss nothing that is booked while they close", async () => {
    const campus = harbour.as("harbour");
    const token = harbour.as("blueline");
    await expectStatus(token.post("/deliveries", leg("first")), 201);
    const submitted = Array.from({ length: 40 }, (_, index) =>
      token.post("/deliveries", leg(`leg-${index}`)),
    );
    const closing = campus.post("/settlements", { period: "2001-01" });
    const replies = await Promise.all(submitted);
    expect(replies.every(({ status }) => status === 201)).toBe(true);
    const { body } = await expectStatus(closing, 201);
    const closed = await everyItem(campus, "/postings?account=nordic-apps/payable/&limit=200");
    expect(
      sumOf(
        closed.filter(({ period }) => period === "2001-01"),
        "amountMinor",
      ),
    ).toBe(0);
    const february = await expectStatus(campus.post("/settlements", { period: "2001-02" }), 201);
    const total =
      Number(byParty(body["positions"])["nordic-apps"]) +
      Number(byParty(february.body["positions"])["nordic-apps"] ?? 0);
    expect(total).toBe(-41 * 14287);
  });

  it("show a party its own position and statement only", async () => {
    const campus = harbour.as("harbour");
    await expectStatus(harbour.as("blueline").post("/deliveries", leg("a")), 201);
    const closed = await expectStatus(campus.post("/settlements", { period: "2001-01" }), 201);
    const seen = await harbour.as("blueline").get(`/settlements/${String(closed.body["id"])}`);
    expect(Object.keys(byParty(seen.body["positions"]))).toEqual(["blueline"]);
    const [foreign] = itemsOf(await campus.get("/statements"));
    expect(foreign?.["party"]).not.toBe("kestrel");
    const denied = await harbour.as("kestrel").get(`/statements/${String(foreign?.["id"])}`);
    expect(denied.status).toBe(404);
  });

  it("refuse a month that hasn't begun, and everybody but the orchestrator", async () => {
    const future = await harbour.as("harbour").post("/settlements", { period: "2026-04" });
    expect(future).toMatchObject({ status: 422, body: { code: "ECO_REQUEST_INVALID" } });
    expect((await harbour.as("blueline").post("/settlements", { period: "2001-01" })).status).toBe(403);
  });
});
