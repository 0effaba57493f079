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
    ...(request.captures.length === 0 ? {} : { event: [captureScript(request.captures)] }),
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
function captureScript(captures: readonly Capture[]): unknown {
  const lines = captures.flatMap(({ variable, path }, at) => {
    const value = path.map((key) => `?.[${JSON.stringify(key)}]`).join("");
    return [
      `const value${at} = answer${value};`,
      `if (value${at} !== undefined) pm.collectionVariables.set(${JSON.stringify(variable)}, value${at});`,
    ];
  });
  const exec = ["if (pm.response.code < 300) {", "const answer = pm.response.json();", ...lines, "}"];
  return { listen: "test", script: { type: "text/javascript", exec } };
}

const savedAnswer = ({ status, description, mediaType, text }: SavedAnswer, originalRequest: object) => ({
  name: description || String(status),
  originalRequest,
  status: description,
  code: status,
  header: [{ key: "Content-Type", value: mediaType }],
  body: text,
});
