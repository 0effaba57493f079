import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import {
  booked,
  eventually,
  never,
  nothingElseBooked,
  received,
  startSandbox,
  statementIssued,
  type TestSandbox,
} from "eco-partner-toolkit/testing";

let sandbox: TestSandbox;

before(async () => {
  sandbox = await startSandbox({ host: "http", now: "2026-03-16T08:00:00Z" });
});
after(() => sandbox.close());

it("settles a month, to the cent", async () => {
  const inbox = await sandbox.receive({ as: "studio-oy" });
  const harbour = sandbox.as("harbour");
  const response = await harbour("/v1/deliveries", {
    json: {
      id: "desk-1",
      product: "desk-day",
      customer: "studio-oy",
      startedAt: "2026-03-16T09:00:00",
      usage: {},
    },
  });
  assert.equal(response.status, 201);

  // 29.00 and 25.5 % of tax: 7.40 with the half cent to the even one.
  await eventually(
    booked(sandbox, [
      { account: "studio-oy/payable/harbour", amountMinor: -3640 },
      { account: "studio-oy/cost", amountMinor: 3640 },
      { account: "harbour/receivable/studio-oy", amountMinor: 3640 },
      { account: "harbour/revenue", amountMinor: -2900 },
      { account: "harbour/tax/tax-office", amountMinor: -740 },
      { account: "tax-office/receivable/harbour", amountMinor: 740 },
      { account: "tax-office/revenue", amountMinor: -740 },
    ]),
  );
  await eventually(nothingElseBooked(sandbox));
  await never(received(inbox, "statement.issued"), { within: "P1D" });

  await sandbox.clock.set("2026-04-01T00:00:00Z");
  await harbour("/v1/settlements", { json: { period: "2026-03" } });
  await eventually(statementIssued(sandbox, { party: "studio-oy", period: "2026-03", payableMinor: -3640 }));
  await eventually(received(inbox, "statement.issued"));
});
