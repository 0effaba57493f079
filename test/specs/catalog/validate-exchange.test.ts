import { describe, expect, it } from "vitest";
import {
  compileRequestValidator,
  type RawRequest,
  type RequestCheck,
} from "../../../specs/engine/catalog/exchange/validate-request.ts";
import {
  compileResponseValidator,
  type ResponseParts,
} from "../../../specs/engine/catalog/exchange/validate-response.ts";
import { requireOperation } from "../../../specs/engine/catalog/lookup.ts";
import { type Validators, validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { loadFiles, openapi } from "../spec-set.ts";

const thing = {
  type: "object",
  required: ["id", "size"],
  additionalProperties: false,
  properties: {
    id: { type: "string", readOnly: true },
    size: { type: "integer", minimum: 1 },
    tags: { type: "array", items: { type: "string" } },
  },
};
const document = openapi(
  {
    "/things/{thingId}": {
      post: {
        operationId: "putThing",
        parameters: [
          { name: "thingId", in: "path", required: true, schema: { type: "integer" } },
          { name: "limit", in: "query", required: true, schema: { type: "integer", maximum: 10 } },
          { name: "ids", in: "query", explode: false, schema: { type: "array", items: { type: "integer" } } },
          {
            name: "at",
            in: "query",
            schema: { anyOf: [{ type: "integer" }, { type: "string", format: "date" }] },
          },
          { name: "flag", in: "query", allowEmptyValue: true, schema: { type: "boolean" } },
          { name: "X-Trace", in: "header", required: true, schema: { type: "string", pattern: "^t-" } },
          { name: "session", in: "cookie", schema: { type: "integer" } },
        ],
        requestBody: {
          required: true,
          content: {
            "application/json": { schema: { $ref: "#/components/schemas/Thing" } },
            "application/merge-patch+json": { schema: { type: "object", maxProperties: 1 } },
            "application/x-www-form-urlencoded": { schema: { $ref: "#/components/schemas/Thing" } },
            "text/*": {},
          },
        },
        responses: {
          200: {
            description: "ok",
            headers: {
              "X-Left": { required: true, schema: { type: "integer" } },
              "X-Tag": { schema: { type: "string", maxLength: 2 } },
            },
            content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
          },
          204: { description: "nothing" },
          "4XX": {
            description: "refused",
            content: { "application/problem+json": { schema: { type: "object", required: ["code"] } } },
          },
        },
      },
    },
  },
  { schemas: { Thing: thing } },
);

interface Loaded {
  readonly catalog: Catalog;
  readonly validators: Validators;
}

let loaded: Promise<Loaded> | undefined;

/** Loaded by the first test that asks. */
function load(): Promise<Loaded> {
  loaded ??= loadFiles({ "api.json": document }).then(({ catalog }) => ({
    catalog,
    validators: validatorsOf(catalog),
  }));
  return loaded;
}

async function checkRequest(request: RawRequest): Promise<RequestCheck> {
  const { catalog, validators } = await load();
  return compileRequestValidator(catalog, validators, requireOperation(catalog, "putThing"))(request);
}

describe("a request", () => {
  const good: RawRequest = {
    path: { thingId: "7" },
    search: "?limit=3&ids=1,2",
    headers: {
      "x-trace": "t-1",
      "content-type": "application/json; charset=utf-8",
      cookie: "session=5; other=x",
    },
    body: { size: 2 },
  };
  const check = async (more: Partial<RawRequest>): Promise<string[]> => {
    const { violations } = await checkRequest({ ...good, ...more });
    return violations.map(({ part, pointer, message }) => `${part} ${pointer} ${message}`).sort();
  };

  it("that is valid comes back with its parts typed", async () => {
    const { violations, parts } = await checkRequest(good);
    expect(violations).toEqual([]);
    expect(parts).toEqual({
      path: { thingId: 7 },
      query: { limit: 3, ids: [1, 2] },
      headers: { "X-Trace": "t-1" },
      cookies: { session: 5 },
      body: { size: 2 },
    });
  });

  it.each<[string, Partial<RawRequest>, string[]]>([
    [
      "a path parameter of another type",
      { path: { thingId: "seven" } },
      ["path $request.path.thingId must be integer"],
    ],
    ["a required parameter left out", { search: "" }, ["query $request.query.limit is required"]],
    ["a parameter out of range", { search: "?limit=11" }, ["query $request.query.limit must be <= 10"]],
    [
      "an item of a list of another type",
      { search: "?limit=1&ids=1,x" },
      ["query $request.query.ids/1 must be integer"],
    ],
    [
      "a parameter of one value that comes twice",
      { search: "?limit=1&limit=2" },
      ["query $request.query.limit may be given once; it came 2 times"],
    ],
    ["a number where texts of a form are taken too", { search: "?limit=1&at=5" }, []],
    ["an empty value where it is allowed", { search: "?limit=1&flag" }, []],
    [
      "a header that breaks its pattern",
      { headers: { ...good.headers, "x-trace": "u" } },
      ['header $request.header.X-Trace must match pattern "^t-"'],
    ],
    [
      "a cookie of another type",
      { headers: { ...good.headers, cookie: "session=x" } },
      ["cookie $request.cookie.session must be integer"],
    ],
    ["an undeclared query parameter", { search: "?limit=1&more=1" }, []],
    ["a body left out", { body: undefined }, ["body # a body is required"]],
    [
      "a body of an undeclared type",
      { headers: { ...good.headers, "content-type": "application/xml" }, body: "<a/>" },
      [
        "content-type $request.header.Content-Type application/xml is not declared; application/json, application/merge-patch+json, application/x-www-form-urlencoded, text/* is",
      ],
    ],
    [
      "a body of a declared range",
      { headers: { ...good.headers, "content-type": "text/plain" }, body: "x" },
      [],
    ],
    [
      "every violation at once",
      { path: { thingId: "x" }, search: "?limit=99", body: { size: 0, more: 1 } },
      [
        'body # must not have the property "more"',
        "body #/size must be >= 1",
        "path $request.path.thingId must be integer",
        "query $request.query.limit must be <= 10",
      ],
    ],
    [
      "another schema for another media type",
      { headers: { ...good.headers, "content-type": "application/merge-patch+json" }, body: { a: 1, b: 2 } },
      ["body # must NOT have more than 1 properties"],
    ],
    [
      "a form whose texts are typed",
      {
        headers: { ...good.headers, "content-type": "application/x-www-form-urlencoded" },
        body: { size: "3", tags: "one" },
      },
      [],
    ],
    [
      "a form with a bad field",
      {
        headers: { ...good.headers, "content-type": "application/x-www-form-urlencoded" },
        body: { size: "x" },
      },
      ["body #/size must be integer"],
    ],
  ])("with %s", async (_, more, want) => {
    expect(await check(more)).toEqual(want);
  });

  it("points into the spec", async () => {
    const { violations } = await checkRequest({ ...good, body: { size: "x" } });
    expect(violations[0]?.schemaPointer).toBe("api.json#/components/schemas/Thing/properties/size/type");
  });
});

describe("an answer", () => {
  const good: ResponseParts = {
    status: 200,
    headers: { "content-type": "application/json", "x-left": "3" },
    body: { id: "a", size: 1 },
  };
  it.each<[string, Partial<ResponseParts>, string[]]>([
    ["that is valid", {}, []],
    [
      "with a missing header",
      { headers: { "content-type": "application/json" } },
      ["header header.X-Left is missing"],
    ],
    [
      "with a header of another type",
      { headers: { ...good.headers, "x-left": "some" } },
      ["header header.X-Left must be integer"],
    ],
    [
      "with a header that is too long",
      { headers: { ...good.headers, "x-tag": "long" } },
      ["header header.X-Tag must NOT have more than 2 characters"],
    ],
    ["with an undeclared status", { status: 500 }, ["status status 500 is not declared; 200, 204, 4XX is"]],
    [
      "with an undeclared content type",
      { headers: { ...good.headers, "content-type": "text/html" } },
      ["content-type header.Content-Type text/html is not declared; application/json is"],
    ],
    ["with a body that breaks its schema", { body: { id: 1, size: 1 } }, ["body #/id must be string"]],
    [
      "without a read-only field that it must have",
      { body: { size: 1 } },
      ["body # must have required property 'id'"],
    ],
    [
      "of a class of statuses",
      { status: 422, headers: { "content-type": "application/problem+json" }, body: {} },
      ["body # must have required property 'code'"],
    ],
    ["without content", { status: 204, headers: {}, body: undefined }, []],
  ])("%s", async (_, more, want) => {
    const { catalog, validators } = await load();
    const validate = compileResponseValidator(validators, requireOperation(catalog, "putThing"));
    expect(
      validate({ ...good, ...more }).map(({ part, pointer, message }) => `${part} ${pointer} ${message}`),
    ).toEqual(want);
  });
});
