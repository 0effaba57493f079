import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { SqliteStore } from "../../../sandbox/store/sqlite/sqlite.ts";
import { emitted, eventually, never, rated, received, startSandbox } from "../../../sandbox/testing/index.ts";
import { leg } from "./leg.ts";
import { newFolder } from "./new-folder.ts";
import { NOW, openTestSandbox } from "./open-test-sandbox.ts";

type Faked = Parameters<typeof vi.useFakeTimers>[0];

function fakeTimers(how: Faked = {}): void {
  vi.useFakeTimers(how);
  onTestFinished(() => void vi.useRealTimers());
}

it.each([
  ["at the present", {}],
  ["at another time", { now: new Date("1999-01-01T00:00:00Z") }],
])("a sandbox works beside a test's fake timers %s, and its clock is its own", async (_what, timers) => {
  fakeTimers(timers);
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

it.each(["process", "http", "none"] as const)(
  "a sandbox that was started before works on, on the host %s, recording on SQLite",
  async (host) => {
    const folder = await newFolder();
    const store = SqliteStore.open(join(folder, "sandbox.sqlite"));
    const sandbox = await openTestSandbox({ host, store, bundle: join(folder, "bundle.json") });
    fakeTimers();
    const inbox = await sandbox.receive({ as: "nordic-apps" });
    expect((await sandbox.as("blueline")("/v1/deliveries", { json: leg })).status).toBe(201);
    await eventually(received(inbox, "delivery.rated"));
  },
);

it("what comes late on purpose comes all the same", async () => {
  const sandbox = await openTestSandbox();
  fakeTimers();
  await sandbox.faults.add({ operation: "listParties", latencyMs: 5, dripMs: 5 });
  const answer = await sandbox.as("blueline")("/v1/parties");
  expect(await answer.json()).toHaveProperty("items");
});

it("signatures are fresh by the clock that the process has at the time, whenever it is replaced", async () => {
  fakeTimers({ now: new Date("1999-01-01T00:00:00Z") });
  const sandbox = await openTestSandbox();
  const inbox = await sandbox.receive({ as: "nordic-apps" });
  vi.useRealTimers();
  for (const [id, now] of [["leg-1"], ["leg-2", new Date("2040-01-01T00:00:00Z")]] as const) {
    if (now !== undefined) vi.useFakeTimers({ now });
    await sandbox.as("blueline")("/v1/deliveries", { json: { ...leg, id } });
    await eventually(received(inbox, "delivery.rated", { subject: id }));
  }
});

it("refuses to hang where a test fakes what fetch itself goes on by", async () => {
  const sandbox = await openTestSandbox();
  fakeTimers({ toFake: ["queueMicrotask"] });
  const message = "The test fakes queueMicrotask";
  await expect(startSandbox({ host: "none" })).rejects.toThrow(message);
  await expect(sandbox.as("blueline")("/v1/parties")).rejects.toThrow(message);
  await expect(eventually(rated(sandbox, leg.id))).rejects.toThrow(message);
});
