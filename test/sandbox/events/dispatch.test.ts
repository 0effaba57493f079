import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { ENDPOINTS, type WebhookEndpoint } from "../../../sandbox/events/endpoint.ts";
import { nodeSender } from "../../../sandbox/events/send-node.ts";
import { openShop, type Shop, START } from "../pipeline/shop.ts";
import { endpoint, SECRET, secret } from "./endpoint.ts";
import { openReceiver, type Receiver } from "./receiver.ts";

const open = (): Promise<Shop> => openShop({ sender: nodeSender({ allowLoopback: true, timeoutMs: 2_000 }) });

const addNote = (shop: Shop, text = "x", as = "blueline") =>
  shop.call("POST", "/v1/notes", { json: { text }, as });
const dispatches = (shop: Shop) => shop.store.dispatches("main", { limit: 99 });

const subjects = ({ received }: Receiver): unknown[] =>
  received.map(({ body }) => (JSON.parse(body) as { subject: unknown }).subject);

describe("dispatch", () => {
  it("sends a signed CloudEvent whose id is the webhook's id, to the party that may read it", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    await endpoint(shop, { url: `${receiver.url}/hooks` });
    await addNote(shop, "x", "other");
    const { json, headers } = await addNote(shop);
    await shop.sandbox.settle();
    expect(receiver.received).toHaveLength(1);
    const [{ path, headers: sent, body } = { path: "", headers: {}, body: "" }] = receiver.received;
    const event = JSON.parse(body) as Record<string, unknown>;
    expect(path).toBe("/hooks");
    expect(event).toEqual({
      specversion: "1.0",
      id: sent["webhook-id"],
      source: expect.stringMatching(/^urn:eco:/),
      type: "shop.note.added.v1",
      subject: json["id"],
      time: new Date(START).toISOString(),
      datacontenttype: "application/json",
      data: { noteId: json["id"] },
    });
    expect(sent["content-type"]).toBe("application/cloudevents+json");
    expect(sent["webhook-timestamp"]).toBe(String(START / 1000));
    const at = new Date(START);
    expect(sent["webhook-signature"]).toBe(new Webhook(SECRET).sign(String(event["id"]), at, body));
    const [stored] = await shop.store.reader("main").events({ subject: String(json["id"]), limit: 1 });
    expect(stored).toMatchObject({ id: event["id"], causedBy: headers.get("eco-request-id") });
    expect(await dispatches(shop)).toMatchObject([{ state: "done", attempts: [{ status: 204 }] }]);
  });

  it.each([
    ["of the types asked for", { types: ["shop.note.added.v1"] }, 1],
    ["of no other types", { types: ["shop.note.lost.v1"] }, 0],
    ["to none that is unverified", { status: "unverified" as const }, 0],
    ["to none that is disabled", { status: "disabled" as const }, 0],
  ])("sends events %s", async (_, parts, count) => {
    const [shop, receiver] = [await open(), await openReceiver()];
    await endpoint(shop, { url: receiver.url, ...parts });
    await addNote(shop);
    await shop.sandbox.settle();
    expect(receiver.received).toHaveLength(count);
  });

  it("sends an endpoint what happens after it was registered, however much happened before", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    for (let note = 0; note < 3; note++) await addNote(shop, `before ${note}`);
    await shop.sandbox.settle();
    expect(await shop.store.fannedOut("main")).toBe(3);
    await endpoint(shop, { url: receiver.url });
    const after = [await addNote(shop, "a"), await addNote(shop, "b")];
    await shop.sandbox.settle();
    expect(subjects(receiver).sort()).toEqual(after.map(({ json }) => json["id"]).sort());
    expect(await shop.store.fannedOut("main")).toBe(5);
  });

  it("spreads all events, however many there are", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    await endpoint(shop, { url: receiver.url, types: ["shop.note.lost.v1"] });
    await Promise.all(Array.from({ length: 1_001 }, (_, note) => addNote(shop, `note ${note}`)));
    await shop.sandbox.settle();
    expect(await shop.store.fannedOut("main")).toBe(1_001);
  });

  it("signs with the former secret too until it ends by the virtual clock", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    const former = { secret: secret("b"), validUntil: new Date(START + 60_000).toISOString() };
    await endpoint(shop, { url: receiver.url, secrets: [{ secret: SECRET }, former] });
    await addNote(shop);
    await shop.sandbox.settle();
    shop.wallMs += 61_000;
    await addNote(shop);
    await shop.sandbox.settle();
    const counts = receiver.received.map(
      ({ headers }) => (headers["webhook-signature"] ?? "").split(" ").length,
    );
    expect(counts).toEqual([2, 1]);
  });

  it("tries again after a wait that grows, in order per key, and notes every attempt", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    await endpoint(shop, { url: receiver.url });
    receiver.answers.push({ status: 500 }, { status: 503 });
    await addNote(shop);
    await shop.sandbox.settle();
    await shop.sandbox.settle();
    expect(receiver.received).toHaveLength(1);
    shop.wallMs += 1_300;
    await shop.sandbox.settle();
    shop.wallMs += 1_300;
    await shop.sandbox.settle();
    expect(receiver.received).toHaveLength(2);
    shop.wallMs += 5_000;
    await shop.sandbox.settle();
    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    const [dispatch] = await dispatches(shop);
    expect(dispatch?.state).toBe("done");
    expect(dispatch?.attempts.map(({ status }) => status)).toEqual([500, 503, 204]);
  });

  it("waits as long as Retry-After asks", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    await endpoint(shop, { url: receiver.url });
    receiver.answers.push({ status: 429, headers: { "retry-after": "90" } });
    await addNote(shop);
    await shop.sandbox.settle();
    shop.wallMs += 89_000;
    await shop.sandbox.settle();
    expect(receiver.received).toHaveLength(1);
    shop.wallMs += 1_000;
    await shop.sandbox.settle();
    expect(receiver.received).toHaveLength(2);
  });

  it("gives up after the last wait, and lets the next event of the key through", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    await endpoint(shop, { url: receiver.url });
    for (let n = 0; n < 9; n++) receiver.answers.push({ status: 500 });
    await addNote(shop);
    for (let n = 0; n < 12; n++) {
      await shop.sandbox.settle();
      shop.wallMs += 3 * 3_600_000;
    }
    expect(await dispatches(shop)).toMatchObject([{ state: "failed" }]);
    expect(receiver.received).toHaveLength(9);
  });

  it("disables an endpoint that says 410 Gone", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    const id = await endpoint(shop, { url: receiver.url });
    receiver.answers.push({ status: 410 });
    await addNote(shop);
    await shop.sandbox.settle();
    await addNote(shop);
    await shop.sandbox.settle();
    expect(receiver.received).toHaveLength(1);
    expect((await shop.store.reader("main").get(ENDPOINTS, id))?.value["status"]).toBe("disabled");
    expect(await dispatches(shop)).toMatchObject([{ state: "failed" }]);
  });

  it("keeps what a paused endpoint misses, and sends it in order as soon as it resumes, on a frozen clock too", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    const id = await endpoint(shop, { url: receiver.url });
    const { clock, endpoints } = shop.sandbox.control;
    await clock.set({ mode: "frozen" });
    expect(await endpoints.update(id, "paused")).toMatchObject({ status: "paused" });
    const texts = ["one", "two", "three"];
    const added: unknown[] = [];
    for (const text of texts) added.push((await addNote(shop, text)).json["id"]);
    await shop.sandbox.settle();
    await shop.sandbox.settle();
    expect(receiver.received).toHaveLength(0);
    await endpoints.update(id, "active");
    await shop.sandbox.settle();
    expect(subjects(receiver)).toEqual(added);
    expect((await dispatches(shop)).map(({ attempts }) => attempts.length)).toEqual([1, 1, 1]);
  });

  it("sends what was kept after an hour even where nobody told of the resumption", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    await endpoint(shop, { url: receiver.url, status: "paused" });
    await addNote(shop);
    await shop.sandbox.settle();
    await endpoint(shop, { url: receiver.url });
    shop.wallMs += 3_600_000;
    await shop.sandbox.settle();
    expect(receiver.received).toHaveLength(1);
  });

  it("takes a Retry-After date by the wall clock of the receiver, wherever the virtual clock stands", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    await endpoint(shop, { url: receiver.url });
    await shop.sandbox.control.clock.set({ advance: "P30D" });
    const date = new Date(shop.wallMs + 90_000).toUTCString();
    receiver.answers.push({ status: 503, headers: { "retry-after": date } });
    await addNote(shop);
    await shop.sandbox.settle();
    shop.wallMs += 80_000;
    await shop.sandbox.settle();
    expect(receiver.received).toHaveLength(1);
    shop.wallMs += 11_000;
    await shop.sandbox.settle();
    expect(receiver.received).toHaveLength(2);
  });

  it("spreads retries by jitter, within a fifth of the wait", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    for (let n = 0; n < 8; n++) await endpoint(shop, { id: `whk_${n}`, url: receiver.url });
    for (let n = 0; n < 8; n++) receiver.answers.push({ status: 500 });
    await addNote(shop);
    await shop.sandbox.settle();
    const waits = (await dispatches(shop)).map(({ notBeforeMs }) => notBeforeMs - START);
    for (const wait of waits) expect([wait, wait >= 1_000 && wait <= 1_200]).toEqual([wait, true]);
    expect(new Set(waits).size).toBeGreaterThan(4);
  });

  it("disables an endpoint after five events in a row that were given up; one that arrives starts the count anew", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    const id = await endpoint(shop, { url: receiver.url });
    const stored = async () => (await shop.store.reader("main").get<WebhookEndpoint>(ENDPOINTS, id))?.value;
    const happens = (n: number) =>
      shop.sandbox.control.events.trigger({ message: "note.added", set: { "/subject": `note-${n}` } });
    const giveUp = async (events: number) => {
      for (let n = 0; n < events * 9; n++) receiver.answers.push({ status: 500 });
      for (let n = 0; n < events; n++) await happens(n);
      for (let n = 0; n < 10; n++) {
        await shop.sandbox.settle();
        shop.wallMs += 3 * 3_600_000;
      }
    };
    await giveUp(4);
    expect(await stored()).toMatchObject({ status: "active", failuresInARow: 4 });
    await happens(0);
    await shop.sandbox.settle();
    expect(await stored()).not.toHaveProperty("failuresInARow");
    await giveUp(5);
    expect(await stored()).toMatchObject({
      status: "disabled",
      disabledReason: "5 events in a row could not be brought to it.",
    });
  });

  it("follows no redirect and says what went wrong when nobody answers", async () => {
    const [shop, receiver, elsewhere] = [await open(), await openReceiver(), await openReceiver()];
    await endpoint(shop, { url: receiver.url });
    await endpoint(shop, { id: "whk_2", url: "http://127.0.0.1:1" });
    receiver.answers.push({ status: 307, headers: { location: elsewhere.url } });
    await addNote(shop);
    await shop.sandbox.settle();
    expect(elsewhere.received).toHaveLength(0);
    const attempts = (await dispatches(shop)).map((dispatch) => dispatch.attempts[0]);
    expect(attempts).toMatchObject([
      { status: 307, error: "answered 307" },
      { error: expect.stringMatching(/ECONNREFUSED|bad port/) },
    ]);
  });

  it("keeps nobody waiting for an endpoint that doesn't answer; what follows there stays in its order", async () => {
    const [hanging, arrived] = [Promise.withResolvers<void>(), new Map<string, string[]>()];
    const second = Promise.withResolvers<void>();
    const shop = await openShop({
      async sender({ url, body }) {
        const came = arrived.get(url) ?? [];
        arrived.set(url, [...came, (JSON.parse(body) as { id: string }).id]);
        if (url.includes("slow")) await hanging.promise;
        else if (came.length === 1) second.resolve();
        return { kind: "answered", status: 204 };
      },
    });
    await endpoint(shop, { id: "whk_1", url: "https://slow.example/" });
    await endpoint(shop, { id: "whk_2", url: "https://quick.example/" });
    const happens = () =>
      shop.sandbox.control.events.trigger({ message: "note.added", set: { "/subject": "one-key" } });
    const first = await happens();
    const settled = shop.sandbox.settle();
    const then = await happens();
    await second.promise;
    expect(arrived.get("https://slow.example/")).toEqual([first.id]);
    hanging.resolve();
    await settled;
    await shop.sandbox.settle();
    expect(arrived.get("https://slow.example/")).toEqual([first.id, then.id]);
    expect((await dispatches(shop)).map(({ state }) => state)).toEqual(Array(4).fill("done"));
  });

  it("sends everything once when two dispatchers share one store", async () => {
    const receiver = await openReceiver();
    const one = await open();
    const two = await openShop({ sender: nodeSender({ allowLoopback: true }) }, one.store);
    await endpoint(one, { url: receiver.url });
    for (let n = 0; n < 20; n++) await addNote(n % 2 === 0 ? one : two, "x", "blueline");
    await Promise.all([one.sandbox.settle(), two.sandbox.settle()]);
    await Promise.all([one.sandbox.settle(), two.sandbox.settle()]);
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
  });
});
