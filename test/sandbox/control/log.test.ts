import { describe, expect, it } from "vitest";
import { START } from "../pipeline/shop.ts";
import { type Controlled, openControlled } from "./controlled.ts";

const note = (shop: Controlled, text: string, as = "blueline") =>
  shop.call("POST", "/v1/notes", { json: { text }, as });

describe("the log of exchanges", () => {
  it("tells of each what was asked, by whom, and what was answered", async () => {
    const shop = await openControlled();
    const { headers, text } = await note(shop, "hello");
    const [, exchange] = shop.sandbox.control.log.read().items;
    expect(exchange).toMatchObject({
      sequence: 2,
      requestId: headers.get("eco-request-id"),
      method: "POST",
      path: "/v1/notes",
      operationId: "addNote",
      party: "blueline",
      status: 201,
      virtualTime: new Date(START).toISOString(),
      request: { body: '{"text":"hello"}', bodyBytes: 16, headers: { "content-type": "application/json" } },
      response: { body: text, headers: { "content-type": "application/json" } },
    });
    expect(Date.parse(exchange?.at ?? "")).toBeCloseTo(Date.now(), -5);
  });

  it("tells of refusals too, with their codes", async () => {
    const shop = await openControlled();
    await shop.call("GET", "/v1/nothing");
    await shop.call("PATCH", "/v1/notes");
    await note(shop, "");
    const told = shop.sandbox.control.log.read().items.map(({ status, code }) => `${status} ${code ?? ""}`);
    expect(told).toEqual([
      "404 ECO_NOT_FOUND",
      "405 ECO_METHOD_NOT_ALLOWED",
      "200 ",
      "422 ECO_REQUEST_INVALID",
    ]);
  });

  it.each([
    [{ operation: "addNote" }, 3],
    [{ party: "other" }, 1],
    [{ status: "422" }, 1],
    [{ status: "2xx" }, 4],
    [{ operation: "addNote", status: "4XX" }, 1],
    [{ fault: "any" }, 0],
    [{ limit: 2 }, 2],
  ])("shows what %j lets through", async (query, count) => {
    const shop = await openControlled();
    await note(shop, "one");
    await note(shop, "two", "other");
    await note(shop, "");
    const { items } = shop.sandbox.control.log.read(query);
    expect(items).toHaveLength(count);
    const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    expect((await shop.control("GET", `/exchanges?${search}`)).json["items"]).toEqual(items);
  });

  it.each([
    ["operation=nothing", "$request.query.operation"],
    ["after=nowhere", "$request.query.after"],
    ["status=often", "$request.query.status"],
    ["limit=0", "$request.query.limit"],
  ])("refuses %s and names the place", async (search, pointer) => {
    const { control } = await openControlled();
    const { status, json } = await control("GET", `/exchanges?${search}`);
    expect(status).toBe(422);
    expect(json["errors"]).toMatchObject([{ pointer }]);
  });

  it("is read on by its cursor, nothing twice and nothing left out", async () => {
    const shop = await openControlled();
    const { log } = shop.sandbox.control;
    let { cursor } = log.read();
    await note(shop, "one");
    await note(shop, "two");
    await note(shop, "three");
    const read: (string | undefined)[] = [];
    for (;;) {
      const page = log.read({ after: cursor, limit: 1, operation: "addNote" });
      if (page.items.length === 0) break;
      read.push(...page.items.map(({ request }) => request.body));
      cursor = page.cursor;
    }
    expect(read).toEqual(['{"text":"one"}', '{"text":"two"}', '{"text":"three"}']);
  });

  it("keeps no more than it was told to, and says what a reader missed", async () => {
    const shop = await openControlled({ log: { entries: 3, bodyBytes: 1_000_000 } });
    const { log } = shop.sandbox.control;
    const { cursor } = log.read();
    for (const text of ["a", "b", "c", "d", "e"]) await note(shop, text);
    const page = log.read({ after: cursor });
    expect(page.items.map(({ sequence }) => sequence)).toEqual([4, 5, 6]);
    expect(page.missed).toBe(3);
  });

  it("keeps no more bytes of bodies than it was told to, and of a large body its size only", async () => {
    const shop = await openControlled({ log: { entries: 100, bodyBytes: 100_000 } });
    const { log } = shop.sandbox.control;
    for (let n = 0; n < 5; n++) await note(shop, "x".repeat(20_000));
    expect(log.read().items.length).toBeLessThan(4);
    await note(shop, "x".repeat(70_000));
    const large = log.read().items.at(-1);
    expect(large?.request).not.toHaveProperty("body");
    expect(large?.request.bodyBytes).toBe(70_011);
  });

  it("shows no credential, token or secret", async () => {
    const shop = await openControlled();
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const body = "client_id=blueline&client_secret=canary-secret-1";
    const issued = await shop.call("POST", "/v1/token", { body, headers: form });
    await shop.call("GET", "/v1/notes?access_token=canary-secret-2", {
      as: "blueline",
      headers: { cookie: "session=canary-secret-3", "x-api-key": "canary-secret-4" },
    });
    await shop.call("POST", "/v1/notes", {
      json: { text: "x", clientSecret: "canary-secret-5" },
      as: "blueline",
    });
    const text = JSON.stringify(shop.sandbox.control.log.read());
    expect(text).not.toContain("canary");
    expect(text).not.toContain(String(issued.json["access_token"]));
    expect(text).toContain("[redacted]");
  });

  it("is followed: whoever waits is told at once, and others get nothing", async () => {
    const shop = await openControlled();
    const { cursor } = shop.sandbox.control.log.read();
    const waiting = shop.control("GET", `/exchanges?after=${cursor}&operation=addNote&waitSeconds=20`);
    await note(shop, "came");
    const { json } = await waiting;
    expect(json["items"]).toMatchObject([{ operationId: "addNote", request: { body: '{"text":"came"}' } }]);
  });

  it("is followed by the program that holds the sandbox until it has enough", async () => {
    const shop = await openControlled();
    const enough = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const { request } of shop.sandbox.control.log.follow(
        { operation: "addNote" },
        enough.signal,
      )) {
        seen.push(request.body ?? "");
        if (seen.length === 2) enough.abort();
      }
    })();
    await note(shop, "one");
    await note(shop, "two");
    await following;
    expect(seen).toEqual(['{"text":"one"}', '{"text":"two"}']);
  });

  it("goes on over a restart: the cursor of a process that is gone shows all that the new one has", async () => {
    const before = await openControlled();
    const { cursor } = before.sandbox.control.log.read();
    const after = await openControlled();
    await note(after, "new");
    expect(after.sandbox.control.log.read({ after: cursor }).items).toHaveLength(2);
  });
});
