import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { documents, isNode, nodeAt, nodesAt, operations, under } from "./spec-documents.ts";

describe("journeys", () => {
  const workflows = under("arazzo").flatMap(([file, document]) =>
    nodesAt(document, "workflows").map(
      (workflow) => [String(workflow["workflowId"]), workflow, file] as const,
    ),
  );
  const types = new Set(
    Object.values(nodeAt(nodeAt(documents.get("asyncapi/events.yaml") ?? {}, "components"), "schemas"))
      .filter(isNode)
      .map((schema) => nodeAt(nodeAt(schema, "properties"), "type")["const"]),
  );

  it("have ids that are unique over all files", () => {
    const all = workflows.map(([id]) => id);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(10);
  });

  it.each(workflows)("%s calls operations and waits for events that exist", (_id, workflow, file) => {
    for (const step of nodesAt(workflow, "steps").filter((one) => one["channelPath"] === undefined)) {
      const called = String(step["operationId"]).replace(/^\$sourceDescriptions\.partner\./, "");
      const operation = operations.find(({ id }) => id === called);
      expect(operation, `${basename(file)} ${String(step["stepId"])}`).toBeDefined();
      const type = nodesAt(step, "parameters").find(({ name }) => name === "type");
      if (type !== undefined) expect(types).toContain(type["value"]);
    }
  });

  it.each(workflows)("%s needs no input that has no default", (_id, workflow) => {
    for (const input of Object.values(nodeAt(nodeAt(workflow, "inputs"), "properties"))) {
      expect(isNode(input) && "default" in input && "description" in input).toBe(true);
    }
  });
});
