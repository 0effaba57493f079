import { documentByPath, documentsOf } from "../catalog/lookup.ts";
import { isPlainObject, type PlainObject, resolvePointer } from "../catalog/pointer.ts";
import { arazzoSources, findStepWorkflow, workflowsOf } from "../catalog/read/arazzo-sources.ts";
import type { Catalog, SpecDocument } from "../catalog/types.ts";
import { objectsOf } from "../catalog/untyped.ts";
import { EcoError } from "../errors/index.ts";

/** A workflow with the document whose components and sources it sees. */
export interface WorkflowPlace {
  readonly id: string;
  readonly node: PlainObject;
  readonly document: SpecDocument;
  /** Source description name → document path. */
  readonly sources: ReadonlyMap<string, string>;
}

/** @throws EcoError `ECO_WORKFLOW_UNKNOWN` */
export function findWorkflow(catalog: Catalog, id: string, path?: string): WorkflowPlace {
  for (const document of documentsOf(catalog, "arazzo")) {
    if (path !== undefined && document.path !== path) continue;
    const found = workflowsOf(document).get(id);
    if (found === undefined) continue;
    const sources = arazzoSources(document, (source) => documentByPath(catalog, source) !== undefined);
    return { id, node: found.node, document, sources };
  }
  throw new EcoError(
    "ECO_WORKFLOW_UNKNOWN",
    `There is no workflow ${id}${path === undefined ? "" : ` in ${path}`}.`,
  );
}

/** A workflow as another one names it: by its id, or `$sourceDescriptions.NAME.ID`. */
export function findReferredWorkflow(
  catalog: Catalog,
  reference: string,
  from: WorkflowPlace,
): WorkflowPlace {
  const target = findStepWorkflow(reference, from.document.path, from.sources);
  if (target === undefined) {
    throw new EcoError(
      "ECO_WORKFLOW_UNKNOWN",
      `${reference} names no source description of ${from.document.path}.`,
    );
  }
  return findWorkflow(catalog, target.id, target.document);
}

/** What `$components.parameters.NAME` and its like lead to in a document; undefined where that is no object. */
export function componentOf({ content }: SpecDocument, reference: string): PlainObject | undefined {
  const target = resolvePointer(content, `/${reference.replace(/^\$/, "").replaceAll(".", "/")}`);
  return isPlainObject(target) ? target : undefined;
}

/** The objects of a list, with references to components followed. A reference may override the value. */
export function resolveList(list: unknown, place: WorkflowPlace): PlainObject[] {
  return objectsOf(list).map((item) => {
    const reference = item["reference"];
    if (typeof reference !== "string") return item;
    const target = componentOf(place.document, reference);
    if (target === undefined) {
      throw new EcoError(
        "ECO_EXPRESSION_INVALID",
        `${reference} leads to no component of ${place.document.path}.`,
      );
    }
    return item["value"] === undefined ? target : { ...target, value: item["value"] };
  });
}
