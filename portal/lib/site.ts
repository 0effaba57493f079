import { resolve } from "node:path";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import type {
  Catalog,
  DocumentKind,
  Message,
  Operation,
  RoleDefinition,
  SchemaRef,
  SpecDocument,
  WorkflowRef,
} from "../../specs/engine/catalog/types.ts";
import { at, list, object, objects, text } from "./json.ts";
import { componentPointers, type NamedSchema, type SchemaSource, schemaKey } from "./schema.ts";
import { subjectsByPath } from "./subjects.ts";
import { slug, uniqueSegments } from "./url.ts";

export interface OperationPage {
  readonly operation: Operation;
  readonly href: string;
  readonly tag: TagPage;
  readonly segment: string;
}

export interface TagPage {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Path of the OpenAPI document in which its first operation stands. */
  readonly document: string;
  readonly segment: string;
  readonly href: string;
  readonly operations: OperationPage[];
}

export interface SchemaPage extends NamedSchema {
  readonly ref: SchemaRef;
  readonly segment: string;
  readonly href: string;
}

export interface MessagePage {
  readonly message: Message;
  readonly segment: string;
  readonly href: string;
}

export interface JourneyPage {
  readonly workflow: WorkflowRef;
  readonly content: { readonly [key: string]: unknown };
  readonly document: SpecDocument;
  readonly segment: string;
  readonly href: string;
}

/** A document of ours (rate card, agreement, …) with its page. */
export interface DocumentPage {
  readonly document: SpecDocument;
  readonly id: string;
  readonly title: string;
  readonly segment: string;
  readonly href: string;
}

/** The spec set as the portal sees it: every page that there is, by kind, and the way from a name to its page. */
export interface Site {
  /** Absolute path of the spec set. */
  readonly root: string;
  readonly catalog: Catalog;
  readonly source: SchemaSource;
  readonly tags: readonly TagPage[];
  readonly operations: ReadonlyMap<string, OperationPage>;
  readonly schemas: readonly SchemaPage[];
  readonly schemaByKey: ReadonlyMap<string, SchemaPage>;
  readonly messages: readonly MessagePage[];
  readonly journeys: readonly JourneyPage[];
  readonly rateCards: readonly DocumentPage[];
  readonly agreements: readonly DocumentPage[];
  /** Those that documents name: a single document has none, and what the sandbox makes up for it says nothing to a reader. */
  readonly roles: readonly RoleDefinition[];
  document(path: string): SpecDocument | undefined;
  ofKind(kind: DocumentKind): readonly SpecDocument[];
}

let loaded: Promise<Site> | undefined;

/** The one spec set of this build: `ECO_SPECS`, loaded once. */
export function site(): Promise<Site> {
  loaded ??= load(process.env["ECO_SPECS"] ?? "specs");
  return loaded;
}

async function load(path: string): Promise<Site> {
  const root = resolve(path);
  const { catalog, findings } = await loadCatalog(root);
  const errors = findings.filter((finding) => finding.severity === "error");
  if (errors.length > 0) {
    const lines = errors
      .slice(0, 10)
      .map((finding) => `  ${finding.document}${finding.pointer}: ${finding.message}`);
    console.warn(
      `The spec set has ${errors.length} errors; pages may lack what they concern:\n${lines.join("\n")}`,
    );
  }
  return createSite(root, catalog);
}

/** Everything that pages need, derived from a catalogue alone. */
export function createSite(root: string, catalog: Catalog): Site {
  const documents = new Map(catalog.documents.map((document) => [document.path, document]));
  const ofKind = (kind: DocumentKind): readonly SpecDocument[] =>
    catalog.documents.filter((document) => document.kind === kind);
  const schemas = schemaPages(catalog);
  const schemaByKey = new Map(schemas.flatMap((page) => page.keys.map((key) => [key, page] as const)));
  const source: SchemaSource = {
    resolve: (ref) => at(documents.get(ref.document)?.content, ref.pointer),
    named: (ref) => schemaByKey.get(schemaKey(ref)),
  };
  const tags = tagPages(catalog);
  const operations = new Map(
    tags.flatMap((tag) => tag.operations.map((page) => [page.operation.id, page] as const)),
  );
  return {
    root,
    catalog,
    source,
    tags,
    operations,
    schemas,
    schemaByKey,
    messages: messagePages(catalog),
    journeys: journeyPages(catalog, documents),
    rateCards: documentPages(ofKind("rate-card"), "/rate-cards/"),
    agreements: documentPages(ofKind("agreement"), "/agreements/"),
    roles: ofKind("ecosystem").length > 0 ? catalog.ecosystem.roles : [],
    document: (wanted) => documents.get(wanted),
    ofKind,
  };
}

function tagPages(catalog: Catalog): readonly TagPage[] {
  const declared = new Map<string, { title: string; description: string }>();
  for (const document of catalog.documents) {
    for (const tag of objects(document.content["tags"])) {
      const name = text(tag["name"]);
      declared.set(name, {
        title: text(tag["x-displayName"]) || name,
        description: text(tag["description"]),
      });
    }
  }
  const segments = uniqueSegments(slug);
  const subjects = subjectsByPath(catalog);
  const pages = new Map<string, TagPage>();
  const names = uniqueSegments();
  const order = [...declared.keys()];
  for (const operation of catalog.operations) {
    const name =
      operation.tags[0] ??
      subjects.get(operation.id) ??
      (text(object(documentInfo(catalog, operation.document))["title"]) || "operations");
    let tag = pages.get(name);
    if (tag === undefined) {
      const own = segments(name === "" ? "operations" : name);
      const { title, description } = declared.get(name) ?? { title: name || "Operations", description: "" };
      tag = {
        name,
        title,
        description,
        document: operation.document,
        segment: own,
        href: `/api/${own}/`,
        operations: [],
      };
      pages.set(name, tag);
    }
    const own = names(operation.id);
    tag.operations.push({ operation, tag, segment: own, href: `${tag.href}${own}/` });
  }
  // The API with most operations leads; within it the order in which its document declares the tags.
  const weight = (path: string): number =>
    catalog.operations.filter((operation) => operation.document === path).length;
  const place = (tag: TagPage): number => order.indexOf(tag.name) + 1 || order.length + 1;
  return [...pages.values()].sort((a, b) => weight(b.document) - weight(a.document) || place(a) - place(b));
}

function documentInfo(catalog: Catalog, path: string): unknown {
  return catalog.documents.find((document) => document.path === path)?.content["info"];
}

// One page for schemas of the same name and content in several documents, as a shared problem schema has.
function schemaPages(catalog: Catalog): readonly (SchemaPage & { readonly keys: string[] })[] {
  const segments = uniqueSegments();
  const byContent = new Map<string, SchemaPage & { readonly keys: string[] }>();
  for (const document of catalog.documents) {
    for (const { name, pointer } of componentPointers(document.content)) {
      const ref: SchemaRef = { document: document.path, pointer };
      const key = schemaKey(ref);
      const content = `${name}\n${JSON.stringify(at(document.content, pointer))}`;
      const known = byContent.get(content);
      if (known !== undefined) known.keys.push(key);
      else {
        const own = segments(name);
        byContent.set(content, { name, key, keys: [key], ref, segment: own, href: `/schemas/${own}/` });
      }
    }
  }
  return [...byContent.values()].sort((a, b) => a.name.localeCompare(b.name, "en"));
}

function messagePages(catalog: Catalog): readonly MessagePage[] {
  const segments = uniqueSegments();
  return catalog.messages.map((message) => {
    const own = segments(message.id);
    return { message, segment: own, href: `/events/${own}/` };
  });
}

function journeyPages(
  catalog: Catalog,
  documents: ReadonlyMap<string, SpecDocument>,
): readonly JourneyPage[] {
  const segments = uniqueSegments();
  return catalog.workflows.flatMap((workflow) => {
    const document = documents.get(workflow.document);
    if (document === undefined) return [];
    const own = segments(workflow.id);
    const content = object(at(document.content, workflow.pointer));
    return [{ workflow, content, document, segment: own, href: `/journeys/${own}/` }];
  });
}

function documentPages(documents: readonly SpecDocument[], base: string): readonly DocumentPage[] {
  const segments = uniqueSegments();
  return documents.map((document) => {
    const id = text(document.content["id"]) || document.path;
    const own = segments(id);
    const title = text(document.content["title"]) || text(document.content["name"]) || id;
    return { document, id, title, segment: own, href: `${base}${own}/` };
  });
}

/** The first server of an OpenAPI document, for examples. Empty where it names none. */
export function serverOf(document: SpecDocument | undefined): string {
  const server = objects(list(document?.content["servers"]))[0];
  const variables = object(server?.["variables"]);
  return text(server?.["url"]).replace(/\{([^}]+)\}/gu, (_, name: string) =>
    text(object(variables[name])["default"]),
  );
}

/** Where the pages of operations are, with what is on each. */
export async function operationPaths() {
  const { tags } = await site();
  return tags.flatMap((tag) =>
    tag.operations.map((page) => ({
      params: { tag: tag.segment, operation: page.segment },
      props: { page },
    })),
  );
}
