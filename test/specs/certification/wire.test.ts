import { describe, expect, it } from "vitest";
import { curlOf } from "../../../specs/engine/certification/http/curl.ts";
import { createWire } from "../../../specs/engine/certification/http/wire.ts";
import { serve, serveRaw } from "../../reference-partner/serve.ts";

const openWire = (now: () => number, timeoutMs: number) =>
  createWire({
    fetch,
    now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    timeoutMs,
    maxBytes: 1000,
  });
const wire = openWire(Date.now, 10_000);

describe("an exchange", () => {
  /** Answers every connection but the first, which breaks when the request is there. */
  async function sendToStale(now: () => number) {
    let connections = 0;
    const served = await serveRaw((socket) => {
      connections += 1;
      const first = connections === 1;
      socket.once("data", () =>
        first ? socket.destroy() : socket.end("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"),
      );
    });
    const { response, failure } = await openWire(now, 10_000).send({
      method: "POST",
      url: served.url,
      body: "{}",
    });
    await served.close();
    return { status: response?.status, failure: failure?.kind, connections };
  }

  it("is made again where the connection broke at once, as a stale one does", async () => {
    const stopped = () => 0;
    expect(await sendToStale(stopped)).toEqual({ status: 204, failure: undefined, connections: 2 });
  });

  it("is not made again where the other side has had the request for a while", async () => {
    let asked = 0;
    const slow = () => 100 * asked++;
    expect(await sendToStale(slow)).toEqual({ status: undefined, failure: "closed", connections: 1 });
  });

  it.each<[string, Parameters<typeof serveRaw>[0], string]>([
    ["closes every connection", (socket) => socket.once("data", () => socket.destroy()), "closed"],
    ["never answers", () => undefined, "timeout"],
    [
      "sends more than is read",
      (socket) => socket.once("data", () => socket.end(`HTTP/1.1 200 OK\r\n\r\n${"x".repeat(5000)}`)),
      "too-large",
    ],
  ])("with a side that %s says so", async (_name, onConnection, kind) => {
    const served = await serveRaw(onConnection);
    // Only one of them is waited for until its end.
    const patience = kind === "timeout" ? 100 : 10_000;
    const exchange = await openWire(Date.now, patience).send({ method: "GET", url: served.url });
    await served.close();
    expect(exchange.failure?.kind).toBe(kind);
    expect(exchange.response).toBeUndefined();
  });

  it("with nobody there says that it was refused", async () => {
    const served = await serve(() => new Response());
    await served.close();
    const exchange = await wire.send({ method: "GET", url: served.url });
    expect(exchange.failure).toMatchObject({
      kind: "refused",
      detail: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("ends although the fetch ignores its signal", async () => {
    const deaf = createWire({
      fetch: () => new Promise(() => undefined),
      now: Date.now,
      sleep: async () => undefined,
      timeoutMs: 50,
      maxBytes: 1000,
    });
    expect(await deaf.send({ method: "GET", url: "http://127.0.0.1:1/" })).toMatchObject({
      failure: { kind: "timeout" },
    });
  });

  it("doesn't follow a redirect with its credentials", async () => {
    let seen = 0;
    const other = await serve(() => {
      seen += 1;
      return new Response();
    });
    const served = await serve(() => new Response(null, { status: 307, headers: { location: other.url } }));
    const exchange = await wire.send({
      method: "GET",
      url: served.url,
      headers: { authorization: "Bearer t" },
    });
    await served.close();
    await other.close();
    expect(exchange.response?.status).toBe(307);
    expect(seen).toBe(0);
  });
});

it.each([
  [{ method: "GET", url: "http://a/b", headers: {} }, "curl -i 'http://a/b'"],
  [
    { method: "POST", url: "http://a/b", headers: { authorization: "[redacted]" }, body: "it's" },
    `curl -i -X POST 'http://a/b' -H "authorization: $AUTHORIZATION" --data-binary 'it'\\''s'`,
  ],
  [
    { method: "GET", url: "http://a/$(rm)", headers: { "x-a": "`id`" } },
    "curl -i 'http://a/$(rm)' -H 'x-a: `id`'",
  ],
  [
    { method: "GET;id", url: "http://a", headers: { "x-`id`": "[redacted]" }, body: "@.env" },
    `curl -i -X 'GET;id' 'http://a' -H "x-\\\`id\\\`: $X_ID_" --data-raw '@.env'`,
  ],
])("curl makes %j again, with nothing for the shell to run", (request, want) => {
  expect(curlOf(request)).toBe(want);
});
