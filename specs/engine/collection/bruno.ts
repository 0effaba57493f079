import { isJsonType } from "../catalog/exchange/media-type.ts";
import { fileName, oneLine, uniqueNames } from "./names.ts";
import { foldersOf } from "./order.ts";
import type { Auth, Body, Capture, CollectedRequest, Collection, Field } from "./types.ts";

/** The collection as a folder that Bruno opens: the text of each file by its name, `/` between folders. */
export function brunoFiles(collection: Collection): Map<string, string> {
  const { title, baseUrl, variables, secrets, requests } = collection;
  const manifest = { version: "1", name: title, type: "collection", ignore: ["node_modules", ".git"] };
  const values = [{ name: "baseUrl", value: baseUrl }, ...variables];
  const secret =
    secrets.length === 0 ? "" : `vars:secret [\n${secrets.map((one) => `  ${one}`).join(",\n")}\n]\n`;
  const files = new Map([
    ["bruno.json", `${JSON.stringify(manifest, null, 2)}\n`],
    ["environments/sandbox.bru", `${block("vars", values)}\n${secret}`],
  ]);
  const folderName = uniqueNames();
  folderName("environments");
  for (const [at, [folder, inner]] of foldersOf(requests).entries()) {
    const directory = folderName(fileName(folder, "Requests"));
    const meta = [
      { name: "name", value: folder },
      { name: "seq", value: String(at + 1) },
    ];
    files.set(`${directory}/folder.bru`, `${block("meta", meta)}\n`);
    const requestName = uniqueNames();
    requestName("folder");
    for (const [place, request] of inner.entries())
      files.set(
        `${directory}/${requestName(fileName(request.title, request.id))}.bru`,
        requestFile(request, place + 1),
      );
  }
  return files;
}

function requestFile(request: CollectedRequest, seq: number): string {
  const { title, description, method, path, query, headers, freshKey, auth, body, captures } = request;
  const call = [
    { name: "url", value: urlOf(request) },
    { name: "body", value: body === undefined ? "none" : bodyMode(body) },
    { name: "auth", value: authMode(auth) },
  ];
  const known = /^(GET|POST|PUT|DELETE|PATCH|OPTIONS|HEAD|CONNECT|TRACE)$/.test(method);
  const own = known ? call : [{ name: "method", value: method }, ...call];
  const sent = [
    ...headers,
    ...auth.flatMap((one) =>
      one.kind === "key" && one.in === "cookie"
        ? [{ name: "Cookie", value: `${one.name}={{${one.variable}}}` }]
        : [],
    ),
    ...(freshKey === undefined ? [] : [{ name: freshKey, value: "{{$guid}}" }]),
    ...(body === undefined || body.kind === "multipart"
      ? []
      : [{ name: "Content-Type", value: body.mediaType }]),
  ];
  const blocks = [
    block("meta", [
      { name: "name", value: title },
      { name: "type", value: "http" },
      { name: "seq", value: String(seq) },
    ]),
    block(known ? method.toLowerCase() : "http", own),
    block("params:query", query),
    block("params:path", wholeSegments(request, path)),
    block("headers", sent),
    ...auth.slice(0, 1).map(authBlock),
    body === undefined ? "" : bodyBlock(body),
    block(
      "vars:post-response",
      captures.map((one) => ({ name: one.variable, value: answerPlace(one) })),
    ),
    assertion(request),
    description.trim() === "" ? "" : textBlock("docs", description),
  ];
  return `${blocks.filter((one) => one !== "").join("\n\n")}\n`;
}

/** Bruno's own path parameters are whole segments; one within a segment is a variable in the URL. */
const wholeSegments = ({ template }: CollectedRequest, path: readonly Field[]): Field[] =>
  path.filter(({ name }) => template.split("/").includes(`{${name}}`));

function urlOf({ url, template, query, path }: CollectedRequest): string {
  const whole = new Set(path.map(({ name }) => `{${name}}`));
  const filled = url.split("/");
  const segments = template
    .split("/")
    .map((one, at) => (whole.has(one) ? `:${one.slice(1, -1)}` : (filled[at] ?? "")));
  const pairs = query
    .filter(({ optional }) => optional !== true)
    .map(({ name, value }) => `${name}=${value}`);
  const base = url.startsWith("/") ? `{{baseUrl}}${segments.join("/")}` : url;
  return pairs.length === 0 ? base : `${base}?${pairs.join("&")}`;
}

/** `res.body.items[0].id`, or `res.headers["location"]` */
const answerPlace = (capture: Capture): string =>
  "header" in capture
    ? `res.headers[${JSON.stringify(capture.header.toLowerCase())}]`
    : `res.body${capture.path.map((key) => (typeof key === "number" || !/^\w+$/.test(key) ? `[${JSON.stringify(key)}]` : `.${key}`)).join("")}`;

function assertion({ expected }: CollectedRequest): string {
  if (expected?.length === 0) return "";
  const value = expected === undefined ? "between 200, 299" : `in ${expected.join(", ")}`;
  return block("assert", [{ name: "res.status", value }]);
}

function authMode([auth]: readonly Auth[]): string {
  if (auth === undefined || (auth.kind === "key" && auth.in === "cookie")) return "none";
  return auth.kind === "key" ? "apikey" : auth.kind;
}

function authBlock(auth: Auth): string {
  if (auth.kind === "bearer") return block("auth:bearer", [{ name: "token", value: `{{${auth.variable}}}` }]);
  if (auth.kind === "basic")
    return block("auth:basic", [
      { name: "username", value: `{{${auth.username}}}` },
      { name: "password", value: `{{${auth.password}}}` },
    ]);
  if (auth.in === "cookie") return "";
  return block("auth:apikey", [
    { name: "key", value: auth.name },
    { name: "value", value: `{{${auth.variable}}}` },
    { name: "placement", value: auth.in === "query" ? "queryparams" : "header" },
  ]);
}

function bodyMode(body: Body): string {
  if (body.kind === "form") return "formUrlEncoded";
  if (body.kind === "multipart") return "multipartForm";
  if (body.kind === "file") return "file";
  return textMode(body.mediaType);
}

const textMode = (mediaType: string): string =>
  isJsonType(mediaType) ? "json" : mediaType.includes("xml") ? "xml" : "text";

function bodyBlock(body: Body): string {
  if (body.kind === "form") return block("body:form-urlencoded", body.fields);
  if (body.kind === "file")
    return block("body:file", [
      { name: "file", value: `@file(${body.file}) @contentType(${body.mediaType})` },
    ]);
  if (body.kind === "text") return textBlock(`body:${textMode(body.mediaType)}`, body.text);
  const fields = body.fields.map(({ name, content }) => ({
    name,
    value: "file" in content ? `@file(${content.file})` : content.text,
  }));
  return block("body:multipart-form", fields);
}

/** `name { key: value … }`; `~` before a key leaves it out until the reader wants it. Empty where nothing is in it. */
function block(name: string, fields: readonly Field[]): string {
  if (fields.length === 0) return "";
  const lines = fields.map(
    (one) => `  ${one.optional === true ? "~" : ""}${keyText(one.name)}: ${valueText(one.value)}`,
  );
  return `${name} {\n${lines.join("\n")}\n}`;
}

const keyText = (name: string): string =>
  /^[\w.$-]+$/.test(name) ? name : `"${oneLine(name).replaceAll('"', '\\"')}"`;

const valueText = (value: string): string => oneLine(value);

/** Each line is set in, so that no line of the text ends the block. */
const textBlock = (name: string, text: string): string =>
  `${name} {\n${text
    .split(/\r\n|[\r\n]/)
    .map((line) => `  ${line}`)
    .join("\n")}\n}`;
