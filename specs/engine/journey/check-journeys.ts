import type { UnplacedFinding } from "../catalog/finding.ts";
import { documentsOf } from "../catalog/lookup.ts";
import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";
import { arazzoSources, workflowsOf } from "../catalog/read/arazzo-sources.ts";
import { createReport, type Report } from "../catalog/report.ts";
import type { Catalog, SpecDocument } from "../catalog/types.ts";
import { objectsOf, textsOf } from "../catalog/untyped.ts";
import { checkActions } from "./check-actions.ts";
import { checkValue } from "./check-expressions.ts";
import { checkStep } from "./check-step.ts";
import { placeReferred, type WorkflowPlace } from "./documents.ts";
import { inputSchema } from "./inputs.ts";
import { languagesOfQueries } from "./selector-languages.ts";
import type { WorkflowCheck } from "./workflow-check.ts";

/** What is wrong with the workflows of a catalogue, without running them. Unknown operations are the loader's findings. */
export async function checkJourneys(catalog: Catalog): Promise<UnplacedFinding[]> {
  const findings: UnplacedFinding[] = [];
  for (const document of documentsOf(catalog, "arazzo")) {
    const report = createReport(document.path, findings);
    const sources = arazzoSources(document, catalog.documents);
    const languages = await languagesOfQueries(document.content);
    const list = document.content["workflows"];
    checkIds(list, "workflowId", "/workflows", report);
    for (const [id, { node, pointer }] of workflowsOf(document)) {
      const steps = new Map(
        objectsOf(node["steps"]).map((step) => [String(step["stepId"]), outputsOf(step)]),
      );
      const inputs = inputsOf({ id, node, pointer, document, sources });
      checkWorkflow(
        { catalog, document, sources, id, workflow: node, steps, inputs, languages, report },
        pointer,
      );
    }
  }
  return findings;
}

function inputsOf(place: WorkflowPlace): ReadonlySet<string> | "any" {
  const schema = inputSchema(place);
  const properties = schema?.["properties"];
  if (isPlainObject(properties)) return new Set(Object.keys(properties));
  return schema === undefined ? new Set<string>() : "any";
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
  const steps = objectsOf(workflow["steps"]);
  if (steps.length === 0) {
    report.error(at, "spec.arazzo.steps", `The workflow ${check.id} has no steps.`, "Give it at least one.");
  }
  const inTurn = runsInTurn(workflow, steps);
  for (const [index, step] of steps.entries()) {
    const before = new Set(steps.slice(0, index + 1).map(({ stepId }) => String(stepId)));
    checkStep(inTurn ? { ...check, before } : check, step, `${at}/steps/${index}`);
  }
  for (const key of ["successActions", "failureActions"]) checkActions(check, workflow[key], `${at}/${key}`);
  checkDependencies(check, at);
  checkValue(check, workflow["outputs"], `${at}/outputs`);
}

const ACTION_LISTS = ["successActions", "failureActions", "onSuccess", "onFailure"] as const;

/** Whether the steps run as they are written: no action may lead to another one, and none waits for another. */
function runsInTurn(workflow: PlainObject, steps: readonly PlainObject[]): boolean {
  const actions = [workflow, ...steps].flatMap((node) => ACTION_LISTS.flatMap((key) => objectsOf(node[key])));
  return (
    actions.every(({ type }) => type === "end") && steps.every((step) => step["dependsOn"] === undefined)
  );
}

/** The workflows that must have passed before: that they are there, and don't wait for this one. */
function checkDependencies(check: WorkflowCheck, at: string): void {
  const { catalog, report, workflow } = check;
  for (const [index, reference] of textsOf(workflow["dependsOn"]).entries()) {
    const pointer = `${at}/dependsOn/${index}`;
    const target = placeReferred(catalog, reference, check);
    if (target === undefined)
      report.error(
        pointer,
        "spec.arazzo.depends",
        `The workflow depends on ${reference}, which doesn't exist.`,
        "Correct the id, or name its document under sourceDescriptions.",
      );
    else if (waitsFor(catalog, target, `${check.document.path}#${check.id}`, new Set()))
      report.error(
        pointer,
        "spec.arazzo.depends",
        `The workflow depends on ${reference}, which depends on this one.`,
        "Remove one of the two dependencies.",
      );
  }
}

/** Whether a workflow depends, however indirectly, on the one of this key. */
function waitsFor(
  catalog: Catalog,
  { document, id }: { readonly document: SpecDocument; readonly id: string },
  key: string,
  seen: Set<string>,
): boolean {
  const own = `${document.path}#${id}`;
  if (own === key) return true;
  if (seen.has(own)) return false;
  seen.add(own);
  const from = { document, sources: arazzoSources(document, catalog.documents) };
  return textsOf(workflowsOf(document).get(id)?.node["dependsOn"]).some((reference) => {
    const target = placeReferred(catalog, reference, from);
    return target !== undefined && waitsFor(catalog, target, key, seen);
  });
}
