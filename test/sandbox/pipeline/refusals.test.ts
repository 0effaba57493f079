import { describe, expect, it } from "vitest";
import { errorRegistry } from "../../../specs/engine/errors/index.ts";
import { type CallOptions, note, openShop } from "./shop.ts";

describe("the pipeline: what is refused", () => {
  it.each<readonly [string, string, string, CallOptions, keyof typeof errorRegistry]>([
    ["an unknown path", "GET", "/v1/nothing", {}, "ECO_NOT_FOUND"],
    ["a method that the path hasn't", "DELETE", "/v1/notes", {}, "ECO_METHOD_NOT_ALLOWED"],
    ["broken percent-encoding", "GET", "/v1/notes/%ff", { as: "blueline" }, "ECO_REQUEST_MALFORMED"],
    ["a query that isn't UTF-8", "GET", "/v1/notes?text=%C3%28", { as: "blueline" }, "ECO_REQUEST_MALFORMED"],
    ["no token", "GET", "/v1/notes", {}, "ECO_UNAUTHENTICATED"],
    [
      "a token that is none",
      "GET",
      "/v1/notes",
      { headers: { authorization: "Bearer x.y.z" } },
      "ECO_UNAUTHENTICATED",
    ],
    [
      "another scheme",
      "GET",
      "/v1/notes",
      { headers: { authorization: "Basic eDp5" } },
      "ECO_UNAUTHENTICATED",
    ],
    [
      "a role that may not",
      "PUT",
      "/v1/clock",
      { json: { now: "", mode: "frozen" }, as: "blueline" },
      "ECO_FORBIDDEN",
    ],
    [
      "an answer in a type that there isn't",
      "GET",
      "/v1/notes",
      { as: "blueline", headers: { accept: "text/html" } },
      "ECO_NOT_ACCEPTABLE",
    ],
    [
      "a body of another type",
      "POST",
      "/v1/notes",
      { body: "text=x", as: "blueline", headers: { "content-type": "text/plain" } },
      "ECO_UNSUPPORTED_MEDIA_TYPE",
    ],
    [
      "a body that isn't JSON",
      "POST",
      "/v1/notes",
      { body: "{", as: "blueline", headers: { "content-type": "application/json" } },
      "ECO_BODY_NOT_JSON",
    ],
    [
      "a key given twice",
      "POST",
      "/v1/notes",
      { body: '{"text":"a","text":"b"}', as: "blueline", headers: { "content-type": "application/json" } },
      "ECO_BODY_NOT_JSON",
    ],
    [
      "no body",
      "POST",
      "/v1/notes",
      { as: "blueline", headers: { "content-type": "application/json" } },
      "ECO_REQUEST_INVALID",
    ],
    [
      "an unknown field",
      "POST",
      "/v1/notes",
      { json: { text: "a", more: 1 }, as: "blueline" },
      "ECO_REQUEST_INVALID",
    ],
    ["a query parameter out of range", "GET", "/v1/notes?limit=0", { as: "blueline" }, "ECO_REQUEST_INVALID"],
    [
      "a query parameter that is no number",
      "GET",
      "/v1/notes?limit=ten",
      { as: "blueline" },
      "ECO_REQUEST_INVALID",
    ],
    [
      "a header that is too long",
      "GET",
      "/v1/notes",
      { as: "blueline", headers: { "x-trace": "too long" } },
      "ECO_REQUEST_INVALID",
    ],
    ["what the capability refuses", "POST", "/v1/notes", note("refuse me"), "ECO_STATE_TRANSITION"],
    [
      "an idempotency key that is too long",
      "POST",
      "/v1/notes",
      { ...note("x"), headers: { "idempotency-key": "k".repeat(256) } },
      "ECO_REQUEST_MALFORMED",
    ],
  ])("%s, as a problem with code, fix and page", async (_, method, path, options, code) => {
    const shop = await openShop();
    const { status, headers, json } = await shop.call(method, path, options);
    const row = errorRegistry[code];
    expect(status).toBe("status" in row ? row.status : 0);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(json).toMatchObject({ type: `/errors/${code}/`, title: row.title, status, code, fix: row.fix });
    expect(json["instance"]).toBe(`urn:eco:request:${headers.get("eco-request-id")}`);
    expect(json["detail"]).toMatch(/\.$/);
    expect(shop.faults).toEqual([]);
  });

  it("lists every violation, each with its place", async () => {
    const shop = await openShop();
    const { json } = await shop.call("POST", "/v1/notes", {
      json: { text: "", priority: -1, x: 1 },
      as: "blueline",
    });
    expect(json["errors"]).toEqual([
      { pointer: "#", detail: 'must not have the property "x"' },
      { pointer: "#/text", detail: expect.stringContaining("fewer than 1") },
      { pointer: "#/priority", detail: "must be >= 0" },
    ]);
    const misspelt = await shop.call("POST", "/v1/notes", {
      json: { text: "a", prority: 1 },
      as: "blueline",
    });
    expect(misspelt.json["detail"]).toBe('# must not have the property "prority" (did you mean priority?).');
    const query = await shop.call("GET", "/v1/notes?limit=0", { as: "blueline" });
    expect(query.json["errors"]).toEqual([{ pointer: "$request.query.limit", detail: "must be >= 1" }]);
  });

  it("names the methods that there are", async () => {
    const shop = await openShop();
    const { headers } = await shop.call("PATCH", "/v1/notes");
    expect(headers.get("allow")).toBe("GET, POST, HEAD, OPTIONS");
  });
});
