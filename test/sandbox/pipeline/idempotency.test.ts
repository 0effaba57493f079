import { describe, expect, it } from "vitest";
import { note, openShop } from "./shop.ts";

describe("the pipeline: idempotency", () => {
  const keyed = (text: string, key = "k1") => ({ ...note(text), headers: { "idempotency-key": key } });

  it("gives a repeated request the first answer, byte for byte, and does nothing", async () => {
    const shop = await openShop();
    const first = await shop.call("POST", "/v1/notes", keyed("once"));
    shop.wallMs += 5_000;
    const again = await shop.call("POST", "/v1/notes", keyed("once"));
    expect(again.text).toBe(first.text);
    expect(again.status).toBe(201);
    expect(again.headers.get("eco-request-id")).toBe(first.headers.get("eco-request-id"));
    expect([first, again].map(({ headers }) => headers.get("idempotent-replayed"))).toEqual([null, "true"]);
    expect(await shop.store.reader("main").list({ collection: "notes", limit: 9 })).toHaveLength(2);
  });

  it("refuses the key for another body", async () => {
    const shop = await openShop();
    await shop.call("POST", "/v1/notes", keyed("once"));
    const { status, json } = await shop.call("POST", "/v1/notes", keyed("twice"));
    expect([status, json["code"]]).toEqual([422, "ECO_IDEMPOTENCY_MISMATCH"]);
  });

  it("keeps the keys of parties and operations apart", async () => {
    const shop = await openShop();
    const first = await shop.call("POST", "/v1/notes", keyed("once"));
    const other = await shop.call("POST", "/v1/notes", { ...keyed("once"), as: "other" });
    const counted = await shop.call("POST", "/v1/counter", {
      as: "blueline",
      headers: { "idempotency-key": "k1" },
    });
    expect(other.status).toBe(201);
    expect(other.json["id"]).not.toBe(first.json["id"]);
    expect(counted.json).toEqual({ count: 1 });
  });

  it("lets a refused request use its key again when it is mended", async () => {
    const shop = await openShop();
    expect((await shop.call("POST", "/v1/notes", keyed("refuse me"))).status).toBe(409);
    expect((await shop.call("POST", "/v1/notes", keyed("mended"))).status).toBe(201);
  });

  it("has one effect for 50 twins at once: one answer, the others are told to wait", async () => {
    const shop = await openShop();
    await shop.call("GET", "/v1/notes", { as: "blueline" });
    const twin = { as: "blueline", headers: { "idempotency-key": "twins" } };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => shop.call("POST", "/v1/counter", twin)),
    );
    const statuses = Map.groupBy(answers, ({ status }) => status);
    expect(statuses.get(200)).toHaveLength(1);
    expect(statuses.get(409)).toHaveLength(49);
    expect(statuses.get(409)?.every(({ json }) => json["code"] === "ECO_IDEMPOTENCY_IN_FLIGHT")).toBe(true);
    expect((await shop.call("POST", "/v1/counter", twin)).json).toEqual({ count: 1 });
  });

  it("forgets a key after a day of virtual time", async () => {
    const shop = await openShop();
    const first = await shop.call("POST", "/v1/notes", keyed("once"));
    shop.wallMs += 25 * 3_600_000;
    await shop.sandbox.settle();
    const authorization = `Bearer ${await shop.token()}`;
    const { headers } = keyed("once");
    const later = await shop.call("POST", "/v1/notes", {
      json: { text: "once" },
      headers: { ...headers, authorization },
    });
    expect(later.json["id"]).not.toBe(first.json["id"]);
  });
});
