import { describe, expect, it } from "vitest";
import { type Answer, type Given, play } from "./scripted-api.ts";

/** One step that reads an item. */
const get = (stepId: string, more: object = {}): object => ({
  stepId,
  operationId: "getItem",
  parameters: [{ name: "itemId", in: "path", value: stepId }],
  ...more,
});
const ok = [{ condition: "$statusCode == 200" }];
const one = (...steps: readonly object[]): { workflowId: string; steps: readonly object[] } => ({
  workflowId: "w",
  steps,
});

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

interface Flow extends Given {
  readonly want: {
    readonly outcome?: "passed" | "failed";
    readonly calls?: readonly string[];
    readonly waits?: readonly number[];
    readonly outputs?: object;
    readonly error?: RegExp;
  };
}

const again = { name: "again", type: "retry", retryAfter: 1 };
const to = (more: object): object => ({ name: "on", type: "goto", ...more });
const fails: Answer = { status: 503 };

describe("the way through a workflow", () => {
  const cases: Readonly<Record<string, Flow>> = {
    "a step without actions goes on to the next": {
      workflows: [one(get("a"), get("b"))],
      want: { outcome: "passed", calls: ["GET /items/a", "GET /items/b"] },
    },
    "a failure without actions breaks off, and keeps the outputs that have a value": {
      workflows: [
        {
          ...one(
            get("a", { outputs: { code: "$statusCode" } }),
            get("b", { outputs: { code: "$statusCode" } }),
          ),
          outputs: { a: "$steps.a.outputs.code", b: "$steps.b.outputs.code" },
        },
      ],
      answers: [fails],
      want: { outcome: "failed", calls: ["GET /items/a"], outputs: { a: 503 } },
    },
    "one retry where no limit is said": {
      workflows: [one(get("a", { onFailure: [again] }))],
      answers: [fails],
      want: { outcome: "failed", calls: ["GET /items/a", "GET /items/a"], waits: [1] },
    },
    "no retry where the limit is 0": {
      workflows: [one(get("a", { onFailure: [{ ...again, retryLimit: 0 }] }))],
      answers: [fails],
      want: { outcome: "failed", calls: ["GET /items/a"] },
    },
    "a limit is used up before the next action is taken": {
      workflows: [one(get("a", { onFailure: [{ ...again, retryLimit: 2 }, to({ stepId: "b" })] }), get("b"))],
      answers: [fails, fails, fails, {}],
      want: { calls: ["GET /items/a", "GET /items/a", "GET /items/a", "GET /items/b"], waits: [1, 1] },
    },
    "Retry-After overrules the action, in seconds and as a date": {
      workflows: [one(get("a", { onFailure: [{ ...again, retryLimit: 2 }] }))],
      answers: [
        { status: 503, headers: { "retry-after": "7" } },
        {
          status: 503,
          headers: { "retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", date: "Wed, 21 Oct 2026 07:28:00 GMT" },
        },
        {},
      ],
      want: { outcome: "passed", waits: [7, 30] },
    },
    "the first action whose criteria hold is taken": {
      workflows: [
        one(
          get("a", {
            onSuccess: [
              to({ stepId: "b", criteria: [...ok, { condition: "false" }] }),
              to({ name: "x", stepId: "c", criteria: ok }),
              { name: "y", type: "end" },
            ],
          }),
          get("b"),
          get("c"),
        ),
      ],
      want: { outcome: "passed", calls: ["GET /items/a", "GET /items/c"] },
    },
    "an action of the workflow holds for a step that has others of its own": {
      workflows: [
        {
          ...one(
            get("a", {
              onFailure: [{ name: "own", type: "end", criteria: [{ condition: "$statusCode == 401" }] }],
            }),
          ),
          failureActions: [again],
        },
      ],
      answers: [fails, {}],
      want: { outcome: "passed", calls: ["GET /items/a", "GET /items/a"] },
    },
    "a step's action overrides the workflow's of its name": {
      workflows: [
        { ...one(get("a", { onFailure: [{ name: "again", type: "end" }] })), failureActions: [again] },
      ],
      answers: [fails, {}],
      want: { outcome: "failed", calls: ["GET /items/a"] },
    },
    "a step that is come to again may retry again": {
      workflows: [
        one(
          get("a", { onFailure: [again] }),
          get("b", {
            onSuccess: [to({ stepId: "a", criteria: [{ condition: "$response.body#/more == true" }] })],
          }),
        ),
      ],
      answers: [fails, {}, { body: { more: true } }, fails, {}, {}],
      want: { outcome: "passed", calls: ["a", "a", "b", "a", "a", "b"].map((id) => `GET /items/${id}`) },
    },
    "outputs of steps that an early end left out are not missed": {
      workflows: [
        {
          ...one(
            get("a", { onSuccess: [{ name: "enough", type: "end" }] }),
            get("b", { outputs: { x: "$statusCode" } }),
          ),
          outputs: { x: "$steps.b.outputs.x" },
        },
      ],
      want: { outcome: "passed", outputs: {} },
    },
    "a goto hands its parameters to the workflow that it leads to": {
      workflows: [
        one(
          get("a", {
            onSuccess: [to({ workflowId: "v", parameters: [{ name: "id", value: "$response.body#/id" }] })],
          }),
        ),
        {
          workflowId: "v",
          inputs: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
          steps: [get("b", { parameters: [{ name: "itemId", in: "path", value: "$inputs.id" }] })],
        },
      ],
      answers: [{ body: { id: "from-a" } }],
      want: { outcome: "passed", calls: ["GET /items/a", "GET /items/from-a"] },
    },
    "a goto to a workflow that lacks an input is a failed run, not a crash": {
      workflows: [
        one(get("a", { onSuccess: [to({ workflowId: "v" })] })),
        { workflowId: "v", inputs: { type: "object", required: ["id"] }, steps: [get("b")] },
      ],
      want: { outcome: "failed", error: /on leads nowhere.*v needs a value for id/ },
    },
    "control that was handed over may come back by another goto": {
      workflows: [
        one(
          get("a", {
            onSuccess: [to({ workflowId: "v", criteria: [{ condition: "$response.body#/n == 1" }] })],
          }),
        ),
        { workflowId: "v", steps: [get("b", { onSuccess: [to({ workflowId: "w" })] })] },
      ],
      answers: [{ body: { n: 1 } }, {}, {}],
      want: { outcome: "passed", calls: ["GET /items/a", "GET /items/b", "GET /items/a"] },
    },
    "a retry runs the workflow that it names before, with its parameters": {
      workflows: [
        one(
          get("a", {
            onFailure: [{ ...again, workflowId: "v", parameters: [{ name: "id", value: "$statusCode" }] }],
          }),
        ),
        {
          workflowId: "v",
          inputs: { type: "object", properties: { id: {} } },
          steps: [get("b", { parameters: [{ name: "itemId", in: "path", value: "$inputs.id" }] })],
        },
      ],
      answers: [fails, {}, {}],
      want: { outcome: "passed", calls: ["GET /items/a", "GET /items/503", "GET /items/a"] },
    },
    "a step that calls a workflow gives it the parameters of its own workflow too": {
      workflows: [
        {
          workflowId: "w",
          parameters: [
            { name: "id", value: "shared" },
            { name: "other", value: "shared" },
          ],
          steps: [{ stepId: "inner", workflowId: "v", parameters: [{ name: "id", value: "own" }] }],
        },
        {
          workflowId: "v",
          inputs: { type: "object", properties: { id: {}, other: {} } },
          steps: [
            get("b", {
              parameters: [
                { name: "itemId", in: "path", value: "$inputs.id" },
                { name: "X-Trace", in: "header", value: "$inputs.other" },
              ],
              outputs: { trace: "$request.header.x-trace" },
            }),
          ],
          outputs: { trace: "$steps.b.outputs.trace" },
        },
      ],
      want: { outcome: "passed", calls: ["GET /items/own"] },
    },
    "a step's parameter overrides the workflow's of its name and place": {
      workflows: [
        {
          ...one(
            get("a", {
              outputs: { trace: "$request.header.x-trace" },
              parameters: [
                { name: "itemId", in: "path", value: "own" },
                { name: "X-Trace", in: "header", value: "step" },
              ],
            }),
          ),
          parameters: [
            { name: "itemId", in: "path", value: "shared" },
            { name: "X-Trace", in: "header", value: "all" },
          ],
          outputs: { trace: "$steps.a.outputs.trace" },
        },
      ],
      want: { outcome: "passed", calls: ["GET /items/own"], outputs: { trace: "step" } },
    },
    "actions and their criteria come from components too": {
      workflows: [one(get("a", { onFailure: [{ reference: "$components.failureActions.my.again" }] }))],
      components: {
        failureActions: { "my.again": { ...again, criteria: [{ condition: "$statusCode == 503" }] } },
      },
      answers: [fails, {}],
      want: { outcome: "passed", waits: [1] },
    },
    "an action that refers to nothing is a failed run, not a crash": {
      workflows: [one(get("a", { onSuccess: [{ reference: "$components.successActions.none" }] }))],
      want: { outcome: "failed", error: /actions of the step a can't be read/ },
    },
    "what a workflow depends on runs before it, once": {
      workflows: [
        { ...one(get("a")), dependsOn: ["u", "v"] },
        { workflowId: "u", dependsOn: ["v"], steps: [get("u")] },
        { workflowId: "v", steps: [get("v")] },
      ],
      want: { outcome: "passed", calls: ["GET /items/v", "GET /items/u", "GET /items/a"] },
    },
    "workflows that depend on each other fail and say so": {
      workflows: [
        { ...one(get("a")), dependsOn: ["v"] },
        { workflowId: "v", dependsOn: ["w"], steps: [get("v")] },
      ],
      want: { outcome: "failed", calls: [], error: /calls itself: w\.json#w → w\.json#v → w\.json#w/ },
    },
    "an unknown workflow to depend on is a failed run": {
      workflows: [{ ...one(get("a")), dependsOn: ["none"] }],
      want: { outcome: "failed", calls: [], error: /none, on which it depends, failed/ },
    },
    "workflows of one id in two documents are two": {
      workflows: [
        {
          ...one({ stepId: "inner", workflowId: "$sourceDescriptions.other.w" }, get("b")),
          outputs: { own: "$workflows.w.inputs.who" },
        },
      ],
      document: {
        sourceDescriptions: [
          { name: "api", type: "openapi", url: "api.json" },
          { name: "other", type: "arazzo", url: "more/w.json" },
        ],
      },
      inputs: { who: "me" },
      files: {
        "more/w.json": {
          arazzo: "1.0.1",
          info: { title: "Other", version: "1.0.0" },
          sourceDescriptions: [{ name: "api", type: "openapi", url: "../api.json" }],
          workflows: [one(get("there"))],
        },
      },
      want: { outcome: "passed", calls: ["GET /items/there", "GET /items/b"], outputs: { own: "me" } },
    },
  };
  it.each(Object.entries(cases))("%s", async (_, { want, ...given }) => {
    const { run, calls, waits } = await play(given);
    if (want.outcome !== undefined) expect(run.outcome, run.error).toBe(want.outcome);
    if (want.calls !== undefined) expect(calls).toEqual(want.calls);
    if (want.waits !== undefined) expect(waits).toEqual(want.waits);
    if (want.outputs !== undefined) expect(run.outputs).toEqual(want.outputs);
    if (want.error !== undefined) expect(run.error).toMatch(want.error);
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
