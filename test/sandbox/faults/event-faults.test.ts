import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { nodeSender } from "../../../sandbox/events/send-node.ts";
import type { FaultRule } from "../../../sandbox/faults/rule.ts";
import { endpoint, SECRET } from "../events/endpoint.ts";
import { openReceiver, type Receiver } from "../events/receiver.ts";
import { openShop, type Shop, START } from "../pipeline/shop.ts";
import { sharedMemory } from "../store/shared-memory.ts";

interface Scene extends Receiver {
  readonly shop: Shop;
  note(text: string, as?: string): Promise<string>;
  /** The ids of the notes that events came for, in the order in which they came. */
  came(): string[];
}

async function sceneWith(rule: FaultRule): Promise<Scene> {
  const shop = await openShop({
    sender: nodeSender({ allowLoopback: true, timeoutMs: 2_000 }),
    faults: [rule],
  });
  const receiver = await openReceiver();
  await endpoint(shop, { url: receiver.url });
  return {
    ...receiver,
    shop,
    note: async (text, as = "blueline") =>
      String((await shop.call("POST", "/v1/notes", { json: { text }, as })).json["id"]),
    came: () => receiver.received.map(({ body }) => (JSON.parse(body) as { subject: string }).subject),
  };
}

const dispatches = ({ shop }: Scene) => shop.store.dispatches("main", { limit: 99 });

describe("what happens to an event", () => {
  it("is lost: it counts as failed, with the rule as the reason, and the next one comes", async () => {
    const scene = await sceneWith({ id: "gone", event: "note.added", drop: true, count: 1 });
    await scene.note("one");
    const second = await scene.note("two");
    await scene.shop.sandbox.settle();
    expect(scene.came()).toEqual([second]);
    expect(await dispatches(scene)).toMatchObject([
      { state: "failed", attempts: [{ error: "lost by the fault rule gone" }] },
      { state: "done" },
    ]);
  });

  it("comes more than once, under the same id", async () => {
    const scene = await sceneWith({ event: "shop.note.added.v1", duplicate: 2, count: 1 });
    const ids = [await scene.note("one"), await scene.note("two")];
    await scene.shop.sandbox.settle();
    expect(scene.came()).toHaveLength(4);
    expect(scene.came().filter((id) => id === ids[0])).toHaveLength(3);
    expect(new Set(scene.received.map(({ headers }) => headers["webhook-id"])).size).toBe(2);
  });

  it("comes later by the virtual clock", async () => {
    const scene = await sceneWith({ event: "*", delay: "PT10M", count: 1 });
    const id = await scene.note("one");
    await scene.shop.sandbox.settle();
    await scene.shop.sandbox.control.clock.set({ advance: "PT9M59S" });
    await scene.shop.sandbox.settle();
    expect(scene.came()).toEqual([]);
    await scene.shop.sandbox.control.clock.set({ advance: "PT1S" });
    await scene.shop.sandbox.settle();
    expect(scene.came()).toEqual([id]);
  });

  it("comes after the next of its key, frozen as the clock is", async () => {
    const scene = await sceneWith({ event: "*", reorder: true, count: 1 });
    await scene.shop.sandbox.control.clock.set({ mode: "frozen" });
    await addTwice(scene);
    expect(
      scene.received.map(({ body }) => (JSON.parse(body) as { data: { step: number } }).data.step),
    ).toEqual([2, 1]);
    expect(await dispatches(scene)).toMatchObject([{ state: "done" }, { state: "done" }]);
  });

  it("comes alone when none follows within a minute", async () => {
    const scene = await sceneWith({ event: "*", reorder: true });
    const id = await scene.note("one");
    await scene.shop.sandbox.settle();
    expect(scene.came()).toEqual([]);
    await scene.shop.sandbox.control.clock.set({ advance: "PT1M" });
    await scene.shop.sandbox.settle();
    expect(scene.came()).toEqual([id]);
  });

  it.each([
    ["wrong", 0, false],
    ["missing", 0, undefined],
    ["stale", 3_600, true],
  ] as const)("has a signature that is %s", async (signature, secondsAgo, holds) => {
    const scene = await sceneWith({ event: "*", signature, count: 1 });
    await scene.note("one");
    await scene.shop.sandbox.settle();
    const { headers = {}, body = "" } = { ...scene.received[0] };
    const at = new Date(Number(headers["webhook-timestamp"]) * 1000);
    expect(at.getTime()).toBe(START - secondsAgo * 1000);
    const right = new Webhook(SECRET).sign(headers["webhook-id"] ?? "", at, body);
    const sent = headers["webhook-signature"];
    expect(sent === undefined ? undefined : sent === right).toBe(holds);
    await scene.note("two");
    await scene.shop.sandbox.settle();
    const [, next] = scene.received;
    const stamp = { id: next?.headers["webhook-id"] ?? "", at: new Date(START), body: next?.body ?? "" };
    expect(next?.headers["webhook-signature"]).toBe(new Webhook(SECRET).sign(stamp.id, stamp.at, stamp.body));
  });

  it("only to the party that the rule names", async () => {
    const scene = await sceneWith({ event: "*", party: "other", drop: true });
    await endpoint(scene.shop, { id: "whk_2", party: "other", url: scene.url });
    await scene.note("lost", "other");
    const id = await scene.note("came");
    await scene.shop.sandbox.settle();
    expect(scene.came()).toEqual([id]);
  });
});

/** Two events of one key: no note has two, so they are put in by hand. */
/** Two processes on one store, the rule being added by the first. */
async function twoProcesses(rule: FaultRule): Promise<{
  readonly shops: readonly [Shop, Shop];
  came(): number[];
}> {
  const store = sharedMemory();
  const settings = { sender: nodeSender({ allowLoopback: true, timeoutMs: 2_000 }) };
  const shops = [await openShop(settings, store()), await openShop(settings, store())] as const;
  const receiver = await openReceiver();
  await endpoint(shops[0], { url: receiver.url });
  await shops[0].sandbox.faults.add(rule);
  await shops[0].sandbox.control.clock.set({ mode: "frozen" });
  const stepOf = ({ body }: { readonly body: string }): number =>
    (JSON.parse(body) as { data: { step: number } }).data.step;
  return { shops, came: () => receiver.received.map(stepOf) };
}

describe("what happens to an event that another process takes over", () => {
  it("is that it comes later, not later again", async () => {
    const { shops, came } = await twoProcesses({ event: "*", delay: "PT10M", duplicate: 1 });
    const [one, two] = shops;
    await add(one, 1);
    await two.sandbox.control.clock.set({ advance: "PT9M59S" });
    await two.sandbox.settle();
    expect(came()).toEqual([]);
    await two.sandbox.control.clock.set({ advance: "PT1S" });
    await two.sandbox.settle();
    expect(came()).toEqual([1, 1]);
    expect(two.sandbox.faults.list()).toMatchObject([{ met: 1, applied: 1 }]);
  });

  it("is that it comes after the next of its key, which the other process had", async () => {
    const { shops, came } = await twoProcesses({ event: "*", reorder: true, count: 1 });
    await add(shops[0], 1);
    expect(came()).toEqual([]);
    await add(shops[1], 2);
    expect(came()).toEqual([2, 1]);
  });
});

async function addTwice({ shop }: Scene): Promise<void> {
  for (const step of [1, 2]) await add(shop, step);
}

async function add(shop: Shop, step: number): Promise<void> {
  const event = {
    id: `evt_${step}`,
    type: "shop.note.added.v1",
    subject: "note",
    time: new Date(shop.wallMs).toISOString(),
    orderKey: "note",
    audience: ["blueline"],
    causedBy: "test",
    data: { noteId: "note", step },
  };
  await shop.store.apply({ tenant: "main", writes: [], transactions: [], events: [event] });
  await shop.sandbox.settle();
}
