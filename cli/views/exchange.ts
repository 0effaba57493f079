import type { ControlResult } from "../http/control-client.ts";
import { sanitizeLine } from "../output/sanitize.ts";

type Exchange = ControlResult<"listExchanges">["items"][number];

/** `09:12:03.120 201 POST /v1/deliveries submitDelivery blueline 2.1 ms`, in local time. */
export function exchangeLine(exchange: Exchange): string {
  const { at, status, method, path, operationId, party, code, faults, durationMs } = exchange;
  const parts = [
    new Date(at).toTimeString().slice(0, 8) + at.slice(19, 23),
    status === 0 ? "cut" : String(status),
    method,
    path,
    operationId,
    party,
    code,
    `${durationMs.toFixed(1)} ms`,
    faults === undefined ? undefined : `fault: ${faults.join(", ")}`,
  ];
  return sanitizeLine(parts.filter((part) => part !== undefined).join(" "));
}

/** The line, and below it both messages. */
export function exchangeText(exchange: Exchange): string {
  const { request, response } = exchange;
  return [exchangeLine(exchange), ...messageLines(">", request), ...messageLines("<", response), ""].join(
    "\n",
  );
}

function messageLines(mark: string, { headers, body, bodyBytes }: Exchange["request"]): string[] {
  const heads = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const size = body === undefined && bodyBytes ? [`(${bodyBytes} bytes)`] : [];
  const lines = body === undefined ? size : body.split("\n");
  return [...heads, ...lines].map((line) => `  ${mark} ${sanitizeLine(line)}`);
}
