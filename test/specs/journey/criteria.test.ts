import { describe, expect, it } from "vitest";
import { type Answer, get, one, play } from "./scripted-api.ts";

describe("criteria, as the Criterion Object has them", () => {
  const pets = { pets: [{ name: "Rex", age: 3 }], state: "Ready", none: null, "a b": 1, o: { x: 1, y: [2] } };
  const xml = '<root><pets><pet id="7">Rex</pet></pets><price>12.5</price></root>';
  const cases: readonly [criterion: object | string, answer: Answer, passes: boolean][] = [
    // Literals and operators
    ["$statusCode == 200", {}, true],
    ["$statusCode == 2e2", {}, true],
    ["$statusCode >= 2.0E+2 && $statusCode < 3e2", {}, true],
    ["!($statusCode == 200) || $statusCode != 404", {}, true],
    ["!$response.body#/none", { body: pets }, true],
    ["$response.body#/state == 'READY'", { body: pets }, true],
    ["$response.body#/state < 'SET'", { body: pets }, true],
    ["'a' < 'B'", {}, true],
    ["$response.body#/pets[0].name == 'rex'", { body: pets }, true],
    ["$response.body.pets[0].age > 2", { body: pets }, true],
    ["$response.body#/pets/0/age == '3'", { body: pets }, true],
    [
      "$response.header.x-left > $response.header.x-used",
      { headers: { "x-left": "10", "x-used": "9" } },
      true,
    ],
    ["$response.header.x-left > 9", { headers: { "x-left": "10" } }, true],
    ["$response.header.x-left > 9", { headers: { "x-left": "ten" } }, false],
    ["$response.body#/state != 'it''s'", { body: pets }, true],
    ["true == true", {}, true],
    ["false", {}, false],
    ["null", {}, false],
    ["null == null", {}, true],
    ["$response.body#/none == null", { body: pets }, true],
    ["$response.body#/none == 0", { body: pets }, false],
    ["$response.body#/none < 1", { body: pets }, false],
    ["$response.body#/missing != null", { body: pets }, false],
    ["$response.body#/o == $response.body#/p", { body: { o: { x: 1, y: 2 }, p: { y: 2, x: 1 } } }, true],
    ["$response.body#/o == $response.body#/p", { body: { o: { x: 1 }, p: { x: 1, y: 2 } } }, false],
    ["$statusCode = 200", {}, false],
    ["$statusCode == 200 and true", {}, false],
    // Regular expressions
    [{ context: "$statusCode", type: "regex", condition: "^2\\d{2}$" }, {}, true],
    [{ context: "$statusCode", type: "regex", condition: "^4" }, {}, false],
    [{ context: "$response.body#/none", type: "regex", condition: ".*" }, { body: pets }, false],
    [{ context: "$response.body#/missing", type: "regex", condition: "null" }, { body: pets }, false],
    [
      { context: "$response.body#/state", type: "regex", condition: "^{$inputs.wanted}$" },
      { body: pets },
      true,
    ],
    [{ context: "$response.body#/state", type: "regex", condition: "(" }, { body: pets }, false],
    // JSONPath
    [{ context: "$response.body", type: "jsonpath", condition: "$.pets[*]" }, { body: pets }, true],
    [{ context: "$response.body", type: "jsonpath", condition: "$.pets[?@.age > 3]" }, { body: pets }, false],
    [
      { context: "$response.body", type: "jsonpath", condition: "$[?count(@.pets) > 0]" },
      { body: pets },
      true,
    ],
    [{ context: "$response.body", type: "jsonpath", condition: "$[*]" }, { body: {} }, false],
    [{ context: "$response.body", type: "jsonpath", condition: "$[0]" }, { body: pets }, false],
    [
      { context: "$response.body", type: "jsonpath", condition: '$.pets[?@.name == "{$inputs.pet}"]' },
      { body: pets },
      true,
    ],
    [{ context: "$response.body", type: "jsonpath", condition: "$.pets[" }, { body: pets }, false],
    [{ context: "$response.body", type: "jsonpath", condition: "$" }, { body: "plain" }, false],
    [{ context: "$response.body#/none", type: "jsonpath", condition: "$" }, { body: pets }, false],
    [
      {
        context: "$response.body",
        type: { type: "jsonpath", version: "draft-goessner-dispatch-jsonpath-00" },
        condition: "$.pets[?(@.age>2)]",
      },
      { body: pets },
      true,
    ],
    [
      {
        context: "$response.body",
        type: { type: "jsonpath", version: "draft-goessner-dispatch-jsonpath-00" },
        condition: "$.pets[(@.length-1)]",
      },
      { body: pets },
      false,
    ],
    [
      { context: "$response.body", type: { type: "jsonpath", version: "2" }, condition: "$.pets" },
      { body: pets },
      false,
    ],
    // XPath, by its effective boolean value
    [{ context: "$response.body", type: "xpath", condition: "count(/root/pets/*) > 0" }, { body: xml }, true],
    [{ context: "$response.body", type: "xpath", condition: "/root/pets" }, { body: xml }, true],
    [{ context: "$response.body", type: "xpath", condition: "/root/dogs" }, { body: xml }, false],
    [{ context: "$response.body", type: "xpath", condition: "count(/root/dogs)" }, { body: xml }, false],
    [{ context: "$response.body", type: "xpath", condition: "string(/root/dogs)" }, { body: xml }, false],
    [
      { context: "$response.body", type: "xpath", condition: "//pet[@id = '{$inputs.id}']" },
      { body: xml },
      true,
    ],
    [
      {
        context: "$response.body",
        type: { type: "xpath", version: "xpath-10" },
        condition: "/root/price > 12",
      },
      { body: xml },
      true,
    ],
    [{ context: "$response.body", type: "xpath", condition: "/root/[" }, { body: xml }, false],
    [{ context: "$response.body", type: "xpath", condition: "true()" }, { body: pets }, false],
    [{ context: "$response.body", type: "xpath", condition: "true()" }, { body: "<root>" }, false],
    [{ context: "$response.body", type: "colour", condition: "red" }, { body: pets }, false],
    [{ type: "xpath", condition: "true()" }, { body: xml }, false],
  ];
  it.each(cases)("%j on %j: %s", async (criterion, answer, passes) => {
    const successCriteria = [typeof criterion === "string" ? { condition: criterion } : criterion];
    const { run } = await play({
      workflows: [
        {
          ...one(get("a", { successCriteria })),
          inputs: { type: "object", properties: { wanted: {}, pet: {}, id: {} } },
        },
      ],
      inputs: { wanted: "Re.dy", pet: "Rex", id: 7 },
      answers: [answer],
    });
    expect(run.outcome === "passed", run.error).toBe(passes);
  });
});
