import { expect, it, onTestFinished, vi } from "vitest";
import { emitted, eventually, never, rated } from "../../../sandbox/testing/index.ts";
import { leg } from "./leg.ts";
import { NOW, openTestSandbox } from "./open-test-sandbox.ts";

it.each([
  ["at the present", {}],
  ["at another time", { now: new Date("1999-01-01T00:00:00Z") }],
])("a sandbox works beside a test's fake timers %s, and its clock is its own", async (_what, timers) => {
  vi.useFakeTimers(timers);
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const sandbox = await openTestSandbox({ host: "process" });
  const fake = Date.now();
  expect((await sandbox.as("blueline")("/v1/deliveries", { json: leg })).status).toBe(201);
  await eventually(rated(sandbox, leg.id));
  await never(emitted(sandbox, "settlement.closed"), { within: "P3D" });
  const later = await sandbox.clock.advance("P1D");
  expect(Date.parse(later)).toBeGreaterThanOrEqual(Date.parse(NOW) + 86_400_000);
  // Moving the one clock moves nothing of the other.
  expect(Date.now()).toBe(fake);
});
