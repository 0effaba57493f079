import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  balance,
  booked,
  type Check,
  emitted,
  eventually,
  matchers,
  never,
  nothingElseBooked,
  rated,
  received,
  receivedInOrder,
  settled,
  startSandbox,
  statementIssued,
  type TestSandbox,
} from "../../../sandbox/testing/index.ts";
import { launchBrowser } from "../../support/browser.ts";
import { openReceiver } from "../events/receiver.ts";
import { servePage } from "../hosts/serve-page.ts";
import { leg } from "./leg.ts";
import { lunch } from "./lunch.ts";
import { NOW, openTestSandbox } from "./open-test-sandbox.ts";

const submit = (sandbox: TestSandbox, over: Partial<typeof leg> = {}) =>
  sandbox.as("blueline")("/v1/deliveries", { json: { ...leg, ...over } });

const failureOf = (check: Check, patience = {}): Promise<string> =>
  eventually(check, patience).then(
    () => "it passed",
    (error: Error) => `${error.name}: ${error.message}`,
  );

it.each([
  ["an option", { hots: "http" }, "startSandbox has no option hots.", "Did you mean host or cors?"],
  [
    "a patience",
    { patience: "1h" },
    'startSandbox takes no patience "1h".',
    "Give an ISO 8601 duration such as PT2H or P1D.",
  ],
  ["a host", { host: "htpp" }, "startSandbox has no host htpp.", "Did you mean http?"],
  [
    "a far-fetched host",
    { host: "moon" },
    "startSandbox has no host moon.",
    "Use one of process, http, none.",
  ],
])("refuses %s that there isn't", async (_what, options, message, fix) => {
  // As somebody writes it whose editor doesn't check types.
  const untyped: unknown = options;
  const said = { code: "ECO_USAGE", message: `${message} ${fix}`, fix };
  await expect(startSandbox(untyped as object)).rejects.toMatchObject(said);
});

describe("a tester's own handlers", () => {
  const down = http.get("*/v1/parties", () => HttpResponse.json({}, { status: 418 }));
  const statuses = async (sandbox: TestSandbox) => {
    const blueline = sandbox.as("blueline");
    const paths = ["/v1/parties", "/v1/parties/blueline"];
    return Promise.all(paths.map(async (path) => (await blueline(path)).status));
  };

  it.each(["process", "http", "none"] as const)("answer one operation on the host %s", async (host) => {
    const sandbox = await openTestSandbox({ host, handlers: [down] });
    expect(await statuses(sandbox)).toEqual([418, 200]);
    sandbox.resetHandlers();
    expect(await statuses(sandbox)).toEqual([200, 200]);
    sandbox.use(down);
    expect(await statuses(sandbox)).toEqual([418, 200]);
  });

  it("stand beside the sandbox's in a server of their own", async () => {
    const sandbox = await openTestSandbox();
    const server = setupServer(down, ...sandbox.handlers);
    server.listen({ onUnhandledFrame: "error" });
    onTestFinished(() => server.close());
    const headers = { authorization: `Bearer ${await sandbox.token("blueline")}` };
    const status = async (path: string) => (await fetch(`${sandbox.url}${path}`, { headers })).status;
    expect([await status("/v1/parties"), await status("/v1/parties/blueline")]).toEqual([418, 200]);
  });

  it("answer one operation within a page, where the checks work as well", async () => {
    const { sandbox } = await openTestSandbox();
    const page = await servePage(sandbox.catalog, fileURLToPath(new URL("page.ts", import.meta.url)));
    const browser = await launchBrowser();
    try {
      const tab = await browser.newPage();
      await tab.goto(page.url);
      await tab.waitForFunction(() => "testInPage" in window);
      expect(await tab.evaluate(() => window.testInPage())).toEqual([201, 418, 200]);
    } finally {
      await browser.close();
      await page.close();
    }
  });
});

describe("events", () => {
  it("come signed and in order; a retry is one event, and its wait passes on the virtual clock", async () => {
    const sandbox = await openTestSandbox();
    const statuses = [503, 204, 204, 204];
    const inbox = await sandbox.receive({
      as: "nordic-apps",
      answer: () => new Response(null, { status: statuses.shift() ?? 204 }),
    });
    await submit(sandbox);
    await eventually(
      receivedInOrder(inbox, ["delivery.rated", ["service-level.breached", { subject: leg.id }]]),
    );
    expect(inbox.received.map(({ status, repeated }) => [status, repeated])).toEqual([
      [503, false],
      [204, true],
      [204, false],
    ]);
    expect((await sandbox.clock.now()) > NOW).toBe(true);
    const breach = inbox.received.find(({ type }) => type.includes("service-level.breached"));
    expect(breach?.data).toMatchObject({ measure: "arrivalDelayMinutes", target: "15" });
    const backwards = receivedInOrder(inbox, ["service-level.breached", "delivery.rated"]);
    expect(await failureOf(backwards)).toContain(
      "1 of 2 came in order; then campus.harbour.delivery.rated.v1",
    );
  });

  it("reach a receiver of the tester's own, whose signature check gets its secret", async () => {
    const sandbox = await openTestSandbox();
    const inbox = await sandbox.receive({ as: "nordic-apps", types: ["delivery.rated"] });
    const receiver = await openReceiver();
    await sandbox.sandbox.control.endpoints.register({ party: "blueline", url: receiver.url });
    await submit(sandbox);
    await eventually(received(inbox, "delivery.rated"));
    await never(received(inbox, "service-level.breached"), { within: "P1D" });
    expect(receiver.received.length).toBeGreaterThan(0);
    expect(inbox.secret).toMatch(/^whsec_/);
  });

  it("whose signature is wrong have not come, and the failure says why", async () => {
    const sandbox = await openTestSandbox();
    const inbox = await sandbox.receive({ as: "nordic-apps" });
    const forged = await sandbox.receive({ as: "nordic-apps" });
    Object.assign(forged, { secret: inbox.secret });
    await submit(sandbox);
    await eventually(received(inbox, "delivery.rated"));
    expect(await failureOf(received(forged, "delivery.rated"))).toMatch(
      /signature: want "valid", got "No matching signature found"/,
    );
  });

  it("that the receiver failed on are named with what it threw, or answered", async () => {
    const sandbox = await openTestSandbox();
    let came = 0;
    const inbox = await sandbox.receive({
      as: "nordic-apps",
      types: ["delivery.rated"],
      answer({ method }) {
        came += 1;
        if (came === 1) expect(method).toBe("PUT");
        return new Response(null, { status: came === 2 ? 500 : 204 });
      },
    });
    await submit(sandbox);
    const failure = await failureOf(received(inbox, "delivery.rated", { subject: "leg-0" }), {
      within: "PT2H",
    });
    expect(failure.split("\n").filter((line) => line.includes("about leg-1145"))).toEqual([
      expect.stringContaining("about leg-1145 [the receiver threw: expected 'POST' to be 'PUT'"),
      expect.stringContaining("about leg-1145 [again] [answered 500]: "),
      expect.stringContaining("about leg-1145 [again]: "),
    ]);
  });

  it("that don't come are named with what came instead", async () => {
    const sandbox = await openTestSandbox();
    expect(await failureOf(emitted(sandbox, "delivery.rated"))).toBe(
      [
        "AssertionError: Want an event campus.harbour.delivery.rated.v1.",
        "Looked at 2026-03-16T08:00:00.000Z of virtual time, which wasn't moved.",
        "Nothing more is due: it wouldn't come by waiting.",
        "No event came at all.",
      ].join("\n"),
    );
    await submit(sandbox);
    const wrong = emitted(sandbox, "delivery.rated", { data: { status: "corrected" } });
    expect(await failureOf(wrong)).toContain('data.status: want "corrected", got "rated"');
    expect(await failureOf(emitted(sandbox, "dispute.opened"))).toContain(
      "What came:\n  2026-03-16T08:00:00.000Z campus.harbour.delivery.rated.v1 about leg-1145",
    );
    expect(() => emitted(sandbox, "delivery.lost")).toThrow(
      /^No message is called "delivery\.lost"\. There are: .*delivery\.rated, /,
    );
    expect(() => emitted(sandbox, "delivery.rate")).toThrow("Did you mean delivery.rated");
    await expect(sandbox.receive({ as: "nordic-apps", types: ["delivery.lost"] })).rejects.toThrow(
      "No message has the type delivery.lost",
    );
  });
});

describe("waiting on the virtual clock", () => {
  it("moves on to what is due, no further than it may, and not at all for what is there", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.behave("fjord-catering", "late:25m");
    await sandbox.as("spacefinder")("/v1/work-orders", { json: lunch });
    const completed = emitted(sandbox, "work-order.completed", { subject: lunch.id });
    await never(completed, { within: "P1D" });
    expect(await failureOf(completed)).toContain(
      "due at 2026-03-17T09:55:00.000Z: later than PT1H, which `within` or `patience` can change.",
    );
    expect(await sandbox.clock.now()).toBe("2026-03-16T08:00:00.000Z");
    await eventually(completed, { within: "P2D" });
    expect(await sandbox.clock.now()).toBe("2026-03-17T09:55:00.000Z");
    const inVain = never(completed, { within: "PT1H" });
    await expect(inVain).rejects.toThrow("Looked at 2026-03-17T09:55:00.000Z of virtual time, which wasn't");
    await eventually(emitted(sandbox, "work-order.accepted"));
    expect(await sandbox.clock.now()).toBe("2026-03-17T09:55:00.000Z");
  });

  it("says how far it moved the clock in vain", async () => {
    const sandbox = await openTestSandbox();
    await sandbox.behave("fjord-catering", "late:25m");
    await sandbox.as("spacefinder")("/v1/work-orders", { json: lunch });
    expect(await failureOf(emitted(sandbox, "dispute.opened"), { within: "P2D" })).toContain(
      "Looked from 2026-03-16T08:00:00.000Z to 2026-03-17T09:55:00.000Z of virtual time, which was moved by PT25H55M.\nNothing more is due",
    );
  });

  it("goes by the timers that are set on the way: a silent stand-in, then its substitute", async () => {
    const sandbox = await openTestSandbox({ patience: "P2D" });
    await sandbox.behave("fjord-catering", "silent");
    await sandbox.as("spacefinder")("/v1/work-orders", { json: lunch });
    await eventually(emitted(sandbox, "work-order.completed", { data: { provider: "taiga-catering" } }));
  });

  it("refuses what is no duration and no instant", async () => {
    const sandbox = await openTestSandbox();
    await expect(eventually(emitted(sandbox, "delivery.rated"), { within: "an hour" })).rejects.toThrow(
      /ISO 8601 duration/,
    );
    await expect(sandbox.clock.set("noon")).rejects.toThrow();
    await expect(startSandbox({ host: "none", now: "noon" })).rejects.toThrow();
  });
});

describe("books", () => {
  const postings = [
    { account: "nordic-apps/payable/harbour", amountMinor: -14287 },
    { account: "wayfare/service-credit", amountMinor: 288 },
  ];

  it("tell rated from settled, to the cent", async () => {
    const sandbox = await openTestSandbox();
    await submit(sandbox);
    await eventually(rated(sandbox, leg.id, { netMinor: 14431, serviceCreditMinor: 1443, taxMinor: 1299 }));
    expect(await failureOf(rated(sandbox, leg.id, { netMinor: 1 }))).toContain("netMinor: want 1, got 14431");
    expect(await failureOf(rated(sandbox, "leg-0"))).toContain(
      "There are:\n  leg-1145 express-leg rated: net 14431, payable 14287 EUR",
    );
    await never(settled(sandbox, leg.id));
    await sandbox.clock.set("2026-04-01T00:00:00+03:00");
    await sandbox.as("harbour")("/v1/settlements", { json: { period: "2026-03" } });
    await eventually(settled(sandbox, leg.id, { payableMinor: 14287 }));
    const statement = { party: "nordic-apps", period: "2026-03" };
    await eventually(statementIssued(sandbox, { ...statement, payableMinor: -14287 }));
    expect(await failureOf(statementIssued(sandbox, { ...statement, payableMinor: 5 }))).toContain(
      "payableMinor: want 5, got -14287",
    );
    expect(await failureOf(statementIssued(sandbox, { party: "kestrel", period: "2026-02" }))).toContain(
      "No statement was issued for 2026-02.",
    );
  });

  it("hold these postings, each of its own, and say which others there are", async () => {
    const sandbox = await openTestSandbox();
    await submit(sandbox);
    await eventually(booked(sandbox, postings));
    await eventually(balance(sandbox, "nordic-apps/payable/harbour", -14287));
    expect(await failureOf(balance(sandbox, "nordic-apps/payable/harbour", 0))).toContain(
      "It stands at -14287.",
    );
    const twice = await failureOf(booked(sandbox, [...postings, ...postings.slice(0, 1)]));
    expect(twice).toContain('Missing:\n  {"account":"nordic-apps/payable/harbour","amountMinor":-14287}');
    const wrong = await failureOf(
      booked(sandbox, [{ account: "nordic-apps/payable/harbour", amountMinor: -1 }]),
    );
    expect(wrong).toContain(
      "On the same accounts:\n  nordic-apps/payable/harbour -14287 EUR (rating leg-1145)",
    );
    const others = await failureOf(nothingElseBooked(sandbox));
    expect(others).toContain("Booked as well:");
    expect(others).not.toContain("nordic-apps/payable/harbour");
  });

  it("of a test begin where it says", async () => {
    const sandbox = await openTestSandbox();
    await submit(sandbox);
    await sandbox.startBooks();
    await eventually(nothingElseBooked(sandbox));
    expect(await failureOf(booked(sandbox, postings))).toContain("Nothing else is booked.");
    await sandbox.reset();
    await eventually(nothingElseBooked(sandbox));
    await submit(sandbox);
    expect(await failureOf(nothingElseBooked(sandbox))).toContain("Booked as well:");
  });
});

describe("a failure", () => {
  it("is told to the hook before the test hears of it, for negations too", async () => {
    const told: string[] = [];
    const sandbox = await openTestSandbox({
      onFailure: ({ message, test }) => void told.push(`${test.url}: ${message}`),
    });
    await submit(sandbox);
    await eventually(rated(sandbox, leg.id));
    expect(told).toEqual([]);
    await expect(never(rated(sandbox, leg.id))).rejects.toThrow("Want never the delivery leg-1145 rated.");
    await expect(eventually(rated(sandbox, "leg-0"))).rejects.toThrow("There is no such delivery.");
    const matched = await matchers.toHaveRated.call({ isNot: true }, sandbox, leg.id);
    expect([matched.pass, matched.message()]).toEqual([true, expect.stringContaining("never")]);
    expect(told).toHaveLength(3);
  });

  it("of expecting something else than a sandbox or an inbox says what is wanted", () => {
    expect(() => matchers.toHaveRated.call({}, {}, "leg-1")).toThrow(
      "wants the sandbox that `startSandbox` gave",
    );
    expect(() => matchers.toHaveReceived.call({}, {}, "x")).toThrow(
      "wants an inbox that `sandbox.receive` gave",
    );
  });
});

it.each(["process", "http", "none"] as const)(
  "an answer that is dropped rejects on the host %s",
  async (host) => {
    const sandbox = await openTestSandbox({ host });
    await sandbox.faults.add({ operation: "listParties", drop: true, count: 1 });
    const blueline = sandbox.as("blueline");
    await expect(blueline("/v1/parties")).rejects.toThrow(TypeError);
    expect((await blueline("/v1/parties")).status).toBe(200);
  },
);

it("says of a request after the end that the sandbox is closed", async () => {
  const sandbox = await openTestSandbox();
  await sandbox.close();
  await expect(sandbox.as("blueline")("/v1/parties")).rejects.toThrow("The sandbox is closed");
});

describe("the credentials of a test", () => {
  it("are asked for once, and again after a reset", async () => {
    const sandbox = await openTestSandbox();
    const blueline = sandbox.as("blueline");
    expect((await blueline("/v1/parties/blueline")).status).toBe(200);
    await sandbox.reset();
    expect((await blueline("/v1/parties/blueline")).status).toBe(200);
    expect(await sandbox.clock.now()).toBe("2026-03-16T08:00:00.000Z");
    await expect(sandbox.token("nobody")).rejects.toThrow("publishes no sandbox credentials of nobody");
    await expect(sandbox.token("bluelin")).rejects.toThrow("Did you mean blueline?");
    await expect(sandbox.token({ clientId: "x", clientSecret: "y" })).rejects.toThrow("No token for x");
  });
});

describe.each([
  ["roaming-charging", "hub", "voltport"],
  ["quality-on-demand", "aggregator", "northcell"],
])("the ecosystem %s", (name, orchestrator, party) => {
  it("has the same kit: tokens, inboxes, stand-ins, a clock", async () => {
    const specs = join(import.meta.dirname, "../../fixtures/ecosystems", name);
    const sandbox = await openTestSandbox({ specs, now: "2025-03-10T09:00:00Z" });
    expect(await sandbox.token(orchestrator)).toMatch(/^ey/);
    await sandbox.behave(party, "silent");
    const inbox = await sandbox.receive({ as: party });
    await never(received(inbox, "delivery.rated"), { within: "P1D" });
    await eventually(nothingElseBooked(sandbox));
  });
});
