import type { RecordedResponse } from "../model.ts";

const STACK_TRACES = [
  /\n?\s+at .{0,200}[(\s](?:file:\/\/|node:|\/|[A-Za-z]:\\).{0,200}:\d+:\d+/,
  /Traceback \(most recent call last\)/,
  /\bat [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)/,
  /Exception in thread "/,
  /goroutine \d+ \[/,
  /\bin \/[\w/.-]+\.php(?: on line |:)\d+/,
];

/** What an answer gives away, in words; undefined when it is discreet. Secrets are looked for with and without their scheme. */
export function leakIn(
  response: RecordedResponse | undefined,
  secrets: readonly string[],
): string | undefined {
  if (response === undefined) return undefined;
  // Escaped line ends of JSON count as line ends.
  const body = `${response.body} ${Object.values(response.headers).join(" ")}`.replaceAll("\\n", "\n");
  if (STACK_TRACES.some((one) => one.test(body))) return "a stack trace";
  const bare = secrets.map((one) => one.replace(/^(Bearer|Basic)\s+/i, "").replace(/^whsec_/, ""));
  return bare.some((one) => one.length >= 6 && body.includes(one))
    ? "a secret or the right signature"
    : undefined;
}
