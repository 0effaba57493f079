import { describe, expect, it } from "vitest";
import { openShop } from "./shop.ts";

describe("the pipeline: HEAD, OPTIONS, CORS", () => {
  it("answers HEAD as GET, without a body", async () => {
    const shop = await openShop();
    const { status, text, headers } = await shop.call("HEAD", "/v1/notes", { as: "blueline" });
    expect([status, text, headers.get("content-type")]).toEqual([200, "", "application/json"]);
  });

  it("answers a page's preflight from this machine", async () => {
    const shop = await openShop();
    const { status, headers } = await shop.call("OPTIONS", "/v1/notes", {
      headers: {
        origin: "http://localhost:4321",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
      },
    });
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe("http://localhost:4321");
    expect(headers.get("access-control-allow-methods")).toContain("POST");
    expect(headers.get("access-control-allow-headers")).toBe("authorization");
  });

  it.each([
    ["http://127.0.0.1:5000", "http://127.0.0.1:5000"],
    ["http://localhost.evil.example", null],
    ["https://evil.example", null],
    ["null", null],
    ["http://127.0.0.1.evil.example", null],
    ["http://localhost@evil.example", null],
    ["http://evil.example#http://localhost", null],
    ["http://[::1].evil.example", null],
    ["http://localhost:3000/", null],
    ["http://127.0.0.2", null],
    ["file://", null],
  ])("lets the origin %s read: %s", async (origin, allowed) => {
    const shop = await openShop();
    const { headers } = await shop.call("GET", "/v1/notes", { as: "blueline", headers: { origin } });
    expect(headers.get("access-control-allow-origin")).toBe(allowed);
    expect(headers.get("vary")).toBe("origin");
  });

  it.each(["https://evil.example", "null", "http://localhost.evil.example", "file://"])(
    "tells a preflight of %s nothing that its browser could take for a yes",
    async (origin) => {
      const shop = await openShop();
      for (const path of ["/v1/notes", "/v1/reset", "/_sandbox/clock", "/v1/nothing"]) {
        const { headers } = await shop.call("OPTIONS", path, {
          headers: { origin, "access-control-request-method": "POST" },
        });
        expect(headers.get("access-control-allow-origin")).toBeNull();
        expect(headers.get("access-control-allow-credentials")).toBeNull();
        expect(headers.get("vary")).toBe("origin");
      }
    },
  );

  it.each(["https://evil.example", "null"])(
    "changes nothing for a page of %s, whose browser sends simple requests without asking",
    async (origin) => {
      const shop = await openShop();
      const before = await shop.token();
      const form = { "content-type": "application/x-www-form-urlencoded" };
      const calls = [
        shop.call("POST", "/v1/reset", { headers: { origin } }),
        shop.call("POST", "/v1/token", { headers: { origin, ...form }, body: "client_id=blueline" }),
        shop.call("POST", "/v1/notes", { headers: { origin }, as: "blueline", json: { text: "x" } }),
      ];
      for (const { status, json } of await Promise.all(calls))
        expect([status, json["code"]]).toEqual([403, "ECO_ORIGIN_REFUSED"]);
      // The sandbox is the one that it was: a reset would have ended its tokens.
      const headers = { authorization: `Bearer ${before}` };
      const { status, json } = await shop.call("GET", "/v1/notes", { headers });
      expect(status).toBe(200);
      expect(json["items"]).toHaveLength(1);
    },
  );

  it("changes something for pages of this machine, for those that were named, and for programs", async () => {
    const origins = [["http://localhost:3000"], ["https://app.example"], []];
    for (const [origin] of origins) {
      const shop = await openShop(origin?.startsWith("https") ? { cors: ["https://app.example"] } : {});
      const headers = origin === undefined ? {} : { origin };
      const { status } = await shop.call("POST", "/v1/notes", {
        headers,
        as: "blueline",
        json: { text: "x" },
      });
      expect(status).toBe(201);
    }
  });
});
