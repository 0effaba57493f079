import { describe, expect, it } from "vitest";
import type { ProblemLike } from "../../../sandbox/resources/declared-problem.ts";
import { problemIn } from "../../../sandbox/resources/problem-form.ts";
import { Schemas } from "../../../sandbox/resources/schemas.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import { loadFiles, openapi } from "../../specs/spec-set.ts";

const detail = "#/name must have 1 or more characters";
const single = {
  status: 422,
  title: "Request invalid",
  detail,
  code: "ECO_REQUEST_INVALID",
  type: "/errors/ECO_REQUEST_INVALID/",
};

const errors = [
  { pointer: "#/name", detail: "must have 1 or more characters" },
  { pointer: "#/items/0/size", detail: "must be integer" },
];
const several = { ...single, detail: "#/name must have 1 or more characters (and 1 more).", errors };
const all = "#/name must have 1 or more characters; #/items/0/size must be integer.";

async function told(schema: object, problem: ProblemLike = single): Promise<unknown> {
  const { catalog } = await loadFiles({ "api.json": openapi({}, { schemas: { Error: schema } }) });
  const ref = { document: "api.json", pointer: "/components/schemas/Error" };
  const schemas = new Schemas(catalog);
  return problemIn(schemas.at(ref), problem, { schemas, validators: validatorsOf(catalog), seed: "eco" });
}

const text = { type: "string" };
const object = (properties: object, ...required: string[]) => ({ type: "object", properties, required });

describe("a problem in an error format of one's own", () => {
  it.each([
    ["by known names", object({ message: text, code: { type: "integer" } }), { message: detail, code: 422 }],
    [
      "by names in any spelling",
      object({ error_message: text, status_code: { type: "integer" } }, "error_message", "status_code"),
      { error_message: detail, status_code: 422 },
    ],
    ["under a name that nobody knows", object({ why: text }), { why: detail }],
    ["under the one that must be there", object({ note: text, why: text }, "why"), { why: detail }],
    [
      "under one that is for words rather than for ids",
      object({ requestId: text, traceKey: text, wording: text }, "requestId", "traceKey", "wording"),
      { requestId: expect.not.stringContaining(detail), wording: detail },
    ],
    [
      "within the object that wraps it",
      object({ error: object({ message: text, code: text }, "message") }),
      { error: { message: detail, code: "ECO_REQUEST_INVALID" } },
    ],
    [
      "within a list",
      object({ errors: { type: "array", items: object({ title: text, detail: text }, "title") } }, "errors"),
      { errors: [{ title: "Request invalid", detail }] },
    ],
    ["as a list", { type: "array", items: object({ why: text }, "why") }, [{ why: detail }]],
    ["as a text", text, detail],
    [
      "deep within what nobody knows",
      object(
        {
          outcome: object(
            { issue: { type: "array", minItems: 1, items: object({ why: text }, "why") } },
            "issue",
          ),
        },
        "outcome",
      ),
      { outcome: { issue: [{ why: detail }] } },
    ],
    [
      "within a list that may be left out, whatever it is called",
      object({ complaints: { type: "array", items: object({ why: text }, "why") } }),
      { complaints: [{ why: detail }] },
    ],
    [
      "beside a form without a place for words",
      object({ status: { type: "integer" }, kind: { enum: ["a", "b"] } }, "status", "kind"),
      { status: 422, kind: expect.stringMatching(/^[ab]$/), title: "Request invalid", detail },
    ],
  ])("says what happened %s", async (_where, schema, want) => {
    expect(await told(schema)).toEqual(
      typeof want === "object" && !Array.isArray(want) ? expect.objectContaining(want) : want,
    );
  });

  it.each([
    [
      "in words",
      object({ error: object({ code: text, message: text }, "message") }),
      { error: { code: "ECO_REQUEST_INVALID", message: all } },
    ],
    [
      "in the words that there is room for",
      object({ message: { type: "string", maxLength: 60 } }),
      { message: several.detail },
    ],
    [
      "item by item",
      object({
        message: text,
        errors: { type: "array", items: object({ field: text, message: text }, "message") },
      }),
      {
        message: all,
        errors: [
          { field: "name", message: "#/name must have 1 or more characters" },
          { field: "size", message: "#/items/0/size must be integer" },
        ],
      },
    ],
    [
      "in a list of texts",
      object({ errors: { type: "array", items: text } }, "errors"),
      { errors: ["#/name must have 1 or more characters", "#/items/0/size must be integer"] },
    ],
    [
      "in a list that takes one",
      object({ errors: { type: "array", maxItems: 1, items: text } }, "errors"),
      { errors: [all] },
    ],
    [
      "in what need not be there and nobody knows by name",
      object({ time: { type: "number" }, outcome: object({ why: text }) }),
      { outcome: { why: all } },
    ],
  ])("says all that is wrong %s", async (_where, schema, want) => {
    expect(await told(schema, several)).toEqual(expect.objectContaining(want));
  });

  it("says step by step where something is wrong, as Python's validators do", async () => {
    const steps = { type: "array", items: { anyOf: [text, { type: "integer" }] } };
    const one = object({ loc: steps, msg: text, type: text }, "loc", "msg", "type");
    const form = object({ detail: { type: "array", items: one } });
    const problem = (...pointers: string[]): ProblemLike => ({
      ...single,
      errors: pointers.map((pointer) => ({ pointer, detail: "must be integer" })),
    });
    const wrong = (pointer: string, ...loc: (string | number)[]) => ({
      loc,
      msg: `${pointer} must be integer`,
      type: single.type,
    });
    const [query, body] = ["$request.query.page.size", "#/items/0/size"];
    expect(await told(form, problem(query, body))).toEqual({
      detail: [wrong(query, "query", "page.size"), wrong(body, "body", "items", 0, "size")],
    });
    const alone = { ...wrong(query, "query", "page.size"), msg: detail };
    expect(await told(form, problem(query))).toEqual({ detail: [alone] });
  });

  it("ends with errors that hold errors", async () => {
    const error = {
      type: "object",
      properties: { why: text, cause: { $ref: "#/components/schemas/Error" } },
    };
    expect(await told(error)).toMatchObject({ why: detail });
  });

  it("says nothing where there is no place for words, and is none where no value fits", async () => {
    const closed = { ...object({ status: { type: "integer" } }, "status"), additionalProperties: false };
    expect(await told(closed)).toEqual({ status: 422 });
    expect(await told({ not: {} })).toBeUndefined();
    const short = object({ why: { type: "string", maxLength: 2 } }, "why");
    expect(await told({ ...short, additionalProperties: false })).toEqual({
      why: expect.stringMatching(/^.{0,2}$/),
    });
  });
});
