import { describe, expect, it } from "vitest";
import { type Answer, type Given, get, one, play } from "./scripted-api.ts";

const ok = [{ condition: "$statusCode == 200" }];

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
