import { expect, it } from "vitest";
import { checkJourneys } from "../../../specs/engine/journey/check-journeys.ts";
import { loadFiles } from "../spec-set.ts";
import { toyDocument, toyJourneys } from "./toy-api.ts";

const sound = { stepId: "a", operationId: "makeThing", outputs: { id: "$response.body#/id" } };
const read = {
  stepId: "b",
  operationId: "getThing",
  parameters: [{ name: "thingId", in: "path", value: "$steps.a.outputs.id" }],
};

async function check(steps: unknown, more: object = {}, document: object = {}): Promise<string[]> {
  const journeys = {
    arazzo: "1.0.1",
    info: { title: "x", version: "1" },
    sourceDescriptions: [{ name: "toy", type: "openapi", url: "api.json" }],
    workflows: [{ workflowId: "w", steps, ...more }],
    ...document,
  };
  const { catalog } = await loadFiles({ "api.json": toyDocument, "j.json": journeys });
  return (await checkJourneys(catalog)).map(
    ({ code, pointer }) => `${code.replace("spec.arazzo.", "")} ${pointer}`,
  );
}

it("has nothing to say about sound journeys", async () => {
  expect(
    await check([sound, read], {
      inputs: { type: "object", properties: { n: {} } },
      outputs: { id: "$steps.a.outputs.id", n: "{$inputs.n}" },
    }),
  ).toEqual([]);
  const { catalog } = await loadFiles({ "api.json": toyDocument, "j.json": toyJourneys });
  expect(await checkJourneys(catalog)).toEqual([]);
});

const step = "/workflows/0/steps/0";
const action = (more: object, key = "onFailure"): unknown[] => [
  { ...sound, [key]: [{ name: "x", ...more }] },
];
const criterion = (more: object): unknown[] => [{ ...sound, successCriteria: [more] }];

it.each<[string, unknown, object, string[]]>([
  ["no steps", [], {}, ["steps /workflows/0"]],
  ["a step without id", [{ operationId: "makeThing" }], {}, [`id ${step}`]],
  ["a step id used twice", [sound, sound], {}, ["id /workflows/0/steps/1/stepId"]],
  ["a step that calls nothing", [{ stepId: "a" }], {}, [`call ${step}`]],
  ["a step that calls two things", [{ ...sound, workflowId: "w" }], {}, [`call ${step}`]],
  [
    "an unknown parameter",
    [{ ...sound, parameters: [{ name: "q", in: "query", value: 1 }] }],
    {},
    [`parameter ${step}/parameters/0`],
  ],
  ["a required parameter left out", [{ stepId: "b", operationId: "getThing" }], {}, [`parameter ${step}`]],
  [
    "a component that isn't there",
    [{ ...sound, parameters: [{ reference: "$components.parameters.none" }] }],
    {},
    [`component ${step}/parameters/0/reference`],
  ],
  [
    "an output that isn't there",
    [{ stepId: "a", operationId: "makeThing" }, read],
    {},
    ["expression /workflows/0/steps/1/parameters/0/value"],
  ],
  ["a step that isn't there", [read], {}, ["expression /workflows/0/steps/0/parameters/0/value"]],
  [
    "an undeclared input",
    [{ ...sound, requestBody: { payload: { a: ["Bearer {$inputs.none}"] } } }],
    {},
    [`expression ${step}/requestBody/payload/a/0`],
  ],
  [
    "an undeclared input in the outputs",
    [sound],
    { outputs: { x: "$inputs.none" } },
    ["expression /workflows/0/outputs/x"],
  ],
  ["a criterion without condition", criterion({}), {}, [`criterion ${step}/successCriteria/0`]],
  [
    "a condition that can't be read",
    criterion({ condition: "$statusCode = 200" }),
    {},
    [`criterion ${step}/successCriteria/0/condition`],
  ],
  [
    "a condition on a step that isn't there",
    criterion({ condition: "$steps.z.outputs.id == 1" }),
    {},
    [`expression ${step}/successCriteria/0/condition`],
  ],
  [
    "a criterion in no language",
    criterion({ condition: "red", type: "colour", context: "$response.body" }),
    {},
    [`criterion ${step}/successCriteria/0/type`],
  ],
  [
    "a version that a language doesn't have",
    criterion({ condition: "//a", type: { type: "xpath", version: "xpath-99" }, context: "$response.body" }),
    {},
    [`criterion ${step}/successCriteria/0/type`],
  ],
  [
    "a comparison where a JSONPath query should be",
    criterion({ condition: "$.name == 'x'", type: "jsonpath", context: "$response.body" }),
    {},
    [`criterion ${step}/successCriteria/0/condition`],
  ],
  [
    "a script of the former JSONPath",
    criterion({
      condition: "$.a[(@.length-1)]",
      type: { type: "jsonpath", version: "draft-goessner-dispatch-jsonpath-00" },
      context: "$response.body",
    }),
    {},
    [`criterion ${step}/successCriteria/0/condition`],
  ],
  [
    "an XPath that can't be read",
    criterion({ condition: "/a[", type: "xpath", context: "$response.body" }),
    {},
    [`criterion ${step}/successCriteria/0/condition`],
  ],
  [
    "an undeclared input inside a query",
    criterion({ condition: "^{$inputs.none}$", type: "regex", context: "$response.body" }),
    {},
    [`expression ${step}/successCriteria/0/condition`],
  ],
  [
    "a regex without context",
    criterion({ condition: "^a$", type: "regex" }),
    {},
    [`criterion ${step}/successCriteria/0`],
  ],
  [
    "a slow regex",
    criterion({ condition: "^(a+)+$", type: "regex", context: "$response.body" }),
    {},
    [`spec.pattern.slow ${step}/successCriteria/0/condition`],
  ],
  [
    "a success action that retries",
    action({ type: "retry" }, "onSuccess"),
    {},
    [`action ${step}/onSuccess/0`],
  ],
  [
    "an action that leads to a workflow that isn't there",
    action({ type: "goto", workflowId: "none" }),
    {},
    [`action ${step}/onFailure/0`],
  ],
  [
    "two actions of one name",
    [
      {
        ...sound,
        onSuccess: [
          { name: "x", type: "end", criteria: [] },
          { name: "x", type: "end" },
        ],
      },
    ],
    {},
    [`action ${step}/onSuccess/1`],
  ],
  [
    "a component of another kind",
    [{ ...sound, onSuccess: [{ reference: "$components.parameters.my.limit" }] }],
    {},
    [`component ${step}/onSuccess/0/reference`],
  ],
  [
    "a parameter without a place",
    [{ ...sound, parameters: [{ name: "q", value: 1 }] }],
    {},
    [`parameter ${step}/parameters/0`],
  ],
  [
    "outputs of a step that comes later",
    [{ ...read, stepId: "first" }, sound],
    {},
    ["expression /workflows/0/steps/0/parameters/0/value"],
  ],
  [
    "a workflow to depend on that isn't there",
    [sound],
    { dependsOn: ["none"] },
    ["depends /workflows/0/dependsOn/0"],
  ],
  ["a workflow that depends on itself", [sound], { dependsOn: ["w"] }, ["depends /workflows/0/dependsOn/0"]],
  ["a goto to nowhere", action({ type: "goto" }), {}, [`action ${step}/onFailure/0`]],
  [
    "a goto to two places",
    action({ type: "goto", stepId: "a", workflowId: "w" }),
    {},
    [`action ${step}/onFailure/0`],
  ],
  [
    "a goto to a step that isn't there",
    action({ type: "goto", stepId: "z" }),
    {},
    [`action ${step}/onFailure/0`],
  ],
])("finds %s", async (_, steps, more, want) => {
  const components = { parameters: { "my.limit": { name: "q", in: "query", value: 1 } } };
  expect(await check(steps, more, { components })).toEqual(want);
});

it("finds a workflow id used twice", async () => {
  const workflows = [
    { workflowId: "w", steps: [sound] },
    { workflowId: "w", steps: [sound] },
  ];
  expect(await check([], {}, { workflows })).toEqual(["id /workflows/1/workflowId"]);
});

it("lets a step read the outputs of a later one where an action leads back", async () => {
  const back = { ...sound, onSuccess: [{ name: "back", type: "goto", stepId: "b" }] };
  expect(await check([read, back])).toEqual([]);
});

it.each([
  ["https://example.com/specs/api.json", "the file of that name", []],
  [
    "https://example.com/other.json",
    "no file",
    ["source-unknown /sourceDescriptions/0", "operation-unknown /workflows/0/steps/0"],
  ],
])("takes the published address %s for %s", async (url, _, want) => {
  const { findings } = await loadFiles({
    "api.json": toyDocument,
    "j.json": {
      arazzo: "1.0.1",
      info: { title: "x", version: "1" },
      sourceDescriptions: [{ name: "toy", type: "openapi", url }],
      workflows: [{ workflowId: "w", steps: [sound] }],
    },
  });
  expect(findings.map(({ code, pointer }) => `${code.replace("spec.arazzo.", "")} ${pointer}`)).toEqual(want);
});

it("finds a source by the address that it gives itself, seen from the one that the document gives itself", async () => {
  const { findings } = await loadFiles({
    "there/one.json": {
      arazzo: "1.1.0",
      $self: "https://example.com/flows/shared.json",
      info: { title: "x", version: "1" },
      sourceDescriptions: [{ name: "toy", type: "openapi", url: "../api.json" }],
      workflows: [{ workflowId: "inner", steps: [sound] }],
    },
    "api.json": toyDocument,
    "j.json": {
      arazzo: "1.1.0",
      $self: "https://example.com/flows/mine.json",
      info: { title: "x", version: "1" },
      sourceDescriptions: [{ name: "other", type: "arazzo", url: "./shared.json" }],
      workflows: [
        { workflowId: "w", steps: [{ stepId: "a", workflowId: "$sourceDescriptions.other.inner" }] },
      ],
    },
  });
  expect(findings).toEqual([]);
});
