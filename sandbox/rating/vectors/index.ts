import { compare, type Exact, formatExact } from "../exact.ts";
import { type Fields, isFields, number, shown } from "./fields.ts";
import { type Computed, KINDS, unknownFields } from "./kinds.ts";

export interface VectorResult {
  readonly id: string;
  readonly kind: string;
  readonly passed: boolean;
  readonly want: unknown;
  /** What came out, where something did. */
  readonly got?: unknown;
  /** Why nothing came out. */
  readonly error?: string;
  /** What a vector that failed says and the format doesn't know, as `price.maxAmount`: it changed nothing. */
  readonly unknown?: readonly string[];
}

export interface VectorReport {
  readonly passed: number;
  readonly failed: number;
  readonly results: readonly VectorResult[];
}

/** What a file of vectors says it is. */
export const VECTOR_FORMAT = "rating-vectors/1";

/**
 * Runs a file of rating vectors (`{"format": "rating-vectors/1", "vectors": […]}`, or the bare list). A vector that can't be
 * run counts as failed, with the reason; only a file that holds no vectors throws (a TypeError).
 */
export function runVectors(file: unknown): VectorReport {
  const list = Array.isArray(file) ? file : isFields(file) ? file["vectors"] : undefined;
  if (!Array.isArray(list)) {
    throw new TypeError(
      `no rating vectors here: a file of them is {"format": "${VECTOR_FORMAT}", "vectors": […]}`,
    );
  }
  const results = list.map(runVector);
  const passed = results.filter((result) => result.passed).length;
  return { passed, failed: results.length - passed, results };
}

function runVector(vector: unknown, index: number): VectorResult {
  const place = `#${index + 1}`;
  if (!isFields(vector)) {
    const error = `a vector is an object, and this is ${shown(vector)}`;
    return { id: place, kind: "", passed: false, want: undefined, error };
  }
  const { id, kind, expect: want } = vector;
  const head = {
    id: typeof id === "string" || typeof id === "number" ? String(id) : place,
    kind: typeof kind === "string" ? kind : "",
    want,
  };
  const outcome = compute(vector, head.kind, want);
  if ("passed" in outcome && outcome.passed) return { ...head, ...outcome };
  const unknown = unknownFields(vector, head.kind);
  return { ...head, passed: false, ...outcome, ...(unknown.length === 0 ? {} : { unknown }) };
}

type Outcome = { readonly passed: boolean; readonly got: unknown } | { readonly error: string };

function compute(vector: Fields, kind: string, want: unknown): Outcome {
  try {
    if (vector["kind"] === undefined) throw new TypeError("`kind` is missing");
    const run = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
    if (run === undefined) {
      const kinds = Object.keys(KINDS).join(", ");
      throw new TypeError(`${shown(vector["kind"])} is no kind of vector (${kinds})`);
    }
    if (!isFields(want) || Object.keys(want).length === 0) throw new TypeError("`expect` is missing");
    const got = run.compute(vector);
    const unknown = Object.keys(want).find((field) => !Object.hasOwn(got, field));
    if (unknown !== undefined) {
      const fields = Object.keys(got).join(" and ");
      throw new TypeError(`\`expect\` asks for \`${unknown}\`; a ${kind} has ${fields}`);
    }
    return { passed: agrees(want, got), got: textOf(got) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Every expected field must be there and equal as a number: `3.0` is `3`, `1/2` is `0.5`. */
function agrees(want: Fields, got: Computed): boolean {
  // All are read before any is compared: a number that is none is told even where another one differs.
  const read = Object.entries(want).map(([name, value]) => ({
    wanted: readLike(got[name], value, name),
    name,
  }));
  return read.every(({ wanted, name }) => same(wanted, got[name]));
}

function readLike(got: Computed[string] | undefined, value: unknown, name: string): Exact | readonly Exact[] {
  if (!Array.isArray(got)) return number(value, name);
  if (!Array.isArray(value)) throw new TypeError(`\`${name}\` is a list of numbers, and is ${shown(value)}`);
  return value.map((each) => number(each, name));
}

function same(want: Exact | readonly Exact[], got: Exact | readonly Exact[] | undefined): boolean {
  if (isList(want)) {
    return isList(got) && want.length === got.length && want.every((each, i) => same(each, got[i]));
  }
  return got !== undefined && !isList(got) && compare(want, got) === 0;
}

function isList(value: Exact | readonly Exact[] | undefined): value is readonly Exact[] {
  return Array.isArray(value);
}

function textOf(got: Computed): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(got).map(([name, value]) => [
      name,
      isList(value) ? value.map(formatExact) : formatExact(value),
    ]),
  );
}
