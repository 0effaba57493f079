import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type IssuedStatement, verifyStatement } from "../../../sandbox/ledger/index.ts";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { byParty, expectStatus, type Harbour, itemsOf, openHarbour } from "./harbour.ts";
import { leg, lunch } from "./legs.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

const submit = (id: string, over: JsonObject = {}) =>
  expectStatus(harbour.as("blueline").post("/deliveries", leg(id, over)), 201);
const close = (period: string) => expectStatus(harbour.as("harbour").post("/settlements", { period }), 201);
const correct = (id: string, usage: JsonObject) =>
  expectStatus(
    harbour.as("blueline").post(`/deliveries/${id}/corrections`, { usage, reason: "Read wrongly." }),
    200,
  );

/** Who oversees the ecosystem is shown everybody's. */
async function statementsOf(party: string, period: string): Promise<IssuedStatement[]> {
  const all = itemsOf(await harbour.as(party).get(`/statements?period=${period}&limit=200`));
  return all.filter((each) => each["party"] === party) as object[] as IssuedStatement[];
}

async function statementOf(party: string, period: string): Promise<IssuedStatement> {
  const [statement, ...more] = await statementsOf(party, period);
  if (statement === undefined || more.length > 0)
    throw new Error(`${party} has no one statement of ${period}`);
  return statement;
}

const parties = ["nordic-apps", "harbour", "wayfare", "blueline", "tax-office"];

describe("documents", () => {
  it("bill each pair of parties once, under one number on both statements, self-billed but for the orchestrator's own", async () => {
    await submit("a");
    await submit("b");
    await close("2001-01");
    const { documents } = await statementOf("harbour", "2001-01");
    expect(
      documents?.map(({ number, type, supplier, customer, selfBilled }) => [
        number,
        type,
        supplier,
        customer,
        selfBilled,
      ]),
    ).toEqual([
      ["blueline-000001/1", "invoice", "blueline", "harbour", true],
      ["harbour-000001/1", "invoice", "harbour", "nordic-apps", false],
      ["wayfare-000001/1", "invoice", "wayfare", "harbour", true],
    ]);
    const own = await statementOf("blueline", "2001-01");
    expect(own.documents).toEqual(documents?.slice(0, 1));
    const [invoice] = own.documents ?? [];
    expect(invoice).toMatchObject({ netMinor: 2 * 13204, serviceCreditMinor: 2 * 1155, issuedBy: "harbour" });
    expect(invoice?.taxes).toEqual([
      { taxCode: "express", taxPercent: "10", baseMinor: 2 * 12049, taxMinor: invoice?.taxMinor },
    ]);
  });

  it("credit and debit what a correction changes after the statement was issued, and name the original", async () => {
    await submit("a");
    await submit("b", { usage: { distanceMiles: 920, arrivalDelayMinutes: 0 } });
    await close("2001-01");
    await correct("a", { arrivalDelayMinutes: 0 });
    await correct("b", { arrivalDelayMinutes: 70 });
    await close("2001-02");
    const { documents, lines } = await statementOf("nordic-apps", "2001-02");
    const harbours = documents?.filter(({ supplier }) => supplier === "harbour");
    expect(harbours?.map(({ number, type, corrects }) => [number, type, corrects])).toEqual([
      ["harbour-000002/1", "credit-note", "harbour-000001/1"],
      ["harbour-000002/2", "debit-note", "harbour-000001/1"],
    ]);
    expect(harbours?.map(({ payableMinor }) => payableMinor < 0)).toEqual([true, false]);
    expect(lines.map(({ booking, corrects }) => [booking, corrects])).toEqual([
      ["correction", "harbour-000001/1"],
      ["correction", "harbour-000001/1"],
    ]);
  });

  it("credit a reversal, a dispute and a second correction against the first invoice", async () => {
    const now = { startedAt: "2026-02-10T11:45:00" };
    for (const id of ["a", "b", "c"]) await submit(id, now);
    await close("2026-02");
    await expectStatus(harbour.as("blueline").post("/deliveries/a/cancellation", { reason: "Twice." }), 200);
    const dispute = await expectStatus(
      harbour.as("nordic-apps").post("/disputes", { deliveryId: "b", reason: "Broken.", claimMinor: 5000 }),
      201,
    );
    await expectStatus(
      harbour.as("harbour").post(`/disputes/${String(dispute.body["id"])}/resolution`, {
        outcome: "upheld",
        reason: "Yes.",
      }),
      200,
    );
    await correct("c", { distanceMiles: 800 });
    await close("2026-03");
    await harbour.as("harbour").put("/sandbox/clock", { advance: "P31D" });
    await correct("c", { distanceMiles: 700 });
    await close("2026-04");
    const march = await statementOf("nordic-apps", "2026-03");
    expect(march.documents?.map(({ type, corrects }) => [type, corrects])).toEqual([
      ["credit-note", "harbour-000001/1"],
    ]);
    expect(march.lines.map(({ booking }) => booking)).toEqual(["reversal", "dispute", "correction"]);
    const april = await statementOf("nordic-apps", "2026-04");
    expect(april.documents?.map(({ number, corrects }) => [number, corrects])).toEqual([
      ["harbour-000003/1", "harbour-000001/1"],
    ]);
    for (const party of parties)
      for (const period of ["2026-02", "2026-03", "2026-04"])
        for (const statement of await statementsOf(party, period))
          expect(verifyStatement(statement).findings).toEqual([]);
  });

  it("take a correction before the close as part of the invoice, not as a note", async () => {
    await submit("a");
    await correct("a", { arrivalDelayMinutes: 0 });
    await close("2001-01");
    const { documents, lines } = await statementOf("nordic-apps", "2001-01");
    expect(documents?.map(({ type }) => type)).toEqual(["invoice"]);
    expect(lines.map(({ booking }) => booking)).toEqual(["rating", "correction"]);
  });
});

describe("numbers", () => {
  it("have no gaps, statement by statement and document by document", async () => {
    for (const period of ["2001-01", "2001-02", "2001-03"]) {
      await submit(`leg-${period}`, { startedAt: `${period}-05T11:45:00` });
      await close(period);
    }
    for (const party of ["nordic-apps", "blueline", "harbour"]) {
      const issued = itemsOf(await harbour.as(party).get("/statements?limit=200"));
      const own = party === "harbour" ? issued.filter((each) => each["party"] === party) : issued;
      expect(own.map(({ number }) => number)).toEqual([1, 2, 3].map((n) => `${party}-00000${n}`));
    }
    const { documents } = await statementOf("nordic-apps", "2001-02");
    expect(documents?.map(({ number }) => number)).toEqual(["harbour-000002/1"]);
  });
});

describe("a party alone", () => {
  const known = async (party: string): Promise<Map<string, string>> =>
    new Map(
      itemsOf(await harbour.as(party).get("/deliveries?limit=200")).map((each) => [
        String(each["id"]),
        String(each["fingerprint"]),
      ]),
    );

  it("verifies every leg of a chain against the fingerprints it was shown", async () => {
    await expectStatus(harbour.as("fjord-catering").post("/deliveries", lunch), 201);
    await close("2025-03");
    for (const party of ["nordic-apps", "spacefinder", "fjord-catering", "kestrel"]) {
      const statement = await statementOf(party, "2025-03");
      const fingerprints = await known(party);
      const { provenLines, findings } = verifyStatement(statement, (id) => fingerprints.get(id));
      expect(findings).toEqual([]);
      expect(provenLines).toBe(statement.lines.filter(({ legId }) => legId !== undefined).length);
    }
  });

  it("knows a correction that moved no amount under the same fingerprint", async () => {
    await submit("a", { usage: { distanceMiles: 920, arrivalDelayMinutes: 4 } });
    await close("2001-01");
    const before = await known("blueline");
    await correct("a", { arrivalDelayMinutes: 5 });
    expect(await known("blueline")).toEqual(before);
    const statement = await statementOf("blueline", "2001-01");
    expect(verifyStatement(statement, (id) => before.get(id)).findings).toEqual([]);
  });

  it("finds the leg that it was shown otherwise", async () => {
    await submit("a");
    await close("2001-01");
    const statement = await statementOf("blueline", "2001-01");
    const { findings } = verifyStatement(statement, () => "sha256:00");
    expect(findings.map(({ problem, deliveryId }) => [problem, deliveryId])).toEqual([
      ["other-fingerprint", "a"],
    ]);
  });
});

describe("a long statement", () => {
  const many = 620;
  const read = async (party: string, path: string) =>
    (await expectStatus(harbour.as(party).get(path), 200)).body as JsonObject & {
      lines?: JsonObject[];
      items?: JsonObject[];
      nextLines?: string;
      nextCursor?: string;
    };

  async function allLines(party: string, id: string, limit: number): Promise<JsonObject[]> {
    const { lines = [], nextLines } = await read(party, `/statements/${id}`);
    const found = [...lines];
    for (let cursor = nextLines; cursor !== undefined; ) {
      const page = await read(party, `/statements/${id}/lines?cursor=${cursor}&limit=${limit}`);
      found.push(...(page.items ?? []));
      cursor = page.nextCursor;
    }
    return found;
  }

  beforeEach(async () => {
    const rows = Array.from({ length: many }, (_, i) => leg(`d-${i}`));
    for (let at = 0; at < many; at += 100)
      await expectStatus(
        harbour.as("blueline").post("/deliveries/batch", { deliveries: rows.slice(at, at + 100) }),
        200,
      );
    await close("2001-01");
  });

  it("comes in pages that hold each line once, in order, and proves itself whole only", async () => {
    for (const party of ["blueline", "nordic-apps", "tax-office"]) {
      const [{ id } = { id: "" }] = itemsOf(await harbour.as(party).get("/statements?period=2001-01")).filter(
        (each) => each["party"] === party,
      );
      const first = (await read(party, `/statements/${String(id)}`)) as object as IssuedStatement;
      const pages = await Promise.all([7, 200].map((limit) => allLines(party, String(id), limit)));
      expect(pages[0]).toEqual(pages[1]);
      const ids = (pages[0] ?? []).flatMap(({ deliveryId }) => deliveryId ?? []);
      expect(ids).toEqual(party === "tax-office" ? [] : rowsInOrder());
      expect(pages[0]).toHaveLength(first.lineCount ?? 0);
      const whole = { ...first, lines: pages[0] ?? [] } as object as IssuedStatement;
      expect(verifyStatement(whole).findings).toEqual([]);
      if (party !== "tax-office")
        expect(verifyStatement(first).findings.map(({ problem }) => problem)).toContain("lines-missing");
    }
  });

  const rowsInOrder = (): string[] => Array.from({ length: many }, (_, i) => `d-${i}`);

  it("stays as it was issued, byte for byte, whatever is corrected, cancelled and closed later", async () => {
    const [{ id } = { id: "" }] = itemsOf(await harbour.as("blueline").get("/statements?period=2001-01"));
    const before = JSON.stringify(await allLines("blueline", String(id), 200));
    await correct("d-3", { arrivalDelayMinutes: 0 });
    await correct("d-3", { arrivalDelayMinutes: 70 });
    await expectStatus(
      harbour.as("blueline").post("/deliveries/d-5/cancellation", { reason: "Twice." }),
      200,
    );
    await close("2001-02");
    await correct("d-3", { arrivalDelayMinutes: 1 });
    expect(JSON.stringify(await allLines("blueline", String(id), 200))).toBe(before);
  });

  it.each(["c1", "l0", "l0.zzzzz", "l-1.0", "%00"])("refuses the cursor %s", async (cursor) => {
    const [{ id } = { id: "" }] = itemsOf(await harbour.as("blueline").get("/statements?period=2001-01"));
    const { status } = await harbour.as("blueline").get(`/statements/${String(id)}/lines?cursor=${cursor}`);
    expect(status).toBe(422);
  });

  it("is nobody else's, page by page either", async () => {
    const [{ id } = { id: "" }] = itemsOf(await harbour.as("blueline").get("/statements?period=2001-01"));
    expect((await harbour.as("wayfare").get(`/statements/${String(id)}/lines`)).status).toBe(404);
  });
});

describe("the close of a period", () => {
  it("happens once, however many ask for it at the same time", async () => {
    await submit("a");
    const campus = harbour.as("harbour");
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => campus.post("/settlements", { period: "2001-01" })),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = replies.filter(({ status }) => status !== 201);
    expect(refused.every(({ status, body }) => status === 409 && body["code"] === "ECO_PERIOD_CLOSED")).toBe(
      true,
    );
    expect(itemsOf(await campus.get("/settlements"))).toHaveLength(1);
    expect(await statementsOf("blueline", "2001-01")).toHaveLength(1);
  });

  it("puts corrections that race with it into one of the two periods, each once, so that the statements add up", async () => {
    const ids = Array.from({ length: 16 }, (_, i) => `leg-${i}`);
    for (const id of ids) await submit(id);
    const corrections = ids.map((id) => correct(id, { arrivalDelayMinutes: 0 }));
    await close("2001-01");
    await Promise.all(corrections);
    await close("2001-02");
    let paid = 0;
    for (const period of ["2001-01", "2001-02"])
      for (const statement of await statementsOf("nordic-apps", period)) {
        expect(verifyStatement(statement).findings).toEqual([]);
        paid += statement.payableMinor;
      }
    expect(paid).toBe(-16 * 15874);
  });

  it("nets each period by itself: the same books in two periods or in one", async () => {
    await submit("a");
    await submit("b", { startedAt: "2001-02-05T11:45:00" });
    const january = byParty((await close("2001-01")).body["positions"]);
    const february = byParty((await close("2001-02")).body["positions"]);
    const other = await openHarbour();
    for (const id of ["a", "b"]) await expectStatus(other.as("blueline").post("/deliveries", leg(id)), 201);
    const both = await expectStatus(other.as("harbour").post("/settlements", { period: "2001-01" }), 201);
    await other.close();
    for (const [party, amount] of Object.entries(byParty(both.body["positions"])))
      expect((january[party] ?? 0) + (february[party] ?? 0)).toBe(amount);
    const balances = itemsOf(await harbour.as("harbour").get("/balances"));
    const open = balances.filter(({ account }) => /\/(receivable|payable|tax)(\/|$)/.test(String(account)));
    expect(open.every(({ amountMinor }) => amountMinor === 0)).toBe(true);
  });

  it("is followed by late usage in the first period that is open, however many are closed", async () => {
    for (const period of ["2001-01", "2001-02", "2001-03"]) await close(period);
    await submit("late");
    const april = await close("2001-04");
    expect(byParty(april.body["positions"])["nordic-apps"]).toBe(-14287);
    expect((await statementOf("nordic-apps", "2001-04")).documents?.map(({ type }) => type)).toEqual([
      "invoice",
    ]);
  });
});
