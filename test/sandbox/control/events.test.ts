import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { nodeSender } from "../../../sandbox/events/send-node.ts";
import { openReceiver } from "../events/receiver.ts";
import { type Controlled, openControlled } from "./controlled.ts";

const SECRET = `whsec_${Buffer.from("a".repeat(32)).toString("base64")}`;
const open = (): Promise<Controlled> =>
  openControlled({ sender: nodeSender({ allowLoopback: true, timeoutMs: 2_000 }) });
const addNote = (shop: Controlled, as = "blueline") =>
  shop.call("POST", "/v1/notes", { json: { text: "x" }, as });
const items = (json: Record<string, unknown>) => json["items"] as Record<string, unknown>[];

describe("events by the control API", () => {
  it("are read from a cursor, waited for, and told from those of a sandbox that began again", async () => {
    const shop = await open();
    await addNote(shop);
    await addNote(shop, "other");
    const first = await shop.control("GET", "/events?limit=1");
    expect(items(first.json)).toMatchObject([
      { sequence: 1, type: "shop.note.added.v1", audience: ["blueline"] },
    ]);
    const rest = await shop.control("GET", `/events?after=${String(first.json["cursor"])}`);
    expect(items(rest.json)).toMatchObject([{ sequence: 2, audience: ["other"] }]);
    expect(rest.json["anew"]).toBe(false);
    const own = await shop.control("GET", "/events?party=other&type=note.added");
    expect(items(own.json)).toHaveLength(1);
    const waiting = shop.control("GET", `/events?after=${String(rest.json["cursor"])}&waitSeconds=20`);
    await addNote(shop);
    expect(items((await waiting).json)).toMatchObject([{ sequence: 3 }]);
    const none = await shop.control("GET", "/events?after=now");
    expect(items(none.json)).toEqual([]);
    await shop.sandbox.control.reset();
    await shop.sandbox.control.events.trigger({ message: "note.added" });
    const anew = await shop.control("GET", `/events?after=${String(rest.json["cursor"])}&waitSeconds=20`);
    expect(anew.json).toMatchObject({ anew: true, items: [{ sequence: 1 }] });
    expect((await shop.control("GET", "/events?after=junk")).json).toMatchObject({
      code: "ECO_REQUEST_INVALID",
      errors: [{ pointer: "$request.query.after" }],
    });
  });

  it("show every attempt, and are sent again with the same id", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    const registered = await shop.control("POST", "/endpoints", {
      party: "blueline",
      url: `${receiver.url}/hooks`,
      types: ["note.added"],
      secret: SECRET,
    });
    expect(registered).toMatchObject({
      status: 201,
      json: { status: "active", types: ["shop.note.added.v1"], secret: SECRET },
    });
    receiver.answers.push({ status: 500 });
    await addNote(shop);
    await shop.sandbox.settle();
    const [event] = items((await shop.control("GET", "/events")).json);
    const path = `/events/${String(event?.["id"])}`;
    expect((await shop.control("GET", path)).json["dispatches"]).toMatchObject([
      {
        endpointId: registered.json["id"],
        url: `${receiver.url}/hooks`,
        state: "pending",
        nextAttemptAt: expect.any(String),
        attempts: [{ status: 500, error: "answered 500" }],
      },
    ]);
    shop.wallMs += 2_000;
    await shop.sandbox.settle();
    const replayed = await shop.control("POST", `${path}/replay`);
    expect(replayed).toMatchObject({
      status: 201,
      json: { dispatches: [{ state: "pending", attempts: [] }] },
    });
    await shop.sandbox.settle();
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(receiver.received).toHaveLength(3);
    expect((await shop.control("POST", `${path}/replay?party=other`)).json["dispatches"]).toEqual([]);
    expect((await shop.control("POST", "/events/evt_none/replay")).status).toBe(404);
    expect((await shop.control("GET", "/events/evt_none")).json["code"]).toBe("ECO_NOT_FOUND");
  });

  it("are made of a message with overrides, and sent signed as if they had happened", async () => {
    const [shop, receiver] = [await open(), await openReceiver()];
    await shop.control("POST", "/endpoints", { party: "blueline", url: receiver.url, secret: SECRET });
    const triggered = await shop.control("POST", "/events", {
      message: "note.added",
      set: { "/data/noteId": "note-7", "/subject": "note-7" },
    });
    expect(triggered).toMatchObject({ status: 201, json: { type: "shop.note.added.v1", subject: "note-7" } });
    await shop.sandbox.settle();
    const { body = "", headers = {} as Readonly<Record<string, string>> } = receiver.received[0] ?? {};
    expect(body).toBe(triggered.json["body"]);
    expect(JSON.parse(body)).toMatchObject({ data: { noteId: "note-7" }, id: headers["webhook-id"] });
    const at = new Date(Number(headers["webhook-timestamp"]) * 1000);
    expect(headers["webhook-signature"]).toBe(
      new Webhook(SECRET).sign(headers["webhook-id"] ?? "", at, body),
    );
  });

  it.each([
    ["a message that there isn't", { message: "note.lost" }, "#/message", /use one of note\.added$/],
    [
      "overrides that break the schema",
      { message: "note.added", set: { "/data/noteId": 7 } },
      "#/set/~1data~1noteId",
      /string/,
    ],
    [
      "what the sandbox sets itself",
      { message: "note.added", set: { "/source": "urn:x" } },
      "#/set/~1source",
      /URL of its own/,
    ],
  ])("aren't made of %s", async (_, trigger, pointer, detail) => {
    const shop = await open();
    const { status, json } = await shop.control("POST", "/events", trigger);
    expect([status, json["code"]]).toEqual([422, "ECO_REQUEST_INVALID"]);
    expect(json["errors"]).toContainEqual({ pointer, detail: expect.stringMatching(detail) });
    expect(items((await shop.control("GET", "/events")).json)).toEqual([]);
  });
});

describe("endpoints by the control API", () => {
  it("are listed, paused, resumed, given new secrets and removed", async () => {
    const shop = await open();
    const { json } = await shop.control("POST", "/endpoints", {
      party: "blueline",
      url: "https://a.example/",
    });
    const path = `/endpoints/${String(json["id"])}`;
    expect(json["secret"]).toMatch(/^whsec_/);
    expect((await shop.control("PATCH", path, { status: "paused" })).json).toMatchObject({
      status: "paused",
    });
    expect((await shop.control("PATCH", path, { status: "active" })).json).toMatchObject({
      status: "active",
    });
    const rotated = await shop.control("POST", `${path}/secret`);
    expect(rotated.json["secret"]).toMatch(/^whsec_/);
    expect(rotated.json["secret"]).not.toBe(json["secret"]);
    const { json: list } = await shop.control("GET", "/endpoints");
    expect(items(list)).toEqual([
      { id: json["id"], party: "blueline", url: "https://a.example/", types: [], status: "active" },
    ]);
    expect((await shop.control("DELETE", path)).status).toBe(204);
    expect((await shop.control("PATCH", path, { status: "paused" })).status).toBe(404);
  });

  it("aren't registered for what no message has", async () => {
    const shop = await open();
    const { json } = await shop.control("POST", "/endpoints", {
      party: "blueline",
      url: "https://a.example/",
      types: ["note.lost"],
    });
    expect(json).toMatchObject({ code: "ECO_REQUEST_INVALID", errors: [{ pointer: "#/types" }] });
  });
});
