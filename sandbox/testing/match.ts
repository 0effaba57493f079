/** What is wanted of a value: the fields that count, with expressions or asymmetric matchers (`expect.any(…)`) in places. */
export type Wanted = { readonly [field: string]: unknown };

/** Where `got` differs from what is wanted of it, as `netMinor: want 14431, got 14430`; fields that nobody asks for don't count. */
export function differences(want: unknown, got: unknown, path = ""): string[] {
  if (fits(want, got)) return [];
  if (isObject(want) && isObject(got)) {
    return Object.entries(want).flatMap(([name, value]) =>
      differences(value, got[name], path === "" ? name : `${path}.${name}`),
    );
  }
  if (Array.isArray(want) && Array.isArray(got) && want.length === got.length) {
    return want.flatMap((value, index) => differences(value, got[index], `${path}[${index}]`));
  }
  return [`${path === "" ? "" : `${path}: `}want ${show(want)}, got ${show(got)}`];
}

/**
 * A field that nothing has is never met: waiting for it would be in vain, and its negation would always hold.
 * @param of what has the fields, as in "an event"
 * @throws TypeError naming the field, and those that there are
 */
export function checkFields(want: Wanted, known: Readonly<Record<string, unknown>>, of: string): void {
  const names = Object.keys(known);
  const unknown = Object.keys(want).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(
    `No field of ${of} is called ${JSON.stringify(unknown)}. There are: ${names.join(", ")}.`,
  );
}

function fits(want: unknown, got: unknown): boolean {
  if (want instanceof RegExp) return typeof got === "string" && want.test(got);
  if (isAsymmetric(want)) return want.asymmetricMatch(got);
  // Amounts are integers whichever way they are written.
  if (typeof want === "bigint" || typeof got === "bigint") return String(want) === String(got);
  return Object.is(want, got);
}

/** What vitest and Jest make by `expect.any`, `expect.stringMatching`, … */
function isAsymmetric(value: unknown): value is { asymmetricMatch(got: unknown): boolean } {
  return isObject(value) && typeof value["asymmetricMatch"] === "function";
}

const isObject = (value: unknown): value is Wanted =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof RegExp);

export function show(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  const text = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "bigint" ? String(inner) : inner instanceof RegExp ? String(inner) : inner,
  );
  return text ?? String(value);
}
