import { identifier, oneLine } from "./names.ts";
import type { Auth, Body, CollectedRequest, Collection } from "./types.ts";

/** What the readers of `.http` files do each in a way of their own. It is asked from top to bottom. */
export interface HttpDialect {
  /** Lines before all requests. */
  readonly head: readonly string[];
  /** Where the reader puts secrets. */
  readonly secretsPlace: string;
  /** A value that was never sent before. */
  freshKey(request: CollectedRequest): string;
  /** The text of a request with its variables as they are called at this place. */
  request(text: string): string;
  /** What follows it. */
  after(request: CollectedRequest): string;
  /** Whether a variable needs a line of its own, asked after all requests. */
  isVariable(name: string): boolean;
}

/** The collection as requests with `###` between. */
export function httpText(collection: Collection, dialect: HttpDialect): string {
  const { title, baseUrl, variables, secrets, requests } = collection;
  const texts = requests.map((one) => requestText(one, dialect));
  const head = [
    `# ${title}`,
    ...(secrets.length === 0
      ? []
      : [`# No secret is in this file. ${secrets.join(", ")}:`, `# ${dialect.secretsPlace}`]),
    `@baseUrl = ${baseUrl}`,
    ...dialect.head,
    ...variables
      .filter(({ name }) => dialect.isVariable(name))
      .map(({ name, value }) => `@${name} = ${value}`),
  ];
  return `${[head.join("\n"), ...texts].join("\n\n")}\n`;
}

function requestText(request: CollectedRequest, dialect: HttpDialect): string {
  const { id, title, method, body } = request;
  const lines = [
    `### ${title}`,
    `# @name ${id}`,
    `${method} ${urlOf(request)}`,
    ...headerLines(request, dialect),
  ];
  const content = body === undefined ? "" : `\n\n${bodyText(body, id)}`;
  return `${dialect.request(`${lines.join("\n")}${content}`)}${dialect.after(request)}`;
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

function headerLines(request: CollectedRequest, dialect: HttpDialect): string[] {
  const { headers, auth, freshKey, body } = request;
  const cookies = auth.flatMap((one) =>
    one.kind === "key" && one.in === "cookie" ? [`${one.name}={{${one.variable}}}`] : [],
  );
  const own = headers.filter(({ optional, name }) => optional !== true && name !== "Cookie");
  const sent = [...headers.filter(({ name }) => name === "Cookie").map(({ value }) => value), ...cookies];
  return [
    ...own.map(({ name, value }) => `${name}: ${oneLine(value)}`),
    ...(sent.length === 0 ? [] : [`Cookie: ${sent.join("; ")}`]),
    ...auth.flatMap(authLine),
    ...(freshKey === undefined ? [] : [`${freshKey}: ${dialect.freshKey(request)}`]),
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

/** Readers of `.http` files look at the beginnings of lines, within bodies too: for files to send, scripts, settings. */
const isPlain = (text: string): boolean =>
  !/^\s*(?:#{3}|(?:#|\/\/)\s*@|@[^\s=]+\s*=|<@?\w*\s|>>?!?\s|>\s*\{%|\?\?)/m.test(text);

const BOUNDARY = "part-of-the-form";

/** A body between two requests: a text that would be taken for something else is a file that the reader supplies. */
function bodyText(body: Body, id: string): string {
  switch (body.kind) {
    case "text":
      return isPlain(body.text) ? body.text : `< ./${id}.txt`;
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
            : `--${BOUNDARY}\nContent-Disposition: form-data; name="${quoted}"\n\n${isPlain(content.text) ? content.text : `< ./${identifier(name, "field")}.txt`}`;
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
