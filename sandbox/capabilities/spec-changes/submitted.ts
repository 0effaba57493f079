import {
  graver,
  LEVELS,
  type Level,
  type Reach,
  type SpecChange,
  SUBJECT_KINDS,
} from "../../../specs/engine/difference/change.ts";
import type { JsonObject } from "../../store/store.ts";
import type { FieldProblem, Refusal } from "../capability.ts";
import { isObject, objectsIn, refuse } from "../define.ts";

/** A difference of two spec sets as it was handed in: read, and counted anew. */
export interface SubmittedDifference {
  readonly from: string;
  readonly to: string;
  readonly level: Level;
  readonly counts: { readonly [level in Level]: number };
  readonly changes: readonly SpecChange[];
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Reads what `eco specs diff --json` writes. The levels of its changes and its counts are worked out from what the
 * changes reach, whatever the document says of them.
 */
export function readDifference(difference: JsonObject): SubmittedDifference | Refusal {
  const problems: FieldProblem[] = [];
  const wrong = (pointer: string, detail: string): void => {
    problems.push({ pointer: `#/difference${pointer}`, detail });
  };
  const [from, to] = ["from", "to"].map((name) => {
    const digest = difference[name];
    if (typeof digest === "string" && DIGEST.test(digest)) return digest;
    wrong(`/${name}`, "must be the digest of a spec set: sha256: and 64 hexadecimal digits");
    return "";
  });
  const listed = difference["changes"];
  if (!Array.isArray(listed) || listed.length === 0)
    wrong("/changes", "must hold at least one change: nothing changed");
  const changes = (Array.isArray(listed) ? listed : []).flatMap((raw: unknown, index) => {
    const read = readChange(raw);
    if (typeof read !== "string") return [read];
    wrong(`/changes/${index}`, read);
    return [];
  });
  if (problems.length > 0) return refuse("ECO_REQUEST_INVALID", "The difference can't be read.", problems);
  const counts = { breaking: 0, "possibly-breaking": 0, compatible: 0, text: 0 };
  for (const { level } of changes) counts[level] += 1;
  const level = LEVELS.find((one) => counts[one] > 0) ?? "text";
  return { from: from ?? "", to: to ?? "", level, counts, changes };
}

/** What is wrong with it, where it is no change. */
function readChange(raw: unknown): SpecChange | string {
  if (!isObject(raw)) return "must be an object";
  const { rule, message, place } = raw;
  if (typeof rule !== "string" || typeof message !== "string") return "must have a rule and a message";
  if (!isObject(place)) return "must have a place";
  const { side, document, pointer } = place;
  if ((side !== "old" && side !== "new") || typeof document !== "string" || typeof pointer !== "string")
    return "must have a place with side, document and pointer";
  const reaches = objectsIn(raw["reaches"]).flatMap((reach) => readReach(reach) ?? []);
  if (reaches.length === 0) return "must reach something, each with kind, id, where and level";
  const level = reaches.reduce<Level>((gravest, reach) => graver(gravest, reach.level), "text");
  return { level, rule, message, place: { side, document, pointer }, reaches };
}

function readReach({ kind: subject, id, where, level: named }: JsonObject): Reach | undefined {
  const kind = SUBJECT_KINDS.find((one) => one === subject);
  const level = LEVELS.find((one) => one === named);
  if (kind === undefined || level === undefined || typeof id !== "string") return undefined;
  return { kind, id, where: typeof where === "string" ? where : "", level };
}

/** As it is kept and shown. */
export const changesToJson = (changes: readonly SpecChange[]): JsonObject[] =>
  changes.map((change) => ({
    ...change,
    place: { ...change.place },
    reaches: change.reaches.map((reach) => ({ ...reach })),
  }));
