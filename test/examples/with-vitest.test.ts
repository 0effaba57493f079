import { startSandbox, type TestSandbox } from "eco-partner-toolkit/testing";
import { matchers } from "eco-partner-toolkit/testing/vitest";
import { HttpResponse, http } from "msw";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

expect.extend(matchers);

describe("our integration", () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    // Everything that this process sends to sandbox.url is answered by the sandbox. The clock stands until it is moved.
    sandbox = await startSandbox({ now: "2026-03-16T08:00:00Z" });
  });
  afterAll(() => sandbox.close());

  it("is paid for a leg, and the customer hears of it", async () => {
    const inbox = await sandbox.receive({ as: "nordic-apps" });
    const blueline = sandbox.as("blueline");
    const response = await blueline("/v1/deliveries", {
      json: {
        id: "leg-1145",
        product: "express-leg",
        customer: "nordic-apps",
        startedAt: "2026-03-16T11:45:00",
        usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
        parties: { forwarder: "wayfare", carrier: "blueline" },
      },
    });
    expect(response.status).toBe(201);

    await expect(sandbox).toHaveRated("leg-1145", { netMinor: 14431, serviceCreditMinor: 1443 });
    await expect(inbox).toHaveReceivedInOrder(["delivery.rated", "service-level.breached"]);
  });

  it("waits on the virtual clock: a stand-in that is due tomorrow has delivered a moment later", async () => {
    await sandbox.behave("fjord-catering", "late:25m");
    const spacefinder = sandbox.as("spacefinder");
    await spacefinder("/v1/work-orders", {
      json: {
        id: "lunch-1",
        product: "catering-cover",
        customer: "nordic-apps",
        provider: "fjord-catering",
        parties: { broker: "spacefinder", supplier: "kestrel" },
        scheduledFor: "2026-03-17T11:30:00+02:00",
        usage: { covers: 37 },
      },
    });
    await expect(sandbox).toHaveEmitted("work-order.completed", { subject: "lunch-1" }, { within: "P2D" });
  });

  it("copes when one operation is down", async () => {
    sandbox.use(http.get("*/v1/parties", () => HttpResponse.json({ title: "Down" }, { status: 503 })));
    const response = await sandbox.as("blueline")("/v1/parties");
    expect(response.status).toBe(503);
    sandbox.resetHandlers();
  });
});
