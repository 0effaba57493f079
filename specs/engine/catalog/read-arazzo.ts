import {
  arazzoSources,
  findStepOperation,
  findStepWorkflow,
  joinRelative,
  workflowsOf,
} from "./arazzo-sources.ts";
import { isPlainObject, type PlainObject } from "./pointer.ts";
import type { Report } from "./report.ts";
import type { Operation, WorkflowRef } from "./types.ts";

interface ArazzoDocument {
  readonly path: string;
  readonly content: PlainObject;
  readonly report: Report;
}

/** Workflows of all Arazzo documents of a spec set, with the operations that they call. */
export function readArazzo(
  documents: readonly ArazzoDocument[],
  operations: readonly Operation[],
  documentPaths: ReadonlySet<string>,
): WorkflowRef[] {
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const refs: WorkflowRef[] = [];
  for (const document of documents) {
    checkSources(document, documentPaths);
    for (const [id, { node, pointer }] of workflowsOf(document)) {
      const called: string[] = [];
      const walk = createWalk(byPath, operations, documentPaths, called);
      walk(document, id, new Set());
      refs.push({
        id,
        document: document.path,
        summary: text(node["summary"]),
        description: text(node["description"]),
        operations: called,
        pointer,
      });
    }
  }
  return refs;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function checkSources(document: ArazzoDocument, paths: ReadonlySet<string>): void {
  const list = document.content["sourceDescriptions"];
  if (!Array.isArray(list) || list.length === 0) {
    document.report.error(
      "/sourceDescriptions",
      "spec.arazzo.sources",
      "The document names no source description.",
      "Name the OpenAPI documents whose operations it calls.",
    );
    return;
  }
  for (const [index, source] of list.entries()) {
    const url = isPlainObject(source) ? source["url"] : undefined;
    if (typeof url === "string" && paths.has(joinRelative(document.path, url))) continue;
    document.report.error(
      `/sourceDescriptions/${index}`,
      "spec.arazzo.source-unknown",
      `The source description leads to ${String(url)}, which is no document of this spec set.`,
      "Give the relative path of an OpenAPI or Arazzo document inside the spec directory.",
    );
  }
}

type Walk = (document: ArazzoDocument, workflowId: string, inside: ReadonlySet<string>) => void;

/** Goes through the steps of a workflow and of those nested in it, collecting operation ids and reporting dead ends. */
function createWalk(
  byPath: ReadonlyMap<string, ArazzoDocument>,
  operations: readonly Operation[],
  paths: ReadonlySet<string>,
  called: string[],
): Walk {
  const walk: Walk = (document, workflowId, inside) => {
    const workflow = workflowsOf(document).get(workflowId);
    if (workflow === undefined) return;
    const key = `${document.path}#${workflowId}`;
    if (inside.has(key)) return;
    const sources = arazzoSources(document, (path) => paths.has(path));
    const steps = workflow.node["steps"];
    // Only the outermost pass reports: each workflow is outermost once.
    const report = inside.size === 0 ? document.report : undefined;
    for (const [index, step] of Array.isArray(steps) ? steps.entries() : []) {
      if (!isPlainObject(step)) continue;
      const at = `${workflow.pointer}/steps/${index}`;
      if (typeof step["workflowId"] === "string") {
        const target = findStepWorkflow(step["workflowId"], document.path, sources);
        const nested = target === undefined ? undefined : byPath.get(target.document);
        if (target === undefined || nested === undefined || !workflowsOf(nested).has(target.id)) {
          report?.error(
            `${at}/workflowId`,
            "spec.arazzo.workflow-unknown",
            `The step calls the workflow ${step["workflowId"]}, which doesn't exist.`,
            "Correct the id, or name its document under sourceDescriptions.",
          );
        } else walk(nested, target.id, new Set([...inside, key]));
        continue;
      }
      const operation = findStepOperation(step, sources, operations);
      if (operation !== undefined) called.push(operation.id);
      else {
        report?.error(
          at,
          "spec.arazzo.operation-unknown",
          `The step calls ${String(step["operationId"] ?? step["operationPath"])}, which no source description declares.`,
          "Correct the operationId or operationPath.",
        );
      }
    }
  };
  return walk;
}
