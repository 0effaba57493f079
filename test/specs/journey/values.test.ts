import { describe, expect, it } from "vitest";
import { type Answer, get, one, play } from "./scripted-api.ts";

describe("runtime expressions and selectors, as values of a step", () => {
  const answer: Answer = {
    headers: { "x.dotted-name": "h", "content-type": "application/json" },
    body: { items: [{ id: 7 }, { id: 8 }], "a b": { "c/d~e": true }, text: "<x/>" },
  };
  const cases: readonly [value: unknown, want: unknown][] = [
    ["$url", "http://api.test/items?q=x&filter%5Bstate%5D=open"],
    ["$method", "GET"],
    ["$statusCode", 200],
    ["$request.query.q", "x"],
    ["$request.query.filter[state]", "open"],
    ["$request.header.Accept", "text/html"],
    ["$response.header.X.Dotted-Name", "h"],
    ["$response.body#/items/1/id", 8],
    ["$response.body#/a b/c~1d~0e", true],
    ["$inputs.who", "me"],
    ["$workflows.w.inputs.who", "me"],
    ["$sourceDescriptions.api.url", "api.json"],
    ["$sourceDescriptions.api.type", "openapi"],
    ["$components.parameters.my.own.limit", { name: "q", in: "query", value: "x" }],
    ["$self", "https://example.com/w.json"],
    ["{$inputs.who} and {$response.body#/items}", 'me and [{"id":7},{"id":8}]'],
    ["costs $5", "costs $5"],
    [{ context: "$response.body", selector: "$.items[*].id", type: "jsonpath" }, [7, 8]],
    [{ context: "$response.body", selector: "/items/0/id", type: "jsonpointer" }, 7],
    [
      {
        context: "$response.body",
        selector: "$.items[-1:].id",
        type: { type: "jsonpath", version: "rfc9535" },
      },
      8,
    ],
    [
      { context: "$response.body#/text", selector: "name(/*)", type: { type: "xpath", version: "xpath-30" } },
      "x",
    ],
  ];
  it.each(cases)("%j", async (value, want) => {
    const { run } = await play({
      document: { $self: "https://example.com/w.json" },
      components: { parameters: { "my.own.limit": { name: "q", in: "query", value: "x" } } },
      workflows: [
        {
          ...one({
            stepId: "find",
            operationId: "findItems",
            parameters: [
              { reference: "$components.parameters.my.own.limit" },
              { name: "filter[state]", in: "query", value: "open" },
              { name: "Accept", in: "header", value: "text/html" },
            ],
            outputs: { value },
          }),
          inputs: { type: "object", properties: { who: { type: "string", default: "me" } } },
          outputs: { value: "$steps.find.outputs.value" },
        },
      ],
      answers: [answer],
    });
    expect(run.error).toBeUndefined();
    expect(run.outputs["value"]).toEqual(want);
  });
});

describe("request bodies", () => {
  const xml = '<order><id kind="a">1</id><note/></order>';
  const cases: readonly [operationId: string, requestBody: object, sent: string][] = [
    ["addItem", { payload: { id: "$inputs.id", list: ["{$inputs.id}!"] } }, '{"id":7,"list":["7!"]}'],
    ["addItem", { payload: '{ "id": {$inputs.id} }' }, '{"id":7}'],
    ["addItem", { payload: '{ "id": ' }, '{ "id": '],
    ["addItem", { payload: "plain" }, '"plain"'],
    ["addItem", { payload: "$inputs.order" }, '{"of":{"id":7}}'],
    [
      "addItem",
      {
        payload: "$inputs.order",
        replacements: [
          { target: "/of/id", value: "$inputs.id" },
          { target: "/new", value: [1] },
        ],
      },
      '{"of":{"id":7},"new":[1]}',
    ],
    [
      "addItem",
      { payload: { list: [1] }, replacements: [{ target: "/list/-", value: 2 }] },
      '{"list":[1,2]}',
    ],
    ["addItem", { payload: { "*": 1, a: 2 }, replacements: [{ target: "/*", value: 3 }] }, '{"*":3,"a":2}'],
    [
      "addItem",
      {
        payload: {
          items: [
            { sku: "a", n: 1 },
            { sku: "b", n: 1 },
          ],
        },
        replacements: [{ target: "$.items[?@.sku == 'b'].n", targetSelectorType: "jsonpath", value: 5 }],
      },
      '{"items":[{"sku":"a","n":1},{"sku":"b","n":5}]}',
    ],
    ["sendForm", { payload: { grant: "a b", list: [1, 2] } }, "grant=a+b&list=1&list=2"],
    ["sendForm", { payload: "id={$inputs.id}&x=y" }, "id=7&x=y"],
    ["sendXml", { payload: "<id>{$inputs.id}</id>" }, "<id>7</id>"],
    [
      "sendXml",
      {
        payload: xml,
        replacements: [
          { target: "/order/id", value: "$inputs.id" },
          { target: "/order/id/@kind", value: "b&c" },
        ],
      },
      '<order><id kind="b&amp;c">7</id><note/></order>',
    ],
    [
      "sendXml",
      {
        payload: xml,
        replacements: [
          { target: "//note", targetSelectorType: { type: "xpath", version: "xpath-30" }, value: "<hi>" },
        ],
      },
      '<order><id kind="a">1</id><note>&lt;hi&gt;</note></order>',
    ],
  ];
  it.each(cases)("%s sends %j as %s", async (operationId, requestBody, sent) => {
    const given = { stepId: "send", operationId, requestBody };
    const { run, requests } = await play({
      workflows: [{ ...one(given), inputs: { type: "object", properties: { id: {}, order: {} } } }],
      inputs: { id: 7, order: { of: { id: 7 } } },
    });
    expect(run.error).toBeUndefined();
    expect(requests.map(({ body }) => body)).toEqual([sent]);
  });

  it.each([
    ["addItem", { payload: { a: 1 }, replacements: [{ target: "/a/b", value: 1 }] }, /no place for \/a\/b/],
    ["addItem", { payload: { a: 1 }, replacements: [{ target: "a", value: 1 }] }, /a is no JSON pointer/],
    ["sendXml", { payload: xml, replacements: [{ target: "//none", value: 1 }] }, /nothing at \/\/none/],
    [
      "sendXml",
      { payload: xml, replacements: [{ target: "//[", value: 1 }] },
      /XPath \/\/\[ can't be evaluated/,
    ],
  ])("%s with %j sends nothing and says why", async (operationId, requestBody, why) => {
    const { run, calls } = await play({ workflows: [one({ stepId: "send", operationId, requestBody })] });
    expect(run.error).toMatch(why);
    expect(calls).toEqual([]);
  });
});

describe("inputs, held against their JSON Schema", () => {
  const components = {
    inputs: {
      page: { type: "integer", minimum: 1, default: 2 },
      named: {
        type: "object",
        required: ["name"],
        properties: {
          name: { type: "string", pattern: "^[a-z]+$" },
          page: { $ref: "#/components/inputs/page" },
          mode: { enum: ["slow", "fast"], default: "fast" },
          address: { type: "object", properties: { city: { type: "string", default: "Oulu" } } },
        },
      },
    },
  };
  const workflows = [
    {
      ...one(get("a")),
      inputs: { $ref: "#/components/inputs/named" },
      outputs: { page: "$inputs.page", mode: "$inputs.mode", city: "$inputs.address#/city" },
    },
  ];
  it("take their defaults from it, references and inner objects included", async () => {
    const { run } = await play({ workflows, components, inputs: { name: "x" } });
    expect(run.outputs).toEqual({ page: 2, mode: "fast", city: "Oulu" });
  });

  it.each([
    [{}, "ECO_INPUT_MISSING", /needs a value for name/],
    [{ name: "X1" }, "ECO_INPUT_INVALID", /The input name of w .*pattern/],
    [{ name: "x", page: 0 }, "ECO_INPUT_INVALID", /The input page of w must be >= 1/],
    [{ name: "x", mode: "none" }, "ECO_INPUT_INVALID", /The input mode of w/],
    [{ name: "x", address: { city: 5 } }, "ECO_INPUT_INVALID", /The input address\/city of w must be string/],
  ])("%j is refused with %s", async (inputs, code, message) => {
    await expect(play({ workflows, components, inputs })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});
