import { expect, it } from "vitest";
import type { JourneyRun } from "../../../specs/engine/journey/index.ts";
import { detail, make, runSteps } from "./run-steps.ts";

const order = ({ steps }: JourneyRun): string => steps.map(({ stepId }) => stepId).join(" ");

it("runs steps after those that they depend on, in whatever order they are written", async () => {
  const reads = {
    requestBody: { payload: { id: "$steps.first.outputs.id" } },
    dependsOn: ["second"],
  };
  const got = await runSteps([
    make("third", reads),
    make("second", { dependsOn: ["first"] }),
    make("first", { outputs: { id: "$response.body#/id" } }),
  ]);
  expect([got.outcome, order(got)]).toEqual(["passed", "first second third"]);
});

it("fails a step in a circle of dependencies, and names one that doesn't exist", async () => {
  const circle = await runSteps([make("a", { dependsOn: ["b"] }), make("b", { dependsOn: ["a"] })]);
  expect([circle.outcome, detail(circle)]).toEqual([
    "failed",
    "The step that it depends on has not been run",
  ]);
  expect((await runSteps([make("a", { dependsOn: ["none"] })])).findings).toEqual([
    "error spec.arazzo.depends",
  ]);
});
