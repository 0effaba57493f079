import { curlData, shellWord } from "../../shell-word.ts";
import type { RecordedRequest } from "../model.ts";
import { KEPT_BODY } from "./redact.ts";

const HIDDEN = "[redacted]";

/** What was redacted comes back as a variable of the shell, named after the header that held it. */
function header(name: string, value: string): string {
  if (!value.includes(HIDDEN)) return shellWord(`${name}: ${value}`);
  const variable = `$${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}`;
  return `"${`${name}: ${value}`.replaceAll(/["\\$`]/g, "\\$&").replaceAll(HIDDEN, variable)}"`;
}

/** A curl command that makes a (redacted) request again. */
export function curlOf(request: RecordedRequest): string {
  const words = ["curl", "-i"];
  if (request.method !== "GET" || request.body !== undefined) words.push("-X", shellWord(request.method));
  words.push(shellWord(request.url));
  for (const [name, value] of Object.entries(request.headers)) words.push("-H", header(name, value));
  // A body that was cut for the evidence would reproduce something else.
  if (request.body !== undefined && request.body.length <= KEPT_BODY)
    words.push(curlData(request.body, "--data-binary"));
  else if (request.body !== undefined) words.push("--data-binary", "@body.json");
  return words.join(" ");
}
