import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { byParty, expectStatus, type Harbour, itemsOf, openHarbour, sumOf } from "./harbour.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

const leg = (id: string, over: JsonObject = {}): JsonObject => ({
  id,
  product: "express-leg",
  customer: "nordic-apps",
  startedAt: "2001-01-01T11:45:00",
  usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
  ...over,
});

const recently = (id: string, over: JsonObject = {}): JsonObject =>
  leg(id, { startedAt: "2026-03-10T11:45:00", ...over });

const chargeOf = async (id: string): Promise<JsonObject> => {
  const reply = await harbour.as("harbour").get(`/deliveries/${id}`);
  const [charge] = reply.body["charges"] as JsonObject[];
  if (charge === undefined) throw new Error(`${id} has no charge`);
  return charge;
};

/** What every account of a delivery comes to, over all that was ever booked for it. */
async function booksOf(id: string): Promise<Record<string, number>> {
  const postings = itemsOf(await harbour.as("harbour").get(`/postings?deliveryId=${id}&limit=200`));
  const books: Record<string, number> = {};
  for (const { account, amountMinor } of postings) {
    books[String(account)] = (books[String(account)] ?? 0) + Number(amountMinor);
  }
  return Object.fromEntries(Object.entries(books).filter(([, amount]) => amount !== 0));
}

async function everyPosting(query: string): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (let cursor = ""; ; ) {
    const page = await harbour.as("harbour").get(`/postings?${query}&limit=200${cursor}`);
    found.push(...itemsOf(page));
    if (page.body["nextCursor"] === undefined) return found;
    cursor = `&cursor=${String(page.body["nextCursor"])}`;
  }
}

describe("single legs", () => {
  it("prices 1,797 miles at peak with its shares", async () => {
    const usage = { distanceMiles: 1797, arrivalDelayMinutes: -19 };
    const request = leg("peak", { startedAt: "2001-01-01T06:55:00", usage });
    const { body } = await expectStatus(harbour.as("blueline").post("/deliveries", request), 201);
    expect(body).toMatchObject({ netMinor: 25611, serviceCreditMinor: 0 });
    const { shares } = await chargeOf("peak");
    expect(byParty(shares)).toEqual({ wayfare: 1537, harbour: 640, blueline: 23434 });
  });

  it("credits a late leg and takes recourse on those at fault", async () => {
    const { body } = await expectStatus(harbour.as("blueline").post("/deliveries", leg("late")), 201);
    expect(body).toMatchObject({
      netMinor: 14431,
      serviceCreditMinor: 1443,
      taxMinor: 1299,
      payableMinor: 14287,
    });
    const charge = await chargeOf("late");
    expect(byParty(charge["shares"])).toEqual({ wayfare: 866, harbour: 361, blueline: 13204 });
    expect(byParty(charge["recourse"])).toEqual({ blueline: 1155, wayfare: 288 });
  });

  it.each([
    { night: "2026-10-25", netMinor: 1150 },
    { night: "2026-03-29", netMinor: 750 },
    { night: "2026-03-11", netMinor: 950 },
  ])("bills parking by elapsed time on $night", async ({ night, netMinor }) => {
    const request = {
      product: "parking",
      customer: "nordic-apps",
      startedAt: `${night}T01:30:00`,
      endedAt: `${night}T05:30:00`,
    };
    const { body } = await expectStatus(harbour.as("harbour").post("/quotes", request), 200);
    expect(body["netMinor"]).toBe(netMinor);
  });
});

describe("corrections", () => {
  it("books new minus old and leaves what was posted alone", async () => {
    const blueline = harbour.as("blueline");
    await expectStatus(blueline.post("/deliveries", leg("a")), 201);
    await expectStatus(
      blueline.post("/deliveries", leg("b", { usage: { distanceMiles: 920, arrivalDelayMinutes: 9 } })),
      201,
    );
    const before = itemsOf(await harbour.as("harbour").get("/postings?deliveryId=a&limit=200"));
    const change = { usage: { arrivalDelayMinutes: 9 }, reason: "The gate time was read wrongly." };
    const { body } = await expectStatus(blueline.post("/deliveries/a/corrections", change), 200);
    expect(body).toMatchObject({
      status: "corrected",
      serviceCreditMinor: 0,
      taxMinor: 1443,
      payableMinor: 15874,
    });
    const after = itemsOf(await harbour.as("harbour").get("/postings?deliveryId=a&limit=200"));
    expect(after.slice(0, before.length)).toEqual(before);
    expect(await booksOf("a")).toEqual(await booksOf("b"));
  });

  it("mirrors a cancelled delivery to the cent", async () => {
    const blueline = harbour.as("blueline");
    await expectStatus(blueline.post("/deliveries", leg("a")), 201);
    const cancelled = await expectStatus(
      blueline.post("/deliveries/a/cancellation", { reason: "Twice." }),
      200,
    );
    expect(cancelled.body["status"]).toBe("cancelled");
    expect(await booksOf("a")).toEqual({});
    const again = await blueline.post("/deliveries/a/cancellation", { reason: "Twice." });
    expect(again).toMatchObject({ status: 409, body: { code: "ECO_STATE_TRANSITION" } });
    expect(
      (await blueline.post("/deliveries/a/corrections", { usage: { distanceMiles: 1 }, reason: "x" })).status,
    ).toBe(409);
  });

  it("books into the first open period when its own is closed", async () => {
    const blueline = harbour.as("blueline");
    const campus = harbour.as("harbour");
    await expectStatus(blueline.post("/deliveries", leg("a")), 201);
    await expectStatus(campus.post("/settlements", { period: "2001-01" }), 201);
    expect((await blueline.get("/deliveries/a")).body["status"]).toBe("settled");
    const change = { usage: { arrivalDelayMinutes: 9 }, reason: "Read wrongly." };
    await expectStatus(blueline.post("/deliveries/a/corrections", change), 200);
    const late = await expectStatus(blueline.post("/deliveries", leg("late-usage")), 201);
    expect(late.body["status"]).toBe("rated");
    const february = await expectStatus(campus.post("/settlements", { period: "2001-02" }), 201);
    const positions = byParty(february.body["positions"]);
    expect(positions["nordic-apps"]).toBe(-14287 - (15874 - 14287));
    expect(Object.values(positions).reduce((sum, amount) => sum + amount, 0)).toBe(0);
  });
});

describe("the order of arrival", () => {
  const day = (index: number): JsonObject => ({
    id: `desk-${index}`,
    product: "desk-day",
    customer: "nordic-apps",
    startedAt: `2025-03-${String(index + 1).padStart(2, "0")}T09:00:00`,
  });

  it("of deliveries, corrections and cancellations changes nothing in the books", async () => {
    const count = 24;
    const orders = fc.shuffledSubarray(
      Array.from({ length: count }, (_, index) => index),
      { minLength: count, maxLength: count },
    );
    const books = async (order: readonly number[]): Promise<readonly JsonObject[]> => {
      const own = await openHarbour();
      const campus = own.as("harbour");
      for (const index of order) await expectStatus(campus.post("/deliveries", day(index)), 201);
      for (const index of order.filter((each) => each % 7 === 3)) {
        await expectStatus(campus.post(`/deliveries/desk-${index}/cancellation`, { reason: "x" }), 200);
      }
      for (const index of order.filter((each) => each % 7 === 5)) {
        const change = { startedAt: `2025-04-${String(index + 1).padStart(2, "0")}T09:00:00`, reason: "x" };
        await expectStatus(campus.post(`/deliveries/desk-${index}/corrections`, change), 200);
      }
      const balances = itemsOf(await campus.get("/balances"));
      await own.close();
      return balances;
    };
    const sorted = await books(Array.from({ length: count }, (_, index) => index));
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        expect(await books(order)).toEqual(sorted);
      }),
      { numRuns: 6 },
    );
  });
});

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
    const closed = await everyPosting("account=nordic-apps/payable/");
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
    const charge = await chargeOf("lunch");
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
    const before = await booksOf("a");
    const opened = await dispute({ deliveryId: "a" });
    await expectStatus(
      campus.post(`/disputes/${String(opened["id"])}/resolution`, { outcome: "rejected", reason: "No." }),
      200,
    );
    expect(await booksOf("a")).toEqual(before);
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
    const charge = await chargeOf("a");
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
