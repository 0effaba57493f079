import { createHash, timingSafeEqual } from "node:crypto";
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  originValidationResponse,
} from "@modelcontextprotocol/server";
import { serveLocally } from "../serve-locally.ts";
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
  const server = await serveLocally(
    async (request) => refusalOf(request, token) ?? handler.fetch(request),
    port,
  );
  return {
    url: `${server.origin}${MCP_PATH}`,
    async close() {
      await handler.close();
      await server.close();
    },
  };
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
