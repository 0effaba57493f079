import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../specs/engine/errors/reason.ts";

/** Gives no answer where the connection is to be closed without one. */
export type Handle = (request: Request) => Promise<Response | undefined>;

export interface LocalServer {
  /** `http://127.0.0.1:4011` */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Serves a handler on this machine alone. Bodies are passed on as they come, both ways; the request's signal tells that
 * the client has left.
 *
 * @param port 0, the default, takes a free one
 * @throws EcoError `ECO_PORT_UNUSABLE`
 */
export async function serveLocally(handle: Handle, port = 0): Promise<LocalServer> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, handle).catch((error: unknown) => refuse(outgoing, error));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((cause: unknown) => {
    throw new EcoError("ECO_PORT_UNUSABLE", `Port ${port} of 127.0.0.1 can't be used.`, { cause });
  });
  const address = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, handle: Handle): Promise<void> {
  const request = requestFrom(incoming, outgoing);
  if (request === undefined)
    return void outgoing.writeHead(400, { "content-type": "text/plain" }).end(UNREADABLE);
  const response = await handle(request);
  if (response === undefined) {
    incoming.socket.destroy();
    return;
  }
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (response.body === null) outgoing.end();
  else await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing);
}

const UNREADABLE = "The request's target, its Host header or its method is none that can be answered here.\n";

/** An answer that has begun can only break off; then, or where the client has left, nobody can be told. */
function refuse(outgoing: ServerResponse, error: unknown): void {
  if (outgoing.headersSent || outgoing.destroyed) return void outgoing.destroy();
  outgoing.writeHead(502, { "content-type": "text/plain" });
  outgoing.end(`There is no answer: ${reasonOf(error)}`);
}

/** Undefined for what the platform has no request for. */
function requestFrom(incoming: IncomingMessage, outgoing: ServerResponse): Request | undefined {
  const { method = "GET", url: target = "/", headers: fields } = incoming;
  const url = target.startsWith("/") ? `http://${fields.host ?? "127.0.0.1"}${target}` : target;
  if (!URL.canParse(url) || /^trac[ek]$/i.test(method)) return undefined;
  const headers = new Headers();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one);
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const hasBody =
    method !== "GET" &&
    method !== "HEAD" &&
    (fields["content-length"] !== undefined || fields["transfer-encoding"] !== undefined);
  return new Request(url, {
    method,
    headers,
    signal: gone.signal,
    ...(hasBody ? { body: Readable.toWeb(incoming) as BodyInit, duplex: "half" } : {}),
  });
}
