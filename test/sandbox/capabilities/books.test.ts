import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { byParty, expectStatus, type Harbour, itemsOf, openHarbour } from "./harbour.ts";
import { booksOf, chargeOf, leg } from "./legs.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

describe("single legs", () => {
  it("prices 1,797 miles at peak with its shares", async () => {
    const usage = { distanceMiles: 1797, arrivalDelayMinutes: -19 };
    const request = leg("peak", { startedAt: "2001-01-01T06:55:00", usage });
    const { body } = await expectStatus(harbour.as("blueline").post("/deliveries", request), 201);
    expect(body).toMatchObject({ netMinor: 25611, serviceCreditMinor: 0 });
    const { shares } = await chargeOf(harbour, "peak");
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
    const charge = await chargeOf(harbour, "late");
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
    expect(await booksOf(harbour, "a")).toEqual(await booksOf(harbour, "b"));
  });

  it("mirrors a cancelled delivery to the cent", async () => {
    const blueline = harbour.as("blueline");
    await expectStatus(blueline.post("/deliveries", leg("a")), 201);
    const cancelled = await expectStatus(
      blueline.post("/deliveries/a/cancellation", { reason: "Twice." }),
      200,
    );
    expect(cancelled.body["status"]).toBe("cancelled");
    expect(await booksOf(harbour, "a")).toEqual({});
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
