import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { byParty, expectStatus, type Harbour, itemsOf, openHarbour, sumOf } from "./harbour.ts";
import { booksOf, chargeOf, recently } from "./legs.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

describe("disputes", () => {
  const catering = {
    id: "lunch",
    product: "catering-cover",
    customer: "nordic-apps",
    provider: "fjord-catering",
    startedAt: "2026-03-10T11:30:00",
    usage: { covers: 37, delayMinutes: 0 },
  };

  const dispute = async (claim: JsonObject, party = "nordic-apps") =>
    (
      await expectStatus(
        harbour.as(party).post("/disputes", { reason: "Half of it arrived cold.", ...claim }),
        201,
      )
    ).body;

  it("upheld give the customer its claim back, leg by leg", async () => {
    const campus = harbour.as("harbour");
    await expectStatus(harbour.as("fjord-catering").post("/deliveries", catering), 201);
    const opened = await dispute({ deliveryId: "lunch", claimMinor: 12000 });
    expect(opened).toMatchObject({
      status: "open",
      openedBy: "nordic-apps",
      dueAt: "2026-03-30T07:00:00.000Z",
    });
    expect((await campus.get("/deliveries/lunch")).body["status"]).toBe("disputed");
    const decision = { outcome: "upheld", reason: "The photos show it." };
    const resolved = await expectStatus(
      campus.post(`/disputes/${String(opened["id"])}/resolution`, decision),
      200,
    );
    expect(resolved.body).toMatchObject({ status: "resolved", outcome: "upheld", creditMinor: 12000 });
    const after = await campus.get("/deliveries/lunch");
    expect(after.body).toMatchObject({ status: "corrected", netMinor: 47840 - 12000 });
    const charge = await chargeOf(harbour, "lunch");
    expect(byParty(charge["shares"])).toEqual({ spacefinder: 2868, harbour: 3584, "fjord-catering": 29388 });
    expect(sumOf(charge["shares"] as JsonObject[], "amountMinor")).toBe(35840);
    const balances = itemsOf(await campus.get("/balances"));
    expect(sumOf(balances, "amountMinor")).toBe(0);
    const owed = balances.find(({ account }) => account === "harbour/receivable/nordic-apps");
    expect(owed?.["amountMinor"]).toBe(after.body["payableMinor"]);
    const twice = await campus.post(`/disputes/${String(opened["id"])}/resolution`, decision);
    expect(twice).toMatchObject({ status: 409, body: { code: "ECO_STATE_TRANSITION" } });
  });

  it("survive a later correction", async () => {
    const campus = harbour.as("harbour");
    await expectStatus(harbour.as("fjord-catering").post("/deliveries", catering), 201);
    const opened = await dispute({ deliveryId: "lunch", claimMinor: 12000 });
    await expectStatus(
      campus.post(`/disputes/${String(opened["id"])}/resolution`, { outcome: "upheld", reason: "Yes." }),
      200,
    );
    const corrected = await expectStatus(
      campus.post("/deliveries/lunch/corrections", { usage: { covers: 30 }, reason: "Seven didn't come." }),
      200,
    );
    expect(corrected.body["netMinor"]).toBe(40000 - 12000);
  });

  it("rejected change no money and give the delivery its status back", async () => {
    const campus = harbour.as("harbour");
    await expectStatus(harbour.as("blueline").post("/deliveries", recently("a")), 201);
    const before = await booksOf(harbour, "a");
    const opened = await dispute({ deliveryId: "a" });
    await expectStatus(
      campus.post(`/disputes/${String(opened["id"])}/resolution`, { outcome: "rejected", reason: "No." }),
      200,
    );
    expect(await booksOf(harbour, "a")).toEqual(before);
    expect((await campus.get("/deliveries/a")).body["status"]).toBe("rated");
  });

  it("of a provider take recourse off it and leave the customer's credit", async () => {
    const campus = harbour.as("harbour");
    await expectStatus(harbour.as("blueline").post("/deliveries", recently("a")), 201);
    const opened = await dispute({ deliveryId: "a" }, "wayfare");
    const decision = { outcome: "partly-upheld", creditMinor: 100, reason: "In part." };
    await expectStatus(campus.post(`/disputes/${String(opened["id"])}/resolution`, decision), 200);
    const after = await campus.get("/deliveries/a");
    expect(after.body).toMatchObject({ netMinor: 14431, serviceCreditMinor: 1443, payableMinor: 14287 });
    const charge = await chargeOf(harbour, "a");
    expect(byParty(charge["recourse"])).toEqual({ blueline: 1155, wayfare: 188 });
    expect(sumOf(itemsOf(await campus.get("/balances")), "amountMinor")).toBe(0);
  });

  it("are refused after their time, twice, by strangers, and above what is at stake", async () => {
    await expectStatus(harbour.as("blueline").post("/deliveries", recently("a")), 201);
    const open = (party: string, more: JsonObject = {}) =>
      harbour.as(party).post("/disputes", { deliveryId: "a", reason: "No.", ...more });
    expect(await open("nordic-apps", { claimMinor: 12989 })).toMatchObject({ status: 422 });
    expect(await open("kestrel")).toMatchObject({ status: 404 });
    await expectStatus(open("nordic-apps"), 201);
    expect(await open("nordic-apps")).toMatchObject({ status: 409, body: { code: "ECO_STATE_TRANSITION" } });
    await expectStatus(harbour.as("blueline").post("/deliveries", recently("b")), 201);
    await expectStatus(harbour.as("harbour").put("/sandbox/clock", { advance: "P61D" }), 200);
    const late = await harbour.as("nordic-apps").post("/disputes", { deliveryId: "b", reason: "No." });
    expect(late).toMatchObject({ status: 409, body: { code: "ECO_STATE_TRANSITION" } });
  });

  it("begin by themselves for the published test value", async () => {
    const request = recently("magic", { beneficiary: "visitor-who-disputes" });
    const { body } = await expectStatus(harbour.as("blueline").post("/deliveries", request), 201);
    expect(body["status"]).toBe("disputed");
    const [opened] = itemsOf(await harbour.as("nordic-apps").get("/disputes"));
    expect(opened).toMatchObject({ deliveryId: "magic", openedBy: "nordic-apps", status: "open" });
  });
});
