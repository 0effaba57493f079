import { EcoError } from "../errors/index.ts";
import { oncePer } from "../once-per.ts";
import { follow, normalisePointer } from "./follow.ts";
import { isPlainObject, resolvePointer } from "./pointer.ts";
import type {
  Catalog,
  DocumentKind,
  Message,
  Operation,
  Schema,
  SchemaRef,
  SpecDocument,
  WorkflowRef,
} from "./types.ts";

/** Indexes of a catalogue. */
interface Index {
  readonly operations: ReadonlyMap<string, Operation>;
  readonly capabilities: ReadonlyMap<string, readonly Operation[]>;
  readonly events: ReadonlyMap<string, Message>;
  readonly messageTypes: ReadonlyMap<string, Message>;
  readonly documents: ReadonlyMap<string, SpecDocument>;
}

const indexCatalog = oncePer(
  ({ operations, messages, documents }: Catalog): Index => ({
    operations: new Map(operations.map((operation) => [operation.id, operation])),
    capabilities: Map.groupBy(
      operations.filter((operation) => operation.capability !== undefined),
      (operation) => operation.capability?.name ?? "",
    ),
    events: firstBy(messages, (message) => message.event),
    messageTypes: firstBy(messages, (message) => message.type),
    documents: new Map(documents.map((document) => [document.path, document])),
  }),
);

function firstBy<T>(items: readonly T[], key: (item: T) => string | undefined): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) {
    const name = key(item);
    if (name !== undefined && !map.has(name)) map.set(name, item);
  }
  return map;
}

export function operationById(catalog: Catalog, id: string): Operation | undefined {
  return indexCatalog(catalog).operations.get(id);
}

/** @throws EcoError `ECO_OPERATION_UNKNOWN` */
export function requireOperation(catalog: Catalog, id: string): Operation {
  const operation = operationById(catalog, id);
  if (operation === undefined) throw new EcoError("ECO_OPERATION_UNKNOWN", `There is no operation ${id}.`);
  return operation;
}

/** Whether an operation declares a header, given in lower case. */
export function takesHeader({ parameters }: Operation, name: string): boolean {
  return parameters.some((parameter) => parameter.in === "header" && parameter.name.toLowerCase() === name);
}

/** Operations bound to a capability, in the order of the documents. */
export function operationsByCapability(catalog: Catalog, name: string): readonly Operation[] {
  return indexCatalog(catalog).capabilities.get(name) ?? [];
}

/** The message that a domain event is sent as (`x-eco-event`). */
export function messageByEvent(catalog: Catalog, event: string): Message | undefined {
  return indexCatalog(catalog).events.get(event);
}

/** By its CloudEvents type. */
export function messageByType(catalog: Catalog, type: string): Message | undefined {
  return indexCatalog(catalog).messageTypes.get(type);
}

export function documentsOf(catalog: Catalog, kind: DocumentKind): readonly SpecDocument[] {
  return catalog.documents.filter((document) => document.kind === kind);
}

export function documentByPath(catalog: Catalog, path: string): SpecDocument | undefined {
  return indexCatalog(catalog).documents.get(path);
}

export function workflowById(catalog: Catalog, id: string): WorkflowRef | undefined {
  return catalog.workflows.find((workflow) => workflow.id === id);
}

/** The schema at a place, references at its top followed; undefined where nothing stands. */
export function schemaAt(catalog: Catalog, ref: SchemaRef): Schema | undefined {
  const content = documentByPath(catalog, ref.document)?.content;
  const node = follow(content, resolvePointer(content, ref.pointer), ref.pointer)?.node;
  return typeof node === "boolean" || isPlainObject(node) ? node : undefined;
}

/** The place that a `$ref` inside a document leads to. */
export function refTarget(document: string, ref: string): SchemaRef {
  return { document, pointer: normalisePointer(ref) };
}

export { resolvePointer } from "./pointer.ts";

/** Whether an operation exchanges credentials for an access token of the sandbox's own. */
export const issuesTokens = ({ capability }: Pick<Operation, "capability">): boolean =>
  capability?.name === "tokens.issue";
