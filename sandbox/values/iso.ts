let lastMs = 0;
let lastIso = new Date(lastMs).toISOString();

/** RFC 3339, in UTC, of milliseconds since the epoch. The last one is remembered: many requests share a millisecond. */
export function isoOf(milliseconds: number): string {
  if (milliseconds !== lastMs) {
    lastIso = new Date(milliseconds).toISOString();
    lastMs = milliseconds;
  }
  return lastIso;
}
