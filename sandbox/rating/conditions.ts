import type { Condition, PartySelector } from "./documents.ts";
import { compare, type Exact, isExact, parseExact } from "./exact.ts";
import { measureValue, type Subject } from "./subject.ts";
import type { PartyId } from "./types.ts";

export type Test = (subject: Subject) => boolean;

/** All conditions must hold; none at all always holds. */
export function compileConditions(conditions: readonly Condition[] | undefined): Test | undefined {
  if (conditions === undefined || conditions.length === 0) return undefined;
  const tests = conditions.map(compileCondition);
  return (subject) => tests.every((test) => test(subject));
}

function compileCondition(condition: Condition): Test {
  const bounds = [
    bound(condition.above, (order) => order > 0),
    bound(condition.atLeast, (order) => order >= 0),
    bound(condition.atMost, (order) => order <= 0),
    bound(condition.below, (order) => order < 0),
  ].filter((test) => test !== undefined);
  return (subject) => {
    const value = readValue(condition, subject);
    if (condition.present !== undefined && condition.present !== (value !== undefined)) return false;
    if (value === undefined) return condition.present === false;
    if (condition.equals !== undefined && !same(value, condition.equals)) return false;
    if (condition.in !== undefined && !condition.in.some((wanted) => same(value, wanted))) return false;
    if (bounds.length === 0) return true;
    if (!isExact(value)) return false;
    const exact = parseExact(value);
    return bounds.every((test) => test(exact));
  };
}

type Value = string | number | boolean | undefined;

function readValue(condition: Condition, subject: Subject): Value {
  if (condition.measure !== undefined) {
    const value = measureValue(subject, condition.measure);
    return typeof value === "object" ? undefined : value;
  }
  return condition.role === undefined ? undefined : subject.partyOf(condition.role);
}

/** 1, `"1"` and `"1.0"` are one number; everything else is compared as it stands. */
function same(value: string | number | boolean, wanted: string | number | boolean): boolean {
  if (value === wanted) return true;
  if (!isExact(value) || !isExact(wanted))
    return String(value) === String(wanted) && typeof value !== "boolean";
  return compare(parseExact(value), parseExact(wanted)) === 0;
}

function bound(
  limit: string | number | undefined,
  holds: (order: number) => boolean,
): ((value: Exact) => boolean) | undefined {
  if (limit === undefined) return undefined;
  const exact = parseExact(limit);
  return (value) => holds(compare(value, exact));
}

/** The party that a selector means for this delivery; undefined where the role is nobody's. */
export function selectParty(selector: PartySelector, subject: Subject): PartyId | undefined {
  return selector.party ?? (selector.role === undefined ? undefined : subject.partyOf(selector.role));
}
