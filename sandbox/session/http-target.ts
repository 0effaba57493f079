import { listen } from "../hosts/http.ts";
import type { Sandbox } from "../pipeline/sandbox.ts";
import { http } from "../values/node-http.ts";
import { bytesOf } from "./bytes.ts";
import type { RecordedRequest } from "./format.ts";
import type { ReplayedAnswer, ReplayTarget } from "./replay.ts";

/** What belongs to the connection, and is made anew by this one. */
const OF_THE_CONNECTION = new Set([
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
]);

/** A sandbox on a port of its own: the requests of a replay come as they would come from clients, to these `hosts`. */
export async function httpTarget(sandbox: Sandbox, hosts: readonly string[]): Promise<ReplayTarget> {
  const { port, close } = await listen(sandbox, { port: 0, allowedHosts: hosts });
  return { sandbox, send: (request) => sendTo(port, request), close };
}

function sendTo(port: number, { method, url, headers, body }: RecordedRequest): Promise<ReplayedAnswer> {
  const { pathname, search, host } = new URL(url);
  const bytes = bytesOf(body);
  const kept = headers.filter(([name]) => !OF_THE_CONNECTION.has(name) && name !== "host");
  return new Promise((resolve) => {
    let hasBegun = false;
    const request = http.request(
      {
        host: "127.0.0.1",
        port,
        method,
        path: pathname + search,
        // The host that the recorded request named: answers may show it.
        headers: { ...Object.fromEntries(kept), host, "content-length": String(bytes.length) },
        setHost: false,
      },
      (response) => {
        hasBegun = true;
        const chunks: Buffer[] = [];
        const answered = (): void => {
          const names = Object.entries(response.headers);
          resolve({
            status: response.statusCode ?? 0,
            headers: names.map(([name, value]) => [name, [value].flat().join(", ")]),
            bytes: Buffer.concat(chunks),
          });
        };
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        // A fault may cut the answer short: what came is the answer.
        response.on("error", answered);
        response.on("end", answered);
      },
    );
    request.on("error", () => {
      // Cut before the first byte: the recording has no status of it either. A later cut ends the answer, which tells.
      if (!hasBegun) resolve({ status: 0, headers: [], bytes: new Uint8Array(0) });
    });
    request.end(bytes);
  });
}
