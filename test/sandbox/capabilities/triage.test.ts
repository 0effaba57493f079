import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { weekAt, weekOf } from "../../../sandbox/capabilities/triage/week.ts";
import { openStore } from "../../../sandbox/index.ts";
import type { JsonObject, Store } from "../../../sandbox/store/store.ts";
import { lunchOrder } from "../testing/lunch.ts";
import { type Client, expectStatus, type Harbour, openHarbour } from "./harbour.ts";
import { recently } from "./legs.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "eco-triage-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const triage = async (as: Client, query = ""): Promise<JsonObject> =>
  (await expectStatus(as.get(`/triage${query}`), 200)).body;

const told = (body: JsonObject): unknown[] =>
  (body["items"] as JsonObject[]).map(({ kind, turn, task, dueAt, overdue }) => [
    kind,
    turn,
    task,
    dueAt,
    overdue,
  ]);

/** An offer that a silent provider leaves, a case, a dispute, a company that has registered, and a month that is over. */
async function busyCampus(store: Store): Promise<Harbour> {
  const harbour = await openHarbour({ store });
  const fjord = harbour.as("fjord-catering");
  await expectStatus(fjord.put("/sandbox/parties/fjord-catering/behaviour", { behaviour: "silent" }), 200);
  await expectStatus(harbour.as("spacefinder").post("/work-orders", lunchOrder), 201);
  const legs = [recently("march"), recently("february", { startedAt: "2026-02-10T11:45:00" })];
  for (const delivery of legs) await expectStatus(harbour.as("blueline").post("/deliveries", delivery), 201);
  const dispute = { deliveryId: "march", reason: "No." };
  await expectStatus(harbour.as("nordic-apps").post("/disputes", dispute), 201);
  return harbour;
}

const OFFER = [
  "work-order",
  "fjord-catering",
  "Answer the offer of catering-cover for nordic-apps.",
  "2026-03-16T08:30:00.000Z",
  false,
];
const DISPUTE = [
  "dispute",
  "harbour",
  "Decide what nordic-apps objects to in march.",
  // Fourteen days on the clocks of Helsinki, which change in between.
  "2026-03-30T07:00:00.000Z",
  false,
];
const MONTH = ["period", "harbour", "Close 2026-02.", undefined, false];

describe("the triage of a week", () => {
  it("shows what is due by its end or has no date, the most urgent first, and nothing that is done", async () => {
    const harbour = await busyCampus(await openStore("memory"));
    try {
      const campus = harbour.as("harbour");
      const body = await triage(campus);
      expect(body).toMatchObject({
        week: "2026-W12",
        // Monday in Helsinki, before the clocks change.
        until: "2026-03-22T22:00:00.000Z",
        open: 2,
        overdue: 0,
        kinds: [
          { kind: "work-order", open: 1, overdue: 0 },
          { kind: "period", open: 1, overdue: 0 },
        ],
        more: false,
      });
      expect(told(body)).toEqual([OFFER, MONTH]);
      // The dispute has two weeks.
      expect(told(await triage(campus, "?week=2026-W14"))).toEqual([OFFER, DISPUTE, MONTH]);
      expect(await triage(campus, "?week=2026-W14&limit=1")).toMatchObject({ open: 3, more: true });
      await expectStatus(campus.post("/settlements", { period: "2026-02" }), 201);
      expect(told(await triage(campus))).toEqual([OFFER]);
      // The next in turn takes the order; the dispute waits beyond its day.
      await expectStatus(campus.put("/sandbox/clock", { advance: "P20D" }), 200);
      const late = await triage(campus);
      expect(late).toMatchObject({ week: "2026-W14", overdue: 1 });
      expect(told(late)[0]).toEqual([...DISPUTE.slice(0, 4), true]);
      expect(told(late)).toContainEqual(["period", "harbour", "Close 2026-03.", undefined, false]);
    } finally {
      await harbour.close();
    }
  });

  it("shows a party what it takes part in, and the whole to who oversees the ecosystem", async () => {
    const harbour = await busyCampus(await openStore("memory"));
    try {
      expect(told(await triage(harbour.as("fjord-catering")))).toEqual([OFFER]);
      expect(told(await triage(harbour.as("blueline"), "?week=2026-W14"))).toEqual([DISPUTE]);
      expect(told(await triage(harbour.as("kestrel"), "?week=2026-W14"))).toEqual([OFFER]);
      expect(told(await triage(harbour.as("privacy-board"), "?party=blueline&week=2026-W14"))).toEqual([
        DISPUTE,
      ]);
      expect((await harbour.as("blueline").get("/triage?party=kestrel")).status).toBe(404);
      expect((await harbour.as("blueline").get("/triage?week=2026-W54")).status).toBe(422);
      expect((await harbour.nobody.get("/triage")).status).toBe(401);
    } finally {
      await harbour.close();
    }
  });

  it("follows an incident until it is reviewed, with its owner's deadlines", async () => {
    const harbour = await openHarbour();
    try {
      const owner = harbour.as("blueline");
      const report = { title: "No scans", severity: "major", products: ["express-leg"], owner: "blueline" };
      const { id } = (await expectStatus(harbour.as("nordic-apps").post("/incidents", report), 201)).body;
      const seen = async (): Promise<unknown> =>
        (await triage(harbour.as("harbour"), "?week=2026-W13"))["items"];
      const item = (task: string, dueAt: string): unknown[] => [
        expect.objectContaining({ kind: "incident", id: String(id), turn: "blueline", task, dueAt }),
      ];
      expect(await seen()).toEqual(item("Acknowledge “No scans” (major).", "2026-03-16T09:00:00.000Z"));
      await expectStatus(owner.post(`/incidents/${id}/acknowledgement`, {}), 200);
      expect(await seen()).toEqual(item("Resolve “No scans” (major).", "2026-03-17T08:00:00.000Z"));
      const cause = { cause: "defect", summary: "A full disk." };
      await expectStatus(owner.post(`/incidents/${id}/resolution`, cause), 200);
      expect(await seen()).toEqual(item("Review “No scans” (major).", "2026-03-21T08:00:00.000Z"));
      expect((await triage(harbour.as("kestrel"), "?week=2026-W13"))["items"]).toEqual([]);
      await expectStatus(owner.post(`/incidents/${id}/review`, { review: "Nobody looked at it." }), 200);
      expect(await seen()).toEqual([]);
    } finally {
      await harbour.close();
    }
  });

  it("is the same on a store on disk", async () => {
    const seen: unknown[] = [];
    for (const at of ["memory", join(directory, "sandbox.db")]) {
      const harbour = await busyCampus(await openStore(at));
      try {
        seen.push(told(await triage(harbour.as("harbour"), "?week=2026-W14")));
      } finally {
        await harbour.close();
      }
    }
    expect(seen).toEqual([seen[0], seen[0]]);
    expect(seen[0]).toHaveLength(3);
  });
});

describe("a week", () => {
  it.each([
    ["2026-W01", "Europe/Helsinki", "2026-01-04T22:00:00.000Z"],
    ["2026-W13", "Europe/Helsinki", "2026-03-29T21:00:00.000Z"],
    ["2020-W53", "UTC", "2021-01-04T00:00:00.000Z"],
  ])("%s in %s ends at %s", (week, zone, until) => {
    expect(weekOf(week, zone)).toEqual({ week, until });
    expect(weekAt(new Date(Date.parse(until) - 1).toISOString(), zone)).toEqual({ week, until });
    expect(weekAt(until, zone).week).not.toBe(week);
  });
  it.each(["2021-W53", "2026-W00", "2026-12", ""])("%j is none", (text) => {
    expect(weekOf(text, "UTC")).toBeUndefined();
  });
});
