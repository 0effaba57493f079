import type { PlainObject } from "../catalog/pointer.ts";
import type { Level, Place } from "./change.ts";
import { named, type Spot, tellLevel } from "./comparison.ts";
import { capital } from "./content.ts";
import { shown } from "./substance.ts";

/** The day until which something deprecated is served, as is widely written: `x-sunset: "2030-01-01"`. */
export const SUNSET = "x-sunset";

/** When something ends: an earlier day breaks what was promised, and so may one that is told no longer. */
export function compareSunset(spot: Spot, old: PlainObject, now: PlainObject, place: Place): void {
  const [was, is] = [old[SUNSET], now[SUNSET]];
  if (was === is) return;
  const what = spot.where === "" ? `The operation ${spot.subject.id}` : capital(named(spot));
  const say = (level: Level, message: string): void =>
    tellLevel(spot, "sunset.changed", level, message, place);
  if (was === undefined) say("text", `${what} is there until ${shown(is)}.`);
  else if (is === undefined && now["deprecated"] !== true)
    say("text", `${what} has no end any more; it was ${shown(was)}.`);
  else if (is === undefined)
    say("possibly-breaking", `${what} was there until ${shown(was)}, and nothing says until when now.`);
  else {
    const [before, after] = [Date.parse(String(was)), Date.parse(String(is))];
    const known = !Number.isNaN(before) && !Number.isNaN(after);
    const level = known ? (after < before ? "breaking" : "text") : "possibly-breaking";
    say(level, `${what} was there until ${shown(was)} and is until ${shown(is)} now.`);
  }
}
