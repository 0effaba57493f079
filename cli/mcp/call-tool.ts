import type { CallToolResult } from "@modelcontextprotocol/server";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import { jsonOrText } from "../../specs/engine/parse-json.ts";
import { type Arguments, requestOfCall } from "../../specs/engine/tools/tool-request.ts";
import type { Tool } from "../../specs/engine/tools/tools.ts";
import { toEcoError } from "../errors/usage.ts";
import type { ApiClient } from "../http/api-client.ts";

/** Beyond, an answer fills an agent's head and not its task: it is to ask for less. */
const RESPONSE_LIMIT_BYTES = 1024 * 1024;

/** Calls a tool. What goes wrong is an answer too, in words that say how to go on: agents mend what they sent. */
export async function callTool(
  tool: Tool,
  given: Arguments,
  client: ApiClient,
  signal?: AbortSignal,
): Promise<CallToolResult> {
  try {
    const options = { responseLimitBytes: RESPONSE_LIMIT_BYTES, ...(signal === undefined ? {} : { signal }) };
    const { status, body } = await client.exchange(tool.operation, requestOfCall(tool, given), options);
    if (body.trim() === "") return { content: [{ type: "text", text: `Done (${status}).` }] };
    const value = jsonOrText(body);
    return {
      content: [{ type: "text", text: body }],
      ...(isPlainObject(value) ? { structuredContent: value } : {}),
    };
  } catch (thrown) {
    const { code, message, fix, details } = toEcoError(thrown, tool.name);
    return {
      isError: true,
      content: [{ type: "text", text: `${message}\n${fix}\n(${code})` }],
      structuredContent: { code, message, fix, ...(isPlainObject(details) ? { details } : {}) },
    };
  }
}
