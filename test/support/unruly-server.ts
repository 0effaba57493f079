import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { onTestFinished } from "vitest";
import { serveOnLoopback } from "./loopback.ts";

export interface UnrulyServer {
  readonly url: string;
  /** Every request that came, with its credentials. */
  readonly asked: { readonly method: string; readonly path: string; readonly authorization: string }[];
}

/** A server of the test on a free port, gone at its end whatever is under way. */
export async function openUnruly(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<UnrulyServer> {
  const asked: UnrulyServer["asked"] = [];
  const { url, close } = await serveOnLoopback((request, response) => {
    const { method = "", url: path = "", headers } = request;
    asked.push({ method, path, authorization: headers.authorization ?? "" });
    answer(request, response);
  });
  onTestFinished(close);
  return { url, asked };
}

/** Where nobody's request should arrive: another origin than the one that was asked. */
export const openThief = (): Promise<UnrulyServer> =>
  openUnruly((_request, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end("{}"),
  );

export const redirect =
  (status: number, to: () => string) =>
  (_request: IncomingMessage, response: ServerResponse): void =>
    void response.writeHead(status, { location: to() }).end();

/** A success whose body goes on as long as anybody reads it, as fast as it is read. */
export function endless(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  const chunk = Buffer.alloc(256 * 1024, " ");
  const pump = (): void => {
    while (!response.destroyed && response.write(chunk)) {
      // Until the connection takes no more for the moment.
    }
  };
  response.on("drain", pump);
  pump();
}

/** The same as a few kilobytes on the wire, and a gigabyte for whoever unpacks them. */
export function packed(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
  const packing = createGzip();
  packing.pipe(response);
  const blank = Buffer.alloc(1024 * 1024, " ");
  void pipeline(
    Array.from({ length: 1_024 }, () => blank),
    packing,
  ).catch(() => undefined);
}
