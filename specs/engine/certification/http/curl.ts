import type { RecordedRequest } from "../model.ts";
import { keptBody } from "./redact.ts";

const hidden = "[redacted]";

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What was redacted comes back as a variable of the shell, named after the header that held it. */
function header(name: string, value: string): string {
  if (!value.includes(hidden)) return quoted(`${name}: ${value}`);
  const variable = `$${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}`;
  return `"${name}: ${value.replaceAll(/["\\$`]/g, "\\$&").replaceAll(hidden, variable)}"`;
}

/** A curl command that makes a (redacted) request again. */
export function curlOf(request: RecordedRequest): string {
  const words = ["curl", "-i"];
  if (request.method !== "GET" || request.body !== undefined) words.push("-X", request.method);
  words.push(quoted(request.url));
  for (const [name, value] of Object.entries(request.headers)) words.push("-H", header(name, value));
  // A body that was cut for the evidence would reproduce something else.
  const whole = request.body !== undefined && request.body.length <= keptBody;
  if (request.body !== undefined) words.push("--data-binary", whole ? quoted(request.body) : "@body.json");
  return words.join(" ");
}
