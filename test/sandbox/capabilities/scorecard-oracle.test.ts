import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { expectStatus, openHarbour } from "./harbour.ts";
import { leg } from "./legs.ts";

/** The month on a clock of the ecosystem's zone, told by another calendar than the sandbox's. */
const monthInHelsinki = (at: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Helsinki", year: "numeric", month: "2-digit" }).format(
    Date.parse(at),
  );

/** Instants around the ends of months, summer time among them, as clocks elsewhere have them. */
const anyInstant = fc
  .record({
    end: fc.constantFrom("2025-03-31T21:00:00Z", "2025-03-30T01:00:00Z", "2025-10-31T22:00:00Z"),
    minutes: fc.integer({ min: -180, max: 180 }),
    offsetHours: fc.constantFrom(0, -8, 9),
  })
  .map(({ end, minutes, offsetHours }) => {
    const local = new Date(Date.parse(end) + minutes * 60_000 + offsetHours * 3_600_000).toISOString();
    const sign = offsetHours < 0 ? "-" : "+";
    return `${local.slice(0, 19)}${sign}${String(Math.abs(offsetHours)).padStart(2, "0")}:00`;
  });

const anyLeg = fc.record({
  startedAt: anyInstant,
  customer: fc.constantFrom("nordic-apps", "studio-oy"),
  delays: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 3 }),
  fate: fc.constantFrom("kept", "kept", "cancelled", "upheld", "rejected", "open"),
});
type AnyLeg = typeof anyLeg extends fc.Arbitrary<infer T> ? T : never;

/** From how late on there is a credit, as the terms of the express leg say. */
const PROMISED_MINUTES = 15;

/** What each figure has to be, counted from what was done and nothing else. */
function oracle(legs: readonly AnyLeg[], month: string) {
  const own = legs.filter(
    ({ startedAt, fate }) => monthInHelsinki(startedAt) === month && fate !== "cancelled",
  );
  const missed = ({ delays, fate }: AnyLeg): boolean =>
    delays.length > 1 || fate === "upheld" || fate === "open";
  return {
    "on-time-rate": [own.filter(({ delays }) => (delays.at(-1) ?? 0) <= PROMISED_MINUTES).length, own.length],
    "first-time-fulfilment": [own.filter((one) => !missed(one)).length, own.length],
    "dispute-rate": [own.filter(({ fate }) => fate === "upheld").length, own.length],
  };
}

it("a scorecard has the figures that follow from all that was done, in the months of the ecosystem's zone", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyLeg, { minLength: 1, maxLength: 8 }), async (legs) => {
      await using harbour = await openScored();
      const { client } = harbour;
      for (const [index, { startedAt, customer, delays, fate }] of legs.entries()) {
        const [first = 0, ...others] = delays;
        const usage = (arrivalDelayMinutes: number) => ({ distanceMiles: 500 + index, arrivalDelayMinutes });
        const id = `leg-${index}`;
        await expectStatus(
          client("blueline").post("/deliveries", leg(id, { startedAt, customer, usage: usage(first) })),
          201,
        );
        for (const [time, delay] of others.entries())
          await expectStatus(
            client("blueline").post(`/deliveries/${id}/corrections`, {
              // Another length each time, so that it is another delivery than before.
              usage: { ...usage(delay), distanceMiles: 600 + time },
              reason: "Misread.",
            }),
            200,
          );
        await meet(id, customer, fate, client);
      }
      for (const month of ["2025-02", "2025-03", "2025-04", "2025-10", "2025-11"]) {
        const { body } = await expectStatus(
          client("blueline").get(`/scorecards/blueline?period=${month}`),
          200,
        );
        const shown = new Map((body["metrics"] as JsonObject[]).map((metric) => [metric["id"], metric]));
        for (const [id, [part, of]] of Object.entries(oracle(legs, month))) {
          expect(shown.get(id)?.["own"], `${id} of ${month}`).toMatchObject({ part, of, samples: of });
          expect(shown.get(id)?.["ecosystem"], `${id} of all in ${month}`).toMatchObject({ samples: of });
        }
      }
    }),
    { numRuns: 8 },
  );
});

it("a dispute that was decided on a clock that was moved back took no time, and not less", async () => {
  await using harbour = await openScored();
  const { client } = harbour;
  await expectStatus(client("blueline").post("/deliveries", leg("one")), 201);
  const dispute = { deliveryId: "one", reason: "No." };
  const { body } = await expectStatus(client("nordic-apps").post("/disputes", dispute), 201);
  await expectStatus(client("harbour").put("/sandbox/clock", { set: "2026-03-01T08:00:00Z" }), 200);
  const decision = { outcome: "upheld", reason: "So." };
  await expectStatus(client("harbour").post(`/disputes/${String(body["id"])}/resolution`, decision), 200);
  const { body: card } = await client("harbour").get("/scorecards/harbour?period=2026-03");
  expect(card["metrics"]).toContainEqual(
    expect.objectContaining({
      id: "days-to-decide",
      ecosystem: expect.objectContaining({ value: 0, samples: 1 }),
    }),
  );
});

type Scored = Awaited<ReturnType<typeof openScored>>;

async function openScored() {
  const harbour = await openHarbour();
  return { client: harbour.as, [Symbol.asyncDispose]: () => harbour.close() };
}

/** Lets happen to a delivery what was chosen for it. */
async function meet(id: string, customer: string, fate: AnyLeg["fate"], client: Scored["client"]) {
  if (fate === "kept") return;
  if (fate === "cancelled") {
    await expectStatus(client("blueline").post(`/deliveries/${id}/cancellation`, { reason: "No." }), 200);
    return;
  }
  const opened = await expectStatus(
    client(customer).post("/disputes", { deliveryId: id, reason: "No." }),
    201,
  );
  if (fate === "open") return;
  const decision = { outcome: fate, reason: "So." };
  const path = `/disputes/${String(opened.body["id"])}/resolution`;
  await expectStatus(client("harbour").post(path, decision), 200);
}
