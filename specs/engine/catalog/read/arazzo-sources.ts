import { percentDecoded } from "../../percent-decoded.ts";
import { isPlainObject, type PlainObject } from "../pointer.ts";
import type { Operation, SpecDocument } from "../types.ts";

/** What `sourceDescriptions` of an Arazzo document lead to: name → path of a document of the spec set. */
export function arazzoSources(
  document: { readonly path: string; readonly content: PlainObject },
  known: (path: string) => boolean,
): Map<string, string> {
  const sources = new Map<string, string>();
  const list = document.content["sourceDescriptions"];
  for (const source of Array.isArray(list) ? list : []) {
    if (!isPlainObject(source)) continue;
    const { name, url } = source;
    if (typeof name !== "string" || typeof url !== "string") continue;
    const path = joinRelative(document.path, url);
    if (known(path)) sources.set(name, path);
  }
  return sources;
}

/** `../openapi/a.yaml` seen from `arazzo/b.yaml`: `openapi/a.yaml`. A URL stays as it is and matches nothing. */
export function joinRelative(from: string, url: string): string {
  const segments = from.split("/").slice(0, -1);
  for (const segment of url.split("#")[0]?.split("/") ?? []) {
    if (segment === "..") segments.pop();
    else if (segment !== "." && segment !== "") segments.push(segment);
  }
  return segments.join("/");
}

/** `$sourceDescriptions.NAME.ID` → its name and id; a bare id has no source. */
export function splitSourceReference(reference: string): { readonly source?: string; readonly id: string } {
  const match = /^\$sourceDescriptions\.([^.]+)\.(.+)$/.exec(reference);
  if (match?.[1] === undefined || match[2] === undefined) return { id: reference };
  return { source: match[1], id: match[2] };
}

/** `{$sourceDescriptions.NAME.url}#/…` and `$sourceDescriptions.NAME.ID` or a bare id: the forms that the standard has. */
export function isStandardReference({ operationId, operationPath, workflowId }: PlainObject): boolean {
  if (typeof operationPath === "string")
    return /^\{\$sourceDescriptions\.[^.}#]+\.url\}#\//.test(operationPath);
  if (typeof workflowId === "string") return !/^\$sourceDescriptions\.[^.]+\.workflows\./.test(workflowId);
  return typeof operationId !== "string" || operationId.startsWith("$") || !operationId.includes(".");
}

/**
 * How a step names its operation, looked up; undefined when there is none. `NAME.ID` and `$sourceDescriptions.NAME#/…`
 * are no forms of the standard, but other runners take them.
 */
export function findStepOperation(
  step: PlainObject,
  sources: ReadonlyMap<string, string>,
  operations: readonly Operation[],
): Operation | undefined {
  const { operationId, operationPath } = step;
  if (typeof operationId === "string") {
    const { source, id } = splitSourceReference(operationId);
    const among = source === undefined ? [...sources.values()] : [sources.get(source)];
    return (
      operations.find((operation) => declaredId(operation) === id && among.includes(operation.document)) ??
      operations.find(
        (operation) =>
          operationId.endsWith(`.${declaredId(operation)}`) &&
          sources.get(operationId.slice(0, -declaredId(operation).length - 1)) === operation.document,
      )
    );
  }
  if (typeof operationPath !== "string") return undefined;
  const match = /^\{?\$sourceDescriptions\.([^.}#]+)(?:\.url)?\}?#(\/.+)$/.exec(operationPath);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const document = sources.get(match[1]);
  const pointer = percentDecoded(match[2]);
  return operations.find((operation) => operation.document === document && operation.pointer === pointer);
}

/** The id as its document gives it: one that two documents share carries the document's path in the catalogue. */
function declaredId(operation: Operation): string {
  const suffix = `@${operation.document}`;
  return operation.id.endsWith(suffix) ? operation.id.slice(0, -suffix.length) : operation.id;
}

/** How a step names another workflow: its document and id. */
export function findStepWorkflow(
  reference: string,
  document: string,
  sources: ReadonlyMap<string, string>,
): { readonly document: string; readonly id: string } | undefined {
  const { source, id } = splitSourceReference(reference);
  if (source === undefined) return { document, id };
  const target = sources.get(source);
  // Other runners write `$sourceDescriptions.NAME.workflows.ID`.
  return target === undefined ? undefined : { document: target, id: id.replace(/^workflows\./, "") };
}

/** The workflow objects of a document by id. */
export function workflowsOf(
  document: Pick<SpecDocument, "content">,
): Map<string, { node: PlainObject; pointer: string }> {
  const found = new Map<string, { node: PlainObject; pointer: string }>();
  const list = document.content["workflows"];
  for (const [index, node] of Array.isArray(list) ? list.entries() : []) {
    if (isPlainObject(node) && typeof node["workflowId"] === "string") {
      found.set(node["workflowId"], { node, pointer: `/workflows/${index}` });
    }
  }
  return found;
}
