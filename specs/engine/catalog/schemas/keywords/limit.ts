import type { Keyword } from "../keyword.ts";
import { isNumber } from "./kinds.ts";

/** A keyword that compares a number of the value with what it says. */
export function limit(
  on: Keyword["on"],
  sizeOf: (value: never) => number,
  holds: (size: number, says: number) => boolean,
  words: (says: number) => string,
): Keyword {
  return {
    ...(on === undefined ? {} : { on }),
    check({ says, value, fail }) {
      if (isNumber(says) && !holds(sizeOf(value as never), says)) fail(words(says), { limit: says });
    },
  };
}

export const atMost = (size: number, says: number): boolean => size <= says;
export const atLeast = (size: number, says: number): boolean => size >= says;
export const more = (what: string) => (says: number) => `must NOT have more than ${says} ${what}`;
export const fewer = (what: string) => (says: number) => `must NOT have fewer than ${says} ${what}`;
