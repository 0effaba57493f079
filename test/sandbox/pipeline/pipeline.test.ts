import { gzipSync } from "node:zlib";
import { SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { MemoryStore } from "../../../sandbox/store/memory.ts";
import type { ApplyOutcome, Changeset } from "../../../sandbox/store/store.ts";
import { EcoError, errorRegistry } from "../../../specs/engine/errors/index.ts";
import { type CallOptions, openShop, START } from "./shop.ts";

const note = (text: string) => ({ json: { text }, as: "blueline" });

describe("the pipeline: what is refused", () => {
  it.each<readonly [string, string, string, CallOptions, keyof typeof errorRegistry]>([
    ["an unknown path", "GET", "/v1/nothing", {}, "ECO_NOT_FOUND"],
    ["a method that the path hasn't", "DELETE", "/v1/notes", {}, "ECO_METHOD_NOT_ALLOWED"],
    ["broken percent-encoding", "GET", "/v1/notes/%ff", { as: "blueline" }, "ECO_REQUEST_MALFORMED"],
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
    const query = await shop.call("GET", "/v1/notes?limit=0", { as: "blueline" });
    expect(query.json["errors"]).toEqual([{ pointer: "$request.query.limit", detail: "must be >= 1" }]);
  });

  it("names the methods that there are", async () => {
    const shop = await openShop();
    const { headers } = await shop.call("PATCH", "/v1/notes");
    expect(headers.get("allow")).toBe("GET, POST, HEAD, OPTIONS");
  });
});

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

  it("reads a packed body within the limit", async () => {
    const shop = await openShop();
    const options = {
      body: gzipSync('{"text":"packed"}'),
      as: "blueline",
      headers: { ...json, "content-encoding": "gzip" },
    };
    expect((await shop.call("POST", "/v1/notes", options)).json["text"]).toBe("packed");
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

describe("the pipeline: tokens", () => {
  it("refuses a scope that the token lacks, and says which", async () => {
    const shop = await openShop();
    const token = await shop.token("blueline", { scope: "notes:read" });
    const { status, json, headers } = await shop.call("POST", "/v1/notes", {
      json: { text: "x" },
      headers: { authorization: `Bearer ${token}` },
    });
    expect([status, json["code"]]).toEqual([403, "ECO_SCOPE_MISSING"]);
    expect(json["detail"]).toContain("notes:write");
    expect(headers.get("www-authenticate")).toContain("insufficient_scope");
  });

  it("refuses an expired token, cached or not", async () => {
    const shop = await openShop();
    const authorization = `Bearer ${await shop.token("blueline", { lifetime: "60" })}`;
    expect((await shop.call("GET", "/v1/notes", { headers: { authorization } })).status).toBe(200);
    shop.wallMs += 61_000;
    for (const _ of [1, 2]) {
      const { status, json } = await shop.call("GET", "/v1/notes", { headers: { authorization } });
      expect([status, json["code"]]).toEqual([401, "ECO_TOKEN_EXPIRED"]);
    }
  });

  it.each([
    [
      "another key",
      async (token: string) => (await forged(token, {}, new Uint8Array(32))).replace("HS256", "EdDSA"),
    ],
    ["a symmetric algorithm", async (token: string) => forged(token, {}, new TextEncoder().encode("public"))],
    [
      "no algorithm",
      async (token: string) => `${encode({ alg: "none", typ: "at+jwt" })}.${token.split(".")[1]}.`,
    ],
    ["a changed party", async (token: string) => withClaims(token, { sub: "owner" })],
  ])("refuses a token signed with %s", async (_, forge) => {
    const shop = await openShop();
    const authorization = `Bearer ${await forge(await shop.token())}`;
    const { status, json } = await shop.call("GET", "/v1/notes", { headers: { authorization } });
    expect([status, json["code"]]).toEqual([401, "ECO_UNAUTHENTICATED"]);
  });

  it("takes new tokens and no old ones after another process on the same store reset it", async () => {
    const one = await openShop();
    const two = await openShop({}, one.store);
    const old = `Bearer ${await two.token()}`;
    expect((await one.call("GET", "/v1/notes", { headers: { authorization: old } })).status).toBe(200);
    await one.call("POST", "/v1/reset");
    const fresh = `Bearer ${await one.token()}`;
    expect((await two.call("GET", "/v1/notes", { headers: { authorization: fresh } })).status).toBe(200);
    expect((await two.call("GET", "/v1/notes", { headers: { authorization: old } })).status).toBe(401);
  });

  it("refuses a token of another sandbox", async () => {
    const [one, two] = [await openShop(), await openShop()];
    const authorization = `Bearer ${await one.token()}`;
    expect((await two.call("GET", "/v1/notes", { headers: { authorization } })).status).toBe(401);
  });
});

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
const withClaims = (token: string, claims: object): string => {
  const [head, , signature] = token.split(".");
  return [head, encode({ ...claimsOf(token), ...claims }), signature].join(".");
};
const forged = (token: string, claims: object, key: Uint8Array): Promise<string> =>
  new SignJWT({ ...claimsOf(token), ...claims })
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
    .sign(key);

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

describe("the pipeline: decisions", () => {
  it("decides again when what it read has changed: no count is lost", async () => {
    const shop = await openShop();
    await shop.call("GET", "/v1/notes", { as: "blueline" });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => shop.call("POST", "/v1/counter", { as: "blueline" })),
    );
    const counts = answers.map(({ json }) => Number(json["count"])).sort((a, b) => a - b);
    expect(counts).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
  });

  it("withholds an answer that breaks its own schema, applies nothing and reports the fault", async () => {
    const shop = await openShop();
    const { status, json } = await shop.call("POST", "/v1/broken");
    expect([status, json["code"]]).toEqual([500, "ECO_ANSWER_INVALID"]);
    expect(await shop.store.reader("main").list({ collection: "notes", limit: 9 })).toHaveLength(1);
    expect(String(shop.faults[0]?.error)).toContain("missing");
    expect(shop.faults[0]?.where).toBe("breakAnswer");
  });

  it("withholds everything when an event breaks its message's schema", async () => {
    const shop = await openShop();
    expect((await shop.call("POST", "/v1/notes", note("bad event"))).status).toBe(500);
    expect(String(shop.faults[0]?.error)).toContain("shop.note.added.v1");
    expect(await shop.store.reader("main").events({ limit: 9 })).toEqual([]);
  });

  it("says that it is unavailable while the store refuses, and goes on afterwards", async () => {
    class Refusing extends MemoryStore {
      refusing = false;
      override async apply(changeset: Changeset): Promise<ApplyOutcome> {
        if (this.refusing)
          throw new EcoError("ECO_DATABASE_UNUSABLE", "/somewhere/sandbox.db can't be used.");
        return super.apply(changeset);
      }
    }
    const store = new Refusing();
    const shop = await openShop({}, store);
    store.refusing = true;
    const { status, json, headers, text } = await shop.call("POST", "/v1/notes", note("x"));
    expect([status, json["code"], headers.get("retry-after")]).toEqual([503, "ECO_UNAVAILABLE", "1"]);
    expect(text).not.toContain("/somewhere");
    store.refusing = false;
    expect((await shop.call("POST", "/v1/notes", note("x"))).status).toBe(201);
  });

  it("tells nothing of a crash but its request id", async () => {
    const shop = await openShop();
    const { status, text, headers } = await shop.call("POST", "/v1/crash");
    expect(status).toBe(500);
    expect(text).not.toContain("secret");
    expect(shop.faults[0]).toMatchObject({ requestId: headers.get("eco-request-id"), where: "crash" });
  });

  it("notes each exchange, without any content", async () => {
    const exchanges: unknown[] = [];
    const shop = await openShop({ onExchange: (exchange) => exchanges.push(exchange) });
    const { headers } = await shop.call("POST", "/v1/notes", note("refuse me"));
    expect(exchanges.at(-1)).toEqual({
      requestId: headers.get("eco-request-id"),
      method: "POST",
      path: "/v1/notes",
      operationId: "addNote",
      party: "blueline",
      status: 409,
      code: "ECO_STATE_TRANSITION",
      durationMs: expect.any(Number),
    });
  });
});

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
