import { isJsonType } from "../catalog/exchange/media-type.ts";
import { foldersOf } from "./order.ts";
import type { Auth, Body, Capture, CollectedRequest, Collection, Field, SavedAnswer } from "./types.ts";

const SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/** The collection as JSON of Postman's format 2.1, with the documents' answers beside each request. Secrets are variables without a value. */
export function postmanCollection(collection: Collection): string {
  const { title, description, baseUrl, variables, secrets, requests } = collection;
  const got = new Set(requests.flatMap(({ captures }) => captures.map(({ variable }) => variable)));
  const known = new Set([...variables.map(({ name }) => name), ...secrets]);
  const content = {
    info: { name: title, description, schema: SCHEMA },
    item: foldersOf(requests).map(([name, inner]) => ({ name, item: inner.map(itemOf) })),
    variable: [
      { key: "baseUrl", value: baseUrl },
      ...variables.map(({ name, value }) => ({ key: name, value })),
      ...secrets.map((name) => ({ key: name, value: "", type: "string" })),
      ...[...got].filter((name) => !known.has(name)).map((name) => ({ key: name, value: "" })),
    ],
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function itemOf(request: CollectedRequest): unknown {
  const sent = requestOf(request);
  return {
    name: request.title,
    event: [afterwards(request)],
    request: sent,
    response: request.answers.map((answer) => savedAnswer(answer, sent)),
  };
}

function requestOf(request: CollectedRequest): object {
  const { method, description, headers, freshKey, auth, body } = request;
  const cookies = auth.filter((one) => one.kind === "key" && one.in === "cookie");
  return {
    method,
    description,
    header: [
      ...headers.map(entry),
      ...cookies.map((one) => ({
        key: "Cookie",
        value: one.kind === "key" ? `${one.name}={{${one.variable}}}` : "",
      })),
      ...(freshKey === undefined ? [] : [{ key: freshKey, value: "{{$guid}}" }]),
      ...(body === undefined || body.kind === "multipart"
        ? []
        : [{ key: "Content-Type", value: body.mediaType }]),
    ],
    auth: authOf(auth),
    url: urlOf(request),
    ...(body === undefined ? {} : { body: bodyOf(body) }),
  };
}

const entry = ({ name, value, optional }: Field) => ({
  key: name,
  value,
  ...(optional === true ? { disabled: true } : {}),
});

/** Path parameters are Postman's own, `:name`, where one is a whole segment; else a variable within it. */
function urlOf({ template, url, path, query }: CollectedRequest): unknown {
  if (!url.startsWith("/")) return url;
  const whole = new Map(path.map(({ name, value }) => [`{${name}}`, { key: name, value }]));
  const given = template.slice(1).split("/");
  const filled = url.slice(1).split("/");
  const segments = given.map((segment, at) => {
    const parameter = whole.get(segment);
    return parameter === undefined ? (filled[at] ?? "") : `:${parameter.key}`;
  });
  const shown = query
    .filter(({ optional }) => optional !== true)
    .map(({ name, value }) => `${name}=${value}`);
  return {
    raw: `{{baseUrl}}/${segments.join("/")}${shown.length === 0 ? "" : `?${shown.join("&")}`}`,
    host: ["{{baseUrl}}"],
    path: segments,
    query: query.map(entry),
    variable: given.flatMap((segment) => whole.get(segment) ?? []),
  };
}

/** Postman sends one way of signing in with a request; cookies are headers of their own. */
function authOf(auth: readonly Auth[]): unknown {
  const one = auth.find((each) => each.kind !== "key" || each.in !== "cookie");
  if (one === undefined) return { type: "noauth" };
  const text = (key: string, value: string) => ({ key, value, type: "string" });
  if (one.kind === "bearer") return { type: "bearer", bearer: [text("token", `{{${one.variable}}}`)] };
  if (one.kind === "basic")
    return {
      type: "basic",
      basic: [text("username", `{{${one.username}}}`), text("password", `{{${one.password}}}`)],
    };
  return {
    type: "apikey",
    apikey: [text("key", one.name), text("value", `{{${one.variable}}}`), text("in", one.in)],
  };
}

function bodyOf(body: Body): unknown {
  if (body.kind === "form") return { mode: "urlencoded", urlencoded: body.fields.map(entry) };
  if (body.kind === "file") return { mode: "file", file: { src: body.file } };
  if (body.kind === "multipart") {
    const formdata = body.fields.map(({ name, content }) =>
      "file" in content
        ? { key: name, type: "file", src: content.file }
        : { key: name, type: "text", value: content.text },
    );
    return { mode: "formdata", formdata };
  }
  const language = isJsonType(body.mediaType) ? "json" : body.mediaType.includes("xml") ? "xml" : "text";
  return { mode: "raw", raw: body.text, options: { raw: { language } } };
}

/** What the answer tells goes into a variable, and nothing where it doesn't tell. */
function afterwards({ captures, expected }: CollectedRequest): unknown {
  const isJson = captures.some((one) => "path" in one);
  const lines = captures.flatMap((capture, at) => [
    `const value${at} = ${valueIn(capture)};`,
    `if (value${at} !== undefined && value${at} !== null) pm.collectionVariables.set(${JSON.stringify(capture.variable)}, ${textOf(`value${at}`)});`,
  ]);
  const exec = [
    ...statusTest(expected),
    ...(lines.length === 0
      ? []
      : [
          "if (pm.response.code < 300) {",
          ...(isJson ? ["const answer = pm.response.json();"] : []),
          ...lines,
          "}",
        ]),
  ];
  return { listen: "test", script: { type: "text/javascript", exec } };
}

const textOf = (name: string): string => `typeof ${name} === "object" ? JSON.stringify(${name}) : ${name}`;

const valueIn = (capture: Capture): string =>
  "header" in capture
    ? `pm.response.headers.get(${JSON.stringify(capture.header)})`
    : `answer${capture.path.map((key) => `?.[${JSON.stringify(key)}]`).join("")}`;

function statusTest(expected: readonly number[] | undefined): string[] {
  if (expected === undefined)
    return ['pm.test("Succeeds", () => pm.expect(pm.response.code).to.be.within(200, 299));'];
  if (expected.length === 0) return [];
  const title = JSON.stringify(`Answers ${expected.join(" or ")}`);
  return [`pm.test(${title}, () => pm.expect([${expected.join(", ")}]).to.include(pm.response.code));`];
}

const savedAnswer = ({ status, description, mediaType, text }: SavedAnswer, originalRequest: object) => ({
  name: description || String(status),
  originalRequest,
  status: description,
  code: status,
  header: [{ key: "Content-Type", value: mediaType }],
  body: text,
});
