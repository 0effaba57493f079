import type { Refusal } from "../capability.ts";
import { refuse } from "../define.ts";
import { plusDuration, toUtc } from "../time.ts";

/** What the virtual clock is asked to do; nothing named leaves it as it is. */
export interface ClockChange {
  /** ISO 8601 duration by which to move on. */
  readonly advance?: string | undefined;
  /** Instant to move to: RFC 3339, or a local time in the ecosystem's zone. */
  readonly set?: string | undefined;
  readonly mode?: string | undefined;
}

export interface ClockTarget {
  readonly kind: "target";
  readonly now: string;
  readonly mode: "running" | "frozen";
}

/** So far from the last years that can be written that every deadline has its place after it. */
const LATEST = "9001-01-01T00:00:00.000Z";
const WITHIN = "in the years 1 to 9000";

const isWithin = (now: string | undefined): now is string => now !== undefined && now < LATEST;

/** Where the change takes a clock that stands as `clock` says; a refusal where it can't be done. */
export function clockTarget(
  { advance, set, mode: asked }: ClockChange,
  clock: { readonly now: string; readonly mode: "running" | "frozen" },
  zone: string,
): ClockTarget | Refusal {
  const mode = asked ?? clock.mode;
  if (mode !== "running" && mode !== "frozen") return invalid("mode", "must be running or frozen");
  if (advance !== undefined && set !== undefined) return invalid("set", "give either `advance` or `set`");
  if (advance !== undefined) {
    const now = plusDuration(clock.now, advance, zone);
    if (!isWithin(now))
      return invalid("advance", `must be an ISO 8601 duration such as PT2H or P1D, and stay ${WITHIN}`);
    if (Date.parse(now) < Date.parse(clock.now))
      return invalid("advance", "leads back; give the instant to go back to as `set`");
    return { kind: "target", now, mode };
  }
  const now = set === undefined ? clock.now : toUtc(set, zone);
  if (!isWithin(now)) return invalid("set", `must be an RFC 3339 date-time ${WITHIN}`);
  return { kind: "target", now, mode };
}

const invalid = (field: string, detail: string): Refusal =>
  refuse("ECO_REQUEST_INVALID", "The clock can't be set so.", [{ pointer: `#/${field}`, detail }]);
