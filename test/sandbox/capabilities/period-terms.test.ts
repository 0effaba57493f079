import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { type IssuedStatement, verifyStatement } from "../../../sandbox/ledger/index.ts";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { byParty, expectStatus, type Harbour, itemsOf } from "./harbour.ts";
import { openStudio } from "./studio.ts";

let campus: Harbour;
afterEach(() => campus.close());

const deskDay = (id: string, day: string) =>
  expectStatus(
    campus.as("harbour").post("/deliveries", {
      id,
      product: "desk-day",
      customer: "studio-oy",
      startedAt: `${day}T09:00:00`,
      usage: {},
    }),
    201,
  );
const cancel = (id: string) =>
  expectStatus(campus.as("harbour").post(`/deliveries/${id}/cancellation`, { reason: "Not used." }), 200);
const close = (period: string) => expectStatus(campus.as("harbour").post("/settlements", { period }), 201);
const topUp = (amountMinor: number, balance = "credit", as = "studio-oy") =>
  campus.as(as).post(`/prepaid-balances/studio:${balance}:studio-oy/top-ups`, { amountMinor });
const positions = async (period: string) => {
  const [settlement] = itemsOf(await campus.as("harbour").get(`/settlements?period=${period}`));
  return Object.fromEntries(
    Object.entries(byParty(settlement?.["positions"])).filter(([, minor]) => minor !== 0),
  );
};

async function statement(party: string, period: string): Promise<IssuedStatement> {
  const found = itemsOf(await campus.as("harbour").get(`/statements?period=${period}`)).filter(
    (each) => each["party"] === party,
  );
  expect(found).toHaveLength(1);
  return found[0] as object as IssuedStatement;
}

/** Every statement of the months holds, comes to its party's position, and the books sum to zero. */
async function expectSoundBooks(...periods: string[]): Promise<void> {
  const fingerprints = new Map<string, string>();
  for (const path of ["/deliveries?limit=200", "/commitments?limit=200"])
    for (const each of itemsOf(await campus.as("harbour").get(path)))
      fingerprints.set(String(each["id"]), String(each["fingerprint"]));
  for (const period of periods) {
    const all = itemsOf(await campus.as("harbour").get(`/statements?period=${period}`));
    const due = await positions(period);
    for (const each of all as readonly object[] as readonly IssuedStatement[]) {
      expect(verifyStatement(each).findings).toEqual([]);
      expect(each.payableMinor).toBe(due[each.party] ?? 0);
    }
    const last = all as readonly object[] as readonly IssuedStatement[];
    if (period !== periods.at(-1)) continue;
    for (const each of last) expect(verifyStatement(each, (id) => fingerprints.get(id)).findings).toEqual([]);
  }
  const balances = itemsOf(await campus.as("harbour").get("/balances"));
  expect(balances.reduce((sum, each) => sum + Number(each["amountMinor"]), 0)).toBe(0);
  const settled = balances.filter(({ account }) => /\/(receivable|payable|tax)(\/|$)/.test(String(account)));
  expect(settled.every(({ amountMinor }) => amountMinor === 0)).toBe(true);
}

const worked = readFileSync(new URL("period-terms.md", import.meta.url), "utf8");
const euro = (minor: number): string => (Math.abs(minor) / 100).toFixed(2);

describe("a minimum, two balances and a late delivery", () => {
  const commercial = {
    commitments: [
      { id: "desks", title: "Desks", period: "month", products: ["desk-day"], minimumAmount: "150.00" },
    ],
    prepaid: [
      { id: "gift", amount: "50.00", validFor: { end: "2025-03-31" } },
      { id: "credit", title: "Credit" },
    ],
  };

  it("come to the figures worked by hand, month after month", async () => {
    campus = await openStudio(commercial);
    for (const [id, day] of [
      ["a", "2025-03-03"],
      ["b", "2025-03-04"],
      ["c", "2025-03-05"],
    ] as const)
      await deskDay(id, day);
    await expectStatus(topUp(9000), 201);
    await close("2025-03");
    const march = { "studio-oy": -4826, "tax-office": 3826, harbour: 1000 };
    expect(await positions("2025-03")).toEqual(march);
    const [settled] = itemsOf(await campus.as("studio-oy").get("/commitments?status=settled"));
    expect(settled).toMatchObject({
      id: "studio:desks:studio-oy:2025-03",
      netMinor: 8700,
      adjustmentMinor: 6300,
      taxMinor: 1606,
    });
    const own = await statement("studio-oy", "2025-03");
    expect(own.prepaid).toEqual([
      {
        id: "studio:gift:studio-oy",
        payee: "harbour",
        carriedMinor: 0,
        paidInMinor: 5000,
        drawnMinor: 5000,
        expiredMinor: 0,
        refundedMinor: 0,
        leftMinor: 0,
      },
      {
        id: "studio:credit:studio-oy",
        title: "Credit",
        payee: "harbour",
        carriedMinor: 0,
        paidInMinor: 9000,
        drawnMinor: 9000,
        expiredMinor: 0,
        refundedMinor: 0,
        leftMinor: 0,
      },
    ]);
    const drawn = own.lines.filter(({ prepaidId }) => prepaidId !== undefined);
    expect(drawn.map(({ direction, payableMinor }) => [direction, payableMinor])).toEqual([
      ["receivable", 5000],
      ["receivable", 9000],
    ]);
    expect(own.lines.find(({ kind }) => kind === "commitment")).toMatchObject({
      commitmentId: "studio:desks:studio-oy:2025-03",
      document: "harbour-000001/1",
      netMinor: 6300,
    });

    await deskDay("late", "2025-03-20");
    await expectStatus(topUp(20000), 201);
    await close("2025-04");
    expect(await positions("2025-04")).toEqual({ "tax-office": 3826, harbour: -3826 });
    const april = await statement("studio-oy", "2025-04");
    const commitments = april.lines.filter(({ kind }) => kind === "commitment");
    expect(
      commitments.map(({ commitmentId, netMinor, taxMinor, corrects }) => [
        commitmentId,
        netMinor,
        taxMinor,
        corrects,
      ]),
    ).toEqual([
      ["studio:desks:studio-oy:2025-03", -2900, -739, "harbour-000001/1"],
      ["studio:desks:studio-oy:2025-04", 15000, 3825, undefined],
    ]);
    expect(april.prepaid).toMatchObject([
      { id: "studio:credit:studio-oy", drawnMinor: 18826, leftMinor: 1174 },
    ]);
    const [gift, credit] = itemsOf(await campus.as("studio-oy").get("/prepaid-balances"));
    expect(gift).toMatchObject({ status: "expired", leftMinor: 0 });
    expect(credit).toMatchObject({ status: "open", leftMinor: 1174, paidInMinor: 29000 });
    await expectSoundBooks("2025-03", "2025-04");
    for (const minor of [6300, 1606, 7906, 18826, 4826, 3826, 1000, 3640, 2900, 739, 3639, 18825, 1174])
      expect(worked).toContain(euro(minor));
  });

  it("give a trace that leads to the clause, and the same figures again from it", async () => {
    campus = await openStudio(commercial);
    await deskDay("a", "2025-03-03");
    await close("2025-03");
    const { body } = await campus.as("studio-oy").get("/commitments/studio:desks:studio-oy:2025-03");
    const trace = body["trace"] as JsonObject;
    const { agreement } = trace["commitment"] as { agreement: JsonObject };
    expect(agreement["clause"]).toBe("/terms/commercial/commitments/0");
    const cited = campus.sandbox.catalog.documents.find(({ digest }) => digest === agreement["digest"]);
    const terms = cited?.content as object as { terms: { commercial: typeof commercial } };
    const clause = terms.terms.commercial.commitments[0];
    const net = Object.entries(trace["netMinorByProduct"] as Record<string, number>)
      .filter(([product]) => clause?.products.includes(product))
      .reduce((sum, [, minor]) => sum + minor, 0);
    const missing = Math.round(Number(clause?.minimumAmount) * 100) - net;
    expect([trace["netMinor"], trace["adjustmentMinor"], trace["bound"]]).toEqual([net, missing, "minimum"]);
    expect(body["adjustmentMinor"]).toBe(12100);
  });

  it("are the payer's and the payee's alone", async () => {
    campus = await openStudio(commercial);
    await close("2025-03");
    expect((await campus.as("nordic-apps").get("/commitments/studio:desks:studio-oy:2025-03")).status).toBe(
      404,
    );
    expect(itemsOf(await campus.as("nordic-apps").get("/commitments"))).toEqual([]);
    const balances = itemsOf(await campus.as("nordic-apps").get("/prepaid-balances"));
    expect(balances.map(({ id }) => id)).toEqual(["membership:credit:nordic-apps"]);
    expect((await topUp(100, "credit", "nordic-apps")).status).toBe(404);
  });
});

describe("a maximum over a quarter", () => {
  const commercial = {
    commitments: [{ id: "cap", period: "quarter", products: ["desk-day"], maximumAmount: "80.00" }],
  };

  it("credits what exceeds it when the quarter ends, and new minus old for what changes later", async () => {
    campus = await openStudio(commercial);
    for (const day of ["2025-02-03", "2025-02-04", "2025-03-03", "2025-03-04", "2025-03-05"])
      await deskDay(day, day);
    await close("2025-02");
    const cap = async () =>
      itemsOf(await campus.as("studio-oy").get("/commitments")).map(
        ({ period, status, netMinor, adjustmentMinor }) => [...[period, status, netMinor, adjustmentMinor]],
      );
    expect(await cap()).toEqual([["2025-Q1", "running", 5800, 0]]);
    await close("2025-03");
    expect(await cap()).toEqual([["2025-Q1", "settled", 14500, -6500]]);
    expect(await positions("2025-03")).toEqual({ "studio-oy": -2762, "tax-office": 562, harbour: 2200 });
    await cancel("2025-02-04");
    await close("2025-04");
    expect(await cap()).toEqual([["2025-Q1", "settled", 11600, -3600]]);
    expect(await positions("2025-04")).toEqual({});
    await expectSoundBooks("2025-02", "2025-03", "2025-04");
    for (const minor of [6500, 1658, 2762, 562, 2200, 918]) expect(worked).toContain(euro(minor));
  });

  it("runs on where a later month of it is closed first, and counts what the earlier one brings", async () => {
    campus = await openStudio(commercial);
    await deskDay("feb", "2025-02-03");
    for (const day of ["2025-03-03", "2025-03-04", "2025-03-05"]) await deskDay(day, day);
    await close("2025-03");
    const [first] = itemsOf(await campus.as("studio-oy").get("/commitments"));
    expect(first).toMatchObject({ netMinor: 8700, adjustmentMinor: -700 });
    await close("2025-02");
    const [both] = itemsOf(await campus.as("studio-oy").get("/commitments"));
    expect(both).toMatchObject({ netMinor: 11600, adjustmentMinor: -3600 });
    await expectSoundBooks("2025-03", "2025-02");
  });
});

describe("what is left of a balance", () => {
  it("expires when the month of its last day is closed, and stays with the payee", async () => {
    campus = await openStudio({
      prepaid: [{ id: "gift", amount: "500.00", validFor: { end: "2025-03-31" } }],
    });
    await deskDay("a", "2025-03-03");
    await close("2025-03");
    const { prepaid } = await statement("studio-oy", "2025-03");
    expect(prepaid).toMatchObject([
      { paidInMinor: 50000, drawnMinor: 3640, expiredMinor: 46360, leftMinor: 0 },
    ]);
    expect(await positions("2025-03")).toEqual({ "tax-office": 740, harbour: -740 });
    expect(await topUp(100, "gift")).toMatchObject({ status: 409, body: { code: "ECO_STATE_TRANSITION" } });
    await expectSoundBooks("2025-03");
    for (const minor of [3640, 46360]) expect(worked).toContain(euro(minor));
  });

  it("carries over, takes back what is cancelled, and is paid back to a payer that leaves", async () => {
    campus = await openStudio({ prepaid: [{ id: "credit" }] });
    await expectStatus(topUp(10000), 201);
    await deskDay("a", "2025-03-03");
    await close("2025-03");
    const left = async () => itemsOf(await campus.as("harbour").get("/prepaid-balances?party=studio-oy"));
    expect((await left()).find(({ id }) => id === "studio:credit:studio-oy")).toMatchObject({
      leftMinor: 6360,
    });
    await cancel("a");
    await close("2025-04");
    expect(await positions("2025-04")).toEqual({ "tax-office": -740, harbour: 740 });
    expect((await statement("studio-oy", "2025-04")).prepaid).toMatchObject([
      { carriedMinor: 6360, drawnMinor: -3640, leftMinor: 10000 },
    ]);
    await expectSoundBooks("2025-03", "2025-04");
  });

  it("of a late credit to one that has expired is owed in money", async () => {
    campus = await openStudio({
      prepaid: [{ id: "gift", amount: "36.40", validFor: { end: "2025-03-31" } }],
    });
    await deskDay("a", "2025-03-03");
    await close("2025-03");
    await cancel("a");
    await close("2025-04");
    expect(await positions("2025-04")).toEqual({ "studio-oy": 3640, "tax-office": -740, harbour: -2900 });
    await expectSoundBooks("2025-03", "2025-04");
  });

  it("isn't drawn for what was settled in money before it was paid in", async () => {
    campus = await openStudio({ prepaid: [{ id: "credit" }] });
    await deskDay("a", "2025-03-03");
    await expectStatus(topUp(1000), 201);
    await close("2025-03");
    await expectStatus(topUp(9000), 201);
    await deskDay("late", "2025-03-04");
    await close("2025-04");
    // Of the late day's 36.40 all, of the first day's 26.40 nothing.
    expect((await statement("studio-oy", "2025-04")).prepaid).toMatchObject([
      { drawnMinor: 3640, leftMinor: 5360 },
    ]);
    await expectSoundBooks("2025-03", "2025-04");
  });

  it("pays for the days on which it is valid only", async () => {
    campus = await openStudio({
      prepaid: [{ id: "week", amount: "100.00", validFor: { start: "2025-03-04", end: "2025-03-05" } }],
    });
    for (const day of ["2025-03-03", "2025-03-04", "2025-03-05", "2025-03-06"]) await deskDay(day, day);
    await close("2025-03");
    expect((await statement("studio-oy", "2025-03")).prepaid).toMatchObject([
      { drawnMinor: 7280, expiredMinor: 2720 },
    ]);
    await expectSoundBooks("2025-03");
  });
});

describe("topping up", () => {
  it.each([
    ["nothing", 0],
    ["less than nothing", -1],
    ["half a cent", 0.5],
    ["more than can be counted", 1e16],
  ])("with %s is refused", async (_, amount) => {
    campus = await openStudio({ prepaid: [{ id: "credit" }] });
    expect((await topUp(amount)).status).toBe(422);
    expect(itemsOf(await campus.as("harbour").get("/postings"))).toEqual([]);
  });

  it("holds no more than leaves the sums over many balances readable", async () => {
    campus = await openStudio({ prepaid: [{ id: "credit" }] });
    await expectStatus(topUp(9_007_199_254_740), 201);
    expect((await topUp(1)).status).toBe(422);
    await expectStatus(campus.as("harbour").get("/balances"), 200);
  });

  it("begins with what the agreement says is on it, and books both at once", async () => {
    campus = await openStudio({ prepaid: [{ id: "credit", amount: "5.00" }] });
    expect((await expectStatus(topUp(100), 201)).body).toMatchObject({ leftMinor: 600, paidInMinor: 600 });
    expect((await expectStatus(topUp(100, "credit", "harbour"), 201)).body).toMatchObject({ leftMinor: 700 });
    const [balance] = itemsOf(await campus.as("harbour").get("/balances?account=harbour/prepaid/studio-oy"));
    expect(balance?.["amountMinor"]).toBe(-700);
  });

  it("adds up, however many do it at once while a month is closed", async () => {
    campus = await openStudio({ prepaid: [{ id: "credit" }] });
    await deskDay("a", "2025-03-03");
    const replies = await Promise.all([
      ...Array.from({ length: 10 }, () => topUp(100)),
      campus.as("harbour").post("/settlements", { period: "2025-03" }),
      ...Array.from({ length: 10 }, () => topUp(100)),
    ]);
    expect(replies.every(({ status }) => status === 201)).toBe(true);
    await close("2025-04");
    const [credit] = itemsOf(await campus.as("studio-oy").get("/prepaid-balances"));
    expect(Number(credit?.["leftMinor"]) + Number(credit?.["drawnMinor"])).toBe(2000);
    await expectSoundBooks("2025-03", "2025-04");
  });
});
