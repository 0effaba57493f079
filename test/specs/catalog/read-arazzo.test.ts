import { describe, expect, it } from "vitest";
import { assertSound } from "../../../specs/engine/catalog/load.ts";
import { workflowById } from "../../../specs/engine/catalog/lookup.ts";
import { getThings, loadFiles, openapi } from "../spec-set.ts";

describe("workflows", () => {
  const arazzo = (
    steps: object[],
    sources: object[] = [{ name: "api", type: "openapi", url: "api.json" }],
  ): object => ({
    arazzo: "1.0.1",
    info: { title: "J", version: "1" },
    sourceDescriptions: sources,
    workflows: [
      { workflowId: "main", summary: "Main", steps },
      { workflowId: "inner", steps: [{ stepId: "i", operationId: "listThings" }] },
    ],
  });
  it("list the operations they call, nested workflows included", async () => {
    const { catalog, findings } = await loadFiles({
      "api.json": openapi(getThings({})),
      "j.json": arazzo([
        { stepId: "a", operationId: "listThings" },
        { stepId: "b", workflowId: "inner" },
        { stepId: "c", operationPath: "{$sourceDescriptions.api.url}#/paths/~1things/get" },
      ]),
    });
    expect(findings).toEqual([]);
    expect(workflowById(catalog, "main")?.operations).toEqual(["listThings", "listThings", "listThings"]);
  });
  it.each([
    [
      "an unknown operation",
      [{ stepId: "a", operationId: "gone" }],
      undefined,
      "spec.arazzo.operation-unknown",
      "/workflows/0/steps/0",
    ],
    [
      "an operation under a path whose percent-encoding is broken",
      [{ stepId: "a", operationPath: "{$sourceDescriptions.api.url}#/paths/~1%zz/get" }],
      undefined,
      "spec.arazzo.operation-unknown",
      "/workflows/0/steps/0",
    ],
    [
      "an unknown workflow",
      [{ stepId: "a", workflowId: "gone" }],
      undefined,
      "spec.arazzo.workflow-unknown",
      "/workflows/0/steps/0/workflowId",
    ],
    [
      "a source outside the set",
      [],
      [
        { name: "api", type: "openapi", url: "api.json" },
        { name: "far", type: "openapi", url: "https://example.com/a.json" },
      ],
      "spec.arazzo.source-unknown",
      "/sourceDescriptions/1",
    ],
  ])("report %s with its place", async (_, steps, sources, code, pointer) => {
    const { findings } = await loadFiles({
      "api.json": openapi(getThings({})),
      "j.json": arazzo(steps, sources),
    });
    expect(findings).toMatchObject([{ severity: "error", code, pointer, document: "j.json" }]);
    expect(findings[0]?.line).toBeGreaterThan(1);
    expect(() => assertSound(findings)).toThrowError(expect.objectContaining({ code: "ECO_SPEC_INVALID" }));
  });
});
