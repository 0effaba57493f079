import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Finding, UnplacedFinding } from "../finding.ts";
import { pointerTokens } from "../pointer.ts";
import type { SpecDocument } from "../types.ts";
import { locateSpecs } from "./discover.ts";
import { linesOf, type Place } from "./lines.ts";
import { originOf } from "./origin.ts";
import { placeOfFile } from "./references.ts";
import { readSource } from "./source.ts";
import { offsetOf, type YamlEvents, yamlEvents } from "./yaml.ts";

/**
 * Gives findings about documents of a spec set the line and column of what their pointer names, in the file in which it was written.
 *
 * @param documents those of the set, each with the files that it refers to
 */
export async function placeInSources(
  path: string,
  findings: readonly UnplacedFinding[],
  documents: readonly Pick<SpecDocument, "path" | "files">[],
): Promise<Finding[]> {
  if (findings.length === 0) return [];
  const { root } = await locateSpecs(path);
  const named = new Set(findings.map(({ document }) => document));
  // Only of a document in several files it has to be asked in which of them something stands.
  const divided = documents.filter((document) => document.files !== undefined && named.has(document.path));
  const values = new Map<string, unknown>();
  for (const file of new Set(divided.flatMap((document) => [document.path, ...(document.files ?? [])]))) {
    if ((await placeOfFile(root, file)) !== "within") continue;
    const source = await readSource(root, file);
    if (source !== undefined && "value" in source) values.set(file, source.value);
  }
  const found = findings.map((finding) => ({ ...finding, ...originOf(finding, (file) => values.get(file)) }));
  const texts = new Map<string, string>();
  for (const { document } of found) {
    if (texts.has(document)) continue;
    texts.set(document, await readFile(join(root, document), "utf8").catch(() => ""));
  }
  return await placeFindings(found, (document) => texts.get(document));
}

/** Gives findings the line and column of what their pointer names, or of its nearest ancestor in the source. */
export async function placeFindings(
  findings: readonly UnplacedFinding[],
  textOf: (path: string) => string | undefined,
): Promise<Finding[]> {
  const pointers = new Map<string, Set<string>>();
  for (const { document, pointer, line } of findings) {
    if (line !== undefined || pointer === "") continue;
    const known = pointers.get(document) ?? new Set();
    pointers.set(document, known.add(pointer));
  }
  const places = new Map<string, ReadonlyMap<string, Place>>();
  for (const [document, wanted] of pointers)
    places.set(document, await placesOf(textOf(document) ?? "", wanted));
  return findings.map((finding) => {
    const { document, pointer, line, column } = finding;
    const place = places.get(document)?.get(pointer) ?? { line: 1, column: 1 };
    return { ...finding, line: line ?? place.line, column: column ?? place.column };
  });
}

/** What is looked for below a place of a document. */
interface Wanted {
  readonly below: Map<string, Wanted>;
  /** Where it begins; undefined where it isn't found. */
  offset?: number;
}

/** Places by pointer: found in one pass over the text, however many they are. */
async function placesOf(text: string, pointers: ReadonlySet<string>): Promise<ReadonlyMap<string, Place>> {
  const root: Wanted = { below: new Map() };
  const trails = [...pointers].map((pointer) => ({ pointer, trail: trailTo(root, pointer) }));
  // JSON with what YAML hasn't: what is found in it is told of without a line.
  const read = await yamlEvents(text).catch(() => undefined);
  if (read === undefined) return new Map();
  await findAll(root, read);
  const placeAt = linesOf(read.source);
  const places = new Map<string, Place>();
  for (const { pointer, trail } of trails) {
    const nearest = trail.findLast(({ offset }) => offset !== undefined);
    if (nearest?.offset !== undefined) places.set(pointer, placeAt(nearest.offset));
  }
  return places;
}

function trailTo(root: Wanted, pointer: string): readonly Wanted[] {
  let at = root;
  return pointerTokens(pointer).map((token) => {
    const next = at.below.get(token) ?? { below: new Map() };
    at.below.set(token, next);
    at = next;
    return next;
  });
}

/** A container that is being read. */
interface Frame {
  readonly isMap: boolean;
  /** Undefined where nothing in it is looked for. */
  readonly wanted: Wanted | undefined;
  /** Of the next item of a list. */
  index: number;
  /** In a map, when the next thing to come is a value. */
  isKeyRead: boolean;
  /** What is looked for in that value. */
  next: Wanted | undefined;
}

async function findAll(root: Wanted, { events, source }: YamlEvents): Promise<void> {
  const { EVENT_ID, getScalarValue } = await import("js-yaml");
  const frames: Frame[] = [];
  const open = (isMap: boolean, wanted: Wanted | undefined): unknown =>
    frames.push({ isMap, wanted, index: 0, isKeyRead: false, next: undefined });
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      frames.pop();
      continue;
    }
    const frame = frames.at(-1);
    const offset = offsetOf(event, source);
    let found: Wanted | undefined;
    if (frame === undefined) found = root;
    else if (!frame.isMap) {
      found = frame.wanted?.below.get(String(frame.index++));
      if (found !== undefined && offset !== undefined) found.offset = offset;
    } else if (frame.isKeyRead) {
      found = frame.next;
      frame.isKeyRead = false;
    } else {
      const { wanted } = frame;
      const isName = wanted !== undefined && event.type === EVENT_ID.SCALAR;
      frame.next = isName ? wanted.below.get(getScalarValue(source, event)) : undefined;
      if (frame.next !== undefined && offset !== undefined) frame.next.offset = offset;
      frame.isKeyRead = true;
    }
    // A document is a list of one thing, and that is where pointers begin.
    if (event.type === EVENT_ID.DOCUMENT) open(false, { below: new Map([["0", root]]) });
    else if (event.type === EVENT_ID.MAPPING) open(true, found);
    else if (event.type === EVENT_ID.SEQUENCE) open(false, found);
  }
}
