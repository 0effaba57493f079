import { describe, expect, it } from "vitest";
import { evaluateCondition, referencesIn } from "../../../specs/engine/journey/condition.ts";
import { evaluateExpression, evaluateValue, type Scope } from "../../../specs/engine/journey/expression.ts";

const scope: Scope = {
  inputs: { partner: "blueline", "dotted.name": 7, list: [{ id: "a" }, { id: "b" }], count: 3 },
  outputs: { total: 12 },
  steps: { "sign-in": { outputs: { token: "t0k", nested: { list: [1, 2] } } } },
  workflows: { onboard: { inputs: { name: "x" }, outputs: { partyId: "p1" } } },
  sourceDescriptions: { partner: { url: "openapi/partner-api.yaml" } },
  components: { parameters: { limit: { value: 5 } } },
  request: {
    method: "POST",
    url: "http://localhost/v1/things?limit=2",
    headers: { "idempotency-key": "k1" },
    path: { thingId: "t1" },
    query: { limit: 2 },
    body: { a: { "b/c": true } },
  },
  response: {
    status: 201,
    headers: { "eco-request-id": "req_1", "content-type": "application/json" },
    body: { items: [{ id: "i1", "x.y": 1 }], status: "Rated", empty: null, amount: 1200 },
  },
};

describe("runtime expressions", () => {
  it.each([
    ["$url", "http://localhost/v1/things?limit=2"],
    ["$method", "POST"],
    ["$statusCode", 201],
    ["$request.header.Idempotency-Key", "k1"],
    ["$request.path.thingId", "t1"],
    ["$request.query.limit", 2],
    ["$request.body#/a/b~1c", true],
    ["$response.header.Eco-Request-Id", "req_1"],
    ["$response.body#/items/0/id", "i1"],
    ["$response.body#/items/0/x.y", 1],
    ["$response.body#/items[0].id", "i1"],
    ["$response.body.items[0].id", "i1"],
    ["$response.body#/missing/deeper", undefined],
    ["$response.body#/empty", null],
    ["$inputs.partner", "blueline"],
    ["$inputs.dotted.name", 7],
    ["$inputs.list#/1/id", "b"],
    ["$inputs.list[1].id", "b"],
    ["$inputs.constructor", undefined],
    ["$inputs.__proto__", undefined],
    ["$outputs.total", 12],
    ["$steps.sign-in.outputs.token", "t0k"],
    ["$steps.sign-in.outputs.nested.list[1]", 2],
    ["$steps.missing.outputs.token", undefined],
    ["$workflows.onboard.outputs.partyId", "p1"],
    ["$workflows.onboard.inputs.name", "x"],
    ["$sourceDescriptions.partner.url", "openapi/partner-api.yaml"],
    ["$components.parameters.limit.value", 5],
  ])("reads %s", (expression, want) => {
    expect(evaluateExpression(expression, scope)).toEqual(want);
  });

  it("refuses an unknown root", () => {
    expect(() => evaluateExpression("$nothing.here", scope)).toThrowError(
      expect.objectContaining({ code: "ECO_EXPRESSION_INVALID" }),
    );
  });

  it.each([
    ["$inputs.count", 3],
    ["{$inputs.count}", 3],
    ["Bearer {$steps.sign-in.outputs.token}", "Bearer t0k"],
    ["{$inputs.partner}/{$inputs.count}", "blueline/3"],
    ["costs $5, or $inputs in a text", "costs $5, or $inputs in a text"],
    [
      { a: ["$inputs.partner", { b: "{$inputs.list}" }], c: 1 },
      { a: ["blueline", { b: [{ id: "a" }, { id: "b" }] }], c: 1 },
    ],
  ])("fills in %j", (value, want) => {
    expect(evaluateValue(value, scope)).toEqual(want);
  });

  it("says which embedded expression has no value", () => {
    expect(() => evaluateValue("Bearer {$steps.none.outputs.token}", scope)).toThrowError(
      /\$steps\.none\.outputs\.token has no value/,
    );
  });
});

describe("simple conditions", () => {
  it.each([
    ["$statusCode == 201", true],
    ["$statusCode != 201", false],
    ["$statusCode >= 200 && $statusCode < 300", true],
    ["$statusCode == 200 || $statusCode == 201", true],
    ["($statusCode == 200 || $statusCode == 201) && $response.body#/amount > 1000", true],
    ["!($statusCode == 201)", false],
    ["$response.body#/status == 'rated'", true],
    ['$response.body#/status == "rated"', true],
    ["$response.body#/status == 'other'", false],
    ["$response.body#/empty == null", true],
    ["$response.body#/missing == null", true],
    ["$response.body#/missing != null", false],
    ["$response.body#/missing > 1", false],
    ["$response.body#/amount == '1200'", true],
    ["$response.body#/items/0/id == $response.body#/items[0].id", true],
    ["$inputs.partner == 'it''s'", false],
    ["true", true],
    ["$response.body#/items", true],
    ["$response.body#/amount < -1.5", false],
  ])("decides %s", (condition, want) => {
    expect(evaluateCondition(condition, (expression) => evaluateExpression(expression, scope))).toBe(want);
  });

  it.each([
    "$statusCode ==",
    "== 3",
    "$statusCode = 200",
    "($statusCode == 1",
    "$a == 'open",
    "1 2",
    "process.exit()",
  ])("refuses %s", (condition) => {
    expect(() => evaluateCondition(condition, () => 1)).toThrowError(
      expect.objectContaining({ code: "ECO_EXPRESSION_INVALID" }),
    );
  });

  it("names its expressions", () => {
    expect(referencesIn("$statusCode == 200 && $response.body#/a-b/0 != $inputs.x")).toEqual([
      "$statusCode",
      "$response.body#/a-b/0",
      "$inputs.x",
    ]);
  });
});
