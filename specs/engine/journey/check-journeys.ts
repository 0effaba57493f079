import type { UnplacedFinding } from "../catalog/finding.ts";
import { documentByPath, documentsOf } from "../catalog/lookup.ts";
import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";
import { arazzoSources, workflowsOf } from "../catalog/read/arazzo-sources.ts";
import { createReport, type Report } from "../catalog/report.ts";
import type { Catalog } from "../catalog/types.ts";
import { objectsOf } from "../catalog/untyped.ts";
import { checkActions } from "./check-actions.ts";
import { checkValue } from "./check-expressions.ts";
import { checkStep } from "./check-step.ts";
import { inputSchema } from "./inputs.ts";
import type { WorkflowCheck } from "./workflow-check.ts";

/** What is wrong with the workflows of a catalogue, without running them. Unknown operations are the loader's findings. */
export function checkJourneys(catalog: Catalog): UnplacedFinding[] {
  const findings: UnplacedFinding[] = [];
  for (const document of documentsOf(catalog, "arazzo")) {
    const report = createReport(document.path, findings);
    const sources = arazzoSources(document, (path) => documentByPath(catalog, path) !== undefined);
    const list = document.content["workflows"];
    checkIds(list, "workflowId", "/workflows", report);
    for (const [id, { node, pointer }] of workflowsOf(document)) {
      const steps = new Map(
        objectsOf(node["steps"]).map((step) => [String(step["stepId"]), outputsOf(step)]),
      );
      const schema = inputSchema({ id, node, document, sources });
      const properties = schema?.["properties"];
      const inputs = isPlainObject(properties)
        ? new Set(Object.keys(properties))
        : schema === undefined
          ? new Set<string>()
          : "any";
      checkWorkflow({ catalog, document, sources, id, workflow: node, steps, inputs, report }, pointer);
    }
  }
  return findings;
}

function outputsOf(step: PlainObject): ReadonlySet<string> | "any" {
  if (isPlainObject(step["outputs"])) return new Set(Object.keys(step["outputs"]));
  return step["workflowId"] === undefined ? new Set() : "any";
}

function checkIds(list: unknown, key: string, at: string, report: Report): void {
  const seen = new Set<string>();
  for (const [index, item] of Array.isArray(list) ? list.entries() : []) {
    const id = isPlainObject(item) ? item[key] : undefined;
    const pointer = `${at}/${index}`;
    if (typeof id !== "string" || id === "") {
      report.error(pointer, "spec.arazzo.id", `Here a ${key} is missing.`, `Give it a ${key}.`);
    } else if (seen.has(id)) {
      report.error(
        `${pointer}/${key}`,
        "spec.arazzo.id",
        `The ${key} ${id} is used twice.`,
        "Give each its own.",
      );
    } else seen.add(id);
  }
}

function checkWorkflow(check: WorkflowCheck, at: string): void {
  const { workflow, report } = check;
  checkIds(workflow["steps"], "stepId", `${at}/steps`, report);
  if (objectsOf(workflow["steps"]).length === 0) {
    report.error(at, "spec.arazzo.steps", `The workflow ${check.id} has no steps.`, "Give it at least one.");
  }
  for (const [index, step] of objectsOf(workflow["steps"]).entries())
    checkStep(check, step, `${at}/steps/${index}`);
  for (const key of ["successActions", "failureActions"]) checkActions(check, workflow[key], `${at}/${key}`);
  checkValue(check, workflow["outputs"], `${at}/outputs`);
}
