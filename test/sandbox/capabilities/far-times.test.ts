import { afterEach, beforeEach, expect, it } from "vitest";
import { lunch } from "../testing/lunch.ts";
import { type Harbour, openHarbour } from "./harbour.ts";
import { leg } from "./legs.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
// Closing tells of every fault that there was.
afterEach(() => harbour.close());

it.each([
  "9999-12-31T23:59:59Z",
  "9999-12-31T23:59:59-12:00",
  "9999-12-31T12:00:00",
  "0000-01-01T00:00:00+14:00",
])("a time of which another zone's year has five digits, or a sign, is refused: %s", async (time) => {
  const delivered = await harbour.as("blueline").post("/deliveries", leg("far", { startedAt: time }));
  expect(delivered).toMatchObject({ status: 422, body: { code: "ECO_USAGE_INVALID" } });
  expect(JSON.stringify(delivered.body)).toContain("startedAt");
  const ordered = await harbour
    .as("spacefinder")
    .post("/work-orders", { ...lunch, id: "far", scheduledFor: time });
  expect(ordered).toMatchObject({ status: 422, body: { errors: [{ pointer: "#/scheduledFor" }] } });
});

it.each([
  { set: "+010000-01-01T00:00:00Z" },
  { set: "9001-01-01T00:00:00Z" },
  { set: "0000-12-31T00:00:00Z" },
  { set: "-000001-01-01T00:00:00Z" },
  { advance: "P99999Y" },
  { advance: "-P9999Y" },
])("the clock stays in years that times are written in: %o is refused", async (change) => {
  const { clock } = harbour.sandbox.control;
  const before = await clock.read();
  await expect(clock.set(change)).rejects.toThrow("in the years 1 to 9000");
  expect(await clock.read()).toEqual(before);
});

it.each(["0001-01-01T00:00:00Z", "9000-12-31T23:59:59Z"])("all goes on at %s", async (set) => {
  await harbour.sandbox.control.clock.set({ set, mode: "frozen" });
  expect((await harbour.as("blueline").post("/deliveries", leg("now"))).status).toBe(201);
  expect((await harbour.as("spacefinder").post("/work-orders", lunch)).status).toBe(201);
});
