import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { type JourneyRun, runWorkflow } from "../../../specs/engine/journey/index.ts";
import { writeSpecs } from "../spec-set.ts";
import { createToyApi, toyDocument, toyJourneys } from "./toy-api.ts";

const other = {
  arazzo: "1.0.1",
  info: { title: "Other", version: "1.0.0" },
  sourceDescriptions: [
    { name: "toy", type: "openapi", url: "../api.json" },
    { name: "first", type: "arazzo", url: "../journeys.json" },
  ],
  components: {
    parameters: { slow: { name: "thingId", in: "path", value: "slow" } },
    failureActions: { again: { name: "again", type: "retry", retryAfter: 2, retryLimit: 3 } },
    inputs: {
      named: {
        type: "object",
        required: ["name"],
        properties: { name: { type: "string" }, size: { type: "integer", default: 3 } },
      },
    },
  },
  workflows: [
    {
      workflowId: "across-documents",
      steps: [
        {
          stepId: "inner",
          workflowId: "$sourceDescriptions.first.makes-and-reads",
          parameters: [{ name: "name", value: "lamp" }],
        },
      ],
      outputs: { id: "$steps.inner.outputs.id" },
    },
    {
      workflowId: "with-components",
      steps: [
        {
          stepId: "poll",
          operationPath: "{$sourceDescriptions.toy.url}#/paths/~1things~1{thingId}/get",
          parameters: [{ reference: "$components.parameters.slow", value: "own" }],
          successCriteria: [
            { context: "$response.body", type: "jsonpath", condition: "$[?@.status == 'ready']" },
          ],
          onFailure: [{ reference: "$components.failureActions.again" }],
        },
      ],
    },
    {
      workflowId: "told-to-wait",
      steps: [
        {
          stepId: "ask",
          operationId: "$sourceDescriptions.toy.getThing",
          parameters: [{ name: "thingId", in: "path", value: "busy" }],
          onFailure: [{ name: "again", type: "retry", retryAfter: 1 }],
        },
      ],
    },
    {
      workflowId: "refreshes-first",
      steps: [
        {
          stepId: "make",
          operationId: "makeThing",
          requestBody: { payload: { bad: true } },
          successCriteria: [{ condition: "$statusCode == 201" }],
          onFailure: [{ name: "again", type: "retry", retryLimit: 1, stepId: "refresh" }],
        },
        {
          stepId: "refresh",
          operationId: "getThing",
          parameters: [{ name: "thingId", in: "path", value: "r" }],
        },
      ],
    },
    {
      workflowId: "needs-input",
      inputs: { $ref: "#/components/inputs/named" },
      steps: [],
      outputs: { size: "$inputs.size" },
    },
    { workflowId: "calls-itself", steps: [{ stepId: "again", workflowId: "calls-itself" }] },
    {
      workflowId: "for-ever",
      steps: [
        {
          stepId: "make",
          operationId: "makeThing",
          requestBody: { payload: {} },
          onSuccess: [{ name: "round", type: "goto", stepId: "make" }],
        },
      ],
    },
    {
      workflowId: "after-another",
      dependsOn: ["with-components"],
      steps: [],
      outputs: { done: "$workflows.with-components.outputs" },
    },
    { workflowId: "after-a-failure", dependsOn: ["calls-itself"], steps: [] },
    {
      workflowId: "lists-in-the-query",
      parameters: [{ name: "tag", in: "query", value: ["a b", "c&d"] }],
      steps: [
        {
          stepId: "read",
          operationId: "getThing",
          parameters: [{ name: "thingId", in: "path", value: "x/y" }],
        },
      ],
    },
    {
      workflowId: "misses-an-output",
      steps: [
        {
          stepId: "read",
          operationId: "getThing",
          parameters: [{ name: "thingId", in: "path", value: "x" }],
          outputs: { gone: "$response.body#/gone" },
        },
      ],
    },
    { workflowId: "lacks-a-path-parameter", steps: [{ stepId: "read", operationId: "getThing" }] },
    {
      workflowId: "has-a-slow-pattern",
      steps: [
        {
          stepId: "read",
          operationId: "getThing",
          parameters: [{ name: "thingId", in: "path", value: "x" }],
          successCriteria: [{ context: "$response.body#/id", type: "regex", condition: "^(a+)+$" }],
        },
      ],
    },
  ],
};

async function catalogOf(): Promise<Catalog> {
  const root = await writeSpecs({
    "api.json": toyDocument,
    "journeys.json": toyJourneys,
    "more/other.json": other,
  });
  const { catalog, findings } = await loadCatalog(root, { cacheDir: false });
  expect(findings).toEqual([]);
  return catalog;
}

interface Played {
  readonly run: JourneyRun;
  readonly calls: readonly string[];
  readonly waits: readonly number[];
}

async function play(
  workflowId: string,
  more: Partial<Parameters<typeof runWorkflow>[0]> = {},
): Promise<Played> {
  const api = createToyApi();
  const waits: number[] = [];
  const run = await runWorkflow({
    catalog: await catalogOf(),
    workflowId,
    fetch: api.fetch,
    baseUrls: { "api.json": "http://toy.test" },
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
    },
    ...more,
  });
  return { run, calls: api.calls, waits };
}

describe("a workflow", () => {
  it("runs a workflow of another document and hands its outputs on", async () => {
    const { run, calls } = await play("across-documents");
    expect(run).toMatchObject({ outcome: "passed", outputs: { id: "t1" } });
    expect(run.steps[0]?.nested?.steps.map((step) => step.stepId)).toEqual(["make", "read"]);
    expect(calls).toEqual(["POST /things", "GET /things/t1?tag=red"]);
  });

  it("follows references to components, with a value of its own", async () => {
    const { run, calls, waits } = await play("with-components");
    expect(run.outcome).toBe("passed");
    expect(calls).toEqual(["GET /things/own", "GET /things/own", "GET /things/own"]);
    expect(waits).toEqual([2000, 2000]);
  });

  it("waits as Retry-After says, not as the action does", async () => {
    const { run, waits } = await play("told-to-wait");
    expect(run.outcome).toBe("failed");
    expect(waits).toEqual([7000]);
  });

  it("runs the step that a retry names before it tries again", async () => {
    const { run } = await play("refreshes-first");
    expect(run.steps.map((step) => `${step.stepId} ${step.attempt} ${step.outcome}`)).toEqual([
      "make 1 failed",
      "refresh 1 passed",
      "make 2 failed",
    ]);
  });

  it("names the inputs that are missing before it sends anything", async () => {
    await expect(play("needs-input")).rejects.toMatchObject({
      code: "ECO_INPUT_MISSING",
      details: { missing: ["name"] },
    });
    await expect(play("needs-input", { inputs: { name: 5 } })).rejects.toMatchObject({
      code: "ECO_INPUT_INVALID",
    });
    expect((await play("needs-input", { inputs: { name: "x" } })).run).toMatchObject({
      outcome: "passed",
      outputs: { size: 3 },
    });
  });

  it("ends when it calls itself", async () => {
    const { run } = await play("calls-itself");
    expect(run.outcome).toBe("failed");
    expect(run.error).toMatch(/calls itself/);
  });

  it("is given up after its limit of steps", async () => {
    const { run, calls } = await play("for-ever", { maxSteps: 5 });
    expect(run).toMatchObject({ outcome: "failed", error: "The run was given up after 5 steps." });
    expect(calls).toHaveLength(5);
  });

  it("stops when it is told to", async () => {
    const { run, calls } = await play("for-ever", { signal: AbortSignal.abort() });
    expect(run).toMatchObject({ outcome: "failed", error: "The run was stopped." });
    expect(calls).toEqual([]);
  });

  it("runs first what it depends on, and fails with it", async () => {
    expect((await play("after-another")).calls).toHaveLength(3);
    const { run } = await play("after-a-failure");
    expect(run).toMatchObject({
      outcome: "failed",
      error: expect.stringMatching(/calls-itself, on which it depends, failed/),
    });
  });

  it("writes parameters in the style of the operation", async () => {
    expect((await play("lists-in-the-query")).calls).toEqual(["GET /things/x%2Fy?tag=a%20b&tag=c%26d"]);
  });

  it("fails a step whose output has no value", async () => {
    const { run } = await play("misses-an-output");
    expect(run.steps[0]?.criteria.find((criterion) => !criterion.passed)).toMatchObject({
      kind: "output",
      detail: "The output gone has no value",
    });
  });

  it("says which path parameter lacks a value, and sends nothing", async () => {
    const { run, calls } = await play("lacks-a-path-parameter");
    expect(run.error).toMatch(/path parameter thingId of getThing has no value/);
    expect(calls).toEqual([]);
  });

  it("refuses to run a pattern that may take for ever", async () => {
    const { run } = await play("has-a-slow-pattern");
    expect(run.error).toMatch(/exponential/);
  });

  it("shows in the report what was expected and what came", async () => {
    const { run } = await play("fails-and-cleans-up");
    expect(run.steps[0]).toMatchObject({
      operationId: "makeThing",
      request: { method: "POST", url: "http://toy.test/things", body: { bad: true } },
      response: { status: 422 },
      action: { type: "goto", stepId: "tidy" },
      criteria: [
        { kind: "criterion", passed: false, detail: "$statusCode is 422", values: { $statusCode: 422 } },
      ],
    });
  });

  it("tells an observer of each step as it goes", async () => {
    const seen: string[] = [];
    await play("calls-another", {
      observer: {
        workflowStarted: ({ id }) => seen.push(`> ${id}`),
        stepStarted: ({ stepId }) => seen.push(`? ${stepId}`),
        stepFinished: ({ stepId, outcome }) => seen.push(`! ${stepId} ${outcome}`),
        workflowFinished: ({ workflowId }) => seen.push(`< ${workflowId}`),
      },
    });
    expect(seen).toEqual([
      "> calls-another",
      "? inner",
      "> makes-and-reads",
      "? make",
      "! make passed",
      "? read",
      "! read passed",
      "< makes-and-reads",
      "! inner passed",
      "< calls-another",
    ]);
  });

  it("reports a server that can't be reached as a failed step", async () => {
    const { run } = await play("ends-early", {
      fetch: async () => {
        throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
      },
    });
    expect(run.steps[0]?.criteria).toMatchObject([
      { kind: "network", passed: false, detail: "fetch failed (connect ECONNREFUSED)" },
    ]);
  });

  it("sends given headers, and a step's own in their place", async () => {
    const seen: (string | null)[] = [];
    await play("ends-early", {
      headers: { Authorization: "Bearer a" },
      fetch: async (request) => {
        seen.push(request.headers.get("authorization"), request.headers.get("content-type"));
        return Response.json({ id: "t", status: "new" }, { status: 201 });
      },
    });
    expect(seen).toEqual(["Bearer a", "application/json"]);
  });

  it("doesn't know every workflow", async () => {
    await expect(play("nothing")).rejects.toMatchObject({ code: "ECO_WORKFLOW_UNKNOWN" });
  });
});
