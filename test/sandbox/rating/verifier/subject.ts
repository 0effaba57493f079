import { dateOf, type Moment, readTime } from "./clock.ts";
import { Q } from "./fractions.ts";
import { engaged, type Offer } from "./offers.ts";
import { list, type Raw, raw, text } from "./raw.ts";

/** A delivery, or a part of one, as a rate card looks at it. */
export interface Subject {
  readonly delivery: Raw;
  readonly usage: Raw;
  readonly zone: string;
  readonly start: Moment;
  readonly end: Moment | undefined;
  /** Local day of the start. */
  readonly date: string;
  /** Who has a role: by the delivery, else by the entry's stand-ins, else by the agreement. */
  party(role: string): string | undefined;
  /** Who the delivery itself says has it. */
  named(role: string): string | undefined;
}

export function subjectOf(
  delivery: Raw,
  part: Raw | undefined,
  standIns: Raw,
  { agreement, card }: Offer,
): Subject {
  const zone = String(card["timeZone"] ?? "UTC");
  const start = readTime(String(part?.["startedAt"] ?? delivery["startedAt"]), zone);
  const end = part?.["endedAt"] ?? delivery["endedAt"];
  const named = (role: string): string | undefined => {
    if (role === "customer" || role === "beneficiary") return text(delivery[role]);
    const provider = role === "provider" ? (part ?? delivery)["provider"] : undefined;
    return text(provider ?? raw(part?.["parties"])[role] ?? raw(delivery["parties"])[role]);
  };
  return {
    delivery,
    usage: raw(part === undefined ? delivery["usage"] : part["usage"]),
    zone,
    start,
    end: end === undefined ? undefined : readTime(String(end), zone),
    date: dateOf(start.local),
    named,
    party: (role) => named(role) ?? text(standIns[role]) ?? engaged(agreement, role),
  };
}

/** The party that a selector means. Throws where the role is nobody's. */
export function partyOf(selector: Raw, subject: Subject): string {
  const party = maybeParty(selector, subject);
  if (party === undefined) throw new Error(`nobody has the role ${String(selector["role"])}`);
  return party;
}

export function maybeParty(selector: Raw, subject: Subject): string | undefined {
  return text(selector["party"]) ?? subject.party(String(selector["role"]));
}

/** Whether all conditions hold. */
export function holds(conditions: unknown, subject: Subject): boolean {
  return list(conditions).every((condition) => holdsOne(condition, subject));
}

function holdsOne(condition: Raw, subject: Subject): boolean {
  const { measure, role, present, equals } = condition;
  const read = measure === undefined ? subject.party(String(role)) : subject.usage[String(measure)];
  const value = typeof read === "object" ? undefined : read;
  if (present !== undefined && present !== (value !== undefined)) return false;
  if (value === undefined) return present === false;
  if (equals !== undefined && !same(value, equals)) return false;
  const among = condition["in"];
  if (Array.isArray(among) && !among.some((each) => same(value, each))) return false;
  return (["above", "atLeast", "atMost", "below"] as const).every((bound) => {
    const limit = condition[bound];
    if (limit === undefined) return true;
    const order = isNumber(value) ? Q.of(value).compare(Q.of(limit)) : Number.NaN;
    return { above: order > 0, atLeast: order >= 0, atMost: order <= 0, below: order < 0 }[bound];
  });
}

const isNumber = (value: unknown): boolean =>
  typeof value !== "boolean" && /^-?\d+(\.\d+)?$/.test(String(value));

function same(value: unknown, wanted: unknown): boolean {
  if (isNumber(value) && isNumber(wanted)) return Q.of(value).is(Q.of(wanted));
  return value === wanted || (typeof value !== "boolean" && String(value) === String(wanted));
}
