import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSandbox, openStore } from "../../../sandbox/index.ts";
import type { JsonObject, Store } from "../../../sandbox/store/store.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { endpoint } from "../events/endpoint.ts";
import { openReceiver } from "../events/receiver.ts";
import { lunchOrder } from "../testing/lunch.ts";
import { everyItem, expectStatus, openHarbour } from "./harbour.ts";
import { leg, lunch, recently } from "./legs.ts";
import { reviewOf, twoQuarters } from "./two-quarters.ts";

let directory: string;
let server: PostgresServer;
beforeAll(async () => {
  [directory, server] = await Promise.all([mkdtemp(join(tmpdir(), "eco-scorecard-")), startPostgres()]);
});
afterAll(() => Promise.all([rm(directory, { recursive: true, force: true }), server.remove()]));

/** Something of everything that is measured, and what two parties are shown of it. */
async function measuredOn(store: Store): Promise<readonly unknown[]> {
  const harbour = await openHarbour({ store });
  try {
    const campus = harbour.as("harbour");
    // More than the records that are read at once.
    const legs = Array.from({ length: 620 }, (_, index) =>
      leg(`leg-${index}`, { usage: { distanceMiles: 300 + index, arrivalDelayMinutes: index % 23 } }),
    );
    for (const deliveries of [legs.slice(0, 500), [...legs.slice(500), lunch, recently("recent")]]) {
      const { body } = await expectStatus(campus.post("/deliveries/batch", { deliveries }), 200);
      expect(body).toMatchObject({ rejected: 0 });
    }
    const dispute = { deliveryId: "leg-3", reason: "No." };
    const opened = await expectStatus(harbour.as("nordic-apps").post("/disputes", dispute), 201);
    await expectStatus(harbour.as("spacefinder").post("/work-orders", lunchOrder), 201);
    await expectStatus(campus.put("/sandbox/clock", { advance: "P2D" }), 200);
    const decision = { outcome: "upheld", reason: "So." };
    await expectStatus(campus.post(`/disputes/${String(opened.body["id"])}/resolution`, decision), 200);
    const shown: unknown[] = [];
    for (const party of ["blueline", "harbour"]) {
      const asking = harbour.as(party);
      for (const query of ["?period=2001-01", ""]) {
        const { body } = await expectStatus(asking.get(`/scorecards/${party}${query}`), 200);
        shown.push(body);
      }
      // The day of the recent leg, and that of the dispute, so far.
      for (const day of ["2026-03-10", "2026-03-16"]) {
        const { body } = await expectStatus(asking.get(`/brief?day=${day}`), 200);
        shown.push(body);
      }
      for (const metric of ["on-time-rate", "days-to-decide", "complement-availability", "active-partners"]) {
        for (const query of ["period=2001-01", "period=2026-03"])
          shown.push(await everyItem(asking, `/metrics/${metric}/records?${query}&limit=200`));
      }
    }
    // Ids that the sandbox gives are its own.
    return JSON.parse(JSON.stringify(shown).replaceAll(/"([a-z]+)_[0-9a-z]{20}"/g, '"$1"')) as unknown[];
  } finally {
    await harbour.close();
  }
}

it("a scorecard and the records behind it are the same on every store", async () => {
  const inMemory = await measuredOn(await openStore("memory"));
  const [scorecard, , , , onTime] = inMemory as [
    JsonObject,
    JsonObject,
    JsonObject,
    JsonObject,
    JsonObject[],
  ];
  expect(scorecard["metrics"]).toContainEqual(
    expect.objectContaining({ id: "on-time-rate", own: expect.objectContaining({ samples: 620, of: 620 }) }),
  );
  expect(onTime).toHaveLength(620);
  expect(await measuredOn(await openStore(join(directory, "sandbox.db")))).toEqual(inMemory);
  expect(await measuredOn(await openStore(await server.newDatabase()))).toEqual(inMemory);
});

it("a quarterly review is the same on every store", async () => {
  const reviewOn = async (store: Store): Promise<unknown> => {
    const harbour = await twoQuarters(store);
    try {
      const told = [await reviewOf(harbour.as("harbour")), await reviewOf(harbour.as("blueline"))];
      // Ids follow from those of requests, which nobody can foresee.
      return JSON.parse(JSON.stringify(told).replaceAll(/"([a-z]+)_[0-9a-z]{20}"/g, '"$1"'));
    } finally {
      await harbour.close();
    }
  };
  const inMemory = await reviewOn(await openStore("memory"));
  expect(await reviewOn(await openStore(join(directory, "review.db")))).toEqual(inMemory);
  expect(await reviewOn(await openStore(await server.newDatabase()))).toEqual(inMemory);
});

it("dispatches count for the party whose endpoint they were sent to, when their event happened", async () => {
  const receiver = await openReceiver();
  const store = await openStore("memory");
  const harbour = await openHarbour({ store, allowLoopbackWebhooks: true });
  try {
    await endpoint({ store }, { url: receiver.url, party: "blueline" });
    for (const id of ["one", "two", "three"]) {
      if (id === "three") receiver.answers.push({ status: 410 });
      const delivery = leg(id, { usage: { distanceMiles: 920, arrivalDelayMinutes: 0 } });
      await expectStatus(harbour.as("blueline").post("/deliveries", delivery), 201);
      await harbour.sandbox.settle();
    }
    const figureOf = async (party: string, period: string): Promise<unknown> => {
      const { body } = await harbour.as(party).get(`/scorecards/${party}?period=${period}`);
      return (body["metrics"] as JsonObject[]).find(({ id }) => id === "dispatch-success")?.["own"];
    };
    expect(await figureOf("blueline", "2026-03")).toMatchObject({
      value: 0.666667,
      met: false,
      part: 2,
      of: 3,
    });
    expect(await figureOf("wayfare", "2026-03")).toMatchObject({ samples: 0 });
    expect(await figureOf("blueline", "2001-01")).toMatchObject({ samples: 0 });
    const own = await everyItem(harbour.as("blueline"), "/metrics/dispatch-success/records?limit=2");
    expect(own.map(({ record, part }) => [record, part])).toEqual([
      ["dispatch", 1],
      ["dispatch", 1],
      ["dispatch", 0],
    ]);
  } finally {
    await harbour.close();
  }
});

it("another ecosystem measures what its own catalogue says, in its own words", async () => {
  const { catalog } = await loadedSpecs("test/fixtures/ecosystems/roaming-charging");
  const sandbox = await createSandbox({ catalog, store: await openStore("memory") });
  try {
    const send = async (method: string, path: string, body?: object, token?: string): Promise<JsonObject> => {
      const response = await sandbox.fetch(
        new Request(`http://hub.test/ocpi/2.2.1${path}`, {
          method,
          headers: {
            "content-type": "application/json",
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
      expect(response.ok, `${method} ${path}`).toBe(true);
      return (await response.json()) as JsonObject;
    };
    const answer = await sandbox.fetch(
      new Request("http://hub.test/ocpi/2.2.1/token", {
        method: "POST",
        body: new URLSearchParams({
          grant_type: "client_credentials",
          client_id: "sandbox-voltport",
          client_secret: "sandbox-voltport-secret",
        }),
      }),
    );
    const { access_token: token } = (await answer.json()) as { access_token: string };
    for (const [id, outage_minutes] of Object.entries({ a: 9, b: 0, c: 0, d: 0 })) {
      const session = {
        id,
        tariff_id: id === "d" ? "ac-street" : "dc-fast",
        start_date_time: "2025-03-11T17:05:00Z",
        end_date_time: "2025-03-11T17:38:00Z",
        total_energy: 42.5,
        outage_minutes,
        cdr_token: { party_id: "drivemile", contract_id: "NL-DRM-C12345" },
        cdr_location: { party_id: "voltport" },
      };
      await send("POST", "/cdrs", session, token);
    }
    expect(await send("GET", "/performance/voltport?month=2025-03", undefined, token)).toMatchObject({
      party_id: "voltport",
      indicators: [
        { id: "uptime", own: { value: 0.75, met: false, samples: 4, part: 3, of: 4 } },
        { id: "fast-sessions-credited", own: { value: 0.333333, met: false, samples: 3 } },
        { id: "operators", ecosystem: { value: 1, samples: 1 } },
      ],
    });
  } finally {
    await sandbox.close();
  }
});
