import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../../../sandbox/index.ts";
import type { JsonObject, Store } from "../../../sandbox/store/store.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { expectStatus, type Harbour, itemsOf, openHarbour, type Reply, sumOf } from "./harbour.ts";
import { booksOf, leg, recently } from "./legs.ts";

const outage = {
  title: "Bookings of express legs fail",
  severity: "major",
  products: ["express-leg"],
  parties: ["blueline"],
  since: "2026-03-10T09:00:00Z",
};
const idOf = ({ body }: Reply): string => String(body["id"]);

/** The reference ecosystem with an incident, and what is done with it. */
function desk(harbour: Harbour) {
  const on = (id: string, step: string) => `/incidents/${id}/${step}`;
  return {
    open: (over: JsonObject = {}, party = "wayfare") =>
      harbour.as(party).post("/incidents", { ...outage, ...over }),
    step: (id: string, step: string, body: JsonObject = {}, party = "blueline") =>
      harbour.as(party).post(on(id, step), body),
    later: (advance: string) =>
      expectStatus(harbour.as("harbour").put("/sandbox/clock", { advance, mode: "frozen" }), 200),
    events: async (party: string, name: string) =>
      itemsOf(await harbour.as(party).get(`/events?type=campus.harbour.incident.${name}.v1&limit=200`)),
  };
}

describe("an incident", () => {
  let harbour: Harbour;
  let { open, step, later, events } = {} as ReturnType<typeof desk>;
  beforeEach(async () => {
    harbour = await openHarbour();
    ({ open, step, later, events } = desk(harbour));
  });
  afterEach(() => harbour.close());

  it("is told to whom it concerns, and to nobody else", async () => {
    await expectStatus(harbour.as("harbour").post("/deliveries", recently("in-time")), 201);
    const before = { customer: "studio-oy" };
    await expectStatus(harbour.as("harbour").post("/deliveries", leg("long-ago", before)), 201);
    const opened = await expectStatus(open(), 201);
    expect(opened.body).toMatchObject({
      status: "open",
      reportedBy: "wayfare",
      owner: "blueline",
      affected: ["blueline", "harbour", "nordic-apps", "wayfare"],
      acknowledgeBy: "2026-03-16T09:00:00.000Z",
      resolveBy: "2026-03-17T08:00:00.000Z",
    });
    for (const party of ["blueline", "harbour", "nordic-apps", "wayfare"])
      expect(await events(party, "opened")).toMatchObject([{ subject: idOf(opened) }]);
    expect(await events("studio-oy", "opened")).toEqual([]);
    const path = `/incidents/${idOf(opened)}`;
    expect(await harbour.as("studio-oy").get(path)).toMatchObject({ status: 404 });
    expect((await harbour.as("nordic-apps").get(path)).body["affected"]).toEqual(["nordic-apps"]);
    expect(JSON.stringify(await harbour.as("nordic-apps").get("/incidents"))).not.toContain("lookedUpTo");
  });

  it("of a product alone concerns who sells and renders it, before anything is delivered", async () => {
    const { body } = await expectStatus(open({ parties: [] }), 201);
    expect(body).toMatchObject({ owner: "harbour", affected: ["blueline", "wayfare"] });
  });

  it("finds whom it came to concern with each update", async () => {
    const id = idOf(await expectStatus(open(), 201));
    const between = recently("between", { customer: "studio-oy", startedAt: "2026-03-11T11:45:00" });
    await expectStatus(harbour.as("harbour").post("/deliveries", between), 201);
    const updated = await expectStatus(step(id, "updates", { note: "Still so.", severity: "critical" }), 200);
    expect(updated.body).toMatchObject({
      severity: "critical",
      acknowledgeBy: "2026-03-16T08:15:00.000Z",
      affected: expect.arrayContaining(["studio-oy"]),
      updates: [{ by: "blueline", note: "Still so." }],
    });
    expect(await events("studio-oy", "updated")).toHaveLength(1);
    expect(await step(id, "updates", { note: "Me too." }, "studio-oy")).toMatchObject({ status: 403 });
  });

  it("goes its way from hand to hand, each in its turn", async () => {
    const id = idOf(await expectStatus(open(), 201));
    expect(await step(id, "acknowledgement", {}, "wayfare")).toMatchObject({
      status: 403,
      body: { code: "ECO_FORBIDDEN" },
    });
    await expectStatus(step(id, "handover", { owner: "wayfare", note: "It is your system." }), 200);
    expect(await step(id, "acknowledgement")).toMatchObject({ status: 403 });
    const seen = await expectStatus(step(id, "acknowledgement", { note: "We look." }, "wayfare"), 200);
    expect(seen.body).toMatchObject({ status: "acknowledged", owner: "wayfare" });
    expect(await step(id, "acknowledgement", {}, "wayfare")).toMatchObject({ status: 409 });
    expect(await step(id, "review", { review: "So." }, "wayfare")).toMatchObject({ status: 409 });
    const end = { cause: "defect", summary: "A disk was full." };
    const resolved = await expectStatus(step(id, "resolution", end, "wayfare"), 200);
    expect(resolved.body).toMatchObject({
      status: "resolved",
      cause: "defect",
      reviewBy: "2026-03-21T08:00:00.000Z",
    });
    for (const [name, body] of [
      ["updates", { note: "x" }],
      ["resolution", end],
      ["handover", { owner: "harbour" }],
    ] as const)
      expect(await step(id, name, body, "wayfare")).toMatchObject({ status: 409 });
    const learnt = { review: "Nobody looked at disks.", actions: ["Look at disks."] };
    expect((await expectStatus(step(id, "review", learnt, "wayfare"), 200)).body).toMatchObject(learnt);
    expect(await step(id, "review", learnt, "wayfare")).toMatchObject({ status: 409 });
    for (const name of ["opened", "handed-over", "acknowledged", "resolved", "reviewed"])
      expect(await events("blueline", name)).toHaveLength(1);
  });

  it("tells once of each deadline that it misses, by the virtual clock, and of none that it keeps", async () => {
    const [kept, missed] = [await expectStatus(open(), 201), await expectStatus(open(), 201)].map(idOf);
    await expectStatus(step(kept ?? "", "acknowledgement"), 200);
    await later("PT2H");
    await later("P2D");
    const overdue = await events("nordic-apps", "overdue");
    expect(overdue).toEqual([]);
    expect(
      (await events("wayfare", "overdue")).map(({ subject, time, data }) => [
        subject,
        time,
        (data as JsonObject)["deadline"],
      ]),
    ).toEqual([
      [missed, "2026-03-16T09:00:00.000Z", "acknowledge"],
      [kept, "2026-03-17T08:00:00.000Z", "resolve"],
      [missed, "2026-03-17T08:00:00.000Z", "resolve"],
    ]);
    expect((await harbour.as("wayfare").get(`/incidents/${missed}`)).body["overdue"]).toEqual([
      "acknowledge",
      "resolve",
    ]);
  });

  it("keeps no deadline of the severity that it had, where the new one sets none", async () => {
    const { catalog } = await loadedSpecs();
    const { ecosystem } = catalog;
    const { incidents } = ecosystem.content as { incidents: { severities: { id: string }[] } };
    const easy = incidents.severities.map(({ id, ...rest }) => (id === "minor" ? { id } : { id, ...rest }));
    const content = { ...ecosystem.content, incidents: { ...incidents, severities: easy } };
    await harbour.close();
    harbour = await openHarbour({ catalog: { ...catalog, ecosystem: { ...ecosystem, content } } });
    ({ open, step, later, events } = desk(harbour));
    const id = idOf(await expectStatus(open(), 201));
    const { body } = await expectStatus(step(id, "updates", { note: "Not so bad.", severity: "minor" }), 200);
    expect(body).not.toHaveProperty("acknowledgeBy");
    expect(body).not.toHaveProperty("resolveBy");
    await later("P2D");
    expect(await events("wayfare", "overdue")).toEqual([]);
  });

  it.each([
    [{ severity: "awful" }, "#/severity"],
    [{ products: ["none"] }, "#/products/0"],
    [{ products: [], parties: [] }, "#/products"],
    [{ parties: ["nobody"], owner: "harbour" }, "#/parties/0"],
    [{ owner: "nobody" }, "#/owner"],
    [{ since: "2027-01-01T00:00:00Z" }, "#/since"],
  ])("refuses %j, and says where", async (over, pointer) => {
    expect(await open(over)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });

  it("is shown by the deliveries that fall into it", async () => {
    await expectStatus(harbour.as("harbour").post("/deliveries", recently("hit")), 201);
    const later = recently("after", { startedAt: "2026-03-14T11:45:00" });
    await expectStatus(harbour.as("harbour").post("/deliveries", later), 201);
    const id = idOf(await expectStatus(open(), 201));
    const end = { cause: "defect", summary: "Mended.", until: "2026-03-12T00:00:00Z" };
    await expectStatus(step(id, "resolution", end), 200);
    const told = async (delivery: string, party: string) =>
      (await expectStatus(harbour.as(party).get(`/deliveries/${delivery}/explanation`), 200)).body;
    const hit = await told("hit", "nordic-apps");
    expect(hit["incidents"]).toMatchObject([{ id, owner: "blueline", cause: "defect" }]);
    expect((hit["lines"] as string[]).at(-1)).toContain(
      `In the time and scope of incident ${id} (major, from`,
    );
    expect(await told("after", "nordic-apps")).not.toHaveProperty("incidents");
    const list = (delivery: string) => harbour.as("blueline").get(`/incidents?deliveryId=${delivery}`);
    expect(itemsOf(await list("hit"))).toHaveLength(1);
    expect(itemsOf(await list("after"))).toEqual([]);
  });

  it("is in what a party takes along that it concerns", async () => {
    const id = idOf(await expectStatus(open({ owner: "wayfare" }), 201));
    const { body } = await harbour.as("wayfare").get("/parties/wayfare/export");
    expect(body["incidents"]).toMatchObject([{ id }]);
  });
});

describe("what an incident excuses", () => {
  let harbour: Harbour;
  let { open, step } = {} as ReturnType<typeof desk>;
  beforeEach(async () => {
    harbour = await openHarbour();
    ({ open, step } = desk(harbour));
    await expectStatus(harbour.as("harbour").post("/deliveries", recently("late")), 201);
    await expectStatus(
      harbour
        .as("harbour")
        .post("/deliveries", recently("on-time", { usage: { distanceMiles: 920, arrivalDelayMinutes: 0 } })),
      201,
    );
  });
  afterEach(() => harbour.close());

  const resolved = async (cause: string, over: JsonObject = {}): Promise<string> => {
    const id = idOf(await expectStatus(open(over), 201));
    await expectStatus(step(id, "resolution", { cause, summary: "Snow." }), 200);
    return id;
  };
  const excuse = (id: string, deliveryId: string, party = "harbour") =>
    step(id, "excuses", { deliveryId, reason: "The airport was closed." }, party);

  it("is the orchestrator's to say, and nothing where the rules don't say so", async () => {
    const id = await resolved("force-majeure");
    expect(await excuse(id, "late", "blueline")).toMatchObject({ status: 403 });
    expect(await excuse(id, "on-time")).toMatchObject({ status: 409 });
    expect(await excuse(await resolved("defect"), "late")).toMatchObject({ status: 409 });
    expect(await excuse(await resolved("force-majeure", { severity: "minor" }), "late")).toMatchObject({
      status: 409,
    });
    const elsewhere = await resolved("force-majeure", { since: "2026-03-15T00:00:00Z" });
    expect(await excuse(elsewhere, "late")).toMatchObject({ status: 409 });
    expect(await excuse(idOf(await expectStatus(open(), 201)), "late")).toMatchObject({ status: 409 });
  });

  it("is booked back to the cent: as if it had been on time, and the breach is told all the same", async () => {
    const late = await booksOf(harbour, "late");
    expect(late).not.toEqual(await booksOf(harbour, "on-time"));
    const id = await resolved("force-majeure");
    const { body } = await expectStatus(excuse(id, "late"), 200);
    expect(body).toMatchObject({ status: "corrected", netMinor: 14431, serviceCreditMinor: 0 });
    expect(await booksOf(harbour, "late")).toEqual(await booksOf(harbour, "on-time"));
    expect(sumOf(itemsOf(await harbour.as("harbour").get("/balances")), "amountMinor")).toBe(0);
    const explained = (await expectStatus(harbour.as("harbour").get("/deliveries/late/explanation"), 200))
      .body;
    expect(JSON.stringify(explained["lines"])).toContain(
      `Service level express-on-time missed: arrivalDelayMinutes 20, excused by incident ${id}: no service credit.`,
    );
    expect(await excuse(id, "late")).toMatchObject({ status: 409 });
  });

  it("stays excused when the delivery is corrected, and counts against nobody", async () => {
    await expectStatus(excuse(await resolved("force-majeure"), "late"), 200);
    const figure = async (metric: string) => {
      const { body } = await harbour.as("blueline").get("/scorecards/blueline?period=2026-03");
      return (body["metrics"] as JsonObject[]).find(({ id }) => id === metric)?.["own"];
    };
    expect(await figure("on-time-rate")).toMatchObject({ part: 1, of: 1 });
    expect(await figure("first-time-fulfilment")).toMatchObject({ part: 2, of: 2 });
    const correction = { usage: { distanceMiles: 950 }, reason: "A longer way." };
    const { body } = await expectStatus(
      harbour.as("blueline").post("/deliveries/late/corrections", correction),
      200,
    );
    expect(body).toMatchObject({ serviceCreditMinor: 0 });
  });
});

describe("on every store", () => {
  let directory: string;
  let server: PostgresServer;
  beforeAll(async () => {
    [directory, server] = await Promise.all([mkdtemp(join(tmpdir(), "eco-incidents-")), startPostgres()]);
  });
  afterAll(() => Promise.all([rm(directory, { recursive: true, force: true }), server.remove()]));

  /** An incident and feedback from end to end, and what is shown of them. */
  async function livedOn(store: Store): Promise<unknown> {
    const harbour = await openHarbour({ store });
    try {
      const { open, step, later, events } = desk(harbour);
      await expectStatus(harbour.as("harbour").post("/deliveries", recently("late")), 201);
      const child = recently("part", {
        parent: "late",
        usage: { distanceMiles: 300, arrivalDelayMinutes: 5 },
      });
      await expectStatus(harbour.as("harbour").post("/deliveries", child), 201);
      for (const deliveryId of ["late", "part"])
        await expectStatus(harbour.as("nordic-apps").post("/feedback", { deliveryId, score: 2 }), 201);
      const id = idOf(await expectStatus(open(), 201));
      await later("PT2H");
      await expectStatus(step(id, "acknowledgement"), 200);
      await expectStatus(step(id, "resolution", { cause: "force-majeure", summary: "Snow." }), 200);
      await expectStatus(step(id, "excuses", { deliveryId: "part", reason: "Snow." }, "harbour"), 409);
      await expectStatus(step(id, "excuses", { deliveryId: "late", reason: "Snow." }, "harbour"), 200);
      const shown = [
        await harbour.as("blueline").get("/incidents"),
        await harbour.as("blueline").get("/feedback"),
        await harbour.as("blueline").get("/deliveries/late/explanation"),
        await harbour.as("blueline").get("/metrics/minutes-to-acknowledge/records"),
        await harbour.as("blueline").get("/metrics/customer-score/records"),
      ].map(({ body }) => body);
      const told = (await events("blueline", "overdue")).map(({ data }) => data);
      // Ids that the sandbox gives, and fingerprints, are its own.
      const text = JSON.stringify([shown, told]).replaceAll(/inc_[0-9a-z]{20}/g, "inc");
      return JSON.parse(text.replaceAll(/"(fingerprint|nextCursor)":"[^"]*"/g, '"$1":""')) as unknown;
    } finally {
      await harbour.close();
    }
  }

  it("incidents, feedback and explanations are the same", async () => {
    const inMemory = await livedOn(await openStore("memory"));
    const [[, , , acknowledged, scores], told] = inMemory as [JsonObject[], JsonObject[]];
    expect(acknowledged?.["items"]).toMatchObject([{ record: "incident", part: 7_200_000 }]);
    expect(scores?.["items"]).toHaveLength(2);
    expect(told).toMatchObject([{ deadline: "acknowledge" }]);
    expect(await livedOn(await openStore(join(directory, "sandbox.db")))).toEqual(inMemory);
    expect(await livedOn(await openStore(await server.newDatabase()))).toEqual(inMemory);
  });
});
