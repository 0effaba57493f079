import { type Exact, NumberFormatError, parseExact } from "../exact.ts";

export type Fields = { readonly [key: string]: unknown };

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a message shows it, cut to a line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** The object under a name, without what is `null` in it: a field without a value is as good as none. */
export function fields(parent: Fields, name: string): Fields {
  const value = parent[name];
  if (value === undefined || value === null) throw new TypeError(`\`${name}\` is missing`);
  if (!isFields(value)) throw new TypeError(`\`${name}\` is an object, and is ${shown(value)}`);
  return withoutNulls(value);
}

function withoutNulls(value: Fields): Fields {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null));
}

export function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`\`${name}\` is missing, or no list`);
  return value;
}

/** The objects in a list, each without what is `null` in it. */
export function rows(parent: Fields, name: string): readonly Fields[] {
  return list(parent[name], name).map((row) => {
    if (!isFields(row)) throw new TypeError(`each of \`${name}\` is an object`);
    return withoutNulls(row);
  });
}

export function numbers(value: unknown, name: string): readonly Exact[] {
  return list(value, name).map((each) => number(each, name));
}

/** @throws TypeError or NumberFormatError that name the field */
export function number(value: unknown, name: string): Exact {
  if (value === undefined || value === null) throw new TypeError(`\`${name}\` is missing`);
  if (typeof value !== "string" && typeof value !== "number")
    throw new TypeError(`\`${name}\` is a number written as text, and is ${shown(value)}`);
  if (typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new TypeError(`\`${name}\` has more digits than a JSON number keeps: write it as text`);
  try {
    return parseExact(value);
  } catch (error) {
    if (!(error instanceof NumberFormatError)) throw error;
    throw new NumberFormatError(`\`${name}\`: ${error.message}`);
  }
}

/** A whole number: minor units, or decimals. */
export function whole(value: unknown, name: string): bigint {
  const exact = number(value, name);
  if (exact.n % exact.d === 0n) return exact.n / exact.d;
  throw new TypeError(`\`${name}\` is a whole number, and says ${String(value)}`);
}

/** Decimals beyond this are a mistake, and would stall whoever computes them. */
const MOST_DECIMALS = 100;

export function decimals({ decimals: value }: Fields): number {
  const count = Number(whole(value ?? 0, "decimals"));
  if (Math.abs(count) <= MOST_DECIMALS) return count;
  throw new TypeError(`\`decimals\` lies between -${MOST_DECIMALS} and ${MOST_DECIMALS}, and is ${count}`);
}

/** One of the words that a field may hold. */
export function oneOf<Word extends string>(words: readonly Word[], value: unknown, what: string): Word {
  const word = words.find((known) => known === value);
  if (word === undefined) throw new TypeError(`${shown(value)} is no ${what} (${words.join(", ")})`);
  return word;
}

/** The names in an object that nobody knows, with where they stand. */
export function strange(value: unknown, known: readonly string[], at: string): string[] {
  if (!isFields(value)) return [];
  const names = Object.keys(value).filter((name) => !known.includes(name));
  return names.map((name) => (at === "" ? name : `${at}.${name}`));
}
