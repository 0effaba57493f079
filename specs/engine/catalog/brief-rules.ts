import { isPlainObject, type PlainObject } from "./pointer.ts";
import { SIGNALS, USUAL_BRIEF } from "./signals.ts";
import { textsOf } from "./untyped.ts";

/** What a brief compares with. */
export interface BriefRules {
  /** How many weeks back. */
  readonly weeks: number;
  /** From how many of them on something is compared. */
  readonly minimumWeeks: number;
  /** How many false alarms an ordinary day brings in the mean, over all that is compared. */
  readonly falseAlarms: number;
  /** By name. */
  readonly signals: readonly string[];
}

/** What the metric catalogues say about the brief, the first that does; the usual for what none says. */
export function readBriefRules(documents: readonly PlainObject[]): BriefRules {
  const said = documents.map(({ brief }) => brief).find(isPlainObject) ?? {};
  const { weeks, minimumWeeks, falseAlarms } = USUAL_BRIEF;
  const signals = textsOf(said["signals"]);
  const back = numberOr(said["weeks"], weeks);
  return {
    weeks: back,
    minimumWeeks: Math.min(back, numberOr(said["minimumWeeks"], minimumWeeks)),
    falseAlarms: numberOr(said["falseAlarms"], falseAlarms),
    signals: signals.length === 0 ? Object.keys(SIGNALS) : signals,
  };
}

const numberOr = (value: unknown, usual: number): number => (typeof value === "number" ? value : usual);
