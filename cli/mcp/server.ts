import {
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type Tool as ToolShape,
} from "@modelcontextprotocol/server";
import type { Tool } from "../../specs/engine/tools/tools.ts";
import type { ApiClient } from "../http/api-client.ts";
import { callTool } from "./call-tool.ts";

export interface ServedTools {
  /** What agents know the server as: the ecosystem's id, and eco's version. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  /** What an agent is told before it uses a tool. */
  readonly instructions: string;
  readonly tools: readonly Tool[];
  readonly client: ApiClient;
}

const PAGE = 100;

/** A server of the tools for one connection. */
export function serverOf({ name, title, version, instructions, tools, client }: ServedTools): Server {
  const server = new Server({ name, title, version }, { capabilities: { tools: {} }, instructions });
  server.setRequestHandler("tools/list", ({ params }) => {
    const from = params?.cursor === undefined ? 0 : Number(params.cursor);
    if (!Number.isInteger(from) || from < 0)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, "The cursor isn't one of this server's.");
    const next = from + PAGE;
    return {
      tools: tools.slice(from, next).map(shapeOf),
      ...(next < tools.length ? { nextCursor: String(next) } : {}),
    };
  });
  server.setRequestHandler("tools/call", ({ params }, { mcpReq }) => {
    const tool = tools.find((one) => one.name === params.name);
    if (tool === undefined)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${params.name}.`);
    return callTool(tool, params.arguments ?? {}, client, mcpReq.signal);
  });
  return server;
}

function shapeOf({ name, title, description, inputSchema, hints }: Tool): ToolShape {
  return {
    name,
    title,
    description,
    inputSchema: inputSchema as ToolShape["inputSchema"],
    annotations: {
      title,
      readOnlyHint: hints.readOnly,
      destructiveHint: hints.destructive,
      idempotentHint: hints.idempotent,
      openWorldHint: false,
    },
  };
}
