import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../../sandbox/index.ts";
import type { Json, JsonObject, Store } from "../../../sandbox/store/store.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { expectStatus, type Harbour, itemsOf, openHarbour } from "./harbour.ts";

let directory: string;
let server: PostgresServer;
let from: string;
beforeAll(async () => {
  [directory, server] = await Promise.all([mkdtemp(join(tmpdir(), "eco-changes-")), startPostgres()]);
  from = (await loadedSpecs()).catalog.digest;
});
afterAll(() => Promise.all([rm(directory, { recursive: true, force: true }), server.remove()]));

const reach = (kind: string, id: string, level: string): JsonObject => ({ kind, id, where: "", level });

const change = (...reaches: JsonObject[]): JsonObject => ({
  rule: "field.required",
  message: "Something is required now.",
  place: { side: "new", document: "openapi/partner-api.yaml", pointer: "/paths" },
  reaches,
});

const difference = (...changes: Json[]): JsonObject => ({ from, to: `sha256:${"b2".repeat(32)}`, changes });

const breaking = (): JsonObject => ({
  title: "Deliveries name who they are for",
  difference: difference(change(reach("operation", "submitDelivery", "breaking"))),
});

async function withHarbour<T>(use: (harbour: Harbour) => Promise<T>, store?: Store): Promise<T> {
  const harbour = await openHarbour(store === undefined ? {} : { store });
  try {
    return await use(harbour);
  } finally {
    await harbour.close();
  }
}

const propose = async (harbour: Harbour, more: JsonObject = {}): Promise<JsonObject> =>
  (await expectStatus(harbour.as("harbour").post("/changes", { ...breaking(), ...more }), 201)).body;

const advance = (harbour: Harbour, duration: string) =>
  expectStatus(harbour.as("harbour").put("/sandbox/clock", { advance: duration }), 200);

const partiesOf = async (harbour: Harbour, id: unknown): Promise<unknown[]> =>
  itemsOf(await harbour.as("harbour").get(`/changes/${String(id)}/affected?limit=200`)).map(
    ({ party }) => party,
  );

/** From the proposal until it holds, and what everybody saw of it. */
const lifecycle = (store?: Store): Promise<unknown> =>
  withHarbour(async (harbour) => {
    const campus = harbour.as("harbour");
    const carrier = harbour.as("blueline");
    const proposed = await propose(harbour);
    const path = `/changes/${String(proposed["id"])}`;
    const objection = { reason: "Our next build comes in June." };
    const objected = await expectStatus(carrier.post(`${path}/objections`, objection), 201);
    await expectStatus(carrier.post(`${path}/comments`, { text: "What of those for nobody?" }), 201);
    const announce = () => campus.post(`${path}/decision`, { outcome: "announced", reason: "Needed." });
    const early = await expectStatus(announce(), 409);
    await advance(harbour, "P14D");
    const unanswered = await expectStatus(announce(), 409);
    const late = await expectStatus(harbour.as("kestrel").post(`${path}/objections`, objection), 409);
    const reply = { text: "June is soon enough.", answers: objected.body["id"] ?? "" };
    await expectStatus(campus.post(`${path}/comments`, reply), 201);
    const announced = await expectStatus(announce(), 200);
    const again = await expectStatus(announce(), 409);
    await advance(harbour, "P90D");
    const held = await expectStatus(carrier.get(path), 200);
    const events = itemsOf(await carrier.get("/events?limit=200")).filter(
      ({ subject }) => subject === proposed["id"],
    );
    const shown = {
      proposed: [proposed["status"], proposed["level"], proposed["objectionsUntil"], proposed["effectiveAt"]],
      refused: [early, unanswered, late, again].map(({ body }) => body["detail"]),
      announced: [announced.body["status"], announced.body["effectiveAt"]],
      held: [held.body["status"], held.body["inEffectAt"], held.body["objections"], held.body["affectsYou"]],
      comments: itemsOf(await carrier.get(`${path}/comments`)),
      events: events.map(({ type, data }) => [type, data]),
      affected: await partiesOf(harbour, proposed["id"]),
      listed: itemsOf(await carrier.get("/changes?affects=blueline&status=in-effect")),
      elsewhere: itemsOf(await carrier.get("/changes?affects=tax-office")),
    };
    // Ids that the sandbox gives are its own.
    return JSON.parse(JSON.stringify(shown).replaceAll(/([a-z]{3})_[0-9a-z]{20}/g, "$1"));
  }, store);

describe("a change of the specs", () => {
  it("is proposed, objected to, answered, announced and holds on its day, the same on every store", async () => {
    const inMemory = await lifecycle(await openStore("memory"));
    expect(await lifecycle(await openStore(join(directory, "changes.db")))).toEqual(inMemory);
    expect(await lifecycle(await openStore(await server.newDatabase()))).toEqual(inMemory);
    expect(inMemory).toMatchObject({
      proposed: ["proposed", "breaking", "2026-03-30T07:00:00.000Z", "2026-06-28T07:00:00.000Z"],
      refused: [
        "Objections to chg can be raised until 2026-03-30T07:00:00.000Z.",
        "Not answered yet: obj of blueline. Each objection needs an answer first.",
        "Objections to chg could be raised until 2026-03-30T07:00:00.000Z.",
        "The change chg is announced already.",
      ],
      announced: ["announced", "2026-06-28T07:00:00.000Z"],
      held: [
        "in-effect",
        "2026-06-28T07:00:00.000Z",
        [{ party: "blueline", answer: "June is soon enough." }],
        {
          level: "breaking",
          because: [{ kind: "operation", id: "submitDelivery", level: "breaking", how: "may-call" }],
        },
      ],
      elsewhere: [],
    });
  });

  it("affects by traffic, by rights, by endpoints, by agreements and by certificates", () =>
    withHarbour(async (harbour) => {
      const affectedOf = async (kind: string, id: string, more: JsonObject = {}): Promise<unknown[]> => {
        const reaches = difference(change(reach(kind, id, "breaking")));
        return partiesOf(harbour, (await propose(harbour, { difference: reaches, ...more }))["id"]);
      };
      expect(await affectedOf("operation", "resolveDispute")).toEqual([]);
      const customers = await affectedOf("operation", "topUpPrepaidBalance");
      expect(customers).toContain("nordic-apps");
      expect(customers).not.toContain("kestrel");
      const traffic = [
        { partner: "kestrel", calls: ["topUpPrepaidBalance"] },
        { partner: "nordic-apps", calls: [] },
      ];
      const told = await affectedOf("operation", "topUpPrepaidBalance", { traffic });
      expect(told).toContain("kestrel");
      expect(told).not.toContain("nordic-apps");
      expect(await affectedOf("agreement", "courier")).toEqual([
        "fjord-catering",
        "taiga-catering",
        "kestrel",
      ]);
      expect(await affectedOf("message", "partyExited")).toEqual([]);
      await expectStatus(
        harbour.as("blueline").post("/webhook-endpoints", {
          url: "https://blueline.example/events",
          eventTypes: ["party.exited"],
        }),
        201,
      );
      expect(await affectedOf("message", "partyExited")).toEqual(["blueline"]);
      expect(await affectedOf("check", "client.some-check")).toEqual([]);
      const certification = { parts: ["client"], level: "bronze" };
      await expectStatus(harbour.as("wayfare").post("/certifications", certification), 201);
      expect(await affectedOf("check", "client.some-check")).toEqual(["wayfare"]);
      expect(await affectedOf("ecosystem", "harbour-campus")).toContain("studio-oy");
    }));

  it("needs the notice that the rules ask for, and that an agreement promises", () =>
    withHarbour(async (harbour) => {
      const campus = harbour.as("harbour");
      const soon = await campus.post("/changes", { ...breaking(), effectiveAt: "2026-04-01T00:00:00Z" });
      expect(soon).toMatchObject({
        status: 422,
        body: {
          code: "ECO_NOTICE_TOO_SHORT",
          detail:
            "The rules ask for P90D of notice: the change can hold from 2026-06-28T07:00:00.000Z on, not from 2026-04-01T00:00:00.000Z.",
          errors: [{ pointer: "#/effectiveAt", detail: "must be 2026-06-28T07:00:00.000Z or later" }],
        },
      });
      const terms = difference(change(reach("agreement", "broker", "possibly-breaking")));
      const short = { ...breaking(), difference: terms, effectiveAt: "2026-05-15T00:00:00Z" };
      expect((await campus.post("/changes", short)).body["detail"]).toMatch(
        /ask for P30D of notice, and the agreement broker promises 60 days: .* from 2026-05-29T07/u,
      );
      const addition = difference(change(reach("operation", "submitDelivery", "compatible")));
      const added = await propose(harbour, { difference: addition });
      expect(added["effectiveAt"]).toBe("2026-03-30T07:00:00.000Z");
      const decision = { outcome: "announced", reason: "Small.", effectiveAt: "2026-03-24T08:00:00Z" };
      await advance(harbour, "P8D");
      expect(await campus.post(`/changes/${String(added["id"])}/decision`, decision)).toMatchObject({
        status: 422,
        body: { code: "ECO_NOTICE_TOO_SHORT" },
      });
      const { effectiveAt: _soon, ...whenever } = decision;
      const announced = await campus.post(`/changes/${String(added["id"])}/decision`, whenever);
      expect(announced.body["effectiveAt"]).toBe("2026-03-31T07:00:00.000Z");
    }));

  it("is taken back before it holds, and does not hold then", () =>
    withHarbour(async (harbour) => {
      const campus = harbour.as("harbour");
      const words = difference(change(reach("operation", "submitDelivery", "text")));
      const path = `/changes/${String((await propose(harbour, { difference: words }))["id"])}`;
      const later = { outcome: "announced", reason: "Words.", effectiveAt: "2026-04-01T00:00:00Z" };
      await expectStatus(campus.post(`${path}/decision`, later), 200);
      const withdrawn = await expectStatus(campus.post(`${path}/withdrawal`, { reason: "No." }), 200);
      expect(withdrawn.body).toMatchObject({ status: "withdrawn", reason: "No." });
      await advance(harbour, "P30D");
      expect((await campus.get(path)).body["status"]).toBe("withdrawn");
      expect(await campus.post(`${path}/withdrawal`, { reason: "No." })).toMatchObject({ status: 409 });
      expect(await campus.post(`${path}/comments`, { text: "So?" })).toMatchObject({ status: 409 });
    }));

  it("is refused to others, to those whom it doesn't affect, twice, and from other specs", () =>
    withHarbour(async (harbour) => {
      const [campus, carrier] = [harbour.as("harbour"), harbour.as("blueline")];
      expect(await carrier.post("/changes", breaking())).toMatchObject({ status: 403 });
      const path = `/changes/${String((await propose(harbour))["id"])}`;
      const objection = { reason: "No." };
      expect(await harbour.as("nordic-apps").post(`${path}/objections`, objection)).toMatchObject({
        status: 403,
        body: { code: "ECO_FORBIDDEN", detail: expect.stringContaining("doesn't affect nordic-apps") },
      });
      expect(await campus.post(`${path}/objections`, objection)).toMatchObject({ status: 403 });
      const { body } = await expectStatus(carrier.post(`${path}/objections`, objection), 201);
      expect(await carrier.post(`${path}/objections`, objection)).toMatchObject({ status: 409 });
      const reply = { text: "Yes.", answers: body["id"] ?? "" };
      expect(await carrier.post(`${path}/comments`, reply)).toMatchObject({ status: 403 });
      expect(await campus.post(`${path}/comments`, { ...reply, answers: "obj_0" })).toMatchObject({
        status: 404,
      });
      expect(await carrier.post(`${path}/withdrawal`, objection)).toMatchObject({ status: 403 });
      expect(itemsOf(await carrier.get(`${path}/affected`))).toMatchObject([{ party: "blueline" }]);
      const affecting = async (party: string, whom: string) =>
        itemsOf(await harbour.as(party).get(`/changes?affects=${whom}`)).length;
      expect(await affecting("blueline", "blueline")).toBe(1);
      expect(await affecting("harbour", "blueline")).toBe(1);
      expect(await affecting("nordic-apps", "blueline")).toBe(0);
      const stale = {
        ...difference(change(reach("operation", "submitDelivery", "text"))),
        from: `sha256:${"0".repeat(64)}`,
      };
      expect(await campus.post("/changes", { ...breaking(), difference: stale })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: "#/difference/from", detail: `must be ${from}` }] },
      });
    }));
});
