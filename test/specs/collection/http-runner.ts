/** What a `.http` file says, read as REST Client reads it: variables, requests, references to earlier answers. */
interface HttpRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

interface HttpFile {
  readonly variables: ReadonlyMap<string, string>;
  readonly requests: readonly HttpRequest[];
}

export function parseHttp(text: string): HttpFile {
  const variables = new Map<string, string>();
  const requests: HttpRequest[] = [];
  for (const part of text.split(/^###.*$/m)) {
    const lines = part.split("\n");
    let id = "";
    while (lines[0] !== undefined && (/^(#|@)/.test(lines[0]) || lines[0].trim() === "")) {
      const line = lines.shift() ?? "";
      id = /^# @name (\w+)$/.exec(line)?.[1] ?? id;
      const [, name, value] = /^@(\w+) = (.*)$/.exec(line) ?? [];
      if (name !== undefined) variables.set(name, value ?? "");
    }
    const [, method, url] = /^([A-Z]+) (\S+)$/.exec(lines.shift() ?? "") ?? [];
    if (method === undefined || url === undefined) continue;
    const blank = lines.indexOf("");
    const headers = (blank < 0 ? lines : lines.slice(0, blank)).map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at), line.slice(at + 1).trim()] as const;
    });
    requests.push({
      id,
      method,
      url,
      headers,
      body:
        blank < 0
          ? ""
          : lines
              .slice(blank + 1)
              .join("\n")
              .trim(),
    });
  }
  return { variables, requests };
}

export interface Ran {
  readonly id: string;
  readonly status: number;
  readonly text: string;
}

/** Sends the requests from top to bottom. @param secrets what the reader fills in */
export async function runHttp(
  text: string,
  secrets: Readonly<Record<string, string>>,
  send: (request: Request) => Promise<Response>,
): Promise<Ran[]> {
  const { variables, requests } = parseHttp(text);
  const answers = new Map<string, { readonly headers: Headers; readonly body: unknown }>();
  const filled = (value: string): string =>
    value.replace(/\{\{([^}]+)\}\}/g, (whole, name: string) => {
      const [, id, path] = /^(\w+)\.response\.body\.\$(.*)$/.exec(name) ?? [];
      if (id !== undefined) return String(pick(answers.get(id)?.body, path ?? ""));
      const [, from = "", header = ""] = /^(\w+)\.response\.headers\.(.+)$/.exec(name) ?? [];
      if (header !== "") return String(answers.get(from)?.headers.get(header));
      const known = secrets[name] ?? variables.get(name);
      return known === undefined ? whole : filled(known);
    });
  const ran: Ran[] = [];
  for (const { id, method, url, headers, body } of requests) {
    const pairs = headers.map(([name, value]): [string, string] => [name, filled(value)]);
    const answer = await send(
      new Request(filled(url), { method, headers: pairs, ...(body === "" ? {} : { body: filled(body) }) }),
    );
    const got = await answer.text();
    const parsed = got.startsWith("{") || got.startsWith("[") ? JSON.parse(got) : undefined;
    answers.set(id, { headers: answer.headers, body: parsed });
    ran.push({ id, status: answer.status, text: got });
  }
  return ran;
}

function pick(value: unknown, path: string): unknown {
  let inner = value;
  for (const [, name, index] of path.matchAll(/\.(\w+)|\[(\d+)\]/g))
    inner = (inner as Record<string, unknown> | undefined)?.[name ?? index ?? ""];
  return inner;
}
