import { describe, expect, it } from "vitest";
import { note, openShop, START } from "./shop.ts";

describe("the pipeline: clock, timers, reset", () => {
  const set = (now: string, mode = "running") => ({ json: { now, mode }, as: "owner" });
  const at = async (shop: Awaited<ReturnType<typeof openShop>>): Promise<unknown> =>
    (await shop.call("POST", "/v1/notes", note("x"))).json["at"];

  it("runs beside the wall clock until it is set, frozen and let go", async () => {
    const shop = await openShop();
    expect(await at(shop)).toBe(new Date(START).toISOString());
    await shop.call("PUT", "/v1/clock", set("2025-06-01T00:00:00.000Z"));
    shop.wallMs += 1_000;
    expect(await at(shop)).toBe("2025-06-01T00:00:01.000Z");
    await shop.call("PUT", "/v1/clock", set("2025-07-01T00:00:00.000Z", "frozen"));
    shop.wallMs += 1_000;
    expect(await at(shop)).toBe("2025-07-01T00:00:00.000Z");
  });

  const rung = async (shop: Awaited<ReturnType<typeof openShop>>): Promise<unknown> =>
    (await shop.store.reader("main").get("rung", "all"))?.value["names"] ?? [];

  it("runs what became due in order of due time, each at its own time, before the clock's answer", async () => {
    const shop = await openShop();
    for (const [name, dueAt, then] of [
      ["late", "2025-03-01T15:00:00.000Z"],
      ["early", "2025-03-01T13:00:00.000Z", "2025-03-01T14:00:00.000Z"],
      ["after", "2025-03-01T18:00:00.000Z"],
    ]) {
      await shop.call("POST", "/v1/alarms", {
        json: { name, dueAt, ...(then === undefined ? {} : { then }) },
      });
    }
    await shop.call("PUT", "/v1/clock", set("2025-03-01T16:00:00.000Z"));
    expect(await rung(shop)).toEqual([
      "early at 2025-03-01T13:00:00.000Z",
      "early's child at 2025-03-01T14:00:00.000Z",
      "late at 2025-03-01T15:00:00.000Z",
    ]);
    expect(await shop.store.reader("main").list({ collection: "timers", limit: 9 })).toHaveLength(1);
  });

  it("runs what becomes due while time passes by itself, once", async () => {
    const shop = await openShop();
    await shop.call("POST", "/v1/alarms", { json: { name: "soon", dueAt: "2025-03-01T12:00:01.000Z" } });
    await shop.sandbox.settle();
    expect(await rung(shop)).toEqual([]);
    shop.wallMs += 1_500;
    await Promise.all([shop.sandbox.settle(), shop.sandbox.settle()]);
    expect(await rung(shop)).toEqual(["soon at 2025-03-01T12:00:01.000Z"]);
  });

  it("goes on after a timer that fails, and reports it", async () => {
    const shop = await openShop();
    for (const name of ["faulty", "good"]) {
      await shop.call("POST", "/v1/alarms", { json: { name, dueAt: "2025-03-01T12:00:01.000Z" } });
    }
    await shop.call("PUT", "/v1/clock", set("2025-03-02T00:00:00.000Z"));
    expect(await rung(shop)).toEqual(["good at 2025-03-01T12:00:01.000Z"]);
    expect(shop.faults.map(({ where }) => where)).toEqual(["alarms.ring"]);
    expect(await shop.store.reader("main").list({ collection: "timers", limit: 9 })).toEqual([]);
  });

  it("goes back to its seed, and ends the tokens of before", async () => {
    const shop = await openShop();
    await shop.call("POST", "/v1/notes", note("x"));
    expect((await shop.call("POST", "/v1/reset")).status).toBe(204);
    expect((await shop.call("GET", "/v1/notes", { as: "blueline" })).status).toBe(401);
    const authorization = `Bearer ${await shop.token()}`;
    const { json } = await shop.call("GET", "/v1/notes", { headers: { authorization } });
    expect(json["items"]).toEqual([{ id: "seeded", text: "hello", at: "2025-01-01T00:00:00Z" }]);
  });
});
