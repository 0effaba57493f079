import type { Condition, EntryContent } from "../documents.ts";
import { compare, formatExact, isExact, parseExact } from "../exact.ts";
import type { Report } from "./finding.ts";
import { pricesOf } from "./prices.ts";

/** Conditions that no delivery can meet: of an entry, of a component of its price, of a discount. */
export function checkConditions(entry: EntryContent, pointer: string, report: Report): void {
  checkWhen(entry.when, `${pointer}/when`, `the entry for ${entry.product}`, report);
  for (const { price, pointer: at } of pricesOf(entry, pointer)) {
    if ("when" in price) checkWhen(price.when, `${at}/when`, "this price", report);
  }
  entry.discounts?.forEach(({ id, when }, i) => {
    checkWhen(when, `${pointer}/discounts/${i}/when`, `the discount ${id}`, report);
  });
}

export function checkWhen(
  when: readonly Condition[] | undefined,
  pointer: string,
  what: string,
  report: Report,
): void {
  when?.forEach((condition, i) => {
    const other = when.slice(0, i).findIndex((earlier) => excludes(earlier, condition));
    if (other < 0 && !isImpossible(condition)) return;
    report.error(
      "ECO_CONDITION_IMPOSSIBLE",
      `${pointer}/${i}`,
      other < 0
        ? `No delivery can meet this condition, so ${what} never holds.`
        : `No delivery can meet both this condition and ${pointer}/${other}, so ${what} never holds.`,
      "All conditions of a `when` must hold together: correct one, or make entries of their own of them.",
    );
  });
}

/** A condition that contradicts itself: above 10 and below 5, or absent and equal to something. */
function isImpossible({ present, equals, in: list, above, atLeast, atMost, below }: Condition): boolean {
  const values = equals === undefined ? list : [equals];
  const bounds: Condition = {
    ...(above === undefined ? {} : { above }),
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(atMost === undefined ? {} : { atMost }),
    ...(below === undefined ? {} : { below }),
  };
  const isBounded = Object.keys(bounds).length > 0;
  if (present === false) return values !== undefined || isBounded;
  if (values === undefined) return apart(bounds, bounds);
  if (equals !== undefined && list !== undefined && excludes({ equals }, { in: list })) return true;
  return isBounded && values.every((value) => isOutside({ equals: value }, bounds));
}

const isOutside = (value: Condition, bounds: Condition): boolean =>
  apart(value, bounds) || apart(bounds, value);

/** Whether no delivery can meet both conditions. */
export function excludes(a: Condition, b: Condition): boolean {
  if (a.measure !== b.measure || a.role !== b.role) return false;
  if (a.present !== undefined && b.present !== undefined && a.present !== b.present) return true;
  if (a.present === false || b.present === false) return a.present !== b.present;
  const [ins, others] = [valuesOf(a), valuesOf(b)];
  if (ins !== undefined && others !== undefined) return !ins.some((value) => others.includes(value));
  return apart(a, b) || apart(b, a);
}

/** What may stand there; numbers as one text each, however they are written. */
function valuesOf({ equals, in: list }: Condition): readonly string[] | undefined {
  const values = equals === undefined ? list : [equals];
  return values?.map((value) => (isExact(value) ? formatExact(parseExact(value)) : String(value)));
}

/** Whether everything that `a` allows lies below everything that `b` allows. */
function apart(a: Condition, b: Condition): boolean {
  const high = a.below ?? a.atMost ?? a.equals;
  const low = b.above ?? b.atLeast ?? b.equals;
  if (!isExact(high) || !isExact(low)) return false;
  const order = compare(parseExact(high), parseExact(low));
  const open = a.below !== undefined || b.above !== undefined;
  return open ? order <= 0 : order < 0;
}
