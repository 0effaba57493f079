import { expect, it } from "vitest";
import {
  emitted,
  eventually,
  never,
  rated,
  statementIssued,
  type TestSandbox,
} from "../../../sandbox/testing/index.ts";
import { lunch } from "../testing/lunch.ts";
import { jsonOf, openTestSandbox } from "../testing/open-test-sandbox.ts";
import { byParty } from "./harbour.ts";

const open = () => openTestSandbox({ patience: "P2D" });

async function order(sandbox: TestSandbox): Promise<string> {
  const placed = await sandbox.as("spacefinder")("/v1/work-orders", { json: lunch });
  expect(placed.status).toBe(201);
  await eventually(emitted(sandbox, "work-order.completed", { subject: lunch.id }));
  const { deliveryId } = await jsonOf(sandbox.as("harbour")(`/v1/work-orders/${lunch.id}`));
  return String(deliveryId);
}

it("one stand-in silent and its substitute late: the books come out to the cent", async () => {
  const sandbox = await open();
  await sandbox.behave("fjord-catering", "silent");
  await sandbox.behave("taiga-catering", "late:25m");
  const delivery = await order(sandbox);
  const { attempts } = await jsonOf(sandbox.as("harbour")(`/v1/work-orders/${lunch.id}`));
  expect(attempts).toMatchObject([
    { provider: "fjord-catering", outcome: "silent", at: "2026-03-16T08:30:00.000Z" },
    { provider: "taiga-catering", outcome: "accepted", at: "2026-03-16T08:30:00.000Z" },
  ]);
  expect(await sandbox.clock.now()).toBe("2026-03-17T09:55:00.000Z");

  // 10 × 14.50 + 20 × 12.75 + 7 × 11.20 = 478.40. Late by 25 minutes: 10 % back, 47.84. Of the 430.56 that are left
  // 13.5 % of tax: 58.13. So 488.69 in all.
  const figures = { netMinor: 47_840, serviceCreditMinor: 4_784, taxMinor: 5_813, payableMinor: 48_869 };
  await eventually(rated(sandbox, delivery, { provider: "taiga-catering", ...figures }));

  await sandbox.clock.set("2026-04-01T00:00:00+03:00");
  const settlement = await jsonOf(sandbox.as("harbour")("/v1/settlements", { json: { period: "2026-03" } }));
  // 8 % to the marketplace and 10 % to the campus, the odd cent to the first: 38.28 and 47.84. The caterer has the
  // remaining 392.28, bears the credit of 47.84, pays the courier 18.00 + 27 × 0.35 = 27.45 and takes 10.00 from it.
  expect(byParty(settlement["positions"])).toEqual({
    "nordic-apps": -48_869,
    "tax-office": 5_813,
    spacefinder: 3_828,
    harbour: 4_784,
    "taiga-catering": 32_699,
    kestrel: 1_745,
  });
  await eventually(statementIssued(sandbox, { party: "taiga-catering", period: "2026-03" }));
  await never(statementIssued(sandbox, { party: "fjord-catering", period: "2026-03" }));
});

it("one declining and the customer disputing: the substitute delivers, and what it is owed waits for the decision", async () => {
  const sandbox = await open();
  await sandbox.behave("fjord-catering", "decline");
  await sandbox.behave("nordic-apps", "disputing");
  const delivery = await order(sandbox);
  await eventually(emitted(sandbox, "dispute.opened"));
  await eventually(rated(sandbox, delivery, { status: "disputed", netMinor: 47_840, serviceCreditMinor: 0 }));
  const direct = { ...lunch, id: "desk", product: "desk-day", startedAt: "2026-03-16T09:00:00", usage: {} };
  const { id: _, provider: _p, parties: _q, scheduledFor: _s, respondWithin: _r, ...desk } = direct;
  const submitted = await jsonOf(sandbox.as("harbour")("/v1/deliveries", { json: desk }));
  expect(submitted["status"]).toBe("disputed");
  await sandbox.behave("nordic-apps", "on-time");
  const later = await jsonOf(
    sandbox.as("harbour")("/v1/deliveries", { json: { ...desk, startedAt: "2026-03-16T10:00:00" } }),
  );
  expect(later["status"]).toBe("rated");
});

it("a behaviour that there isn't is refused with those that there are", async () => {
  const sandbox = await open();
  await expect(sandbox.behave("kestrel", "grumpy")).rejects.toThrow(
    /`on-time`, `decline`, `silent`, `disputing`/,
  );
  await expect(sandbox.behave("nobody", "silent")).rejects.toMatchObject({ code: "ECO_NOT_FOUND" });
});
