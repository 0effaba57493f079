import type { Event, Schema } from "js-yaml";
import { reasonOf } from "../../errors/reason.ts";
import { linesOf } from "./lines.ts";

export interface YamlLimits {
  /** Nested containers. */
  readonly depth: number;
  readonly aliases: number;
  /** Characters that begin or divide values: what a text can hold is told by them before it is read. */
  readonly marks: number;
}

/** What a text in YAML says, or why it can't be used. */
export type ReadYaml =
  | { readonly kind: "read"; readonly value: unknown }
  /** `line` and `column` from 1. */
  | { readonly kind: "broken"; readonly message: string; readonly line?: number; readonly column?: number }
  | { readonly kind: "too-deep" | "too-many-values" | "too-many-names" };

/** What merging may come to: each key of a map is taken over one by one, wherever the map is named. */
const MERGED_KEYS = 100_000;

/** Reads one document of YAML 1.2 with merge keys, in time that grows with the text alone. Equal keys are refused. */
export async function readYaml(text: string, limits: YamlLimits): Promise<ReadYaml> {
  if (marksIn(text) > limits.marks) return { kind: "too-many-values" };
  const { EVENT_ID, YAMLException, constructFromEvents } = await import("js-yaml");
  try {
    const { events, source } = await yamlEvents(text, limits.depth);
    const second = events.findIndex(({ type }, at) => at > 0 && type === EVENT_ID.DOCUMENT);
    if (second > 0) {
      const first = events.slice(second).flatMap((event) => offsetOf(event, source) ?? []);
      const place = linesOf(source)(first[0] ?? source.length);
      return { kind: "broken", message: "Source contains multiple documents", ...place };
    }
    const [value] = constructFromEvents(events, {
      source,
      schema: await lenientSchema(),
      maxAliases: limits.aliases,
      maxTotalMergeKeys: MERGED_KEYS,
    });
    return { kind: "read", value };
  } catch (cause) {
    if (!(cause instanceof YAMLException)) return { kind: "broken", message: reasonOf(cause) };
    const { reason, mark } = cause;
    if (reason.includes("maxDepth")) return { kind: "too-deep" };
    if (/maxAliases|maxTotalMergeKeys|abnormal merge/.test(reason)) return { kind: "too-many-names" };
    const message = reason === "duplicated mapping key" ? "Map keys must be unique" : reason;
    return {
      kind: "broken",
      message,
      ...(mark === undefined ? {} : { line: mark.line + 1, column: mark.column + 1 }),
    };
  }
}

/** A text as what begins and ends in it, by offsets. */
export interface YamlEvents {
  readonly events: Event[];
  /** What the offsets count in: the text with the same lines, some of them indented. */
  readonly source: string;
}

/** What may be read again for lines that were indented, in characters. */
const READ_AGAIN = 20_000_000;
const INDENT = " ".repeat(200);

/**
 * What is in brackets may stand further left than what holds it: the parser takes offence, as YAML does, yet many write
 * so who paste JSON into examples.
 * @throws YAMLException
 */
export async function yamlEvents(text: string, depth = Number.POSITIVE_INFINITY): Promise<YamlEvents> {
  const { YAMLException, parseEvents } = await import("js-yaml");
  let source = text;
  let first: unknown;
  let last = -1;
  for (let left = READ_AGAIN; ; left -= source.length) {
    try {
      return { events: parseEvents(source, { maxDepth: depth }), source };
    } catch (cause) {
      first ??= cause;
      const { mark, reason } = cause instanceof YAMLException ? cause : {};
      const isLeft = reason === "deficient indentation" && mark !== undefined && mark.line > last;
      if (!isLeft || left < 0 || !/["'[\]{},]/.test(source[mark.position] ?? "")) throw first;
      last = mark.line;
      const at = mark.position - mark.column;
      source = source.slice(0, at) + INDENT + source.slice(at);
    }
  }
}

/** Where a value begins, its quote included; undefined for the end of one, and for one that is empty. */
export function offsetOf(event: Event, text: string): number | undefined {
  if ("valueStart" in event) {
    if (event.valueStart < 0) return undefined;
    return /["']/.test(text[event.valueStart - 1] ?? "") ? event.valueStart - 1 : event.valueStart;
  }
  if ("start" in event) return event.start;
  return "anchorStart" in event ? event.anchorStart - 1 : undefined;
}

function marksIn(text: string): number {
  let marks = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x2c: // ,
      case 0x2d: // -
      case 0x3a: // :
      case 0x3f: // ?
      case 0x5b: // [
      case 0x7b: // {
        marks += 1;
    }
  }
  return marks;
}

let schema: Schema | undefined;

/** A value with a tag that means nothing here is what it would be without. */
async function lenientSchema(): Promise<Schema> {
  if (schema !== undefined) return schema;
  const { CORE_SCHEMA, defineMappingTag, defineScalarTag, defineSequenceTag, mapTag, mergeTag, seqTag } =
    await import("js-yaml");
  const { create, addItem, identify } = seqTag;
  const { create: createMap, addPair, has, keys, get } = mapTag;
  const matchByTagPrefix = true;
  const foreign = ["!", "tag:"].flatMap((prefix) => [
    defineScalarTag(prefix, { resolve: (text) => text, identify: () => false, matchByTagPrefix }),
    defineSequenceTag(prefix, { create, addItem, identify, matchByTagPrefix }),
    defineMappingTag(prefix, { create: createMap, addPair, has, keys, get, identify, matchByTagPrefix }),
  ]);
  schema = CORE_SCHEMA.withTags(mergeTag, ...foreign);
  return schema;
}
