import { isoOf } from "../values/iso.ts";
import type { JsonObject, Reader, RecordWrite, StoredRecord } from "./store.ts";

/** The record of the virtual clock: `sandbox/clock`. */
export const CLOCK = { collection: "sandbox", id: "clock" } as const;

/** Running: wall clock plus `offsetMs`. Frozen: it stands at `frozenAt`. */
export interface ClockRecord extends JsonObject {
  readonly mode: "running" | "frozen";
  readonly offsetMs: number;
  /** Virtual time, RFC 3339; the empty string while it runs. */
  readonly frozenAt: string;
}

export interface ClockReading {
  readonly mode: "running" | "frozen";
  readonly offsetMs: number;
  readonly now: string;
  /** Version of the record; 0 while the clock was never set. */
  readonly version: number;
}

export async function readClock(read: Reader, wallMs: number): Promise<ClockReading> {
  return clockOf(await read.get<ClockRecord>(CLOCK.collection, CLOCK.id), wallMs);
}

/** What a clock shows, by its record; undefined where it was never set. */
export function clockOf(record: StoredRecord<ClockRecord> | undefined, wallMs: number): ClockReading {
  if (record === undefined) return { mode: "running", offsetMs: 0, now: isoOf(wallMs), version: 0 };
  const { mode, offsetMs, frozenAt } = record.value;
  const { version } = record;
  if (mode === "frozen") {
    return { mode, offsetMs: Date.parse(frozenAt) - wallMs, now: frozenAt, version };
  }
  return { mode, offsetMs, now: isoOf(wallMs + offsetMs), version };
}

export function clockWrite(
  set: { readonly mode: "running" | "frozen"; readonly now: string },
  wallMs: number,
  version: number,
): RecordWrite {
  const value: ClockRecord = {
    mode: set.mode,
    offsetMs: Date.parse(set.now) - wallMs,
    frozenAt: set.mode === "frozen" ? set.now : "",
  };
  return { ...CLOCK, value, expectedVersion: version };
}
