import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openShop } from "./shop.ts";

describe("the pipeline: bodies", () => {
  const json = { "content-type": "application/json" };

  it.each([
    ["announced", JSON.stringify({ text: "x".repeat(2000) }), {}],
    ["packed", gzipSync(JSON.stringify({ text: "x".repeat(100_000) })), { "content-encoding": "gzip" }],
  ])("refuses what is too large: %s", async (_, body, headers) => {
    const shop = await openShop({ bodyLimits: { maxBytes: 1000, maxDepth: 5 } });
    const options = { body, as: "blueline", headers: { ...json, ...headers } };
    expect((await shop.call("POST", "/v1/notes", options)).status).toBe(413);
  });

  it.each([
    ["gzip", gzipSync],
    ["X-GZip", gzipSync],
    ["deflate", deflateSync],
    ["", Buffer.from],
  ])("reads a body within the limit that is packed as %j says", async (encoding, pack) => {
    const shop = await openShop();
    const options = {
      body: pack('{"text":"packed"}'),
      as: "blueline",
      headers: { ...json, "content-encoding": encoding },
    };
    expect((await shop.call("POST", "/v1/notes", options)).json["text"]).toBe("packed");
  });

  it.each(["br", "gzip, gzip"])("says what it can unpack to who sends %s", async (encoding) => {
    const shop = await openShop();
    const options = { body: "{}", as: "blueline", headers: { ...json, "content-encoding": encoding } };
    const { status, headers } = await shop.call("POST", "/v1/notes", options);
    expect([status, headers.get("accept-encoding")]).toEqual([415, "gzip, deflate"]);
  });

  it("refuses nesting beyond the limit and bytes that aren't UTF-8", async () => {
    const shop = await openShop();
    for (const body of ["[".repeat(100) + "]".repeat(100), Uint8Array.from([0x22, 0xc3, 0x28, 0x22])]) {
      const { status, json: problem } = await shop.call("POST", "/v1/notes", {
        body,
        as: "blueline",
        headers: json,
      });
      expect([status, problem["code"]]).toEqual([400, "ECO_BODY_NOT_JSON"]);
    }
  });

  it("reads parameters with the types that they are declared with", async () => {
    const shop = await openShop();
    const { status } = await shop.call("GET", "/v1/notes?limit=3&tags=1&tags=true", { as: "blueline" });
    expect(status).toBe(200);
  });
});
