import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalServer, serveLocally } from "../../cli/serve-locally.ts";

let server: LocalServer;
beforeAll(async () => {
  server = await serveLocally(async ({ url }) => new Response(url));
});
afterAll(() => server.close());

/** All that comes back on a connection on which `text` was sent as it is. */
function exchange(text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(Number(new URL(server.origin).port), "127.0.0.1", () => socket.end(text));
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
  });
}

describe("a server for probes and agents", () => {
  it.each([
    ["a method that is never passed on", "TRACE / HTTP/1.1\r\nHost: localhost"],
    ["a name that is none", "GET / HTTP/1.1\r\nHost: local host"],
    ["a port that there isn't", "GET / HTTP/1.1\r\nHost: localhost:99999"],
    ["a target that is no URL", "GET http://[ HTTP/1.1\r\nHost: localhost"],
    ["no target", "OPTIONS * HTTP/1.1\r\nHost: localhost"],
    ["no host", "GET / HTTP/1.1"],
    ["two ends", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked"],
  ])("refuses %s as the client's fault", async (_, head) => {
    expect(await exchange(`${head}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("keeps a target's host apart from the one that is asked for", async () => {
    const answer = await exchange(
      "GET //evil.example/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    );
    expect(answer).toContain("http://localhost//evil.example/a");
  });
});
