import { describe, expect, it, onTestFinished } from "vitest";
import { listen } from "../../../sandbox/hosts/http.ts";
import { openShop } from "./shop.ts";

const path = (count: number): string => `/v1/notes-at-once?count=${count}`;

/** What the shop exports, as one text. */
const exported = (count: number): string =>
  JSON.stringify({
    items: Array.from({ length: count }, (_, index) => ({
      id: `note ${index}`,
      text: "ü",
      at: "2025-03-01T12:00:00.000Z",
    })),
    more: [],
    of: String(count),
  });

describe("an answer with lists that are read page by page", () => {
  it.each([0, 1, 99, 100, 101, 250])("has the bytes of the whole: %i items", async (count) => {
    const shop = await openShop();
    const { status, text, headers } = await shop.call("GET", path(count), { as: "blueline" });
    expect([status, headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(text).toBe(exported(count));
  });

  it("goes over HTTP in full, with its length in bytes; HEAD has no body", async () => {
    const shop = await openShop();
    const { url, close } = await listen(shop.sandbox, { port: 0 });
    onTestFinished(close);
    const headers = { authorization: `Bearer ${await shop.token()}` };
    const response = await fetch(url + path(20_000), { headers });
    const bytes = await response.bytes();
    expect(response.headers.get("content-length")).toBe(String(bytes.length));
    expect(new TextDecoder().decode(bytes)).toBe(exported(20_000));
    const head = await fetch(url + path(250), { method: "HEAD", headers });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  it("lets others have their turn while it is made", async () => {
    const shop = await openShop();
    await shop.call("GET", "/v1/notes", { as: "blueline" });
    const ended: string[] = [];
    await Promise.all([
      shop.call("GET", path(3_000), { as: "blueline" }).then(() => ended.push("long")),
      shop.call("GET", "/v1/notes", { as: "blueline" }).then(() => ended.push("short")),
    ]);
    expect(ended).toEqual(["short", "long"]);
  });

  it("is refused before its first byte where one item of a later page breaks the schema", async () => {
    const shop = await openShop();
    const { status, json } = await shop.call("GET", `${path(300)}&wrong=277`, { as: "blueline" });
    expect([status, json["code"]]).toEqual([500, "ECO_ANSWER_INVALID"]);
    expect(String(shop.faults[0]?.error)).toContain("/items/277/text");
  });

  it("is made whole where its schema says something of the list, or it goes out in another type", async () => {
    const shop = await openShop();
    const few = (count: number) =>
      shop.call("GET", `/v1/few-notes-at-once?count=${count}`, { as: "blueline" });
    expect((await few(250)).text).toBe(exported(250));
    expect((await few(251)).status).toBe(500);
    const headers = { accept: "application/xml", authorization: `Bearer ${await shop.token()}` };
    const xml = await shop.sandbox.fetch(new Request(`http://sandbox.localhost${path(101)}`, { headers }));
    expect((await xml.text()).match(/<id>note /g)).toHaveLength(101);
  });

  it("is spoiled by faults as any other", async () => {
    const shop = await openShop();
    await shop.sandbox.faults.add({ operation: "exportNotes", body: "malformed", count: 1 });
    const headers = { authorization: `Bearer ${await shop.token()}` };
    const ask = () => shop.sandbox.fetch(new Request(`http://sandbox.localhost${path(2_000)}`, { headers }));
    const whole = exported(2_000);
    expect(await (await ask()).text()).toBe(`${whole.slice(0, -1)},"`);
    expect(await (await ask()).text()).toBe(whole);
  });
});
