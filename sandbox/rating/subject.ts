import { type Exact, parseExact } from "./exact.ts";
import type { Unrated, UnratedCode } from "./outcome.ts";
import type { Moment } from "./timing/moment.ts";
import type { Zone } from "./timing/zone.ts";
import type { Delivery, PartyId, Usage } from "./types.ts";

/** A delivery, or a part of one, as the engine looks at it: times read in the rate card's zone, roles resolved. */
export interface Subject {
  readonly delivery: Delivery;
  readonly product: string;
  /** Prefix of pointers into the delivery: empty, or `/parts/0`. */
  readonly pointer: string;
  readonly usage: Usage;
  readonly zone: Zone;
  readonly start: Moment;
  readonly end: Moment | undefined;
  /** Local day of the start. */
  readonly day: number;
  partyOf(role: string): PartyId | undefined;
  /** Whether the delivery itself names nobody for the role, so that who has it is the rate card's or the agreement's word. */
  unnamed(role: string): boolean;
  /** Whether an agreement that names `party` was in force and binds `other` too. */
  bound(party: PartyId, other: PartyId): boolean;
}

/** Why a delivery can't be rated; becomes the `Unrated` outcome. Thrown inside the engine only, never out of it. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly unrated: Unrated;

  constructor(code: UnratedCode, detail: string, fix: string, pointer?: string) {
    super(detail);
    this.unrated = { kind: "unrated", code, detail, fix, ...(pointer === undefined ? {} : { pointer }) };
  }
}

/** Who has a role, in this order: the delivery itself, the entry's stand-ins, the agreement's parties. */
export function roleResolver(
  delivery: Delivery,
  provider: PartyId | undefined,
  parties: Readonly<Record<string, PartyId>> | undefined,
  standIns: Readonly<Record<string, PartyId>>,
  engaged: ReadonlyMap<string, PartyId>,
): (role: string) => PartyId | undefined {
  return (role) => {
    if (role === "customer") return delivery.customer;
    if (role === "beneficiary") return delivery.beneficiary;
    if (role === "provider" && provider !== undefined) return provider;
    return own(parties, role) ?? own(delivery.parties, role) ?? own(standIns, role) ?? engaged.get(role);
  };
}

/** Whether neither the delivery nor its part says who has a role. */
export function isUnnamed(
  delivery: Delivery,
  provider: PartyId | undefined,
  parties: Readonly<Record<string, PartyId>> | undefined,
  role: string,
): boolean {
  if (role === "customer") return false;
  if (role === "beneficiary") return delivery.beneficiary === undefined;
  if (role === "provider" && provider !== undefined) return false;
  return own(parties, role) === undefined && own(delivery.parties, role) === undefined;
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A measure's value as a number; booleans count as one and zero. Refuses what is missing or no number. */
export function readMeasure(subject: Subject, measure: string): Exact {
  const value = own(subject.usage, measure);
  if (value === undefined) throw missing(subject, measure);
  if (typeof value === "boolean") return { n: value ? 1n : 0n, d: 1n };
  if (typeof value === "object") throw invalid(subject, measure, "is a list where one number is needed");
  return exactOf(subject, measure, value);
}

/** A list of amounts; a single number is a list of one. */
export function readAmounts(subject: Subject, measure: string): readonly Exact[] {
  const value = own(subject.usage, measure);
  if (value === undefined) throw missing(subject, measure);
  if (typeof value === "boolean") throw invalid(subject, measure, "is no amount");
  if (typeof value !== "object") return [exactOf(subject, measure, value)];
  return value.map((amount) => exactOf(subject, measure, amount));
}

function exactOf(subject: Subject, measure: string, value: string | number): Exact {
  try {
    return parseExact(value);
  } catch {
    throw invalid(subject, measure, `is not a number: ${JSON.stringify(value).slice(0, 40)}`);
  }
}

export function measureValue(subject: Subject, measure: string): Usage[string] | undefined {
  return own(subject.usage, measure);
}

function missing(subject: Subject, measure: string): Refused {
  return new Refused(
    "USAGE_INVALID",
    `${subject.product} needs the measure \`${measure}\`, and the delivery ${subject.delivery.id} doesn't have it.`,
    `Add \`${measure}\` to the delivery's usage.`,
    `${subject.pointer}/usage/${measure}`,
  );
}

export function invalid(subject: Subject, measure: string, what: string): Refused {
  return new Refused(
    "USAGE_INVALID",
    `\`${measure}\` of the delivery ${subject.delivery.id} ${what}.`,
    `Correct \`${measure}\` in the delivery's usage.`,
    `${subject.pointer}/usage/${measure}`,
  );
}

/** Real elapsed milliseconds; refuses a delivery without an end, or whose end comes before its start. */
export function elapsedMs(subject: Subject): number {
  if (subject.end === undefined) {
    throw new Refused(
      "USAGE_INVALID",
      `${subject.product} is priced by time, and the delivery ${subject.delivery.id} has no end.`,
      "Add `endedAt`.",
      `${subject.pointer}/endedAt`,
    );
  }
  const elapsed = subject.end.epochMs - subject.start.epochMs;
  if (elapsed < 0) {
    throw new Refused(
      "USAGE_INVALID",
      `The delivery ${subject.delivery.id} ends before it starts.`,
      "Correct `startedAt` or `endedAt`; a time without an offset is local time of the rate card's zone.",
      `${subject.pointer}/endedAt`,
    );
  }
  return elapsed;
}
