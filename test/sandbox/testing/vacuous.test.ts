import { describe, expect, it } from "vitest";
import {
  balance,
  booked,
  type Check,
  emitted,
  eventually,
  type Inbox,
  never,
  rated,
  received,
  receivedInOrder,
  settled,
  statementIssued,
  type TestSandbox,
} from "../../../sandbox/testing/index.ts";
import { leg } from "./leg.ts";
import { openTestSandbox } from "./open-test-sandbox.ts";

const submit = (sandbox: TestSandbox) => sandbox.as("blueline")("/v1/deliveries", { json: leg });

const ACCOUNT = "nordic-apps/payable/harbour";

/** What somebody writes whose editor doesn't check types. */
const untyped = <T>(value: unknown): T => value as T;

describe("a check that could never fail, or never hold, is refused:", () => {
  const refused: readonly (readonly [string, (test: TestSandbox, inbox: Inbox) => Check, string])[] = [
    ["no posting", (test) => booked(test, []), "No posting is wanted"],
    ["no order", (_, inbox) => receivedInOrder(inbox, []), "No order of events is wanted"],
    [
      "a posting's field that there isn't",
      (test) => booked(test, untyped([{ account: ACCOUNT, amount: 1 }])),
      'No field of a posting is called "amount". Did you mean account? There are: account, amountMinor,',
    ],
    [
      "a posting on no account",
      (test) => booked(test, [{ account: "nordic-apps/payble/harbour", amountMinor: 1 }]),
      "write party/purpose or party/purpose/counterparty",
    ],
    ["a balance of no account", (test) => balance(test, "nordic-apps", 0), "is no account"],
    [
      "an event's field that there isn't",
      (test) => emitted(test, "delivery.rated", { subjct: leg.id }),
      'No field of an event is called "subjct". Did you mean subject?',
    ],
    [
      "a field of what came that there isn't",
      (_, inbox) => received(inbox, "delivery.rated", { deliveryId: leg.id }),
      'No field of an event in an inbox is called "deliveryId". There are: id, type, subject, time, data,',
    ],
    [
      "a delivery's field that there isn't",
      (test) => rated(test, leg.id, { nettMinor: 14431 }),
      'No field of a delivery is called "nettMinor". Did you mean netMinor?',
    ],
    ["the same once it is settled", (test) => settled(test, leg.id, { shares: [] }), 'called "shares"'],
    [
      "a statement's field that there isn't",
      (test) => statementIssued(test, { party: "nordic-apps", period: "2026-03", amountMinor: 1 }),
      'No field of a statement is called "amountMinor"',
    ],
    [
      "a statement for no period",
      (test) => statementIssued(test, { party: "nordic-apps", period: "2026-3" }),
      '"2026-3" is no period: write the month as 2025-03.',
    ],
    [
      "a field that the event document doesn't declare",
      (test) => emitted(test, "delivery.rated", { data: { deliveryID: leg.id } }),
      'No field of the data of campus.harbour.delivery.rated.v1 is called "deliveryID". Did you mean deliveryId?',
    ],
    [
      "the same of what came",
      (_, inbox) => received(inbox, "delivery.rated", { data: { netMinor: 14431 } }),
      'called "netMinor". There are: deliveryId,',
    ],
    [
      "a part of a minor unit",
      (test) => balance(test, ACCOUNT, 144.31),
      `What is wanted of ${ACCOUNT} is 144.31: amounts are whole minor units`,
    ],
    [
      "the same in a posting",
      (test) => booked(test, [{ account: ACCOUNT, amountMinor: 0.5 }]),
      "amounts are whole minor units",
    ],
    [
      "the same in an order",
      (_, inbox) => receivedInOrder(inbox, [["delivery.rated", { dta: {} }]]),
      'called "dta"',
    ],
  ];

  it.each(refused)("%s", async (_what, check, message) => {
    const sandbox = await openTestSandbox();
    const inbox = await sandbox.receive({ as: "nordic-apps" });
    expect(() => check(sandbox, inbox)).toThrow(message);
  });

  it.each([
    ["nordic-aps/payable/harbour", "a party nordic-aps, which there isn't. Did you mean nordic-apps?"],
    ["harbour/receivable/nobody-at-all", "a party nobody-at-all, which there isn't. There are: harbour,"],
  ])("the account %s, also where nothing is wanted of it", async (account, message) => {
    const sandbox = await openTestSandbox();
    await expect(eventually(balance(sandbox, account, 0))).rejects.toThrow(message);
    await expect(never(balance(sandbox, account, 1))).rejects.toThrow(message);
    await expect(never(booked(sandbox, [{ account, amountMinor: 1 }]))).rejects.toThrow(message);
    await eventually(balance(sandbox, ACCOUNT, 0));
  });
});

it("a statement of a party that there isn't, and a wait that goes back", async () => {
  const sandbox = await openTestSandbox();
  await expect(never(statementIssued(sandbox, { party: "nordic-app", period: "2026-03" }))).rejects.toThrow(
    "A statement is of a party nordic-app, which there isn't. Did you mean nordic-apps?",
  );
  await never(statementIssued(sandbox, { party: "nordic-apps", period: "2026-03" }));
  await expect(eventually(rated(sandbox, leg.id), { within: "-PT1H" })).rejects.toThrow("time goes forward");
});

it("several postings are never negated together: one of them alone may be there", async () => {
  const sandbox = await openTestSandbox();
  const posting = { account: ACCOUNT, amountMinor: 1 };
  await expect(never(booked(sandbox, [posting, posting]))).rejects.toThrow("ask for each by itself");
  await never(booked(sandbox, [posting]));
});

it("what stands for a value is named in a failure as it was written", async () => {
  const sandbox = await openTestSandbox();
  await submit(sandbox);
  const wanted = {
    currency: expect.any(Number),
    usage: expect.objectContaining({ miles: 1 }),
    product: /desk/,
  };
  const failure = await eventually(rated(sandbox, leg.id, wanted)).catch((error: Error) => error.message);
  expect(failure).toContain('currency: want Any<Number>, got "EUR"');
  expect(failure).toContain('usage: want ObjectContaining {"miles":1}, got {');
  expect(failure).toContain('product: want /desk/, got "express-leg"');
});

it("a delivery that was cancelled isn't rated, but for who asks for the status", async () => {
  const sandbox = await openTestSandbox();
  await submit(sandbox);
  await eventually(rated(sandbox, leg.id));
  const cancelled = await sandbox.as("blueline")(`/v1/deliveries/${leg.id}/cancellation`, {
    json: { reason: "Not flown" },
  });
  expect(cancelled.status).toBe(200);
  await expect(eventually(rated(sandbox, leg.id))).rejects.toThrow('got "cancelled"');
  await eventually(rated(sandbox, leg.id, { status: "cancelled" }));
});

it("what came to an inbox before a reset is no proof of what happened since", async () => {
  const sandbox = await openTestSandbox();
  const before = await sandbox.receive({ as: "nordic-apps" });
  await submit(sandbox);
  await eventually(received(before, "delivery.rated"));
  await sandbox.reset();
  const message = "The inbox of nordic-apps ended with the reset of its sandbox";
  await expect(eventually(received(before, "delivery.rated"))).rejects.toThrow(message);
  await expect(never(receivedInOrder(before, ["delivery.rated"]))).rejects.toThrow(message);
  const after = await sandbox.receive({ as: "nordic-apps" });
  await never(received(after, "delivery.rated"));
});
