/** What a change asks of those who built against the old specs; the gravest first. */
export const LEVELS = ["breaking", "possibly-breaking", "compatible", "text"] as const;

export type Level = (typeof LEVELS)[number];

/** What in a spec set something is about. A channel-operation is what an application does with a channel: an operation of AsyncAPI. */
export const SUBJECT_KINDS = [
  "operation",
  "message",
  "channel",
  "channel-operation",
  "server",
  "workflow",
  "check",
  "agreement",
  "rate-card",
  "ecosystem",
  "metrics",
  "certification",
  "document",
] as const;

export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export interface Subject {
  readonly kind: SubjectKind;
  /** As those know it who built against the old specs; of what is new, its new id. */
  readonly id: string;
}

/** A subject that a change reaches, where in it, and what the change asks there. */
export interface Reach extends Subject {
  /** `response 200 › items[].price`; "" for the subject as a whole. */
  readonly where: string;
  readonly level: Level;
}

/** Where a change stands: in the new specs, or in the old ones where it is there no longer. */
export interface Place {
  readonly side: "old" | "new";
  /** The document's path in its spec set. */
  readonly document: string;
  /** JSON pointer into the document as it is bundled. */
  readonly pointer: string;
}

/** One change, told once however many operations and messages it reaches. */
export interface SpecChange {
  /** The gravest of what it reaches. */
  readonly level: Level;
  /** Stable name of the kind of change: `field.removed`. */
  readonly rule: string;
  /** A sentence for people. */
  readonly message: string;
  readonly place: Place;
  /** At least one. */
  readonly reaches: readonly Reach[];
}

/** All that changed between two spec sets, the gravest first. */
export interface SpecDifference {
  /** Digest of the old spec set. */
  readonly from: string;
  /** Digest of the new spec set. */
  readonly to: string;
  readonly counts: Readonly<Record<Level, number>>;
  readonly changes: readonly SpecChange[];
}

/** What a comparison finds in one place, before it is known what that reaches. */
export interface Found {
  readonly rule: string;
  readonly message: string;
  readonly place: Place;
}

/** A change of a value's description is weighed by who it is for: those who write such values, and those who read them. */
export interface Verdict {
  readonly writer: Level;
  readonly reader: Level;
}

/** What partners do with the values of a place: write them (requests), read them (answers, events), or both. */
export type Direction = "writer" | "reader" | "either";

export const graver = (one: Level, other: Level): Level =>
  LEVELS.indexOf(one) <= LEVELS.indexOf(other) ? one : other;

/** What a verdict comes to; where nobody can tell who writes, what breaks only one side may break. */
export function levelFor(verdict: Verdict, direction: Direction): Level {
  if (direction !== "either") return verdict[direction];
  const gravest = graver(verdict.writer, verdict.reader);
  return gravest === "breaking" && verdict.writer !== verdict.reader ? "possibly-breaking" : gravest;
}

export const reversed = (direction: Direction): Direction =>
  direction === "writer" ? "reader" : direction === "reader" ? "writer" : "either";

const both = (level: Level): Verdict => ({ writer: level, reader: level });

export const VERDICTS = {
  /** Fewer values than before: who writes must heed it. */
  narrower: { writer: "breaking", reader: "compatible" },
  /** More values than before, such as readers can't be ready for. */
  wider: { writer: "compatible", reader: "breaking" },
  /** More values than before, such as readers may be ready for. */
  looser: { writer: "compatible", reader: "possibly-breaking" },
  replaced: both("breaking"),
  /** Changed in a way that can't be judged, so it may break. */
  unjudged: both("possibly-breaking"),
  harmless: both("compatible"),
  text: both("text"),
} as const satisfies Record<string, Verdict>;
