import { createRandom } from "../certification/random.ts";
import { oneLine } from "./names.ts";
import type { Auth, Body, Capture, CollectedRequest, Collection } from "./types.ts";

/**
 * The collection as a `.http` file: one request after the other with `###` between, in what VS Code's REST Client and
 * JetBrains' HTTP client both read. A value of an answer reaches later requests by REST Client's references.
 */
export function httpFile(collection: Collection): string {
  const { title, baseUrl, requests } = collection;
  const captured = new Map(
    requests.flatMap(({ id, captures }) =>
      captures.map((capture): [string, string] => [
        capture.variable,
        `{{${id}.response.body.${jsonPath(capture)}}}`,
      ]),
    ),
  );
  const keyed = requests.some(({ freshKey }) => freshKey !== undefined);
  const head = [
    `# ${title}`,
    ...secretsNote(collection),
    `@baseUrl = ${baseUrl}`,
    ...(keyed
      ? [
          "# Another number for another run: idempotency keys are made of it, and no key is used twice.",
          "@run = 000000000001",
        ]
      : []),
    ...collection.variables
      .filter(({ name }) => !captured.has(name))
      .map(({ name, value }) => `@${name} = ${value}`),
  ];
  return `${[head.join("\n"), ...requests.map((one) => requestText(one, captured))].join("\n\n")}\n`;
}

function secretsNote({ secrets }: Collection): string[] {
  if (secrets.length === 0) return [];
  return [
    `# No secret is in this file. ${secrets.join(", ")}: in VS Code under \`rest-client.environmentVariables\` of the`,
    "# user's settings; in JetBrains in http-client.private.env.json, which stays out of version control.",
  ];
}

/** `$.items[0].id` */
const jsonPath = ({ path }: Capture): string =>
  path.reduce<string>(
    (soFar, key) =>
      typeof key === "number"
        ? `${soFar}[${key}]`
        : /^\w+$/.test(key)
          ? `${soFar}.${key}`
          : `${soFar}['${key}']`,
    "$",
  );

function requestText(request: CollectedRequest, captured: ReadonlyMap<string, string>): string {
  const { id, title, method, captures, body } = request;
  const lines = [`### ${title}`, `# @name ${id}`, `${method} ${urlOf(request)}`, ...headerLines(request)];
  const content = body === undefined ? "" : `\n\n${bodyText(body, id)}`;
  const later = captures.map(({ variable }) => `@${variable} = ${captured.get(variable)}`);
  return [`${lines.join("\n")}${content}`, ...(later.length === 0 ? [] : [`###\n${later.join("\n")}`])].join(
    "\n\n",
  );
}

function urlOf({ url, query, auth }: CollectedRequest): string {
  const base = url.startsWith("/") ? `{{baseUrl}}${url}` : url;
  const pairs = [
    ...query.filter(({ optional }) => optional !== true).map(({ name, value }) => `${name}=${value}`),
    ...auth.flatMap((one) =>
      one.kind === "key" && one.in === "query" ? [`${one.name}={{${one.variable}}}`] : [],
    ),
  ];
  return pairs.length === 0 ? base : `${base}${base.includes("?") ? "&" : "?"}${pairs.join("&")}`;
}

function headerLines({ id, headers, auth, freshKey, body }: CollectedRequest): string[] {
  const cookies = auth.flatMap((one) =>
    one.kind === "key" && one.in === "cookie" ? [`${one.name}={{${one.variable}}}`] : [],
  );
  const own = headers.filter(({ optional, name }) => optional !== true && name !== "Cookie");
  const sent = [...headers.filter(({ name }) => name === "Cookie").map(({ value }) => value), ...cookies];
  return [
    ...own.map(({ name, value }) => `${name}: ${oneLine(value)}`),
    ...(sent.length === 0 ? [] : [`Cookie: ${sent.join("; ")}`]),
    ...auth.flatMap(authLine),
    ...(freshKey === undefined ? [] : [`${freshKey}: ${createRandom(id).uuid().slice(0, 24)}{{run}}`]),
    ...(body === undefined
      ? []
      : [`Content-Type: ${body.mediaType}${body.kind === "multipart" ? `; boundary=${BOUNDARY}` : ""}`]),
  ];
}

function authLine(auth: Auth): string[] {
  if (auth.kind === "bearer") return [`Authorization: Bearer {{${auth.variable}}}`];
  if (auth.kind === "basic") return [`Authorization: Basic {{${auth.username}}} {{${auth.password}}}`];
  return auth.in === "header" ? [`${auth.name}: {{${auth.variable}}}`] : [];
}

const BOUNDARY = "part-of-the-form";

function bodyText(body: Body, id: string): string {
  switch (body.kind) {
    case "text":
      return body.text;
    case "file":
      return `< ${body.file}`;
    case "form":
      return body.fields
        .map(({ name, value }) => `${encodeURIComponent(name)}=${formValue(value)}`)
        .join("&");
    case "multipart":
      return [
        ...body.fields.map(({ name, content }) => {
          const quoted = name.replaceAll('"', "%22");
          return "file" in content
            ? `--${BOUNDARY}\nContent-Disposition: form-data; name="${quoted}"; filename="${content.file.slice(2)}"\n\n< ${content.file}`
            : `--${BOUNDARY}\nContent-Disposition: form-data; name="${quoted}"\n\n${content.text}`;
        }),
        `--${BOUNDARY}--`,
      ].join("\n");
    default:
      throw new TypeError(`${id} has a body of no kind.`);
  }
}

/** What is a variable is filled in by the tool. */
const formValue = (value: string): string =>
  /^\{\{\w+\}\}$/.test(value) ? value : encodeURIComponent(value);
