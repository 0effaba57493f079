import type { SignalKind } from "../../specs/engine/catalog/signals.ts";
import { distanceOf, normalTail, studentTail } from "./tails.ts";

/**
 * A day of a signal. `count`: `of` records. `share`: `part` of `of` records count. `time`: `of` records, `part` is the sum
 * of the natural logarithms of their seconds.
 */
export interface Day {
  readonly part: number;
  readonly of: number;
}

/** A day against the same weekdays before it. */
export interface Comparison {
  /** In standard errors: how far the day is from what was expected; negative when below. */
  readonly score: number;
  /** How likely a day is to be at least so far out, on either side. */
  readonly likelihood: number;
  /** How many earlier weeks it was compared with. */
  readonly weeks: number;
  readonly observed: number;
  /** The middle of the same weekdays. */
  readonly expected: number;
  /** Between what is ordinary, where anything rarer than `likelihood` is not. */
  range(likelihood: number): readonly [from: number, to: number];
}

/**
 * On the scale of a kind, chance moves a record by one and the same amount whatever is expected: counts by the square root
 * (Anscombe 1948), shares by the arcsine of the square root (Freeman and Tukey 1950), times by the logarithm.
 */
interface Scale {
  /** Where a day stands; undefined for a day that says nothing. */
  place(day: Day): number | undefined;
  /** One over the standard error of its place, up to the spread. */
  weight(day: Day): number;
  /** A place as a figure. */
  figure(place: number, day: Day): number;
  observed(day: Day): number;
  /** The least spread: what chance alone brings about. */
  readonly floor: number;
}

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

const SCALES: Readonly<Record<SignalKind, Scale>> = {
  count: {
    place: ({ of }) => 2 * Math.sqrt(of + 3 / 8),
    weight: () => 1,
    figure: (place) => Math.max(0, (Math.max(0, place) / 2) ** 2 - 3 / 8),
    observed: ({ of }) => of,
    floor: 1,
  },
  share: {
    place: ({ part, of }) => (of === 0 ? undefined : 2 * Math.asin(Math.sqrt((part + 3 / 8) / (of + 3 / 4)))),
    weight: ({ of }) => Math.sqrt(of + 1 / 2),
    figure: (place, { of }) => {
      const share = Math.sin(within(place, 0, Math.PI) / 2) ** 2;
      return within((share * (of + 3 / 4) - 3 / 8) / of, 0, 1);
    },
    observed: ({ part, of }) => part / of,
    floor: 1,
  },
  time: {
    place: ({ part, of }) => (of === 0 ? undefined : part / of),
    weight: ({ of }) => Math.sqrt(of),
    figure: (place) => Math.exp(place),
    observed: ({ part, of }) => Math.exp(part / of),
    // Answers that differ by half of their length or more are as ordinary as they come.
    floor: 1 / 2,
  },
};

/** A median absolute deviation times this is the standard deviation of what is normally distributed. */
const MAD_TO_DEVIATION = 1.4826;
/** How many values a standard deviation would need to be as exact as a median absolute deviation is from one. */
const MAD_EFFICIENCY = 0.37;

interface Placed {
  readonly place: number;
  readonly weight: number;
  readonly weekday: number;
}

/**
 * Compares the last of some days with the same weekdays of the weeks before it, by their median and their median absolute
 * deviation. Undefined where it says nothing, or where fewer than `minimumWeeks` of them do.
 *
 * @param days one after the other, `7 × weeks + 1` of them; the last one is looked at
 * @param since the first of them that counts: what there was none of before it isn't compared with
 */
export function compareDay(
  kind: SignalKind,
  days: readonly Day[],
  since: number,
  minimumWeeks: number,
): Comparison | undefined {
  const scale = SCALES[kind];
  const last = days.length - 1;
  const day = days[last];
  const place = day === undefined ? undefined : scale.place(day);
  if (day === undefined || place === undefined) return undefined;
  const placed: Placed[] = [];
  for (const [index, each] of days.entries()) {
    const at = index < since || index === last ? undefined : scale.place(each);
    if (at !== undefined) placed.push({ place: at, weight: scale.weight(each), weekday: (last - index) % 7 });
  }
  const centres = [0, 1, 2, 3, 4, 5, 6].map((weekday) =>
    middleOf(placed.filter((each) => each.weekday === weekday)),
  );
  const same = placed.filter(({ weekday }) => weekday === 0);
  const centre = centres[0];
  if (centre === undefined || same.length < minimumWeeks) return undefined;
  const alike = placed.filter(({ weekday }) => isAlike(kind, centres[weekday], centre, day));
  const measured = deviationOf(alike, centres);
  const spread = Math.max(scale.floor, measured);
  const weights = same.reduce((sum, each) => sum + each.weight ** 2, 0);
  // The day's own error, and that of the median that it is held against.
  const error = spread * Math.sqrt(1 / scale.weight(day) ** 2 + Math.PI / 2 / weights);
  const score = (place - centre) / error;
  const worth = MAD_EFFICIENCY * alike.length;
  // Chance alone is known. A spread that is clearly wider was taken from a few weeks, and may be off itself: Student's t knows.
  const isChance = measured <= scale.floor * (1 + 2 / Math.sqrt(2 * worth));
  const degrees = 2 * Math.max(1, Math.floor(worth / 2));
  const tail = isChance ? normalTail : (distance: number) => studentTail(distance, degrees);
  return {
    score,
    likelihood: tail(score),
    weeks: same.length,
    observed: scale.observed(day),
    expected: scale.figure(centre, day),
    range: (likelihood) => {
      const reach = distanceOf(likelihood, tail) * error;
      return [scale.figure(centre - reach, day), scale.figure(centre + reach, day)];
    },
  };
}

/**
 * Whether another weekday tells how far days like this one scatter: of counts those of half to double the business, since a
 * Sunday without any looks steadier than a Monday can be; elsewhere weights see to it.
 */
function isAlike(kind: SignalKind, other: number | undefined, centre: number, day: Day): boolean {
  if (kind !== "count" || other === undefined) return other !== undefined;
  const [one, two] = [SCALES.count.figure(other, day), SCALES.count.figure(centre, day)];
  return one >= two / 2 && one <= two * 2;
}

/** The weighted median: half of the weight lies on either side. Half way between two where it falls between them. */
function middleOf(placed: readonly Placed[]): number | undefined {
  const sorted = placed.toSorted((one, other) => one.place - other.place);
  const half = sorted.reduce((sum, { weight }) => sum + weight ** 2, 0) / 2;
  let sum = 0;
  for (const [index, { place, weight }] of sorted.entries()) {
    sum += weight ** 2;
    const next = sorted[index + 1];
    if (sum === half && next !== undefined) return (place + next.place) / 2;
    if (sum >= half) return place;
  }
  return undefined;
}

/** From the median absolute deviation of days from the middle of their own weekday, each by its weight. */
function deviationOf(placed: readonly Placed[], centres: readonly (number | undefined)[]): number {
  const away = placed
    .map(({ place, weight, weekday }) => Math.abs(place - (centres[weekday] ?? place)) * weight)
    .sort((one, other) => one - other);
  const [lower, upper] = [away[(away.length - 1) >> 1], away[away.length >> 1]];
  return lower === undefined || upper === undefined ? 0 : (MAD_TO_DEVIATION * (lower + upper)) / 2;
}
