import { didYouMean } from "../../suggest.ts";
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
  const walk = createWalk(documents, known);
  const refs: WorkflowRef[] = [];
  for (const document of documents) {
    checkSources(document, known.documents);
    const workflows = workflowsOf(document);
    if (workflows.size > WORKFLOWS) {
      document.report.error(
        "/workflows",
        "spec.document.too-large",
        `The document has ${workflows.size} workflows; at most ${WORKFLOWS} are read.`,
        "Split it into several documents.",
      );
      continue;
    }
    for (const [id, { node, pointer }] of workflows) {
      refs.push({
        id,
        document: document.path,
        summary: textOf(node["summary"]),
        description: textOf(node["description"]),
        operations: walk(document, id),
        pointer,
      });
    }
  }
  return refs;
}

const WORKFLOWS = 2_000;

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

/** A run makes no more steps either, unless it is told to; workflows within workflows can come to any number. */
const STEPS_FOLLOWED = 1_000;

/**
 * Goes through the steps of a workflow and of those nested in it, as far as a run would go: gives the ids of the
 * operations, and reports dead ends.
 */
function createWalk(
  documents: readonly ArazzoDocument[],
  known: KnownSpecs,
): (document: ArazzoDocument, workflowId: string) => string[] {
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const sourcesOf = new Map(
    documents.map((document) => [document, arazzoSources(document, known.documents)]),
  );
  // Where messages are read from, unless a run is given others.
  const listing = known.operations.find(({ capability }) => capability?.name === "events.list");
  const targets = new Map<PlainObject, Target | undefined>();
  const find = (step: PlainObject, document: ArazzoDocument): Target | undefined => {
    if (!targets.has(step))
      targets.set(step, targetOf(step, document, sourcesOf.get(document) ?? new Map(), byPath, known));
    return targets.get(step);
  };
  return (outermost, outermostId) => {
    const called: string[] = [];
    const inside = new Set<string>();
    let left = STEPS_FOLLOWED;
    const walk = (document: ArazzoDocument, workflowId: string): void => {
      const workflow = workflowsOf(document).get(workflowId);
      const key = `${document.path}#${workflowId}`;
      if (workflow === undefined || inside.has(key)) return;
      // Only the outermost pass reports, and sees every step: each workflow is outermost once.
      const report = inside.size === 0 ? document.report : undefined;
      inside.add(key);
      const steps = workflow.node["steps"];
      for (const [index, step] of Array.isArray(steps) ? steps.entries() : []) {
        if (!isPlainObject(step)) continue;
        const found = find(step, document);
        reportStep(step, found, `${workflow.pointer}/steps/${index}`, known, report);
        left -= 1;
        if (found === undefined) continue;
        if (left >= 0 && "workflow" in found) walk(found.workflow.document, found.workflow.id);
        else if (left >= 0 && "operation" in found) called.push(found.operation.id);
        else if (left >= 0 && listing !== undefined) called.push(listing.id);
        else if (left < 0 && report === undefined) break;
      }
      inside.delete(key);
    };
    walk(outermost, outermostId);
    return called;
  };
}

function reportStep(
  step: PlainObject,
  found: Target | undefined,
  at: string,
  known: KnownSpecs,
  report: Report | undefined,
): void {
  if (found === undefined) reportUnknown(step, at, known, report);
  else if (!isStandardReference(step)) {
    report?.warning(
      at,
      "spec.arazzo.reference-form",
      "The step names what it calls in a form that the standard doesn't have; other runners may refuse it.",
      "Write $sourceDescriptions.NAME.ID, or {$sourceDescriptions.NAME.url}#/paths/… as operationPath.",
    );
  }
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

function reportUnknown(step: PlainObject, at: string, known: KnownSpecs, report: Report | undefined): void {
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
    didYouMean(
      name.split(".").at(-1) ?? name,
      known.operations.map(({ id }) => id),
    ) ?? `Correct the ${isEventStep(step) ? "operationId or channelPath" : "operationId or operationPath"}.`,
  );
}
