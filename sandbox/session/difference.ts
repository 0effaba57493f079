import { escapeToken } from "../../specs/engine/catalog/pointer.ts";
import { parseJson } from "../../specs/engine/parse-json.ts";

/** The first place where two JSON values differ; `undefined` stands for a value that is missing. */
export interface Difference {
  /** JSON pointer from the values compared; empty where they differ as a whole. */
  readonly pointer: string;
  readonly want: unknown;
  readonly got: unknown;
}

/** The first difference in the order of `want`, then what only `got` has; undefined where both are the same. */
export const firstDifference = (want: unknown, got: unknown): Difference | undefined =>
  differencesOf(want, got, 1)[0];

/** All of them in that order, or so many. */
export function differencesOf(want: unknown, got: unknown, limit = Infinity): Difference[] {
  const found: Difference[] = [];
  collect(want, got, "", (difference) => found.push(difference) >= limit);
  return found;
}

/** Gives what it finds to `isEnough`; whether it was enough. */
function collect(
  want: unknown,
  got: unknown,
  pointer: string,
  isEnough: (found: Difference) => boolean,
): boolean {
  if (Object.is(want, got)) return false;
  if (!isObject(want) || !isObject(got) || Array.isArray(want) !== Array.isArray(got))
    return isEnough({ pointer, want, got });
  for (const name of new Set([...Object.keys(want), ...Object.keys(got)])) {
    if (collect(want[name], got[name], `${pointer}/${escapeToken(name)}`, isEnough)) return true;
  }
  return false;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** The first difference of two bodies: by pointer where both are JSON, else as texts. */
export function bodyDifference(want: string, got: string): Difference | undefined {
  if (want === got) return undefined;
  const parsed = [want, got].map(parseJson);
  const inside = parsed.every((value) => value !== undefined) && firstDifference(parsed[0], parsed[1]);
  // The same values in other bytes: the order of members, white space.
  return inside || { pointer: "", want, got };
}
