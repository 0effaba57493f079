import { fillPath, type WrittenRequest } from "../catalog/exchange/bind.ts";
import { noValues, serialiseHeaders, serialiseSearch } from "../catalog/exchange/serialise-parameter.ts";
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
  const values = noValues();
  for (const [argument, parameter] of tool.parameters) {
    const value = given[argument];
    if (value !== undefined && value !== null) values[parameter.in][parameter.name] = value;
  }
  const body = given[BODY];
  return {
    method: operation.method,
    path: fillPath(operation, values.path),
    search: serialiseSearch(operation, values.query),
    query: values.query,
    headers: serialiseHeaders(operation, values),
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
