export const MINUTE_MS = 60_000;
/** By the calendar: a day of a local time counted as if it were UTC, in which every day has 24 hours. */
export const DAY_MS = 86_400_000;
