import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openStore } from "../../../sandbox/index.ts";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { expectStatus, itemsOf, openHarbour } from "./harbour.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eco-close-"));
});
afterAll(() => rm(folder, { recursive: true }));

const leg = (id: string): JsonObject => ({
  id,
  product: "express-leg",
  customer: "nordic-apps",
  startedAt: "2001-01-01T11:45:00",
  usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
});

it.each([
  ["memory", () => "memory"],
  ["SQLite", () => join(folder, "sandbox.db")],
])("a month closes on %s although deliveries keep coming into it, and none is lost", async (_, where) => {
  const store = await openStore(where());
  const harbour = await openHarbour({ store });
  const blueline = harbour.as("blueline");
  const deliveries = Array.from({ length: 100 }, (_each, i) => leg(`first-${i}`));
  await expectStatus(blueline.post("/deliveries/batch", { deliveries }), 200);
  let closed = false;
  let booked = 100;
  // Each of them has the next delivery on its way as soon as one is answered, for as long as the close takes.
  const book = async (name: string): Promise<void> => {
    for (let i = 0; !closed; i++) {
      await expectStatus(blueline.post("/deliveries", leg(`${name}-${i}`)), 201);
      booked += 1;
    }
  };
  const streams = Array.from({ length: 4 }, (_each, i) => book(`stream-${i}`));
  const close = expectStatus(harbour.as("harbour").post("/settlements", { period: "2001-01" }), 201);
  await close.finally(() => {
    closed = true;
  });
  await Promise.all(streams);
  const [settled] = itemsOf(await blueline.get("/statements?period=2001-01"));
  await expectStatus(harbour.as("harbour").post("/settlements", { period: "2001-02" }), 201);
  const [later] = itemsOf(await blueline.get("/statements?period=2001-02"));
  // A line for each delivery, and one for the tax.
  const count = (statement: JsonObject | undefined): number => Number(statement?.["lineCount"] ?? 1) - 1;
  expect(count(settled)).toBeGreaterThanOrEqual(100);
  expect(count(settled) + count(later)).toBe(booked);
  await harbour.close();
});
