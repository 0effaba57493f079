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
  ])("lets the origin %s read: %s", async (origin, allowed) => {
    const shop = await openShop();
    const { headers } = await shop.call("GET", "/v1/notes", { as: "blueline", headers: { origin } });
    expect(headers.get("access-control-allow-origin")).toBe(allowed);
    expect(headers.get("vary")).toBe("origin");
  });
});
