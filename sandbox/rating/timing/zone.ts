import { Temporal } from "temporal-polyfill";
import { DAY_MS } from "./units.ts";

/** A stretch of time during which a zone keeps one offset from UTC. All in milliseconds since the epoch. */
interface OffsetRange {
  readonly from: number;
  readonly until: number;
  readonly offsetMs: number;
}

/**
 * A time zone whose offsets are asked of Temporal once per stretch between two clock changes and kept:
 * a million deliveries cost a handful of look-ups.
 */
export interface Zone {
  readonly id: string;
  offsetAt(epochMs: number): number;
  /** The instant at which the clocks show a local time; in a fold the earlier, in a gap the one after it (`compatible`). */
  toEpoch(localMs: number): number;
  /** All instants at which the clocks show a local time: none in a gap, two in a fold. */
  occurrences(localMs: number): readonly number[];
  /** Clock changes within (from, until). */
  transitions(from: number, until: number): readonly number[];
}

const zones = new Map<string, Zone>();

/** Throws a RangeError for a name that is no time zone. */
export function zoneOf(id: string): Zone {
  let zone = zones.get(id);
  if (zone === undefined) {
    zone = createZone(id);
    zones.set(id, zone);
  }
  return zone;
}

export function isZone(id: string): boolean {
  try {
    zoneOf(id).offsetAt(0);
    return true;
  } catch {
    return false;
  }
}

function createZone(id: string): Zone {
  const ranges: OffsetRange[] = [];
  let last: OffsetRange = { from: 0, until: 0, offsetMs: 0 };

  const rangeAt = (epochMs: number): OffsetRange => {
    if (epochMs >= last.from && epochMs < last.until) return last;
    let range = ranges.find(({ from, until }) => epochMs >= from && epochMs < until);
    if (range === undefined) {
      range = askTemporal(id, epochMs);
      ranges.push(range);
    }
    last = range;
    return range;
  };

  const occurrences = (localMs: number): number[] => {
    const around = [rangeAt(localMs - DAY_MS).offsetMs, rangeAt(localMs + DAY_MS).offsetMs];
    return [...new Set(around)]
      .map((offsetMs) => ({ offsetMs, epochMs: localMs - offsetMs }))
      .filter(({ offsetMs, epochMs }) => rangeAt(epochMs).offsetMs === offsetMs)
      .map(({ epochMs }) => epochMs)
      .sort((a, b) => a - b);
  };

  return {
    id,
    offsetAt: (epochMs) => rangeAt(epochMs).offsetMs,
    toEpoch(localMs) {
      const epochMs = localMs - last.offsetMs;
      if (epochMs - DAY_MS >= last.from && epochMs + DAY_MS < last.until) return epochMs;
      return occurrences(localMs)[0] ?? localMs - rangeAt(localMs - DAY_MS).offsetMs;
    },
    occurrences,
    transitions(from, until) {
      const found: number[] = [];
      for (let at = rangeAt(from).until; at < until; at = rangeAt(at).until) if (at > from) found.push(at);
      return found;
    },
  };
}

function askTemporal(id: string, epochMs: number): OffsetRange {
  const moment = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(id);
  // One millisecond on, so that a moment right at a change is found to begin its own stretch.
  const previous = moment.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
  const next = moment.getTimeZoneTransition("next");
  return {
    from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: Math.round(moment.offsetNanoseconds / 1_000_000),
  };
}
