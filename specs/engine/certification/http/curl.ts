import type { RecordedRequest } from "../model.ts";
import { KEPT_BODY } from "./redact.ts";

const HIDDEN = "[redacted]";

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What was redacted comes back as a variable of the shell, named after the header that held it. */
function header(name: string, value: string): string {
  if (!value.includes(HIDDEN)) return quoted(`${name}: ${value}`);
  const variable = `$${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}`;
  return `"${name}: ${value.replaceAll(/["\\$`]/g, "\\$&").replaceAll(HIDDEN, variable)}"`;
}

/** A curl command that makes a (redacted) request again. */
export function curlOf(request: RecordedRequest): string {
  const words = ["curl", "-i"];
  if (request.method !== "GET" || request.body !== undefined) words.push("-X", request.method);
  words.push(quoted(request.url));
  for (const [name, value] of Object.entries(request.headers)) words.push("-H", header(name, value));
  // A body that was cut for the evidence would reproduce something else.
  const whole = request.body !== undefined && request.body.length <= KEPT_BODY;
  if (request.body !== undefined) words.push("--data-binary", whole ? quoted(request.body) : "@body.json");
  return words.join(" ");
}
