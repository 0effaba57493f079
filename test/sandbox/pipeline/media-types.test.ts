import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { sandboxOf } from "../resources/sandbox-of.ts";

const text = { type: "string" };
const list = { type: "array", items: { type: "integer" } };
const echo = {
  201: {
    description: "The same.",
    content: { "application/json": { schema: { additionalProperties: true } } },
  },
};
const post = (content: object, others: object = {}) => ({
  post: { requestBody: { required: true, content }, responses: echo, ...others },
});
const of = (properties: object, others: object = {}) => ({ type: "object", properties, ...others });

const paths = {
  "/closest": post({
    "*/*": { schema: of({ any: text }, { required: ["any"] }) },
    "application/*": { schema: of({ application: text }, { required: ["application"] }) },
    "application/*+json": { schema: of({ suffix: text }, { required: ["suffix"] }) },
    "application/vnd.a+json": { schema: of({ plain: text }, { required: ["plain"] }) },
    "application/vnd.a+json;version=2": { schema: of({ second: text }, { required: ["second"] }) },
  }),
  "/form": post({
    "application/x-www-form-urlencoded": {
      schema: of({
        commas: list,
        pipes: list,
        spaces: list,
        each: list,
        pairs: of({ a: { type: "integer" } }),
      }),
      encoding: {
        commas: { explode: false },
        pipes: { style: "pipeDelimited" },
        spaces: { style: "spaceDelimited" },
        pairs: { style: "form", explode: false },
      },
    },
  }),
  "/upload": post({
    "multipart/form-data": {
      schema: of({ picture: { type: "string", format: "binary" } }),
      encoding: { picture: { contentType: "image/png, image/jpeg" } },
    },
  }),
  "/lines": post({ "application/x-ndjson": { schema: of({ n: { type: "integer" } }, { required: ["n"] }) } }),
  "/pictures": post({ "image/*": { schema: { type: "string", format: "byte" } } }),
  "/notes": post({ "text/plain": { schema: text }, "application/json": { schema: of({ a: text }) } }),
  "/things": {
    get: {
      parameters: [
        { name: "limit", in: "query", schema: { type: "integer" } },
        { name: "ids", in: "query", schema: list },
        { name: "tags", in: "query", explode: false, schema: list },
        {
          name: "at",
          in: "query",
          schema: { anyOf: [{ type: "integer" }, { type: "string", format: "uuid" }] },
        },
        {
          name: "has",
          in: "query",
          schema: {
            oneOf: [
              { type: "string", enum: ["a", "*"] },
              { type: "array", minItems: 2, items: text },
            ],
          },
        },
        // A slip of its author's: the type says what it is.
        { name: "slip", in: "query", schema: { type: "string", properties: { slip: text } } },
      ],
      responses: { 204: { description: "Fine." } },
    },
  },
  "/sound": { get: { responses: { 200: { description: "Any.", content: { "audio/*": {} } } } } },
};

async function send(path: string, contentType: string | undefined, body?: BodyInit) {
  const { sandbox } = await sandboxOf(join(await writeSpecs({ "api.json": openapi(paths) }), "api.json"));
  const headers = contentType === undefined ? undefined : { "content-type": contentType };
  const response = await sandbox.fetch(
    new Request(`http://127.0.0.1${path}`, {
      method: body === undefined ? "GET" : "POST",
      ...(headers && { headers }),
      ...(body === undefined ? {} : { body }),
    }),
  );
  const said = await response.text();
  const type = response.headers.get("content-type");
  return { status: response.status, type, json: type?.includes("json") === true ? JSON.parse(said) : said };
}

const FORM = "application/x-www-form-urlencoded";
const pointersOf = ({ json }: { json: { errors?: { pointer: string }[] } }) =>
  json.errors?.map(({ pointer }) => pointer);

describe("a body is read", () => {
  it.each([
    ["application/vnd.a+json", "plain"],
    ["application/vnd.a+json; version=2", "second"],
    ["application/vnd.b+json", "suffix"],
    ["application/json", "application"],
    ["model/vnd.c+json", "any"],
  ])("by the declaration closest to %s", async (type, field) => {
    expect((await send("/closest", type, JSON.stringify({ [field]: "x" }))).status).toBe(201);
    expect(await send("/closest", type, "{}")).toMatchObject({
      status: 422,
      json: { detail: expect.stringContaining(`'${field}'`) },
    });
  });

  it("in fields of the styles that their encoding names", async () => {
    const { json } = await send("/form", FORM, "commas=1,2&pipes=3|4&spaces=5+6&each=7&each=8&pairs=a,9");
    expect(json).toMatchObject({
      commas: [1, 2],
      pipes: [3, 4],
      spaces: [5, 6],
      each: [7, 8],
      pairs: { a: 9 },
    });
    expect(pointersOf(await send("/form", FORM, "commas=1,x&each=7,8"))).toEqual(["#/commas/1", "#/each/0"]);
  });

  it.each([
    ["image/png", 201],
    ["", 201],
    ["application/octet-stream", 201],
    ["text/html", 422],
  ])("with a part of the type %j", async (type, status) => {
    const form = new FormData();
    form.append("picture", new Blob([Uint8Array.from([1, 2])], { type }), "a.png");
    const answer = await send("/upload", undefined, form);
    expect(answer.status).toBe(status);
    if (status === 422) expect(pointersOf(answer)).toEqual(["#/picture"]);
  });

  it.each([
    ["fields", FORM, "each=1&".repeat(10_001)],
    ["names", FORM, Array.from({ length: 10_002 }, (_, at) => `a${at}[b][c]=1`).join("&")],
    [
      "parts",
      "multipart/form-data; boundary=a",
      `${'--a\r\nContent-Disposition: form-data; name="picture"\r\n\r\nx\r\n'.repeat(10_001)}--a--`,
    ],
  ])("not at all with more than ten thousand %s", async (_, type, body) => {
    const answer = await send(type === FORM ? "/form" : "/upload", type, body);
    expect(answer).toMatchObject({ status: 413, json: { detail: "The form has more than 10000 fields." } });
  });

  it("in as many fields as a form may have", async () => {
    const { status, json } = await send("/form", FORM, "each=1&".repeat(10_000));
    expect([status, json.each.length]).toEqual([201, 10_000]);
  });

  it("line by line, each against the schema", async () => {
    expect((await send("/lines", "application/x-ndjson", '{"n":1}\n{"n":2}\n')).status).toBe(201);
    expect(pointersOf(await send("/lines", "application/x-ndjson", '{"n":1}\n{"n":"2"}'))).toEqual(["#/1/n"]);
    expect(await send("/lines", "application/x-ndjson", '{"n":1}\n{"n":')).toMatchObject({
      status: 400,
      json: { code: "ECO_BODY_NOT_JSON", detail: expect.stringContaining("Line 2") },
    });
  });

  it("as the bytes that it is where a range of bytes is declared", async () => {
    expect((await send("/pictures", "image/gif", Uint8Array.from([0xff, 0xfe, 0]))).status).toBe(201);
  });

  it.each([
    ["text/plain; charset=utf-16le", Uint8Array.from([0x41, 0, 0x42, 0]), 201],
    ["text/plain; charset=x-unheard-of", "AB", 415],
    ["application/json; charset=utf-16", '{"a":"b"}', 415],
    ['application/json; charset="UTF-8"', '{"a":"b"}', 201],
  ])("in its character set: %s", async (type, body, status) => {
    expect((await send("/notes", type, body)).status).toBe(status);
  });
});

describe("a query parameter of one value", () => {
  it.each([
    ["limit=1&limit=2", ["$request.query.limit"]],
    ["tags=1,2&tags=3", ["$request.query.tags"]],
    ["ids=1&ids=2&tags=1,2&limit=1", undefined],
  ])("is refused when it comes twice: %s", async (query, want) => {
    const answer = await send(`/things?${query}`, undefined);
    expect(answer.status).toBe(want === undefined ? 204 : 422);
    expect(want && pointersOf(answer)).toEqual(want);
  });
});

describe("a query parameter of several types", () => {
  it.each([
    ["at=5", undefined],
    ["at=0b7c5c50-0000-4000-8000-000000000001", undefined],
    ["at=five", "$request.query.at"],
    ["has=*", undefined],
    ["has=a&has=b", undefined],
    ["has=c", "$request.query.has"],
    ["slip=text", undefined],
  ])("is read as the one that fits: %s", async (query, want) => {
    const answer = await send(`/things?${query}`, undefined);
    expect(answer.status).toBe(want === undefined ? 204 : 422);
    if (want !== undefined) expect(pointersOf(answer)?.[0]).toContain(want);
  });
});

it("an answer of any sound is one", async () => {
  expect((await send("/sound", undefined)).type).toBe("audio/mpeg");
});
