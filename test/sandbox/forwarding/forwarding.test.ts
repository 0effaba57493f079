import { expect, it } from "vitest";
import { nodeCaller } from "../../../sandbox/forwarding/call-node.ts";
import { createSandbox } from "../../../sandbox/index.ts";
import { readSession } from "../../../sandbox/session/read.ts";
import { replaySession } from "../../../sandbox/session/replay.ts";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import {
  emitted,
  eventually,
  rated,
  type StartSandboxOptions,
  type TestSandbox,
} from "../../../sandbox/testing/index.ts";
import { byParty } from "../capabilities/harbour.ts";
import { lunch } from "../testing/lunch.ts";
import { jsonOf, NOW, openTestSandbox } from "../testing/open-test-sandbox.ts";
import { type Build, held, type Manner, openBuild } from "./build.ts";

const open = (settings: StartSandboxOptions = {}) => openTestSandbox({ patience: "P2D", ...settings });

async function placed(sandbox: TestSandbox): Promise<void> {
  expect((await sandbox.as("spacefinder")("/v1/work-orders", { json: lunch })).status).toBe(201);
  await sandbox.settle();
}

async function forwarded(
  manner: Manner,
  timeoutMs = 10_000,
): Promise<{ sandbox: TestSandbox; build: Build }> {
  const sandbox = await open({ caller: nodeCaller({ allowLoopback: true, timeoutMs }) });
  const build = await openBuild(manner);
  await sandbox.forward("fjord-catering", build.url);
  await placed(sandbox);
  return { sandbox, build };
}

const order = (sandbox: TestSandbox) => jsonOf(sandbox.as("harbour")("/v1/work-orders/lunch"));

it("a build that accepts has the order, renders it itself, and is paid for it", async () => {
  const { sandbox, build } = await forwarded(() => ({ status: 201, body: held("accepted") }));
  expect(build.asked).toEqual([
    expect.objectContaining({
      method: "POST",
      path: "/work-orders",
      body: {
        id: "lunch",
        product: "catering-cover",
        customer: "nordic-apps",
        scheduledFor: "2026-03-17T09:30:00.000Z",
        usage: { covers: 37 },
        respondBy: "2026-03-16T08:30:00.000Z",
      },
    }),
  ]);
  expect(await order(sandbox)).toMatchObject({
    status: "accepted",
    provider: "fjord-catering",
    attempts: [{ provider: "fjord-catering", outcome: "accepted", at: NOW }],
  });
  // Nobody renders it in the build's place.
  await sandbox.clock.set("2026-03-18T09:00:00Z");
  expect(await order(sandbox)).toMatchObject({ status: "accepted" });
  const completion = { startedAt: "2026-03-17T11:30:00+02:00", usage: { covers: 37 } };
  const completed = await sandbox.as("fjord-catering")("/v1/work-orders/lunch/completion", {
    json: completion,
  });
  expect(completed.status).toBe(200);
  const { deliveryId } = await order(sandbox);
  await eventually(rated(sandbox, String(deliveryId), { provider: "fjord-catering", netMinor: 47_840 }));
});

it("the build is asked with a token for it alone, which opens nothing here", async () => {
  const { sandbox, build } = await forwarded(() => ({ status: 201, body: held("accepted") }));
  const token = build.asked[0]?.headers.authorization?.replace("Bearer ", "") ?? "";
  expect(JSON.parse(atob(token.split(".")[1] ?? ""))).toMatchObject({
    sub: "harbour",
    aud: "fjord-catering",
    scope: "fulfilment:write",
  });
  const tried = await sandbox.fetch("/v1/work-orders", { headers: { authorization: `Bearer ${token}` } });
  expect(tried.status).toBe(401);
});

it("a build that takes the offer in is asked until it has decided", async () => {
  const { sandbox, build } = await forwarded((asked, times) =>
    asked.method === "POST"
      ? { status: 201, body: held("offered") }
      : { status: 200, body: held(times < 3 ? "offered" : "accepted") },
  );
  expect(await order(sandbox)).toMatchObject({ status: "offered" });
  await eventually(emitted(sandbox, "work-order.accepted", { subject: "lunch" }));
  expect(build.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /work-orders",
    "GET /work-orders/lunch",
    "GET /work-orders/lunch",
  ]);
  expect(await sandbox.clock.now()).toBe("2026-03-16T08:00:03.000Z");
});

it("a build that declines: the substitute delivers, and the books come out to the cent", async () => {
  const reason = "The kitchen is fully booked that day.";
  const { sandbox } = await forwarded(() => ({ status: 201, body: held("declined", { reason }) }));
  expect(await order(sandbox)).toMatchObject({
    status: "accepted",
    provider: "taiga-catering",
    attempts: [
      { provider: "fjord-catering", outcome: "declined", reason },
      { provider: "taiga-catering", outcome: "accepted" },
    ],
  });
  await eventually(emitted(sandbox, "work-order.completed", { subject: "lunch" }));
  const { deliveryId } = await order(sandbox);
  // 10 × 14.50 + 20 × 12.75 + 7 × 11.20 = 478.40, on time, so nothing back; 13.5 % of tax: 64.58.
  const figures = { netMinor: 47_840, serviceCreditMinor: 0, taxMinor: 6_458, payableMinor: 54_298 };
  await eventually(rated(sandbox, String(deliveryId), { provider: "taiga-catering", ...figures }));
  await sandbox.clock.set("2026-04-01T00:00:00+03:00");
  const settlement = await jsonOf(sandbox.as("harbour")("/v1/settlements", { json: { period: "2026-03" } }));
  // 8 % to the marketplace and 10 % to the campus, the odd cent to the first: 38.28 and 47.84. The caterer has the
  // remaining 392.28 and pays the courier 18.00 + 27 × 0.35 = 27.45. The caterer that declined has nothing.
  expect(byParty(settlement["positions"])).toEqual({
    "nordic-apps": -54_298,
    "tax-office": 6_458,
    spacefinder: 3_828,
    harbour: 4_784,
    "taiga-catering": 36_483,
    kestrel: 2_745,
  });
});

it("a build that comes back in time gets the same offer under the same key", async () => {
  const { sandbox, build } = await forwarded((_asked, times) =>
    times < 4 ? { status: 503, body: {} } : { status: 200, body: held("accepted") },
  );
  expect(await order(sandbox)).toMatchObject({
    status: "offered",
    attempts: [{ outcome: "offered", reason: "Its build answered offerWorkOrder with 503." }],
  });
  await eventually(emitted(sandbox, "work-order.accepted", { subject: "lunch" }));
  // After 1, 2 and 5 seconds.
  expect(await sandbox.clock.now()).toBe("2026-03-16T08:00:08.000Z");
  expect(new Set(build.asked.map(({ headers }) => headers["idempotency-key"]))).toEqual(new Set(["lunch.1"]));
  expect(build.asked.map(({ body }) => body)).toEqual(Array(4).fill(build.asked[0]?.body));
});

const hang: Manner = () => "hang";

const broken: readonly (readonly [what: string, manner: Manner, reason: RegExp])[] = [
  ["is ill", () => ({ status: 500, body: {} }), /answered offerWorkOrder with 500/],
  ["refuses the campus", () => ({ status: 401, body: {} }), /answered offerWorkOrder with 401/],
  ["sends the sandbox elsewhere", () => ({ status: 302, body: {} }), /answered offerWorkOrder with 302/],
  ["hangs", hang, /gives no answer: no answer within 100 ms/],
  ["says nothing that is JSON", () => ({ status: 201, body: "<p>Hello</p>" }), /is no JSON/],
  ["breaks the specification", () => ({ status: 201, body: held("maybe") }), /breaks the spec.*#\/status/],
  [
    "speaks of another order",
    () => ({ status: 201, body: held("accepted", { id: "dinner" }) }),
    /another order, "dinner"/,
  ],
  [
    "talks without end",
    () => ({ status: 201, body: held("accepted", { note: "x".repeat(70_000) }) }),
    /longer than 65536 bytes/,
  ],
];

it.each(broken)(
  "a build that %s is silent in the end, with the reason, and the substitute is asked",
  async (_, manner, reason) => {
    const { sandbox } = await forwarded(manner, manner === hang ? 100 : undefined);
    await sandbox.clock.advance("PT1S");
    expect(await order(sandbox)).toMatchObject({
      status: "offered",
      attempts: [{ reason: expect.stringMatching(/ Asked 2 times\.$/) }],
    });
    await sandbox.clock.advance("PT30M");
    expect(await order(sandbox)).toMatchObject({
      status: "accepted",
      provider: "taiga-catering",
      attempts: [
        {
          provider: "fjord-catering",
          outcome: "silent",
          at: "2026-03-16T08:30:00.000Z",
          reason: expect.stringMatching(reason),
        },
        { provider: "taiga-catering", outcome: "accepted" },
      ],
    });
    const { items } = sandbox.sandbox.control.log.read({
      operation: "offerWorkOrder",
      party: "fjord-catering",
    });
    expect(items.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(items)).not.toMatch(/Bearer ey/);
  },
);

it("a build that is down, or may not be reached, is told from one that answers", async () => {
  const sandbox = await open();
  const gone = await openBuild(hang);
  await gone.close();
  await sandbox.forward("fjord-catering", gone.url);
  await placed(sandbox);
  expect(await order(sandbox)).toMatchObject({
    attempts: [{ reason: expect.stringContaining("ECONNREFUSED") }],
  });
  const strict = await open({ caller: nodeCaller({ allowLoopback: false }) });
  const build = await openBuild(hang);
  await expect(strict.forward("fjord-catering", build.url)).rejects.toMatchObject({
    code: "ECO_REQUEST_INVALID",
    message: expect.stringContaining("sends nothing to its own machine"),
  });
  expect(build.asked).toEqual([]);
});

it.each([
  ["plain http", "http://build.example", "must be https"],
  ["an address of a private network", "https://10.1.2.3", "10.1.2.3 is refused"],
  ["its own machine", "https://localhost:4030", "own machine"],
])("refuses at once %s, which no offer would reach", async (_what, url, reason) => {
  const sandbox = await open({ caller: nodeCaller({ allowLoopback: false }) });
  const { parties } = sandbox.sandbox.control;
  await expect(parties.change("fjord-catering", { behaviour: "silent", forward: url })).rejects.toMatchObject(
    {
      code: "ECO_REQUEST_INVALID",
      message: expect.stringContaining(reason),
    },
  );
  expect(await parties.behaviour("fjord-catering")).toEqual({
    partyId: "fjord-catering",
    behaviour: "on-time",
  });
});

it("what happens to the order elsewhere ends the asking", async () => {
  const { sandbox, build } = await forwarded(() => ({ status: 201, body: held("offered") }));
  const answered = await sandbox.as("fjord-catering")("/v1/work-orders/lunch/acceptance", { json: {} });
  expect(answered.status).toBe(200);
  await sandbox.clock.advance("PT10M");
  await sandbox.clock.advance("PT10M");
  expect(build.asked.length).toBe(1);
  expect(await order(sandbox)).toMatchObject({ status: "accepted", provider: "fjord-catering" });
});

it("the sandbox plays the stand-in again once told so, and after a reset", async () => {
  const { sandbox, build } = await forwarded(() => ({ status: 201, body: held("accepted") }));
  const { parties } = sandbox.sandbox.control;
  expect(await parties.behaviour("fjord-catering")).toEqual({
    partyId: "fjord-catering",
    behaviour: "on-time",
    forward: build.url,
  });
  expect(await parties.forward("fjord-catering")).toEqual({
    partyId: "fjord-catering",
    behaviour: "on-time",
  });
  const again = { ...lunch, id: "dinner" };
  await sandbox.as("spacefinder")("/v1/work-orders", { json: again });
  await sandbox.settle();
  expect(await jsonOf(sandbox.as("harbour")("/v1/work-orders/dinner"))).toMatchObject({ status: "accepted" });
  expect(build.asked.length).toBe(1);
  await sandbox.forward("fjord-catering", build.url);
  await sandbox.reset();
  expect(await parties.behaviour("fjord-catering")).not.toHaveProperty("forward");
});

it.each([
  ["is ill", () => ({ status: 503, body: {} })],
  ["took it in", () => ({ status: 201, body: held("offered") })],
] satisfies [string, Manner][])(
  "what a build that %s has left open, the stand-in answers once the sandbox plays it again",
  async (_what, manner) => {
    const { sandbox, build } = await forwarded(manner);
    await sandbox.forward("fjord-catering");
    await sandbox.clock.advance("PT1S");
    expect(await order(sandbox)).toMatchObject({ status: "accepted", provider: "fjord-catering" });
    expect(build.asked.length).toBe(1);
    // Nor does the build hear of an order that it never took on.
    await sandbox.forward("fjord-catering", build.url);
    const reason = { json: { reason: "Cold." } };
    expect((await sandbox.as("spacefinder")("/v1/work-orders/lunch/cancellation", reason)).status).toBe(200);
    await sandbox.settle();
    expect(build.asked.length).toBe(1);
  },
);

it("a build that moved is asked where it is now", async () => {
  const { sandbox, build } = await forwarded(() => ({ status: 503, body: {} }));
  const moved = await openBuild(() => ({ status: 201, body: held("accepted") }));
  await sandbox.forward("fjord-catering", moved.url);
  await sandbox.clock.advance("PT1S");
  expect(await order(sandbox)).toMatchObject({ status: "accepted", provider: "fjord-catering" });
  expect([build.asked.length, moved.asked.length]).toEqual([1, 1]);
});

it("refuses what can't be forwarded, and changes nothing then", async () => {
  const sandbox = await open();
  const { parties } = sandbox.sandbox.control;
  await expect(parties.forward("nobody-here", "http://127.0.0.1:1")).rejects.toMatchObject({
    code: "ECO_NOT_FOUND",
  });
  for (const url of ["ftp://127.0.0.1/", "here", "http://me:secret@127.0.0.1/"]) {
    await expect(parties.forward("fjord-catering", url)).rejects.toMatchObject({
      code: "ECO_REQUEST_INVALID",
    });
  }
  const both = { behaviour: "grumpy", forward: "http://127.0.0.1:1" };
  await expect(parties.change("fjord-catering", both)).rejects.toMatchObject({ code: "ECO_REQUEST_INVALID" });
  expect(await parties.behaviour("fjord-catering")).toEqual({
    partyId: "fjord-catering",
    behaviour: "on-time",
  });
  const unbound = await open({ specs: "test/sandbox/resources/library.yaml" });
  const [party] = unbound.sandbox.catalog.ecosystem.parties.slice(-1);
  await expect(
    unbound.sandbox.control.parties.forward(party?.id ?? "", "http://127.0.0.1:1"),
  ).rejects.toMatchObject({ code: "ECO_FORWARD_UNSUPPORTED" });
});

it("a recorded session replays without asking the build again", async () => {
  const sandbox = await open({ caller: nodeCaller({ allowLoopback: true }) });
  const build = await openBuild((_asked, times) =>
    times === 1 ? { status: 503, body: {} } : { status: 201, body: held("declined", { reason: "No." }) },
  );
  await sandbox.sandbox.control.session.keep();
  await sandbox.forward("fjord-catering", build.url);
  await placed(sandbox);
  await eventually(emitted(sandbox, "work-order.completed", { subject: "lunch" }));
  const text = await sandbox.sandbox.control.session.take();
  expect(build.asked.length).toBe(2);
  expect(text).not.toContain(build.asked[0]?.headers.authorization);
  const { catalog } = sandbox.sandbox;
  const replay = (recorded: string) =>
    replaySession({
      session: readSession(recorded, { unsealed: true }),
      store: new MemoryStore(),
      open: (store, settings) => createSandbox({ catalog, store, ...settings }),
    });
  const report = await replay(text);
  expect(report.difference).toBeUndefined();
  expect(build.asked.length).toBe(2);
  // Another answer of the build is another session.
  const changed = text.replace(
    '"outcome":{"kind":"answered","status":503',
    '"outcome":{"kind":"answered","status":504',
  );
  expect(changed).not.toBe(text);
  expect((await replay(changed)).difference).toMatchObject({ what: "changes" });
});

it("whoever moves the clock over HTTP finds what the build answered when the answer comes", async () => {
  const controlToken = "control-token-of-a-test";
  const sandbox = await open({ controlToken });
  const answers = [{ status: 500, body: "" }];
  const { url, asked } = await openBuild(
    () => answers.shift() ?? { status: 200, body: held("declined", { reason: "No cook" }) },
  );
  await sandbox.forward("fjord-catering", url);
  await placed(sandbox);
  expect(asked).toHaveLength(1);
  const moved = await sandbox.fetch("/_sandbox/clock", {
    method: "PUT",
    headers: { authorization: `Bearer ${controlToken}`, "content-type": "application/json" },
    body: JSON.stringify({ advance: "PT2S" }),
  });
  expect(moved.status).toBe(200);
  expect(await order(sandbox)).toMatchObject({ status: "accepted", provider: "taiga-catering" });
});
