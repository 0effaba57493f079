import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { type IssuedStatement, verifyStatement } from "../../../sandbox/ledger/index.ts";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { type Company, joinAs } from "./company.ts";
import { byParty, type Client, everyItem, expectStatus, type Harbour, itemsOf } from "./harbour.ts";
import { openStudio } from "./studio.ts";

interface Studio {
  readonly harbour: Harbour;
  readonly campus: Client;
  readonly studio: Company;
}

/** The campus with a member that has an agreement of its own, on Monday 16 March 2026. */
async function open(commercial: JsonObject): Promise<Studio> {
  const harbour = await openStudio(commercial);
  onTestFinished(() => harbour.close());
  return { harbour, campus: harbour.as("harbour"), studio: await joinAs(harbour, "studio-oy", "customer") };
}

const deskDay = ({ campus }: Studio, id: string, day = "2026-03-10") =>
  expectStatus(
    campus.post("/deliveries", {
      id,
      product: "desk-day",
      customer: "studio-oy",
      startedAt: `${day}T09:00:00`,
      usage: {},
    }),
    201,
  );
const cancel = ({ campus }: Studio, id: string) =>
  expectStatus(campus.post(`/deliveries/${id}/cancellation`, { reason: "Not used." }), 200);
const topUp = ({ campus }: Studio, amountMinor: number) =>
  campus.post("/prepaid-balances/studio:credit:studio-oy/top-ups", { amountMinor });
const clock = ({ campus }: Pick<Studio, "campus">, set: string) =>
  expectStatus(campus.put("/sandbox/clock", { set }), 200);
const statusOf = async ({ campus }: Studio): Promise<unknown> =>
  (await campus.get("/parties/studio-oy")).body["status"];
const openEnds = async ({ studio }: Studio): Promise<unknown[]> =>
  itemsOf(await studio.client.get("/parties/studio-oy/exit"), "openEnds").map(({ kind, id }) => [kind, id]);

/** Closes a month; what the member gets (positive) or pays with it. */
async function close({ campus }: Studio, period: string): Promise<number> {
  const { body } = await expectStatus(campus.post("/settlements", { period }), 201);
  return byParty(body["positions"])["studio-oy"] ?? 0;
}

/** Nothing is left open with anybody, the books sum to zero, and the member's statements explain all that it settled. */
async function expectAllExplained({ campus, studio }: Studio, paidInMinor = 0): Promise<void> {
  const balances = itemsOf(await campus.get("/balances?limit=200"));
  const amountOf = (account: string): number =>
    Number(balances.find((each) => each["account"] === account)?.["amountMinor"] ?? 0);
  expect(balances.reduce((sum, each) => sum + Number(each["amountMinor"]), 0)).toBe(0);
  const leftOpen = balances.filter(
    ({ account, amountMinor }) =>
      /\/(receivable|payable|tax|prepaid)(\/|$)/.test(String(account)) && amountMinor !== 0,
  );
  expect(leftOpen).toEqual([]);
  const statements = (await everyItem(studio.client, "/statements?limit=50")) as readonly object[];
  let settled = -paidInMinor;
  for (const statement of statements as readonly IssuedStatement[]) {
    expect(verifyStatement(statement).findings).toEqual([]);
    settled += statement.payableMinor;
  }
  expect(amountOf("studio-oy/settled")).toBe(settled);
  // What it was owed and owed is what its services, their tax and what expired cost it.
  const spent = balances.filter(({ account }) =>
    /^studio-oy\/(cost|revenue|service-credit)/.test(String(account)),
  );
  expect(spent.reduce((sum, each) => sum + Number(each["amountMinor"]), settled)).toBe(0);
}

const aMinimum = (period: string): JsonObject => ({
  commitments: [{ id: "floor", period, minimumAmount: "100.00" }],
});

describe("a commitment of a member that leaves", () => {
  it("binds it to the end of the month in which it left, and in none after it", async () => {
    const at = await open(aMinimum("month"));
    await deskDay(at, "a");
    expect((await at.studio.leave())["status"]).toBe("exiting");
    expect(await openEnds(at)).toContainEqual(["commitment", "studio:floor:studio-oy:2026-03"]);
    // 100.00 in all, and 25.5 % of tax on it.
    expect(await close(at, "2026-03")).toBe(-12_550);
    expect(await statusOf(at)).toBe("exited");
    await clock(at, "2026-05-10T08:00:00Z");
    expect(await close(at, "2026-04")).toBe(0);
    await expectAllExplained(at);
  });

  it("keeps it on its way out though nothing was ever delivered", async () => {
    const at = await open(aMinimum("month"));
    expect((await at.studio.leave())["status"]).toBe("exiting");
    expect(await openEnds(at)).toEqual([["commitment", "studio:floor:studio-oy:2026-03"]]);
    expect(await close(at, "2026-03")).toBe(-12_550);
    expect(await statusOf(at)).toBe("exited");
    const { body } = await at.studio.client.get("/parties/studio-oy/export");
    expect(body["commitments"]).toMatchObject([
      { period: "2026-03", status: "settled", adjustmentMinor: 10_000 },
    ]);
    await expectAllExplained(at);
  });

  it("over a year is settled with the year, and what comes late of it counts even then", async () => {
    const at = await open(aMinimum("year"));
    await deskDay(at, "a");
    await at.studio.leave();
    expect(await close(at, "2026-03")).toBe(-3640);
    expect(await statusOf(at)).toBe("exiting");
    expect(await openEnds(at)).toEqual([["commitment", "studio:floor:studio-oy:2026"]]);
    await clock(at, "2027-01-10T08:00:00Z");
    // 71.00 to the minimum of 100.00, and 18.10 of tax.
    expect(await close(at, "2026-12")).toBe(-8910);
    expect(await statusOf(at)).toBe("exited");
    await cancel(at, "a");
    // Booked into the first open month: the day is given back, and the minimum is owed all the same.
    expect(await close(at, "2026-04")).toBe(0);
    await expectAllExplained(at);
  });

  it("doesn't bind what it finishes in a month after its exit, open dispute or not", async () => {
    const at = await open(aMinimum("month"));
    const { campus, studio, harbour } = at;
    await deskDay(at, "a");
    await expectStatus(harbour.as("blueline").post("/deliveries", express("leg")), 201);
    const claim = { deliveryId: "leg", reason: "Lost.", claimMinor: 1000 };
    const { body } = await expectStatus(studio.client.post("/disputes", claim), 201);
    await studio.leave();
    const march = await close(at, "2026-03");
    expect(await statusOf(at)).toBe("exiting");
    await clock(at, "2026-04-10T08:00:00Z");
    const outcome = { outcome: "upheld", reason: "Lost." };
    await expectStatus(campus.post(`/disputes/${String(body["id"])}/resolution`, outcome), 200);
    expect(await statusOf(at)).toBe("exiting");
    // 10.00 and 10 % of tax come back, and nothing else is asked for.
    expect([march < 0, await close(at, "2026-04")]).toEqual([true, 1100]);
    expect(await statusOf(at)).toBe("exited");
    await expectAllExplained(at);
  });
});

const express = (id: string): JsonObject => ({
  id,
  product: "express-leg",
  customer: "studio-oy",
  startedAt: "2026-03-10T11:45:00",
  usage: { distanceMiles: 920, arrivalDelayMinutes: 0 },
});

describe("what a member that leaves has paid ahead", () => {
  it("is given back with the month, less what the month drew", async () => {
    const at = await open({ prepaid: [{ id: "credit" }] });
    await expectStatus(topUp(at, 10_000), 201);
    await deskDay(at, "a");
    await at.studio.leave();
    expect(await topUp(at, 1000)).toMatchObject({ status: 422, body: { code: "ECO_PARTY_NOT_ACTIVE" } });
    expect(await close(at, "2026-03")).toBe(10_000 - 3640);
    expect(await statusOf(at)).toBe("exited");
    const [balance] = itemsOf(
      await at.studio.client.get("/prepaid-balances?party=studio-oy"),
      "items",
    ).filter(({ balanceId, agreementId }) => balanceId === "credit" && agreementId === "studio");
    const { body } = await at.studio.client.get("/parties/studio-oy/export");
    expect(body["prepaidBalances"]).toEqual([balance]);
    expect(balance).toMatchObject({
      paidInMinor: 10_000,
      drawnMinor: 3640,
      refundedMinor: 6360,
      leftMinor: 0,
    });
    await expectAllExplained(at, 10_000);
  });

  it("is given back where only the agreement says that it was paid", async () => {
    const at = await open({ prepaid: [{ id: "credit", amount: "50.00" }] });
    expect((await at.studio.leave())["status"]).toBe("exiting");
    expect(await openEnds(at)).toEqual([["balance", "studio-oy/prepaid/harbour"]]);
    expect(await close(at, "2026-03")).toBe(5000);
    expect(await statusOf(at)).toBe("exited");
    await expectAllExplained(at, 5000);
  });

  it("is given back once more where a correction after the exit leaves more of it", async () => {
    const at = await open({ prepaid: [{ id: "credit" }] });
    await expectStatus(topUp(at, 10_000), 201);
    await deskDay(at, "a");
    await at.studio.leave();
    await close(at, "2026-03");
    await cancel(at, "a");
    await clock(at, "2026-04-10T08:00:00Z");
    expect(await close(at, "2026-04")).toBe(3640);
    expect(await statusOf(at)).toBe("exited");
    await expectAllExplained(at, 10_000);
  });
});

type Step =
  | { readonly does: "deliver" | "cancel" | "leave" | "close"; readonly which: number }
  | { readonly does: "topUp"; readonly which: number }
  | { readonly does: "dispute" | "decide"; readonly which: number };

const aStep: fc.Arbitrary<Step> = fc.record({
  does: fc.constantFrom("deliver", "deliver", "cancel", "topUp", "dispute", "decide", "leave", "close"),
  which: fc.nat({ max: 30 }),
});

describe("whatever happens around an exit", () => {
  it("all is settled, given back and explained in the end, and the member is out", async () => {
    const { harbour, campus } = await open({
      commitments: [{ id: "floor", period: "month", minimumAmount: "60.00" }],
      prepaid: [{ id: "credit" }],
    });
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { minLength: 5, maxLength: 16 }), async (steps) => {
        await expectStatus(campus.post("/sandbox/reset"), 204);
        await clock({ campus }, "2026-03-16T08:00:00Z");
        const at = { harbour, campus, studio: await joinAs(harbour, "studio-oy", "customer") };
        const paidIn = await act(at, steps);
        await expectAllExplained(at, paidIn);
        expect(await statusOf(at)).toBe("exited");
      }),
      { numRuns: 12 },
    );
  });
});

/** Takes the steps, each month closed in its turn, then finishes what is open; what was paid ahead. */
async function act(at: Studio, steps: readonly Step[]): Promise<number> {
  const { campus, studio } = at;
  const ids: string[] = [];
  const disputes: string[] = [];
  let month = 3;
  let left = false;
  let paidIn = 0;
  const next = async (): Promise<void> => {
    await close(at, `2026-${String(month).padStart(2, "0")}`);
    month += 1;
    await clock(at, `2026-${String(month).padStart(2, "0")}-10T08:00:00Z`);
  };
  const leave = async (): Promise<void> => {
    if (!left) await studio.leave();
    left = true;
  };
  const decide = (id: string, which: number) =>
    campus.post(`/disputes/${id}/resolution`, {
      outcome: which % 2 === 0 ? "upheld" : "rejected",
      reason: "Seen.",
    });
  for (const { does, which } of steps) {
    const id = ids[which % Math.max(ids.length, 1)];
    if (does === "deliver" && !left) {
      const made = `d${ids.length}`;
      await deskDay(at, made, `2026-0${month}-${String((which % 9) + 1).padStart(2, "0")}`);
      ids.push(made);
    } else if (does === "cancel" && id !== undefined) {
      // One that is cancelled or disputed stays as it is.
      expect([200, 409]).toContain(
        (await campus.post(`/deliveries/${id}/cancellation`, { reason: "No." })).status,
      );
    } else if (does === "topUp" && !left) {
      await expectStatus(topUp(at, 500 * (which + 1)), 201);
      paidIn += 500 * (which + 1);
    } else if (does === "dispute" && id !== undefined) {
      const { status, body } = await studio.client.post("/disputes", { deliveryId: id, reason: "No desk." });
      if (status === 201) disputes.push(String(body["id"]));
    } else if (does === "decide" && disputes.length > 0) {
      await expectStatus(decide(disputes.shift() ?? "", which), 200);
    } else if (does === "leave") await leave();
    else if (does === "close" && month < 8) await next();
  }
  await leave();
  await next();
  for (const id of disputes) await expectStatus(decide(id, 0), 200);
  await next();
  return paidIn;
}
