import { expect, it } from "vitest";
import { runSteps } from "./run-steps.ts";

it("sends a whole query string", async () => {
  const step = {
    stepId: "get",
    operationId: "$sourceDescriptions.toy.getThing",
    parameters: [
      { name: "thingId", in: "path", value: "t1" },
      { name: "all", in: "querystring", value: "tag=a&tag={$self}" },
    ],
  };
  const got = await runSteps([step]);
  expect(got.steps[0]?.request?.url).toBe("http://toy/things/t1?tag=a&tag=https://toy.example/journeys");
});

it("takes the forms in which other runners name operations, and says that they are no standard", async () => {
  const got = await runSteps([
    { stepId: "a", operationId: "toy.makeThing", requestBody: { payload: {} } },
    {
      stepId: "b",
      operationPath: "$sourceDescriptions.toy#/paths/~1things/post",
      requestBody: { payload: {} },
    },
  ]);
  expect([got.outcome, got.findings]).toEqual([
    "passed",
    ["warning spec.arazzo.reference-form", "warning spec.arazzo.reference-form"],
  ]);
});

it("calls no other operation by a value that climbs, as an answer may hold one", async () => {
  const thingId = { name: "thingId", in: "path", value: ".." };
  const got = await runSteps([
    { stepId: "get", operationId: "$sourceDescriptions.toy.getThing", parameters: [thingId] },
  ]);
  expect(got.outcome).toBe("failed");
  expect(got.steps[0]?.request).toBeUndefined();
});
