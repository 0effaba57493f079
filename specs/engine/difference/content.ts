import { pointerOf } from "../catalog/pointer.ts";
import type { MediaType, SchemaRef } from "../catalog/types.ts";
import { type Place, VERDICTS } from "./change.ts";
import { named, newAt, oldAt, type Spot, tell } from "./comparison.ts";
import { sameJson } from "./substance.ts";

type Content = Readonly<Record<string, MediaType>>;

/** Bodies by media type. What is asked for may be sent in any of them, what is given may be asked for in any. */
export function compareContent(
  spot: Spot,
  old: Content,
  now: Content,
  pointers: { readonly old: string; readonly new: string },
): void {
  const { comparison } = spot;
  const single = Object.keys(old).length <= 1 && Object.keys(now).length <= 1;
  for (const type of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const [was, is] = [old[type], now[type]];
    if (was === undefined)
      tell(
        spot,
        "media-type.added",
        VERDICTS.harmless,
        `${capital(named(spot))} may be ${type} now.`,
        newAt(comparison, pointers.new + pointerOf(type)),
      );
    else if (is === undefined)
      tell(
        spot,
        "media-type.removed",
        VERDICTS.replaced,
        `${capital(named(spot))} is no longer there as ${type}.`,
        oldAt(comparison, pointers.old + pointerOf(type)),
      );
    else
      compareMediaType(
        single ? spot : { ...spot, where: `${spot.where} (${type})` },
        was,
        is,
        newAt(comparison, pointers.new + pointerOf(type)),
      );
  }
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
