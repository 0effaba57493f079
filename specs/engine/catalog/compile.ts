import { digestOf } from "./digest.ts";
import type { Finding, UnplacedFinding } from "./finding.ts";
import { checkBindings } from "./lint/bindings.ts";
import { checkExtensions } from "./lint/extensions.ts";
import { checkReferences } from "./lint/references.ts";
import { checkUnique } from "./lint/unique.ts";
import { checkUnread } from "./lint/unread.ts";
import { normaliseDocument } from "./normalise/document.ts";
import { readArazzo } from "./read/arazzo.ts";
import { readAsyncapi } from "./read/asyncapi.ts";
import { inventManifest, readManifest } from "./read/manifest.ts";
import { readOpenapi } from "./read/openapi.ts";
import { createReport } from "./report.ts";
import { type BundleInput, bundleDocument } from "./source/bundle.ts";
import { looksLikeSpec, recognise, type SpecLocation } from "./source/discover.ts";
import { fillDynamicReferences } from "./source/dynamic-references.ts";
import { identifiedReferences, namesSchemas, placeIdentifiers } from "./source/identifiers.ts";
import { tooManyMembers } from "./source/members.ts";
import { originOf } from "./source/origin.ts";
import { checkOwnDocument } from "./source/own-documents.ts";
import { placeFindings } from "./source/place.ts";
import {
  collectReferences,
  externalExamples,
  type Reference,
  resolveReference,
  withoutReferences,
} from "./source/references.ts";
import { readSource, type SourceFile, type SourceProblem, sourceLimits } from "./source/source.ts";
import type { Catalog, DocumentKind, Message, Operation, SpecDocument } from "./types.ts";

export interface Compiled {
  readonly catalog: Catalog;
  readonly findings: readonly Finding[];
  /** Paths of all files that were read. */
  readonly read: ReadonlySet<string>;
}

/** A load in progress: the files read so far and the findings made. */
interface Session {
  readonly root: string;
  readonly files: Map<string, SourceFile>;
  readonly failed: Set<string>;
  /** Characters of the files read so far. */
  size: number;
  readonly findings: UnplacedFinding[];
}

/** Reads, checks, bundles and compiles a spec set, without a look at the cache. */
export async function compileSpecs(location: SpecLocation): Promise<Compiled> {
  const { root } = location;
  const session: Session = { root, files: new Map(), failed: new Set(), size: 0, findings: [] };
  const documents: SpecDocument[] = [];
  const single = location.candidates.length === 1;
  for (const path of location.candidates) {
    const document = await readDocument(session, path, single);
    if (document !== undefined) documents.push(document);
  }
  const catalog = assemble(documents, session.findings);
  const found = session.findings.map((finding) => ({
    ...finding,
    ...originOf(finding, (path) => session.files.get(path)?.value),
  }));
  const findings = await placeFindings(withoutRepeats(found), (path) => session.files.get(path)?.text);
  return { catalog, findings, read: new Set(session.files.keys()) };
}

const REPEATS_SHOWN = 5;

/** A slip that a document makes everywhere is listed a few times, then counted. */
function withoutRepeats(findings: readonly UnplacedFinding[]): UnplacedFinding[] {
  const groups = Map.groupBy(findings, ({ document, code, message }) => `${document}\n${code}\n${message}`);
  return [...groups.values()].flatMap((group) => {
    const last = group[REPEATS_SHOWN - 1];
    if (last === undefined || group.length === REPEATS_SHOWN) return group;
    const more = group.length - REPEATS_SHOWN;
    return [
      ...group.slice(0, REPEATS_SHOWN - 1),
      { ...last, message: `${last.message} (And in ${more} more ${more === 1 ? "place" : "places"}.)` },
    ];
  });
}

async function readFile(session: Session, path: string, all: boolean): Promise<SourceFile | undefined> {
  const known = session.files.get(path);
  if (known !== undefined || session.failed.has(path) || session.size > sourceLimits.whole) return known;
  const source = await readSource(session.root, path, all ? undefined : looksLikeSpec);
  if (source === undefined) return undefined;
  if ("message" in source) {
    addProblem(session, path, source);
    session.failed.add(path);
    return undefined;
  }
  session.size += source.text.length;
  if (session.size > sourceLimits.whole) {
    addProblem(session, path, tooMuch);
    return undefined;
  }
  for (const note of source.notes) addProblem(session, path, note, "warning");
  session.files.set(path, source);
  return source;
}

const tooMuch: SourceProblem = {
  code: "spec.document.too-large",
  message: `With this file the spec set has more than ${sourceLimits.whole / 1e6} MB; neither it nor what comes behind it is read.`,
  fix: "Load its documents apart, or leave examples out.",
};

function addProblem(
  session: Session,
  path: string,
  problem: SourceProblem,
  severity: "error" | "warning" = "error",
): void {
  session.findings.push({ pointer: "", ...problem, document: path, severity });
}

/** One document of the set, bundled and with its schemas converted; undefined when the file is none or is unusable. */
async function readDocument(
  session: Session,
  path: string,
  single: boolean,
): Promise<SpecDocument | undefined> {
  const file = await readFile(session, path, single);
  if (file === undefined) return undefined;
  const recognised = recognise(file.value);
  const report = createReport(path, session.findings);
  if (recognised === undefined) {
    if (single)
      report.error(
        "",
        "spec.document.unknown",
        "The file is no OpenAPI document.",
        "Give a document that begins with `openapi: 3.1.0`.",
      );
    return undefined;
  }
  if ("refused" in recognised) {
    const { pointer, refused, fix = "Convert the document." } = recognised;
    report.error(pointer, "spec.document.version", refused, fix);
    return undefined;
  }
  const files = new Set<string>();
  const content = await bundled(session, file, files);
  if (content === undefined) return undefined;
  files.delete(path);
  const { kind } = recognised;
  checkExtensions(content, report);
  if (kind === "openapi") checkUnread(content, report);
  if (kind === "openapi" || kind === "asyncapi") {
    checkReferences(content, report);
    normaliseDocument(content, kind, report);
  } else if (kind !== "arazzo") await checkOwnDocument(kind, content, report);
  const others = files.size === 0 ? {} : { files: [...files].sort() };
  return { path, kind, digest: digestOf(content), content, ...others };
}

/**
 * The document with everything it refers to drawn into it. What can't be drawn in is reported and says nothing from
 * then on; the rest of the document stands. Undefined where its files can't be put together at all.
 *
 * @param files gets the paths of all that it refers to
 */
async function bundled(
  session: Session,
  file: SourceFile,
  files: Set<string>,
): Promise<Record<string, unknown> | undefined> {
  const reached = new Map<string, ReachedFile>();
  const queue = [file];
  for (let source = queue.pop(); source !== undefined; source = queue.pop()) {
    if (reached.has(source.path)) continue;
    const tooMany = tooManyMembers(source.value);
    if (tooMany !== undefined) {
      addProblem(session, source.path, tooMany);
      return undefined;
    }
    const dead: Reference[] = [];
    const identified = namesSchemas(source.text) ? identifiedReferences(source.value) : undefined;
    for (const reference of collectReferences(source.value)) {
      if (identified?.has(reference.ref) === true) continue;
      const target = await referredFile(session, source, reference);
      if (target === "dead") dead.push(reference);
      else if (target !== undefined) queue.push(target);
    }
    reached.set(source.path, { source, dead });
    files.add(source.path);
    for (const ref of source.text.includes("externalValue") ? externalExamples(source.value) : []) {
      const target = await resolveReference(session.root, source.path, ref);
      if (target.kind === "file") files.add(target.path);
    }
  }
  if (reached.size === 1) {
    const dead = reached.get(file.path)?.dead.filter(({ inData }) => !inData) ?? [];
    return readyToRead(session, { source: file, dead }) as Record<string, unknown> | undefined;
  }
  const inputs: BundleInput[] = [];
  for (const one of reached.values()) {
    const value = readyToRead(session, one);
    if (value === undefined) return undefined;
    inputs.push({ path: one.source.path, text: one.source.text, value });
  }
  const result = await bundleDocument(session.root, file.path, inputs);
  if ("value" in result) {
    for (const problem of result.problems) addProblem(session, problem.path, problem);
    return result.value as Record<string, unknown>;
  }
  addProblem(session, file.path, result.problem);
  return undefined;
}

/** A file that a document is made of, and its references that lead nowhere. */
interface ReachedFile {
  readonly source: SourceFile;
  readonly dead: readonly Reference[];
}

/** A copy of a file's value in which every reference is one by place; undefined where that is reported to be too much. */
function readyToRead(session: Session, { source, dead }: ReachedFile): unknown {
  const value = withoutReferences(source.value, dead);
  if (!namesSchemas(source.text)) return value;
  placeIdentifiers(value);
  if (fillDynamicReferences(value)) return value;
  addProblem(session, source.path, {
    code: "spec.document.too-large",
    message: "With the blanks of its generic schemas (`$dynamicRef`) filled in, the document is too large.",
    fix: "Let fewer generic schemas refer to each other.",
  });
  return undefined;
}

/** The file that a reference leads to; undefined where that is the document itself. What is wrong with it is reported. */
async function referredFile(
  session: Session,
  { path }: SourceFile,
  { ref, pointer, inData }: Reference,
): Promise<SourceFile | "dead" | undefined> {
  const target = await resolveReference(session.root, path, ref);
  if (target.kind === "internal") return undefined;
  if (target.kind === "file") return (await readFile(session, target.path, true)) ?? "dead";
  // What looks like a reference in an example may be data.
  if (!inData) addProblem(session, path, { ...target.problem, pointer });
  return "dead";
}

function assemble(documents: readonly SpecDocument[], findings: UnplacedFinding[]): Catalog {
  const operations: Operation[] = [];
  const messages: Message[] = [];
  const of = (kind: DocumentKind): readonly SpecDocument[] =>
    documents.filter((document) => document.kind === kind);
  for (const document of of("openapi")) {
    const parts = readOpenapi({ ...document, report: createReport(document.path, findings) });
    operations.push(...parts.operations);
    messages.push(...parts.messages);
  }
  for (const document of of("asyncapi")) {
    messages.push(...readAsyncapi({ ...document, report: createReport(document.path, findings) }));
  }
  const unique = checkUnique(operations, messages, documents, findings);
  checkBindings(unique.operations, documents, findings);
  const journeys = of("arazzo").map((document) => ({
    ...document,
    report: createReport(document.path, findings),
  }));
  const manifest = of("ecosystem")[0];
  return {
    digest: digestOf(documents.map(({ path, digest }) => [path, digest])),
    ecosystem:
      manifest === undefined ? inventManifest(documents, operations) : readManifest(manifest.content),
    documents,
    ...unique,
    workflows: readArazzo(journeys, { documents, ...unique }),
  };
}
