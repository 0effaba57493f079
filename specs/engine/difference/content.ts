import { pointerOf } from "../catalog/pointer.ts";
import type { MediaType, SchemaRef } from "../catalog/types.ts";
import { type Place, VERDICTS } from "./change.ts";
import { named, newAt, oldAt, type Spot, tell } from "./comparison.ts";
import { pairUp } from "./pair-up.ts";
import { sameJson } from "./substance.ts";

type Content = Readonly<Record<string, MediaType>>;

/**
 * Bodies by media type, whatever its parameters are. What is asked for may be sent in any of them, what is given may be
 * asked for in any.
 */
export function compareContent(
  spot: Spot,
  old: Content,
  now: Content,
  pointers: { readonly old: string; readonly new: string },
): void {
  const { comparison } = spot;
  const types = [Object.keys(old), Object.keys(now)] as const;
  const { pairs, gone, come } = pairUp(...types, [(type) => type, bare]);
  const single = types.every((list) => list.length <= 1);
  const newPlace = (type: string): Place => newAt(comparison, pointers.new + pointerOf(type));
  const compare = (type: string, was: string, is: string): void => {
    const at = single ? spot : { ...spot, where: `${spot.where} (${type})` };
    const [before, after] = [old[was], now[is]];
    if (before !== undefined && after !== undefined) compareMediaType(at, before, after, newPlace(is));
  };
  for (const [was, is] of pairs) compare(is, was, is);
  const what = capital(named(spot));
  const narrowed = new Map(
    gone.flatMap((range) => {
      const type = come.find((one) => covers(range, one));
      return type === undefined ? [] : [[range, type] as const];
    }),
  );
  for (const [range, type] of narrowed) {
    const message = `${what} could be anything of ${range} and is ${type} now.`;
    tell(spot, "media-type.narrowed", VERDICTS.narrower, message, newPlace(type));
    compare(type, range, type);
  }
  const told = new Set(narrowed.values());
  for (const type of come.filter((one) => !told.has(one)))
    tell(spot, "media-type.added", VERDICTS.harmless, `${what} may be ${type} now.`, newPlace(type));
  for (const type of gone.filter((one) => !narrowed.has(one))) {
    const place = oldAt(comparison, pointers.old + pointerOf(type));
    const range = Object.keys(now).find((one) => covers(one, type));
    if (range === undefined)
      tell(spot, "media-type.removed", VERDICTS.replaced, `${what} is no longer there as ${type}.`, place);
    else {
      const message = `${what} is no longer named as ${type}; ${range} speaks for it.`;
      tell(spot, "media-type.covered", VERDICTS.looser, message, place);
      compare(type, type, range);
    }
  }
}

/** Without parameters: `application/json` of `Application/JSON; charset=utf-8`. */
const bare = (type: string): string => (type.split(";")[0] ?? type).trim().toLowerCase();

/** Whether a range takes a media type: `application/*`, or `*` of both. */
function covers(range: string, type: string): boolean {
  const [kind, sub] = bare(range).split("/");
  return sub === "*" && (kind === "*" || kind === bare(type).split("/")[0]);
}

function compareMediaType(spot: Spot, was: MediaType, is: MediaType, place: Place): void {
  compareSchemas(spot, was.schema, is.schema, place);
  if (!sameJson(was.encoding, is.encoding))
    tell(
      spot,
      "encoding.changed",
      VERDICTS.unjudged,
      `How the fields of ${named(spot)} are written changed; what that asks can't be judged.`,
      place,
    );
  if (!sameJson(was.examples, is.examples))
    tell(spot, "words.changed", VERDICTS.text, `examples of ${named(spot)} changed.`, place);
}

/** The schemas of a spot; where only one side has one, the other takes anything. */
export function compareSchemas(
  spot: Spot,
  was: SchemaRef | undefined,
  is: SchemaRef | undefined,
  place: Place,
): void {
  const { comparison, subject, where, direction } = spot;
  if (was !== undefined && is !== undefined)
    comparison.schemas.compare(was.pointer, is.pointer, { subject, where, direction });
  else if (is !== undefined)
    tell(
      spot,
      "value.described",
      VERDICTS.narrower,
      `${capital(named(spot))} could be anything and is described now.`,
      place,
    );
  else if (was !== undefined)
    tell(spot, "value.anything", VERDICTS.wider, `${capital(named(spot))} may be anything now.`, place);
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
