import { type HttpDialect, httpText } from "./http-text.ts";
import type { Capture, CollectedRequest, Collection } from "./types.ts";

/**
 * The collection as a `.http` file for JetBrains' HTTP client and for httpYac: a script after each request tests its
 * status and keeps what later requests use.
 */
export function httpScripts(collection: Collection): string {
  const told = new Set(
    collection.requests.flatMap(({ captures }) => captures.map(({ variable }) => variable)),
  );
  const dialect: HttpDialect = {
    head: [],
    secretsPlace: "in http-client.private.env.json, which stays out of version control.",
    freshKey: () => "{{$random.uuid}}",
    request: (text) => text,
    after: (request) => `\n\n${script(request)}`,
    isVariable: (name) => !told.has(name),
  };
  return httpText(collection, dialect);
}

function script({ title, expected, captures }: CollectedRequest): string {
  const lines = [
    ...statusTest(title, expected),
    ...captures.flatMap((capture, at) => [
      `  const value${at} = ${valueIn(capture)};`,
      `  if (value${at} !== undefined && value${at} !== null) client.global.set(${JSON.stringify(capture.variable)}, typeof value${at} === "object" ? JSON.stringify(value${at}) : value${at});`,
    ]),
  ];
  return `> {%\n${lines.join("\n")}\n%}`;
}

const valueIn = (capture: Capture): string =>
  "header" in capture
    ? `response.headers.valueOf(${JSON.stringify(capture.header)})`
    : `response.body${capture.path.map((key) => `?.[${JSON.stringify(key)}]`).join("")}`;

function statusTest(title: string, expected: readonly number[] | undefined): string[] {
  if (expected?.length === 0) return [];
  const isExpected =
    expected === undefined
      ? "response.status >= 200 && response.status < 300"
      : `[${expected.join(", ")}].includes(response.status)`;
  const test = JSON.stringify(title.replaceAll("%}", "% }"));
  return [
    `  client.test(${test}, function () {`,
    `    client.assert(${isExpected}, "Status " + response.status);`,
    "  });",
  ];
}
