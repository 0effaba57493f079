import { describe, expect, it } from "vitest";
import type { FaultRule } from "../../../sandbox/faults/rule.ts";
import { eventually } from "../../support/eventually.ts";
import { openShop, type Shop, START } from "../pipeline/shop.ts";

const addNote = (shop: Shop, headers: Record<string, string> = {}, as = "blueline") =>
  shop.call("POST", "/v1/notes", { json: { text: "x" }, as, headers });
const kept = (shop: Shop) => shop.store.reader("main").list({ collection: "notes", limit: 99 });

/** The statuses of so many notes, one after the other. */
async function statuses(shop: Shop, count: number, as = "blueline"): Promise<number[]> {
  const seen: number[] = [];
  for (let n = 0; n < count; n++) seen.push((await addNote(shop, {}, as)).status);
  return seen;
}

async function shopWith(...rules: readonly FaultRule[]): Promise<Shop> {
  const shop = await openShop();
  await shop.call("GET", "/v1/notes", { as: "blueline" });
  await shop.sandbox.faults.add(...rules);
  return shop;
}

describe("which requests a rule is for", () => {
  it.each<readonly [string, FaultRule, number[]]>([
    ["all", { status: 503 }, [503, 503, 503]],
    ["one operation", { operation: "addNote", status: 503 }, [503, 503, 201]],
    ["one party", { party: "other", status: 503 }, [201, 503, 201]],
    ["a path", { path: "/v1/not*", status: 503 }, [503, 503, 201]],
    [
      "a path with a method that it hasn't there",
      { path: "/v1/notes", method: "GET", status: 503 },
      [201, 201, 201],
    ],
    ["a path below", { path: "/v1/notes/*", status: 503 }, [201, 201, 201]],
  ])("%s", async (_, rule, wanted) => {
    const shop = await openShop();
    const { faults } = shop.sandbox;
    await shop.call("GET", "/v1/notes", { as: "blueline" });
    await shop.call("GET", "/v1/notes", { as: "other" });
    await faults.add(rule);
    const seen = [await addNote(shop), await addNote(shop, {}, "other")].map(({ status }) => status);
    const counted = await shop.call("POST", "/v1/counter", { as: "blueline" });
    expect([...seen, counted.status === 200 ? 201 : counted.status]).toEqual(wanted);
  });

  it("the first that applies decides, and the next when it is spent", async () => {
    const shop = await shopWith({ status: 500, count: 1 }, { status: 503, count: 2 });
    expect(await statuses(shop, 4)).toEqual([500, 503, 503, 201]);
  });
});

describe("when a rule applies", () => {
  it.each<readonly [string, FaultRule, number[]]>([
    ["so many times", { status: 503, count: 2 }, [503, 503, 201, 201, 201, 201]],
    ["after some", { status: 503, skip: 2 }, [201, 201, 503, 503, 503, 503]],
    ["every so manieth", { status: 503, every: 3 }, [201, 201, 503, 201, 201, 503]],
    ["all of it together", { status: 503, skip: 1, every: 2, count: 1 }, [201, 201, 503, 201, 201, 201]],
  ])("%s", async (_, rule, wanted) => {
    expect(await statuses(await shopWith(rule), 6)).toEqual(wanted);
  });

  it("within a window of virtual time", async () => {
    const at = (minutes: number) => new Date(START + minutes * 60_000).toISOString();
    const shop = await shopWith({ status: 503, from: at(10), until: at(20) });
    const seen: number[] = [];
    for (const advance of ["PT0S", "PT10M", "PT9M59S", "PT1S"]) {
      await shop.sandbox.control.clock.set({ advance });
      seen.push((await addNote(shop)).status);
    }
    expect(seen).toEqual([201, 503, 503, 201]);
  });

  it("by chance: about as often as it says, and with the same seed in the same places", async () => {
    const drawn = async (seed: string): Promise<number[]> => {
      const shop = await openShop({ seed });
      await shop.sandbox.faults.add({ status: 503, probability: 0.3, operation: "addNote" });
      return statuses(shop, 200);
    };
    const [first, again, other] = [await drawn("a"), await drawn("a"), await drawn("b")];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first.filter((status) => status === 503).length).toBeGreaterThan(40);
    expect(first.filter((status) => status === 503).length).toBeLessThan(80);
  });
});

describe("what happens to a request", () => {
  it("a status, before anything is decided, with Retry-After and a problem that names the rule", async () => {
    const shop = await shopWith({
      id: "busy",
      operation: "addNote",
      status: 503,
      retryAfterSeconds: 7,
      count: 1,
    });
    const { status, headers, json } = await addNote(shop);
    expect(status).toBe(503);
    expect(headers.get("retry-after")).toBe("7");
    expect(json).toMatchObject({
      code: "ECO_FAULT_INJECTED",
      status: 503,
      detail: "The fault rule busy answers 503.",
    });
    expect(await kept(shop)).toHaveLength(1);
  });

  it("a status after it was decided: the key has the real answer, and gives it to the second try", async () => {
    const shop = await shopWith({ operation: "addNote", status: 500, phase: "after", count: 1 });
    const headers = { "idempotency-key": "k1" };
    expect((await addNote(shop, headers)).status).toBe(500);
    expect(await kept(shop)).toHaveLength(2);
    const again = await addNote(shop, headers);
    expect(again.status).toBe(201);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await kept(shop)).toHaveLength(2);
  });

  it("a status before: the key stays free, and the second try is the first that is decided", async () => {
    const shop = await shopWith({ operation: "addNote", status: 500, count: 1 });
    const headers = { "idempotency-key": "k1" };
    expect((await addNote(shop, headers)).status).toBe(500);
    const again = await addNote(shop, headers);
    expect(again.status).toBe(201);
    expect(again.headers.get("idempotent-replayed")).toBeNull();
    expect(await kept(shop)).toHaveLength(2);
  });

  it("a repeated key meets faults as well, and gets its first answer once they are over", async () => {
    const shop = await shopWith({ operation: "addNote", status: 503, skip: 1, count: 2 });
    const headers = { "idempotency-key": "k1" };
    const first = await addNote(shop, headers);
    const tries = [await addNote(shop, headers), await addNote(shop, headers), await addNote(shop, headers)];
    expect(tries.map(({ status }) => status)).toEqual([503, 503, 201]);
    expect(tries[2]?.text).toBe(first.text);
  });

  it.each([
    ["before", 1],
    ["after", 2],
  ] as const)("a cut connection %s: %i notes are there", async (phase, count) => {
    const shop = await shopWith({ operation: "addNote", drop: true, phase });
    const response = await shop.sandbox.fetch(await noteRequest(shop));
    expect([response.type, response.status]).toEqual(["error", 0]);
    expect(await kept(shop)).toHaveLength(count);
    const [exchange] = shop.sandbox.control.log.read({ status: "cut" }).items;
    expect(exchange).toMatchObject({ operationId: "addNote", status: 0, faults: ["fault-1"] });
  });

  it("latency", async () => {
    const shop = await shopWith({ operation: "addNote", latencyMs: 120, jitterMs: 30 });
    const startedAt = performance.now();
    expect((await addNote(shop)).status).toBe(201);
    expect(performance.now() - startedAt).toBeGreaterThan(115);
  });

  it("latency that goes on: twins of the slow request are told that it is in flight", async () => {
    const shop = await shopWith({ operation: "addNote", latencyMs: 300_000 });
    const headers = { "idempotency-key": "k1" };
    const slow = addNote(shop, headers);
    await applied(shop);
    await shop.sandbox.faults.clear();
    expect((await addNote(shop, headers)).json).toMatchObject({ code: "ECO_IDEMPOTENCY_IN_FLIGHT" });
    shop.sandbox.release();
    expect((await slow).status).toBe(201);
  });

  it("a sandbox that closes doesn't wait for latencies", async () => {
    const shop = await shopWith({ operation: "addNote", latencyMs: 300_000 });
    const slow = addNote(shop);
    await applied(shop);
    shop.sandbox.release();
    expect((await slow).status).toBe(201);
  });

  it("a body that is not JSON, under the type of JSON", async () => {
    const shop = await shopWith({ operation: "addNote", body: "malformed" });
    const response = await shop.sandbox.fetch(await noteRequest(shop));
    expect(response.status).toBe(201);
    expect(response.headers.get("content-type")).toBe("application/json");
    await expect(response.json()).rejects.toThrow(SyntaxError);
    expect(await kept(shop)).toHaveLength(2);
  });

  it("a body that ends halfway, although its length was announced", async () => {
    const shop = await shopWith({ operation: "addNote", body: "truncated" });
    const response = await shop.sandbox.fetch(await noteRequest(shop));
    expect(Number(response.headers.get("content-length"))).toBeGreaterThan(20);
    await expect(response.text()).rejects.toThrow();
  });

  it("a body that drips", async () => {
    const shop = await shopWith({ operation: "addNote", dripMs: 100 });
    const startedAt = performance.now();
    const response = await shop.sandbox.fetch(await noteRequest(shop));
    const chunks: number[] = [];
    const reader = response.body?.getReader();
    for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read())
      chunks.push(read.value.length);
    expect(chunks.length).toBeGreaterThan(5);
    expect(performance.now() - startedAt).toBeGreaterThan(80);
    expect(chunks.reduce((sum, length) => sum + length, 0)).toBe(
      Number(response.headers.get("content-length")),
    );
  });

  it("another content type, also on an error", async () => {
    const shop = await shopWith({ status: 502, contentType: "text/html" });
    const { status, headers } = await addNote(shop);
    expect([status, headers.get("content-type")]).toEqual([502, "text/html"]);
  });

  it("a tighter rate limit, for each party, with the headers that tell of it", async () => {
    const shop = await shopWith({ operation: "addNote", rateLimit: { quota: 2, windowSeconds: 30 } });
    expect(await statuses(shop, 3)).toEqual([201, 201, 429]);
    expect(await statuses(shop, 1, "other")).toEqual([201]);
    const { headers, json } = await addNote(shop);
    expect(json["code"]).toBe("ECO_RATE_LIMITED");
    expect([headers.get("ratelimit"), headers.get("retry-after")]).toEqual(['"default";r=0;t=30', "30"]);
    shop.wallMs += 30_000;
    expect(await statuses(shop, 1)).toEqual([201]);
  });

  it("nothing, where the request is refused anyway", async () => {
    const shop = await shopWith({ operation: "addNote", status: 503, count: 1 });
    const refused = await shop.call("POST", "/v1/notes", { json: { text: "" }, as: "blueline" });
    expect(refused.status).toBe(422);
    expect((await addNote(shop)).status).toBe(503);
  });
});

/** Resolves when the first rule has got hold of a request. */
const applied = (shop: Shop): Promise<void> =>
  eventually(() => expect(shop.sandbox.faults.list()[0]?.applied).toBe(1), 1);

async function noteRequest(shop: Shop): Promise<Request> {
  return new Request("http://sandbox.localhost/v1/notes", {
    method: "POST",
    body: '{"text":"a note of some length"}',
    headers: { "content-type": "application/json", authorization: `Bearer ${await shop.token()}` },
  });
}
