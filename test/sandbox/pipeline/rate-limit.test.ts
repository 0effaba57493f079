import { describe, expect, it } from "vitest";
import { openShop } from "./shop.ts";

describe("the pipeline: rate limit", () => {
  it("says what is left, refuses what is over, and opens again", async () => {
    const shop = await openShop({ rateLimit: { quota: 2, windowSeconds: 30 } });
    const options = { headers: { authorization: `Bearer ${await shop.token()}` } };
    const first = await shop.call("GET", "/v1/notes", options);
    expect(first.headers.get("ratelimit")).toBe('"default";r=1;t=30');
    expect(first.headers.get("ratelimit-policy")).toBe('"default";q=2;w=30');
    shop.wallMs += 10_000;
    await shop.call("GET", "/v1/notes", options);
    const refused = await shop.call("GET", "/v1/notes", options);
    expect([refused.status, refused.json["code"]]).toEqual([429, "ECO_RATE_LIMITED"]);
    expect(refused.headers.get("retry-after")).toBe("20");
    expect(refused.headers.get("ratelimit")).toBe('"default";r=0;t=20');
    expect((await shop.call("GET", "/v1/notes", { as: "other" })).status).toBe(200);
    shop.wallMs += 20_000;
    expect((await shop.call("GET", "/v1/notes", options)).status).toBe(200);
  });
});
