import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox, openStore } from "../../../sandbox/index.ts";
import type { JsonObject, Store } from "../../../sandbox/store/store.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { type Client, expectStatus, type Harbour, itemsOf, openHarbour } from "./harbour.ts";
import { leg, lunch } from "./legs.ts";

const mapOf = async (client: Client, period: string, more = ""): Promise<JsonObject> =>
  (await expectStatus(client.get(`/map?period=${period}${more}`), 200)).body;

const list = (map: JsonObject, name: string): readonly JsonObject[] => map[name] as readonly JsonObject[];

const partyOf = (map: JsonObject, id: string): JsonObject | undefined =>
  list(map, "parties").find((party) => party["id"] === id);

const flowsOf = (map: JsonObject): Record<string, unknown> =>
  Object.fromEntries(list(map, "flows").map(({ payer, payee, amounts }) => [`${payer} → ${payee}`, amounts]));

const submit = async (harbour: Harbour, ...deliveries: JsonObject[]): Promise<void> => {
  const { body } = await expectStatus(harbour.as("harbour").post("/deliveries/batch", { deliveries }), 200);
  expect(body).toMatchObject({ rejected: 0 });
};

describe("the map of a lunch by a chain of four companies", () => {
  let harbour: Harbour;
  beforeAll(async () => {
    harbour = await openHarbour();
    await submit(harbour, lunch);
  });
  afterAll(() => harbour.close());

  const eur = (netMinor: number, creditMinor: number, taxMinor: number): JsonObject[] => [
    { currency: "EUR", netMinor, creditMinor, valueMinor: netMinor - creditMinor, taxMinor },
  ];

  it("shows the orchestrator every flow, as the published chain has them", async () => {
    const map = await mapOf(harbour.as("harbour"), "2025-03");
    expect(flowsOf(map)).toEqual({
      "fjord-catering → kestrel": eur(2745, 1000, 445),
      "harbour → fjord-catering": eur(39_228, 4784, 4822),
      "harbour → spacefinder": eur(3828, 0, 976),
      "nordic-apps → harbour": eur(47_840, 4784, 6028),
    });
    expect(map).toMatchObject({ period: "2025-03", sees: "all", computedAt: "2026-03-16T08:00:00.000Z" });
    // (43056² + 34444² + 3828² + 1745²) / 83073².
    expect(map["network"]).toEqual({
      parties: 5,
      links: 4,
      density: 0.2,
      currencies: [{ currency: "EUR", payees: 4, totalMinor: 83_073, concentration: 0.443103 }],
    });
    expect(partyOf(map, "harbour")).toEqual({
      id: "harbour",
      role: "orchestrator",
      deliveries: 1,
      amounts: [{ currency: "EUR", paidMinor: 38_272, receivedMinor: 43_056, concentration: 1 }],
      inDegree: 1,
      outDegree: 2,
      // From the member to three others, of 4 × 3.
      betweenness: 0.25,
      brokerage: { total: 2, coordinator: 0, consultant: 0, gatekeeper: 0, representative: 0, liaison: 2 },
    });
  });

  it("shows a party its own flows and place, and of others nothing but that they are there", async () => {
    const map = await mapOf(harbour.as("fjord-catering"), "2025-03");
    expect(map["sees"]).toBe("own");
    expect(Object.keys(flowsOf(map))).toEqual(["fjord-catering → kestrel", "harbour → fjord-catering"]);
    expect(partyOf(map, "fjord-catering")).toMatchObject({ outDegree: 1, betweenness: 0.166667 });
    expect(partyOf(map, "harbour")).toEqual({ id: "harbour", role: "orchestrator" });
    expect(list(map, "parties").map(({ id }) => id)).toEqual(["fjord-catering", "harbour", "kestrel"]);
    expect(map["network"]).toEqual({
      parties: 5,
      links: 4,
      density: 0.2,
      currencies: [{ currency: "EUR", payees: 4, concentration: 0.443103 }],
    });
    expect((await mapOf(harbour.as("privacy-board"), "2025-03"))["sees"]).toBe("all");
  });

  it("says nothing of concentration where a party could tell from it what few others got", async () => {
    const few = await openHarbour();
    try {
      // wayfare, harbour and blueline receive: wayfare would see two others.
      await submit(few, leg("one", { parties: { broker: "wayfare" } }));
      const currencies = async (party: string) =>
        ((await mapOf(few.as(party), "2001-01"))["network"] as JsonObject)["currencies"];
      expect(await currencies("wayfare")).toEqual([{ currency: "EUR", payees: 3 }]);
      expect(await currencies("nordic-apps")).toMatchObject([
        { payees: 3, concentration: expect.any(Number) },
      ]);
    } finally {
      await few.close();
    }
  });

  it("is of the present month without a period, of nobody in another, and of one product where asked", async () => {
    const { body } = await expectStatus(harbour.as("harbour").get("/map"), 200);
    expect(body).toMatchObject({ period: "2026-03", flows: [], parties: [] });
    expect(body["network"]).toEqual({ parties: 0, links: 0, density: 0, currencies: [] });
    const other = await mapOf(harbour.as("harbour"), "2025-03", "&product=meeting-room");
    expect(other).toMatchObject({ product: "meeting-room", flows: [] });
    const same = await mapOf(harbour.as("harbour"), "2025-01/2025-03", "&product=catering-cover");
    expect(same).toMatchObject({ period: "2025-01/2025-03" });
    expect(list(same, "flows")).toHaveLength(4);
  });

  it.each(["2025-13", "2025-03/2025-01", "2020-01/2025-01", "2025", "2025-03/"])(
    "refuses %s as a period, and says what it takes",
    async (period) => {
      const { status, body } = await harbour.as("harbour").get(`/map?period=${period}`);
      expect(status).toBe(422);
      expect(JSON.stringify(body["errors"])).toContain("period");
    },
  );

  it("is for those who are signed in", async () => {
    expect((await harbour.nobody.get("/map")).status).toBe(401);
  });
});

describe("on every store", () => {
  let directory: string;
  let server: PostgresServer;
  beforeAll(async () => {
    [directory, server] = await Promise.all([mkdtemp(join(tmpdir(), "eco-map-")), startPostgres()]);
  });
  afterAll(() => Promise.all([rm(directory, { recursive: true, force: true }), server.remove()]));

  /** More bookings than are read at once, over two months, with something put right, taken back and disputed. */
  async function mappedOn(store: Store): Promise<readonly JsonObject[]> {
    const harbour = await openHarbour({ store });
    try {
      const legs = Array.from({ length: 520 }, (_, index) =>
        leg(`leg-${index}`, {
          startedAt: index % 4 === 0 ? "2001-02-05T11:45:00" : "2001-01-01T11:45:00",
          parties: index % 3 === 0 ? {} : { broker: "wayfare" },
          usage: { distanceMiles: 300 + index, arrivalDelayMinutes: index % 29 },
        }),
      );
      await submit(harbour, ...legs.slice(0, 300));
      await submit(harbour, ...legs.slice(300));
      const campus = harbour.as("harbour");
      const correction = { usage: { distanceMiles: 900 }, reason: "Misread." };
      await expectStatus(harbour.as("blueline").post("/deliveries/leg-1/corrections", correction), 200);
      await expectStatus(campus.post("/deliveries/leg-2/cancellation", { reason: "No." }), 200);
      const all = await mapOf(campus, "2001-01/2001-02");
      await agreesWithTheBooks(all, campus);
      return [all, await mapOf(campus, "2001-01"), await mapOf(harbour.as("wayfare"), "2001-01/2001-02")];
    } finally {
      await harbour.close();
    }
  }

  /** What each party owes each other by the ledger is the value of the flow with its tax. */
  async function agreesWithTheBooks(map: JsonObject, campus: Client): Promise<void> {
    const balances = new Map(
      itemsOf(await campus.get("/balances")).map(({ account, amountMinor }) => [
        String(account),
        Number(amountMinor),
      ]),
    );
    expect(list(map, "flows").length).toBeGreaterThan(2);
    for (const { payer, payee, amounts } of list(map, "flows")) {
      const [{ valueMinor, taxMinor }] = amounts as [{ valueMinor: number; taxMinor: number }];
      expect([payer, payee, -(valueMinor + taxMinor)]).toEqual([
        payer,
        payee,
        balances.get(`${payer}/payable/${payee}`),
      ]);
    }
  }

  it("the map is the same, and what the books say", async () => {
    const inMemory = await mappedOn(await openStore("memory"));
    const [all, january, wayfare] = inMemory as [JsonObject, JsonObject, JsonObject];
    expect(partyOf(all, "blueline")).toMatchObject({ deliveries: 519 });
    expect(partyOf(january, "blueline")).toMatchObject({ deliveries: 389 });
    expect(Object.keys(flowsOf(wayfare))).toEqual(["harbour → wayfare"]);
    expect(await mappedOn(await openStore(join(directory, "sandbox.db")))).toEqual(inMemory);
    expect(await mappedOn(await openStore(await server.newDatabase()))).toEqual(inMemory);
  });
});

it("is there for another ecosystem, under names of its own", async () => {
  const { catalog } = await loadedSpecs("test/fixtures/ecosystems/roaming-charging");
  const sandbox = await createSandbox({ catalog, store: await openStore("memory") });
  try {
    const ask = async (path: string, init?: RequestInit): Promise<JsonObject> => {
      const response = await sandbox.fetch(new Request(`http://hub.test/ocpi/2.2.1${path}`, init));
      expect(response.ok, path).toBe(true);
      return (await response.json()) as JsonObject;
    };
    const credentials = {
      grant_type: "client_credentials",
      client_id: "sandbox-voltport",
      client_secret: "sandbox-voltport-secret",
    };
    const { access_token: token } = await ask("/token", {
      method: "POST",
      body: new URLSearchParams(credentials),
    });
    const headers = { authorization: `Bearer ${String(token)}`, "content-type": "application/json" };
    const session = {
      id: "CDR-1",
      tariff_id: "dc-fast",
      start_date_time: "2025-03-11T17:05:00Z",
      end_date_time: "2025-03-11T17:38:00Z",
      total_energy: 42.5,
      cdr_token: { party_id: "drivemile", contract_id: "NL-DRM-C12345" },
      cdr_location: { party_id: "voltport" },
    };
    const { total_cost } = await ask("/cdrs", { method: "POST", headers, body: JSON.stringify(session) });
    const exchange = await ask("/exchange?months=2025-03", { headers });
    expect(exchange["months"]).toBe("2025-03");
    const payments = exchange["payments"] as JsonObject[];
    expect(payments.every(({ payer, payee }) => payer === "voltport" || payee === "voltport")).toBe(true);
    expect(payments.length).toBeGreaterThan(0);
    expect(total_cost).toBeDefined();
  } finally {
    await sandbox.close();
  }
});
