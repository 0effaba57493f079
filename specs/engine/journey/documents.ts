import { documentByPath, documentsOf } from "../catalog/lookup.ts";
import { isPlainObject, member, type PlainObject } from "../catalog/pointer.ts";
import { arazzoSources, findStepWorkflow, workflowsOf } from "../catalog/read/arazzo-sources.ts";
import type { Catalog, SpecDocument } from "../catalog/types.ts";
import { objectsOf } from "../catalog/untyped.ts";
import { EcoError } from "../errors/index.ts";

/** A workflow with the document whose components and sources it sees. */
export interface WorkflowPlace {
  readonly id: string;
  readonly node: PlainObject;
  /** Where it stands in its document. */
  readonly pointer: string;
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
    const sources = arazzoSources(document, catalog.documents);
    return { id, ...found, document, sources };
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

/** What a reference to a workflow leads to, seen from a document with these sources; undefined where there is none. */
export function placeReferred(
  catalog: Catalog,
  reference: string,
  { document, sources }: Pick<WorkflowPlace, "document" | "sources">,
): { readonly document: SpecDocument; readonly id: string } | undefined {
  const target = findStepWorkflow(reference, document.path, sources);
  const found = target && documentByPath(catalog, target.document);
  return found !== undefined && target !== undefined && workflowsOf(found).has(target.id)
    ? { document: found, id: target.id }
    : undefined;
}

/** The kinds of components that a reusable object may refer to. */
export type ComponentKind = "parameters" | "successActions" | "failureActions";

/** What `$components.parameters.NAME` and its like lead to in a document; undefined where that is no object. */
export function componentOf({ content }: SpecDocument, reference: string): PlainObject | undefined {
  const { kind, name } = componentParts(reference);
  // A name may hold dots itself.
  const target = member(member(content["components"], kind), name);
  return isPlainObject(target) ? target : undefined;
}

/** `$components.parameters.my.limit` → `parameters`, `my.limit`; empty where it is no such reference. */
export function componentParts(reference: string): { readonly kind: string; readonly name: string } {
  const [, kind = "", name = ""] = /^\$components\.([^.]+)\.(.+)$/s.exec(reference) ?? [];
  return { kind, name };
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
