import { createHash, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  originValidationResponse,
} from "@modelcontextprotocol/server";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { type ServedTools, serverOf } from "./server.ts";

export interface ServedHttp {
  readonly url: string;
  close(): Promise<void>;
}

export const MCP_PATH = "/mcp";

/**
 * Serves tools over Streamable HTTP, to this machine alone and to whoever knows the token: each call is made with the
 * user's own credentials.
 *
 * @param port 0 takes a free one
 * @throws EcoError ECO_PORT_UNUSABLE
 */
export async function serveHttp(served: ServedTools, port: number, token: string): Promise<ServedHttp> {
  const handler = createMcpHandler(() => serverOf(served));
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort());
    const request = requestFrom(incoming, gone.signal);
    const response = refusalOf(request, token) ?? (await handler.fetch(request));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body === null) outgoing.end();
    else await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing);
  };
  const server = createServer((incoming, outgoing) => {
    // Where the client left, nobody is there to be told.
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((cause: unknown) => {
    throw new EcoError("ECO_PORT_UNUSABLE", `Port ${port} of 127.0.0.1 can't be used.`, { cause });
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}${MCP_PATH}`,
    async close() {
      await handler.close();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function requestFrom(incoming: IncomingMessage, signal: AbortSignal): Request {
  const { method = "GET", url = "/" } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one);
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(URL.parse(url, "http://127.0.0.1") ?? "http://127.0.0.1", {
    method,
    headers,
    signal,
    ...(hasBody ? { body: Readable.toWeb(incoming) as BodyInit, duplex: "half" } : {}),
  });
}

/** A page that got here by rebinding DNS, another path, or somebody without the token. */
function refusalOf(request: Request, token: string): Response | undefined {
  const foreign =
    hostHeaderValidationResponse(request, localhostAllowedHostnames()) ??
    originValidationResponse(request, localhostAllowedOrigins());
  if (foreign !== undefined) return foreign;
  if (new URL(request.url).pathname !== MCP_PATH)
    return new Response(`The tools are at ${MCP_PATH}.\n`, { status: 404 });
  if (isSame(request.headers.get("authorization") ?? "", `Bearer ${token}`)) return undefined;
  return new Response("Send the token that `eco mcp` printed: Authorization: Bearer TOKEN.\n", {
    status: 401,
    headers: { "www-authenticate": "Bearer" },
  });
}

/** In the same time whatever differs. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
