import { describe, expect, it } from "vitest";
import { listen } from "../../../sandbox/hosts/http.ts";
import { pathBelow, reservedPath } from "../../../sandbox/pipeline/reserved-path.ts";
import { openShop, START } from "../pipeline/shop.ts";
import { openControlled, TOKEN } from "./controlled.ts";

describe("the control API", () => {
  it("tells what the sandbox plays, also to the program that holds it", async () => {
    const { control, sandbox } = await openControlled({ seed: "told" });
    const { status, json } = await control("GET", "");
    expect(status).toBe(200);
    expect(json).toMatchObject({
      tenant: "main",
      seed: "told",
      operations: sandbox.catalog.operations.length,
    });
    expect(await sandbox.control.info()).toEqual(json);
  });

  it.each([
    ["no token", { authorization: "" }, 401, "ECO_CONTROL_REFUSED"],
    ["another token", { authorization: `Bearer ${TOKEN}x` }, 401, "ECO_CONTROL_REFUSED"],
    ["a part of the token", { authorization: `Bearer ${TOKEN.slice(0, -1)}` }, 401, "ECO_CONTROL_REFUSED"],
    ["another scheme", { authorization: `Basic ${TOKEN}` }, 401, "ECO_CONTROL_REFUSED"],
    ["a page from elsewhere", { origin: "https://evil.example" }, 403, "ECO_ORIGIN_REFUSED"],
    ["a page without origin", { origin: "null" }, 403, "ECO_ORIGIN_REFUSED"],
  ])("refuses %s, before it does anything", async (_, headers, status, code) => {
    const { control, sandbox } = await openControlled();
    const before = await sandbox.control.clock.read();
    const answer = await control("PUT", "/clock", { advance: "P1D" }, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.json).toMatchObject({ code, status });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(await sandbox.control.clock.read()).toEqual(before);
  });

  it("lets a page of this machine control it, with the token", async () => {
    const { control } = await openControlled();
    const { status, headers } = await control("GET", "/clock", undefined, {
      origin: "http://localhost:4321",
    });
    expect(status).toBe(200);
    expect(headers.get("access-control-allow-origin")).toBe("http://localhost:4321");
  });

  it("is closed over HTTP where the sandbox has no token, whatever is sent", async () => {
    const shop = await openShop();
    for (const authorization of ["Bearer ", "Bearer undefined", ""]) {
      const { status } = await shop.call("GET", "/_sandbox/clock", { headers: { authorization } });
      expect(status).toBe(401);
    }
  });

  it.each([
    ["an unknown path", "GET", "/nothing", undefined, 404, "ECO_NOT_FOUND"],
    ["a method that isn't declared", "DELETE", "/clock", undefined, 405, "ECO_METHOD_NOT_ALLOWED"],
    ["an unknown field", "PUT", "/clock", { ahead: "PT1H" }, 422, "ECO_REQUEST_INVALID"],
    ["no change at all", "PUT", "/clock", {}, 422, "ECO_REQUEST_INVALID"],
    ["what is no duration", "PUT", "/clock", { advance: "an hour" }, 422, "ECO_REQUEST_INVALID"],
    ["an advance that leads back", "PUT", "/clock", { advance: "-PT2H" }, 422, "ECO_REQUEST_INVALID"],
    [
      "two targets",
      "PUT",
      "/clock",
      { advance: "PT1H", set: "2025-01-01T00:00:00Z" },
      422,
      "ECO_REQUEST_INVALID",
    ],
  ])("refuses %s and names it", async (_, method, path, json, status, code) => {
    const { control, faults } = await openControlled();
    const answer = await control(method, path, json);
    expect(answer).toMatchObject({ status, json: { code, status } });
    expect(faults).toEqual([]);
  });

  it("says how to mend what it refuses, where it knows better than the code's page", async () => {
    const { sandbox, control } = await openControlled();
    await sandbox.control.session.start(() => {});
    const { status, json } = await control("DELETE", "/session");
    expect([status, json["detail"]]).toEqual([409, "The session is being recorded into a file."]);
    expect(json["fix"]).toContain("Stop the sandbox that was started with --record");
  });

  it("answers a page's preflight without a token", async () => {
    const { control } = await openControlled();
    const asked = { authorization: "", origin: "http://localhost:1", "access-control-request-method": "PUT" };
    const { status, headers } = await control("OPTIONS", "/clock", undefined, asked);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-methods")).toBe("GET, PUT, OPTIONS");
  });

  it("stands behind the HTTP host's list of names as all else does", async () => {
    const { sandbox } = await openControlled();
    const { port, close } = await listen(sandbox, { port: 0 });
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await fetch(`http://127.0.0.1:${port}/_sandbox/clock`, { headers })).status).toBe(200);
    await close();
  });
});

describe("the clock, on a spec set without an operation for it", () => {
  it("advances, freezes, is set and runs again; answers follow it", async () => {
    const shop = await openControlled();
    const at = async () =>
      (await shop.call("POST", "/v1/notes", { json: { text: "x" }, as: "blueline" })).json["at"];
    const iso = (ms: number) => new Date(START + ms).toISOString();
    expect((await shop.control("PUT", "/clock", { advance: "PT2H" })).json).toEqual({
      now: iso(7_200_000),
      mode: "running",
      offsetMs: 7_200_000,
    });
    expect(await at()).toBe(iso(7_200_000));
    await shop.control("PUT", "/clock", { mode: "frozen" });
    shop.wallMs += 1_000;
    expect(await at()).toBe(iso(7_200_000));
    await shop.control("PUT", "/clock", { set: "2025-04-01T00:00:00Z" });
    expect(await at()).toBe("2025-04-01T00:00:00.000Z");
    await shop.control("PUT", "/clock", { mode: "running" });
    shop.wallMs += 1_000;
    expect(await at()).toBe("2025-04-01T00:00:01.000Z");
    expect((await shop.control("GET", "/clock")).json["now"]).toBe("2025-04-01T00:00:01.000Z");
  });

  it("has everything that became due happen before it answers", async () => {
    const { call, control, store } = await openControlled();
    await call("POST", "/v1/alarms", {
      json: { name: "tea", dueAt: "2025-03-01T13:00:00.000Z" },
      as: "blueline",
    });
    await control("PUT", "/clock", { advance: "PT2H" });
    expect((await store.reader("main").get("rung", "all"))?.value["names"]).toEqual([
      "tea at 2025-03-01T13:00:00.000Z",
    ]);
  });
});

describe("reset by the control API", () => {
  it("goes back to the seed and ends access tokens", async () => {
    const shop = await openControlled();
    await shop.call("POST", "/v1/notes", { json: { text: "x" }, as: "blueline" });
    await shop.control("PUT", "/clock", { advance: "P30D" });
    expect((await shop.control("POST", "/reset")).status).toBe(204);
    expect((await shop.call("GET", "/v1/notes", { as: "blueline" })).status).toBe(401);
    expect((await shop.control("GET", "/clock")).json["offsetMs"]).toBe(0);
    expect(await shop.store.reader("main").list({ collection: "notes", limit: 9 })).toHaveLength(1);
  });
});

describe("the reserved path", () => {
  it.each([
    [["/v1/notes", "/{anything}/{more}"], "/_sandbox"],
    [["/_sandbox/clock"], "/_sandbox_"],
    [["/_sandbox", "/_sandbox_/{id}"], "/_sandbox__"],
  ])("stays clear of the paths %j", (paths, prefix) => {
    expect(
      reservedPath(
        "/_sandbox",
        paths.map((path) => ({ path })),
      ),
    ).toBe(prefix);
  });

  it.each([
    ["http://x/_sandbox", "/"],
    ["http://x/_sandbox/clock?a=1", "/clock"],
    ["http://x/_sandboxes", undefined],
    ["http://x/v1/_sandbox/clock", undefined],
    ["http://x/v1?next=/_sandbox/clock", undefined],
  ])("is found in %s as %s", (url, path) => {
    expect(pathBelow("/_sandbox", url)).toBe(path);
  });
});
