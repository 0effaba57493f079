import { oncePer } from "../../once-per.ts";
import { percentDecoded } from "../../percent-decoded.ts";
import { isPlainObject, type PlainObject } from "../pointer.ts";
import type { Operation, SpecDocument } from "../types.ts";

/** A document as sources are looked for among them. */
type Known = Pick<SpecDocument, "path" | "content">;

/** What `sourceDescriptions` of an Arazzo document lead to: name → path of a document of the spec set. */
export function arazzoSources(document: Known, documents: readonly Known[]): Map<string, string> {
  const sources = new Map<string, string>();
  const list = document.content["sourceDescriptions"];
  for (const source of Array.isArray(list) ? list : []) {
    if (!isPlainObject(source)) continue;
    const { name, url } = source;
    if (typeof name !== "string" || typeof url !== "string") continue;
    const path = findSource(document, url, documents);
    if (path !== undefined) sources.set(name, path);
  }
  return sources;
}

/**
 * The document that a source's URL means: one that says it is there (`$self`), one at that place beside this document,
 * or the only one that has the name of the published file. Nothing is fetched.
 */
export function findSource(document: Known, url: string, documents: readonly Known[]): string | undefined {
  const self = document.content["$self"];
  const absolute = URL.parse(url, typeof self === "string" ? self : undefined)?.href;
  const named = documents.find(({ content }) => absolute !== undefined && content["$self"] === absolute);
  if (named !== undefined) return named.path;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url)) {
    const path = joinRelative(document.path, url);
    return documents.some((one) => one.path === path) ? path : undefined;
  }
  const file = URL.parse(url)?.pathname.split("/").at(-1);
  const namesakes = documents.filter(({ path }) => file !== "" && path.split("/").at(-1) === file);
  return namesakes.length === 1 ? namesakes[0]?.path : undefined;
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
  const { byId, byPlace } = indexOf(operations);
  if (typeof operationId === "string") {
    const { source, id } = splitSourceReference(operationId);
    const [, name = "", rest = ""] = /^([^.]+)\.(.+)$/s.exec(operationId) ?? [];
    const among = new Set(source === undefined ? sources.values() : [sources.get(source)]);
    return (
      byId.get(id)?.find(({ document }) => among.has(document)) ??
      byId.get(rest)?.find(({ document }) => document === sources.get(name))
    );
  }
  if (typeof operationPath !== "string") return undefined;
  const match = /^\{?\$sourceDescriptions\.([^.}#]+)(?:\.url)?\}?#(\/.+)$/.exec(operationPath);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const document = sources.get(match[1]);
  return byPlace.get(`${document}#${percentDecoded(match[2])}`);
}

interface OperationIndex {
  readonly byId: ReadonlyMap<string, readonly Operation[]>;
  /** By document and pointer. */
  readonly byPlace: ReadonlyMap<string, Operation>;
}

/** Each step of each journey asks. */
const indexOf = oncePer((operations: readonly Operation[]): OperationIndex => {
  const places = operations.map((one) => [`${one.document}#${one.pointer}`, one] as const);
  return { byId: Map.groupBy(operations, declaredId), byPlace: new Map(places.reverse()) };
});

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

interface WorkflowNode {
  readonly node: PlainObject;
  readonly pointer: string;
}

/** The workflow objects of a document by id. */
export const workflowsOf = ({ content }: Pick<SpecDocument, "content">): ReadonlyMap<string, WorkflowNode> =>
  workflowsIn(content);

const workflowsIn = oncePer((content: PlainObject) => {
  const found = new Map<string, WorkflowNode>();
  const list = content["workflows"];
  for (const [index, node] of Array.isArray(list) ? list.entries() : []) {
    if (isPlainObject(node) && typeof node["workflowId"] === "string") {
      found.set(node["workflowId"], { node, pointer: `/workflows/${index}` });
    }
  }
  return found;
});
