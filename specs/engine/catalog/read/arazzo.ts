import { isPlainObject, type PlainObject } from "../pointer.ts";
import type { Report } from "../report.ts";
import type { Catalog, Operation, WorkflowRef } from "../types.ts";
import { textOf } from "../untyped.ts";
import {
  arazzoSources,
  findSource,
  findStepOperation,
  findStepWorkflow,
  isStandardReference,
  workflowsOf,
} from "./arazzo-sources.ts";
import { findStepChannel, isEventStep } from "./asyncapi-channels.ts";

interface ArazzoDocument {
  readonly path: string;
  readonly content: PlainObject;
  readonly report: Report;
}

/** What workflows may refer to. */
export type KnownSpecs = Pick<Catalog, "documents" | "operations" | "messages">;

/** Workflows of all Arazzo documents of a spec set, with the operations that they call. */
export function readArazzo(documents: readonly ArazzoDocument[], known: KnownSpecs): WorkflowRef[] {
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const refs: WorkflowRef[] = [];
  for (const document of documents) {
    checkSources(document, known.documents);
    for (const [id, { node, pointer }] of workflowsOf(document)) {
      const called: string[] = [];
      createWalk(byPath, known, called)(document, id, new Set());
      refs.push({
        id,
        document: document.path,
        summary: textOf(node["summary"]),
        description: textOf(node["description"]),
        operations: called,
        pointer,
      });
    }
  }
  return refs;
}

function checkSources(document: ArazzoDocument, documents: KnownSpecs["documents"]): void {
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
    if (typeof url === "string" && findSource(document, url, documents) !== undefined) continue;
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
function createWalk(byPath: ReadonlyMap<string, ArazzoDocument>, known: KnownSpecs, called: string[]): Walk {
  // Where messages are read from, unless a run is given others.
  const listing = known.operations.find(({ capability }) => capability?.name === "events.list");
  const walk: Walk = (document, workflowId, inside) => {
    const workflow = workflowsOf(document).get(workflowId);
    if (workflow === undefined) return;
    const key = `${document.path}#${workflowId}`;
    if (inside.has(key)) return;
    const sources = arazzoSources(document, known.documents);
    const steps = workflow.node["steps"];
    // Only the outermost pass reports: each workflow is outermost once.
    const report = inside.size === 0 ? document.report : undefined;
    for (const [index, step] of Array.isArray(steps) ? steps.entries() : []) {
      if (!isPlainObject(step)) continue;
      const at = `${workflow.pointer}/steps/${index}`;
      const found = targetOf(step, document, sources, byPath, known);
      if (found === undefined) reportUnknown(step, at, report);
      else if ("operation" in found) called.push(found.operation.id);
      else if ("workflow" in found)
        walk(found.workflow.document, found.workflow.id, new Set([...inside, key]));
      else if (listing !== undefined) called.push(listing.id);
      if (found !== undefined && !isStandardReference(step)) {
        report?.warning(
          at,
          "spec.arazzo.reference-form",
          "The step names what it calls in a form that the standard doesn't have; other runners may refuse it.",
          "Write $sourceDescriptions.NAME.ID, or {$sourceDescriptions.NAME.url}#/paths/… as operationPath.",
        );
      }
    }
  };
  return walk;
}

type Target =
  | { readonly operation: Operation }
  | { readonly workflow: { readonly document: ArazzoDocument; readonly id: string } }
  | { readonly channel: string };

/** What a step calls; undefined when it doesn't exist. */
function targetOf(
  step: PlainObject,
  document: ArazzoDocument,
  sources: ReadonlyMap<string, string>,
  byPath: ReadonlyMap<string, ArazzoDocument>,
  known: KnownSpecs,
): Target | undefined {
  if (typeof step["workflowId"] === "string") {
    const target = findStepWorkflow(step["workflowId"], document.path, sources);
    const nested = target && byPath.get(target.document);
    if (target === undefined || nested === undefined || !workflowsOf(nested).has(target.id)) return undefined;
    return { workflow: { document: nested, id: target.id } };
  }
  if (isEventStep(step)) {
    const channel = findStepChannel(step, sources, known);
    return channel && { channel: channel.name };
  }
  const operation = findStepOperation(step, sources, known.operations);
  return operation && { operation };
}

function reportUnknown(step: PlainObject, at: string, report: Report | undefined): void {
  if (typeof step["workflowId"] === "string") {
    report?.error(
      `${at}/workflowId`,
      "spec.arazzo.workflow-unknown",
      `The step calls the workflow ${step["workflowId"]}, which doesn't exist.`,
      "Correct the id, or name its document under sourceDescriptions.",
    );
    return;
  }
  const name = String(step["operationId"] ?? step["operationPath"] ?? step["channelPath"]);
  report?.error(
    at,
    "spec.arazzo.operation-unknown",
    `The step calls ${name}, which no source description declares.`,
    `Correct the ${isEventStep(step) ? "operationId or channelPath" : "operationId or operationPath"}.`,
  );
}
