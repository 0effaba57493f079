import { expect, it } from "vitest";
import { nodeCaller } from "../../../sandbox/forwarding/call-node.ts";
import { createSandbox } from "../../../sandbox/index.ts";
import { readSession } from "../../../sandbox/session/read.ts";
import { replaySession } from "../../../sandbox/session/replay.ts";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import type { TestSandbox } from "../../../sandbox/testing/index.ts";
import { lunch } from "../testing/lunch.ts";
import { openTestSandbox } from "../testing/open-test-sandbox.ts";
import { type Asked, type Build, type Given, held, openBuild } from "./build.ts";

interface Kitchen {
  readonly sandbox: TestSandbox;
  readonly build: Build;
  /** What it answers to an offer, and to what it is told. */
  readonly manner: { offer: Given; told: (asked: Asked) => Given | "hang" };
  /** What it was told so far: `reschedule 10:30`, `cancellation`. */
  told(): string[];
  order(): Promise<JsonObject>;
  does(step: string, json: JsonObject, as?: string): Promise<void>;
}

const ok = (status: string): Given => ({ status: 200, body: held(status) });

/** A caterer's own build that was offered lunch. */
async function kitchen(offer: Given = ok("accepted")): Promise<Kitchen> {
  const sandbox = await openTestSandbox({ caller: nodeCaller({ allowLoopback: true, timeoutMs: 300 }) });
  const manner: Kitchen["manner"] = { offer, told: () => ok("rescheduled") };
  const build = await openBuild((asked) => {
    const isAsked = asked.path === "/work-orders" || asked.method === "GET";
    return isAsked ? manner.offer : manner.told(asked);
  });
  await sandbox.forward("fjord-catering", build.url);
  const answer = await sandbox.as("spacefinder")("/v1/work-orders", { json: lunch });
  expect(answer.status).toBe(201);
  await sandbox.settle();
  return {
    sandbox,
    build,
    manner,
    told: () =>
      build.asked
        .filter(({ path }) => path.startsWith("/work-orders/lunch/"))
        .map(({ path, body }) =>
          `${path.slice(19)} ${String(body["scheduledFor"] ?? "").slice(11, 16)}`.trim(),
        ),
    order: async () => (await (await sandbox.as("harbour")("/v1/work-orders/lunch")).json()) as JsonObject,
    async does(step, json, as = "spacefinder") {
      const answer = await sandbox.as(as)(`/v1/work-orders/lunch/${step}`, { json });
      expect(answer.status).toBe(200);
      await sandbox.settle();
    },
  };
}

const move = (hour: string): JsonObject => ({
  scheduledFor: `2026-03-17T${hour}:00+02:00`,
  reason: "The meeting moved.",
});
const callOff = { reason: "The meeting is called off." };

it("a build hears that the order it has was moved and called off, in that order, with a token for it", async () => {
  const { build, does, told, order } = await kitchen();
  await does("reschedule", move("12:30"));
  await does("cancellation", callOff);
  expect(told()).toEqual(["reschedule 10:30", "cancellation"]);
  const [, moved, cancelled] = build.asked;
  expect(moved?.body).toEqual({ scheduledFor: "2026-03-17T10:30:00.000Z", reason: "The meeting moved." });
  expect(cancelled?.body).toEqual(callOff);
  expect(moved?.headers["idempotency-key"]).not.toBe(cancelled?.headers["idempotency-key"]);
  const token = cancelled?.headers.authorization?.replace("Bearer ", "") ?? "";
  expect(JSON.parse(atob(token.split(".")[1] ?? ""))).toMatchObject({
    sub: "harbour",
    aud: "fjord-catering",
    scope: "fulfilment:write",
  });
  expect(await order()).toMatchObject({ status: "cancelled" });
  expect((await order())["attempts"]).toEqual([expect.not.objectContaining({ reason: expect.anything() })]);
});

it("what the provider did itself, it isn't told", async () => {
  const { does, told } = await kitchen();
  await does("reschedule", move("12:30"), "fjord-catering");
  await does("cancellation", callOff, "fjord-catering");
  expect(told()).toEqual([]);
});

it("a build that is down catches up, in order, under the same keys", async () => {
  const { sandbox, build, manner, does, told, order } = await kitchen();
  manner.told = () => ({ status: 503, body: {} });
  await does("reschedule", move("12:30"));
  await does("reschedule", move("13:30"));
  await does("cancellation", callOff);
  expect(told()).toEqual(["reschedule 10:30"]);
  expect((await order())["attempts"]).toEqual([
    expect.objectContaining({
      reason: "Not told yet that the order was moved: its build answered rescheduleOffer with 503.",
    }),
  ]);
  // After 1, 2 and 5 seconds.
  for (const wait of ["PT1S", "PT2S"]) {
    await sandbox.clock.advance(wait);
    await sandbox.settle();
  }
  manner.told = () => ok("rescheduled");
  await sandbox.clock.advance("PT5S");
  await sandbox.settle();
  expect(told()).toEqual([...Array(4).fill("reschedule 10:30"), "reschedule 11:30", "cancellation"]);
  const keys = build.asked.slice(1).map(({ headers }) => headers["idempotency-key"]);
  expect(new Set(keys.slice(0, 4)).size).toBe(1);
  expect(new Set(keys).size).toBe(3);
  expect((await order())["attempts"]).toEqual([expect.not.objectContaining({ reason: expect.anything() })]);
});

it("a build that may have heard is told again", async () => {
  const { sandbox, manner, does, told } = await kitchen();
  manner.told = () => "hang";
  await does("cancellation", callOff);
  manner.told = () => ok("cancelled");
  await sandbox.clock.advance("PT1S");
  await sandbox.settle();
  expect(told()).toEqual(["cancellation", "cancellation"]);
});

it("a build that refuses isn't told again, and the order says so", async () => {
  const { sandbox, manner, does, told, order } = await kitchen();
  manner.told = () => ({ status: 409, body: {} });
  await does("reschedule", move("12:30"));
  await sandbox.clock.advance("PT2H");
  await sandbox.settle();
  expect(told()).toEqual(["reschedule 10:30"]);
  expect((await order())["attempts"]).toEqual([
    expect.objectContaining({
      reason: "Told that the order was moved: its build answered rescheduleOffer with 409.",
    }),
  ]);
});

it("a build that stays away is given up after three days, and what comes then is told all the same", async () => {
  const { sandbox, manner, does, told, order } = await kitchen();
  manner.told = () => ({ status: 500, body: {} });
  await does("reschedule", move("12:30"));
  for (let hour = 0; hour < 80; hour++) {
    await sandbox.clock.advance("PT1H");
    await sandbox.settle();
  }
  const tries = told().length;
  expect((await order())["attempts"]).toEqual([
    expect.objectContaining({ reason: expect.stringMatching(/with 500\. Given up\.$/) }),
  ]);
  manner.told = () => ok("cancelled");
  await does("cancellation", callOff);
  expect(told().slice(tries)).toEqual(["cancellation"]);
});

it("an offer that was moved before the build took it in goes out anew, as another request", async () => {
  const { sandbox, build, manner, does, told, order } = await kitchen({ status: 503, body: {} });
  await does("reschedule", move("12:30"));
  manner.offer = ok("accepted");
  await sandbox.clock.advance("PT1S");
  await sandbox.settle();
  const offers = build.asked.map(({ headers, body }) => [headers["idempotency-key"], body["scheduledFor"]]);
  expect(offers).toEqual([
    ["lunch.1", "2026-03-17T09:30:00.000Z"],
    ["lunch.1.r1", "2026-03-17T10:30:00.000Z"],
  ]);
  expect(told()).toEqual([]);
  expect(await order()).toMatchObject({ status: "accepted" });
});

it("a build that took the offer in hears that it was called off, one that was never asked doesn't", async () => {
  const asked = await kitchen(ok("offered"));
  await asked.does("cancellation", callOff);
  expect(asked.told()).toEqual(["cancellation"]);
  const { sandbox, build, told } = await kitchen();
  // The sandbox played the stand-in when this one was offered.
  await sandbox.forward("fjord-catering");
  await sandbox.as("spacefinder")("/v1/work-orders", { json: { ...lunch, id: "dinner" } });
  await sandbox.forward("fjord-catering", build.url);
  await sandbox.as("spacefinder")("/v1/work-orders/dinner/cancellation", { json: callOff });
  await sandbox.settle();
  expect(told()).toEqual([]);
  expect(build.asked).toHaveLength(1);
});

it("a recorded session replays without telling the build again", async () => {
  const { sandbox, build, manner, does } = await kitchen();
  await sandbox.sandbox.control.session.keep();
  manner.told = () => ({ status: 503, body: {} });
  await does("reschedule", move("12:30"));
  manner.told = () => ok("rescheduled");
  await does("cancellation", callOff);
  await sandbox.clock.advance("PT1S");
  await sandbox.settle();
  const text = await sandbox.sandbox.control.session.take();
  const { length } = build.asked;
  expect(length).toBe(4);
  const { catalog } = sandbox.sandbox;
  const report = await replaySession({
    session: readSession(text),
    store: new MemoryStore(),
    open: (store, settings) => createSandbox({ catalog, store, ...settings }),
  });
  expect(report.difference).toBeUndefined();
  expect(build.asked).toHaveLength(length);
});
