import type { JsonObject } from "../store/store.ts";
import type { DecisionContext, Refusal } from "./capability.ts";
import { optionalText, refuse } from "./define.ts";
import { digestJson } from "./digest.ts";

/** Enough to tell lists apart; what a caller may see is decided anew with each page, whatever its cursor says. */
const MARK_LENGTH = 12;

/**
 * Which pages a cursor leads to: those of one list, with the same filters, as one party sees them, in one sandbox. A place
 * in another list is a number that means something else there, so it would skip or repeat items without a word.
 */
export function cursorMark(
  list: string,
  { cursor: _cursor, limit: _limit, ...filters }: JsonObject,
  { caller, seed }: DecisionContext,
): string {
  const digest = digestJson([list, caller?.party ?? null, seed, filters]);
  return digest.slice("sha256:".length).slice(0, MARK_LENGTH);
}

/** Opaque to callers. `place` has neither dots nor anything that a URL would have to escape. */
export const markedCursor = (place: string, mark: string): string => `${place}.${mark}`;

/** The place of the input's cursor; undefined without one. */
export function readPlace(input: JsonObject, mark: string): string | undefined | Refusal {
  const cursor = optionalText(input, "cursor");
  if (cursor === undefined) return undefined;
  const [place = "", marked] = cursor.split(".", 2);
  return marked === mark && cursor === markedCursor(place, mark) ? place : foreignCursor();
}

/** Refuses what is no cursor, or one of another list. */
export const foreignCursor = (): Refusal =>
  refuse("ECO_REQUEST_INVALID", "The cursor is not one that this list gave.", [
    {
      pointer: "#/cursor",
      detail:
        "use `nextCursor` of the former page as it came, with the same filters and as the same party; it leads on in that list alone",
    },
  ]);
