import { isPlainObject, pointerOf } from "../catalog/pointer.ts";
import type { Catalog } from "../catalog/types.ts";
import {
  type Direction,
  type Level,
  levelFor,
  type Place,
  type Subject,
  VERDICTS,
  type Verdict,
} from "./change.ts";
import type { Collector } from "./collector.ts";
import type { SchemaGraph } from "./schema-graph.ts";
import type { DocumentPair } from "./schema-pair.ts";
import { PROSE, sameJson, saysTheSame } from "./substance.ts";

/** Everything that the comparison of one document, as two spec sets have it, works with. */
export interface Comparison {
  readonly old: Catalog;
  readonly new: Catalog;
  readonly documents: DocumentPair;
  readonly schemas: SchemaGraph;
  readonly collector: Collector;
  /** Who implements the document's operations: those who call the ecosystem, or the ecosystem that calls them. */
  readonly servedBy: "ecosystem" | "partners";
}

/** What partners do with requests of the document, and with its answers. */
export const directionOf = ({ servedBy }: Comparison, what: "request" | "answer"): Direction =>
  (what === "request") === (servedBy === "ecosystem") ? "writer" : "reader";

/** What a change of an operation as a whole asks of who calls it, and of who serves it. */
export interface OperationVerdict {
  readonly caller: Level;
  readonly server: Level;
}

export const levelOf = ({ servedBy }: Comparison, verdict: OperationVerdict): Level =>
  servedBy === "ecosystem" ? verdict.caller : verdict.server;

export const oldAt = ({ documents }: Comparison, pointer: string): Place => ({
  side: "old",
  document: documents.old.path,
  pointer,
});

export const newAt = ({ documents }: Comparison, pointer: string): Place => ({
  side: "new",
  document: documents.new.path,
  pointer,
});

/** A place in an operation or a message, as its changes are told. */
export interface Spot {
  readonly comparison: Comparison;
  readonly subject: Subject;
  readonly where: string;
  readonly direction: Direction;
}

/** Notes a change of what is written or read in a spot. */
export function tell(spot: Spot, rule: string, verdict: Verdict, message: string, place: Place): void {
  tellLevel(spot, rule, levelFor(verdict, spot.direction), message, place);
}

export function tellLevel(
  { comparison, subject, where }: Pick<Spot, "comparison" | "subject" | "where">,
  rule: string,
  level: Level,
  message: string,
  place: Place,
): void {
  comparison.collector.add({ rule, message, place }, { ...subject, where, level });
}

/** What people call a spot: `response 200 of getDelivery`. */
export const named = ({ subject, where }: Pick<Spot, "subject" | "where">): string =>
  where === "" ? subject.id : `${where} of ${subject.id}`;

interface Node {
  readonly value: unknown;
  readonly pointer: string;
}

/**
 * The keys of an object that nothing else compares, so that none changes in silence: words for people, the meanings
 * that `x-eco-…` binds, others' extensions, and the rest, of which nobody can tell what it means.
 */
export function compareKeys(spot: Spot, old: Node, now: Node, handled: ReadonlySet<string>): void {
  const { comparison } = spot;
  const was = isPlainObject(old.value) ? old.value : {};
  const is = isPlainObject(now.value) ? now.value : {};
  const words: string[] = [];
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    if (handled.has(key)) continue;
    if (PROSE.has(key)) {
      if (!sameJson(was[key], is[key])) words.push(key);
      continue;
    }
    const { old: before, new: after } = comparison.documents;
    if (
      saysTheSame({ value: was[key], document: before.content }, { value: is[key], document: after.content })
    )
      continue;
    const place =
      is[key] === undefined
        ? oldAt(comparison, old.pointer + pointerOf(key))
        : newAt(comparison, now.pointer + pointerOf(key));
    keyChanged(spot, key, was[key], is[key], place);
  }
  if (words.length > 0)
    tell(
      spot,
      "words.changed",
      VERDICTS.text,
      `${words.join(", ")} of ${named(spot)} changed.`,
      newAt(comparison, now.pointer),
    );
}

function keyChanged(spot: Spot, key: string, was: unknown, is: unknown, place: Place): void {
  const name = named(spot);
  if (key === "x-eco-capability" || key === "x-eco-event") {
    const message =
      was === undefined
        ? `${name} means ${String(is)} now.`
        : is === undefined
          ? `${name} no longer means ${String(was)}.`
          : `${name} meant ${String(was)} and means ${String(is)} now.`;
    tellLevel(spot, "meaning.changed", was === undefined ? "possibly-breaking" : "breaking", message, place);
  } else if (key.startsWith("x-eco-"))
    tellLevel(
      spot,
      "binding.changed",
      "possibly-breaking",
      `\`${key}\` of ${name} changed: its values are found elsewhere, or mean something else.`,
      place,
    );
  else if (key.startsWith("x-"))
    tellLevel(
      spot,
      "extension.changed",
      "text",
      `\`${key}\` of ${name} changed; nothing here reads it.`,
      place,
    );
  else
    tellLevel(
      spot,
      "unjudged",
      "possibly-breaking",
      `\`${key}\` of ${name} changed; what that asks can't be judged.`,
      place,
    );
}
