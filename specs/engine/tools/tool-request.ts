import { fillPath, type WrittenRequest } from "../catalog/exchange/bind.ts";
import { serialiseNamed, serialiseSearch } from "../catalog/exchange/serialise-parameter.ts";
import type { Parameter } from "../catalog/types.ts";
import { EcoError } from "../errors/index.ts";
import { BODY, type Tool } from "./tools.ts";

export type Arguments = Readonly<Record<string, unknown>>;

/**
 * The request that a call of a tool comes to. What its schema says of the values is left to the other side, which names
 * every violation.
 *
 * @throws EcoError ECO_INPUT_MISSING for a required argument that is left out, ECO_INPUT_INVALID for one that there isn't
 */
export function requestOfCall(tool: Tool, given: Arguments): WrittenRequest {
  refuseUnfit(tool, given);
  const { operation } = tool;
  const groups: Record<Parameter["in"], Record<string, unknown>> = {
    path: {},
    query: {},
    header: {},
    cookie: {},
  };
  for (const [argument, parameter] of tool.parameters) {
    const value = given[argument];
    if (value !== undefined && value !== null) groups[parameter.in][parameter.name] = value;
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(groups.header))
    headers[name.toLowerCase()] = serialiseNamed(operation, "header", name, value);
  const cookies = Object.entries(groups.cookie).map(([name, value]) =>
    serialiseNamed(operation, "cookie", name, value),
  );
  if (cookies.length > 0) headers["cookie"] = cookies.join("; ");
  const body = given[BODY];
  return {
    method: operation.method,
    path: fillPath(operation, groups.path),
    search: serialiseSearch(operation, groups.query),
    query: groups.query,
    headers,
    ...(body === undefined ? {} : { body }),
  };
}

function refuseUnfit({ name, inputSchema }: Tool, given: Arguments): void {
  const known = Object.keys(inputSchema["properties"] as object);
  const unknown = Object.keys(given).find((argument) => !known.includes(argument));
  if (unknown !== undefined)
    throw new EcoError("ECO_INPUT_INVALID", `${name} has no argument \`${unknown}\`.`, {
      fix: known.length === 0 ? "Leave it out." : `It has: ${known.join(", ")}.`,
    });
  const missing = (inputSchema["required"] as readonly string[]).filter(
    (argument) => given[argument] === undefined || given[argument] === null,
  );
  if (missing.length > 0)
    throw new EcoError(
      "ECO_INPUT_MISSING",
      `${name} needs ${missing.map((one) => `\`${one}\``).join(", ")}.`,
      {
        fix: "Give each a value.",
      },
    );
}
