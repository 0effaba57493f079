import { isPlainObject, type PlainObject, pointerOf } from "../catalog/pointer.ts";
import type { SpecDocument } from "../catalog/types.ts";
import type { Level, Place, Subject, SubjectKind } from "./change.ts";
import type { Collector } from "./collector.ts";
import { capital } from "./content.ts";
import { OWN_RULES, type OwnLevel } from "./own-rules.ts";
import { PROSE, sameJson, shown } from "./substance.ts";

/** A document that is no OpenAPI and no AsyncAPI: rate cards, agreements, journeys, …, place by place. */
export function compareOwnDocument(old: SpecDocument, now: SpecDocument, collector: Collector): void {
  const sameVersion = sameJson(old.content["version"], now.content["version"]);
  const walk: Walk = { old, now, collector, sameVersion };
  compareValues(walk, { old: old.content, new: now.content, path: [], oldPointer: "", newPointer: "" });
}

interface Walk {
  readonly old: SpecDocument;
  readonly now: SpecDocument;
  readonly collector: Collector;
  readonly sameVersion: boolean;
}

interface Values {
  readonly old: unknown;
  readonly new: unknown;
  /** Names and keys from the document's root, those of lists by what their members are known by. */
  readonly path: readonly string[];
  readonly oldPointer: string;
  readonly newPointer: string;
}

function compareValues(walk: Walk, values: Values): void {
  const { old, new: now } = values;
  if (sameJson(old, now)) return;
  if (isPlainObject(old) && isPlainObject(now)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)]))
      compareValues(walk, {
        old: own(old, key),
        new: own(now, key),
        path: [...values.path, key],
        oldPointer: values.oldPointer + pointerOf(key),
        newPointer: values.newPointer + pointerOf(key),
      });
  } else if (Array.isArray(old) && Array.isArray(now)) compareLists(walk, values, old, now);
  else tell(walk, values);
}

const own = (value: PlainObject, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;

/** What members of lists are known by in our documents and in Arazzo, the surest first. */
const KEYS = ["id", "workflowId", "stepId", "product", "name", "clientId", "party", "role"] as const;

function compareLists(walk: Walk, values: Values, old: readonly unknown[], now: readonly unknown[]): void {
  const keyOf = memberKey(old, now);
  if (keyOf === undefined) {
    if (old.length !== now.length) tell(walk, values);
    else
      for (const [index, member] of old.entries())
        compareValues(walk, {
          old: member,
          new: now[index],
          path: [...values.path, String(index)],
          oldPointer: values.oldPointer + pointerOf(index),
          newPointer: values.newPointer + pointerOf(index),
        });
    return;
  }
  const indexes = (list: readonly unknown[]) => new Map(list.map((member, index) => [keyOf(member), index]));
  const before = indexes(old);
  const after = indexes(now);
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(key), after.get(key)];
    compareValues(walk, {
      old: was === undefined ? undefined : old[was],
      new: is === undefined ? undefined : now[is],
      path: [...values.path, key],
      oldPointer: values.oldPointer + pointerOf(was ?? 0),
      newPointer: values.newPointer + pointerOf(is ?? 0),
    });
  }
  const kept = [...before.keys()].filter((key) => after.has(key));
  const order = [...after.keys()].filter((key) => before.has(key));
  if (ORDERED.has(values.path.at(-1) ?? "") && kept.join("\n") !== order.join("\n"))
    tell(walk, { ...values, old: kept, new: order });
}

/** Lists whose order says something. */
const ORDERED = new Set(["steps", "shares", "intervals"]);

/** What tells the members of both lists apart: a key that all have, each its own; texts are their own. */
function memberKey(...lists: readonly (readonly unknown[])[]): ((member: unknown) => string) | undefined {
  const unique = (keyOf: (member: unknown) => unknown): boolean =>
    lists.every((list) => {
      const keys = list.map(keyOf);
      return keys.every((key) => typeof key === "string") && new Set(keys).size === keys.length;
    });
  if (unique((member) => member)) return String;
  const key = KEYS.find((name) => unique((member) => (isPlainObject(member) ? member[name] : undefined)));
  return key === undefined ? undefined : (member) => String(isPlainObject(member) ? member[key] : "");
}

function tell(walk: Walk, values: Values): void {
  const { old, new: now, path } = values;
  const place: Place =
    now === undefined
      ? { side: "old", document: walk.old.path, pointer: values.oldPointer }
      : { side: "new", document: walk.now.path, pointer: values.newPointer };
  const { subject, rest, title } = subjectOf(walk, path);
  // What somebody named keeps its case, also at the beginning of a sentence.
  const what = rest.length === 0 ? capital(title) : `${rest.join(".")} of ${title}`;
  const change = old === undefined ? "added" : now === undefined ? "removed" : "changed";
  const rule = rest.length === 0 ? `${subject.kind}.${change}` : `entry.${change}`;
  const scalar = (value: unknown): boolean => typeof value !== "object" || value === null;
  const message =
    change === "added"
      ? `${what} is new${scalar(now) && String(now) !== rest.at(-1) ? `: ${shown(now)}` : ""}.`
      : change === "removed"
        ? `${what} is no longer there${scalar(old) && String(old) !== rest.at(-1) ? `; it was ${shown(old)}` : ""}.`
        : `${what} was ${shown(old)} and is ${shown(now)} now.`;
  walk.collector.add(
    { rule, message, place },
    { ...subject, where: rest.join("."), level: levelAt(walk, values, change) },
  );
}

function levelAt(
  walk: Walk,
  { old, new: now, path }: Values,
  change: "added" | "removed" | "changed",
): Level {
  const last = path.at(-1) ?? "";
  if (PROSE.has(last) && isWords(old) && isWords(now)) return "text";
  const place = path.map((name) => name.replaceAll(".", "·")).join(".");
  // What is wanted no longer, or now first, is no less a change of what is wanted.
  if (walk.now.kind === "rate-card" && /\.required$/.test(place) && now !== true) return "compatible";
  if (walk.now.kind === "rate-card" && /\.measures\.[^.]+$/.test(place) && change === "added")
    return isPlainObject(now) && now["required"] === true ? "breaking" : "compatible";
  const rules = OWN_RULES[walk.now.kind] ?? [];
  const level: OwnLevel = rules.find((rule) => rule.at.test(place))?.[change] ?? "possibly-breaking";
  if (level !== "term") return level;
  // From when a new version holds is told by itself.
  if (!walk.sameVersion && place === "validFor.start") return "compatible";
  return walk.sameVersion ? "breaking" : "possibly-breaking";
}

const isWords = (value: unknown): boolean => value === undefined || typeof value === "string";

/** What of a document a place belongs to: a check, a journey, else the document. */
function subjectOf({ old, now }: Walk, path: readonly string[]) {
  const [section, key, ...inner] = path;
  const part: SubjectKind | undefined =
    now.kind === "arazzo" && section === "workflows"
      ? "workflow"
      : now.kind === "certification" && section === "checks"
        ? "check"
        : undefined;
  if (part !== undefined && key !== undefined)
    return {
      subject: { kind: part, id: key },
      rest: inner,
      title: `the ${part === "workflow" ? "journey" : part} ${key}`,
    };
  const subject = subjectOfDocument(old);
  return { subject, rest: path, title: titleOf(subject) };
}

export const titleOf = ({ kind, id }: Subject): string => `the ${kind.replace("-", " ")} ${id}`;

/** A document as a subject: by its id where it has one. */
export function subjectOfDocument({ kind, path, content }: SpecDocument): Subject {
  const { id } = content;
  const own = kind === "openapi" || kind === "asyncapi" || kind === "arazzo" ? "document" : kind;
  return { kind: own, id: typeof id === "string" ? id : path };
}
