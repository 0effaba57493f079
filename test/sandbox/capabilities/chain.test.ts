import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { byParty, expectStatus, type Harbour, itemsOf, openHarbour, sumOf } from "./harbour.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

const room = (day: string): JsonObject => ({
  id: `room-${day}`,
  product: "meeting-room",
  customer: "nordic-apps",
  parties: { broker: "spacefinder" },
  startedAt: `${day}T08:30:00`,
  endedAt: `${day}T12:00:00`,
});

const catering = (day: string): JsonObject => ({
  id: `lunch-${day}`,
  product: "catering-cover",
  customer: "nordic-apps",
  provider: "fjord-catering",
  parties: { broker: "spacefinder", supplier: "kestrel" },
  parent: `room-${day}`,
  startedAt: `${day}T11:30:00`,
  usage: { covers: 37, delayMinutes: 25 },
});

const years = [
  { day: "2025-03-11", cateringTax: 6028, pays: 65022, taxOffice: 9266 },
  { day: "2026-03-10", cateringTax: 5813, pays: 64807, taxOffice: 9051 },
];

describe("the chain of a room with catering", () => {
  it.each(years)("comes to the worked figures on $day, and nets to them", async (year) => {
    const spacefinder = harbour.as("spacefinder");
    const campus = harbour.as("harbour");
    const booked = await expectStatus(spacefinder.post("/deliveries", room(year.day)), 201);
    const lunch = await expectStatus(campus.post("/deliveries", catering(year.day)), 201);
    const [roomSale] = (await campus.get(`/deliveries/room-${year.day}`)).body["charges"] as JsonObject[];
    expect(booked.body).toMatchObject({ netMinor: 12700, taxMinor: 3238 });
    expect(byParty(roomSale?.["shares"])).toEqual({ spacefinder: 1524, harbour: 11176 });
    const [sale, courier] = lunch.body["charges"] as JsonObject[];
    expect(sale).toMatchObject({ netMinor: 47840, serviceCreditMinor: 4784, taxMinor: year.cateringTax });
    expect(byParty(sale?.["shares"])).toEqual({ spacefinder: 3828, harbour: 4784, "fjord-catering": 39228 });
    expect(sale?.["recourse"]).toEqual([
      { party: "fjord-catering", to: "harbour", amountMinor: 4784 },
      { party: "kestrel", to: "fjord-catering", amountMinor: 1000 },
    ]);
    expect(courier).toMatchObject({ payer: "fjord-catering", payee: "kestrel", netMinor: 2745 });
    const period = year.day.slice(0, 7);
    const settlement = await expectStatus(campus.post("/settlements", { period }), 201);
    expect(byParty(settlement.body["positions"])).toEqual({
      "nordic-apps": -year.pays,
      "tax-office": year.taxOffice,
      spacefinder: 5352,
      harbour: 15960,
      "fjord-catering": 32699,
      kestrel: 1745,
    });
  });

  it("bills a room to the next half hour", async () => {
    const body = { ...room("2025-03-11"), startedAt: "2025-03-11T08:45:00" };
    const { body: delivery } = await expectStatus(harbour.as("spacefinder").post("/deliveries", body), 201);
    expect(delivery["netMinor"]).toBe(13000);
  });

  it("keeps the ledger at zero throughout", async () => {
    const campus = harbour.as("harbour");
    await expectStatus(campus.post("/deliveries", room("2025-03-11")), 201);
    await expectStatus(campus.post("/deliveries", catering("2025-03-11")), 201);
    expect(sumOf(itemsOf(await campus.get("/balances")), "amountMinor")).toBe(0);
    await expectStatus(campus.post("/settlements", { period: "2025-03" }), 201);
    const balances = itemsOf(await campus.get("/balances"));
    expect(sumOf(balances, "amountMinor")).toBe(0);
    const open = balances.filter(({ account }) => /\/(receivable|payable|tax)/.test(String(account)));
    expect(open.filter(({ amountMinor }) => amountMinor !== 0)).toEqual([]);
  });
});

const march = (day: string, body: JsonObject): JsonObject => ({
  customer: "nordic-apps",
  startedAt: `2025-03-${day}T09:00:00`,
  ...body,
});

describe("a member's month", () => {
  it("comes to the worked totals", async () => {
    const campus = harbour.as("harbour");
    const rows = [
      march("10", { product: "membership", startedAt: "2025-03-10T00:00:00" }),
      ...Array.from({ length: 13 }, (_, day) =>
        march(String(day + 10), { product: "desk-day", id: `desk-${day + 1}` }),
      ),
      ...Array.from({ length: 5 }, (_, day) =>
        march(String(day + 10), { product: "guest-pass", id: `guest-${day}` }),
      ),
      march("12", { product: "av-kit", id: "kit", usage: { hours: 9 } }),
      march("13", {
        product: "visitor-hosting",
        id: "hosting",
        usage: { eventBudget: "4200.00", visitors: 60 },
      }),
      room("2025-03-11"),
      catering("2025-03-11"),
    ];
    const batch = await expectStatus(campus.post("/deliveries/batch", { deliveries: rows }), 200);
    expect(batch.body).toMatchObject({ accepted: rows.length, rejected: 0, known: 0 });
    const deliveries = itemsOf(await campus.get("/deliveries?limit=200"));
    const of = (product: string) => deliveries.filter((delivery) => delivery["product"] === product);
    expect(sumOf(of("membership"), "netMinor")).toBe(27677);
    expect(sumOf(of("desk-day"), "netMinor")).toBe(36200);
    expect(sumOf(of("guest-pass"), "netMinor")).toBe(3000);
    expect(sumOf(of("av-kit"), "netMinor")).toBe(18000);
    expect(sumOf(of("visitor-hosting"), "netMinor")).toBe(11700);
    expect(sumOf(deliveries, "netMinor")).toBe(157117);
    expect(sumOf(deliveries, "serviceCreditMinor")).toBe(4784);
    expect(sumOf(deliveries, "taxMinor")).toBe(33898);
    expect(sumOf(deliveries, "payableMinor")).toBe(186231);
    await expectStatus(campus.post("/settlements", { period: "2025-03" }), 201);
    const [statement] = itemsOf(await harbour.as("nordic-apps").get("/statements"));
    expect(statement).toMatchObject({
      number: "nordic-apps-000001",
      netMinor: -157117,
      payableMinor: -186231,
    });
  });

  it("fills tiers in the order of time, whatever the order of arrival", async () => {
    const campus = harbour.as("harbour");
    const days = Array.from({ length: 13 }, (_, day) =>
      march(String(day + 10), { product: "desk-day", id: `desk-${String(day + 10)}` }),
    );
    for (const day of [...days].reverse()) await expectStatus(campus.post("/deliveries", day), 201);
    const deliveries = itemsOf(await campus.get("/deliveries?product=desk-day&limit=200"));
    expect(sumOf(deliveries, "netMinor")).toBe(36200);
    const price = Object.fromEntries(
      deliveries.map((delivery) => [String(delivery["id"]), delivery["netMinor"]]),
    );
    expect(price).toMatchObject({ "desk-10": 2900, "desk-19": 2900, "desk-20": 2400, "desk-22": 2400 });
    await expectStatus(campus.post("/deliveries/desk-10/cancellation", { reason: "Never came." }), 200);
    const after = await campus.get("/deliveries/desk-20");
    expect(after.body).toMatchObject({ netMinor: 2900, status: "corrected" });
    expect(sumOf(itemsOf(await campus.get("/balances")), "amountMinor")).toBe(0);
  });

  it("splits a bundle's price over its parts", async () => {
    const bundle = {
      product: "event-bundle",
      customer: "nordic-apps",
      startedAt: "2025-03-11T08:30:00",
      endedAt: "2025-03-11T12:00:00",
      parts: [
        { product: "meeting-room", parties: { broker: "spacefinder" } },
        { product: "catering-cover", provider: "fjord-catering", usage: { covers: 37 } },
        { product: "av-kit", usage: { hours: 4 } },
      ],
    };
    const { body } = await expectStatus(harbour.as("harbour").post("/deliveries", bundle), 201);
    const sales = (body["charges"] as JsonObject[]).filter((charge) => charge["side"] === "sale");
    expect(sales.map((charge) => charge["netMinor"])).toEqual([9543, 35948, 4509]);
    expect(body["netMinor"]).toBe(50000);
  });
});
