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
export function firstDifference(want: unknown, got: unknown, pointer = ""): Difference | undefined {
  if (Object.is(want, got)) return undefined;
  if (!isObject(want) || !isObject(got) || Array.isArray(want) !== Array.isArray(got)) {
    return { pointer, want, got };
  }
  for (const name of new Set([...Object.keys(want), ...Object.keys(got)])) {
    const found = firstDifference(want[name], got[name], `${pointer}/${escapeToken(name)}`);
    if (found !== undefined) return found;
  }
  return undefined;
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
