import { didYouMean } from "../../specs/engine/suggest.ts";

/** What is wanted of a value: the fields that count, with expressions or asymmetric matchers (`expect.any(…)`) in places. */
export type Wanted = { readonly [field: string]: unknown };

/** Where `got` differs from what is wanted of it, as `netMinor: want 14431, got 14430`; fields that nobody asks for don't count. */
export function differences(want: unknown, got: unknown, path = ""): string[] {
  if (fits(want, got)) return [];
  if (isObject(want) && !isAsymmetric(want) && isObject(got)) {
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
export function checkFields(want: Wanted, names: readonly string[], of: string): void {
  if (!isObject(want))
    throw new TypeError(`What is wanted of ${of} is ${show(want)}: name its fields, { … }.`);
  const unknown = Object.keys(want).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const hint =
    unknown === "within" ? "How long to wait is the argument after it." : didYouMean(unknown, names);
  const said = [
    `No field of ${of} is called ${JSON.stringify(unknown)}.`,
    ...(hint === undefined ? [] : [hint]),
  ];
  throw new TypeError(`${said.join(" ")} There are: ${names.join(", ")}.`);
}

function fits(want: unknown, got: unknown): boolean {
  if (want instanceof RegExp) return typeof got === "string" && want.test(got);
  if (isAsymmetric(want)) return want.asymmetricMatch(got);
  // Amounts are integers whichever way they are written.
  if (typeof want === "bigint" || typeof got === "bigint") return String(want) === String(got);
  return Object.is(want, got);
}

/** What vitest and Jest make by `expect.any`, `expect.stringMatching`, … */
interface Asymmetric {
  readonly sample?: unknown;
  asymmetricMatch(got: unknown): boolean;
  toAsymmetricMatcher?(): string | undefined;
}

function isAsymmetric(value: unknown): value is Asymmetric {
  return isObject(value) && typeof value["asymmetricMatch"] === "function";
}

/**
 * An amount that no account could have is never met.
 * @throws TypeError where it is no number of minor units
 */
export function checkAmount(amountMinor: unknown, what: string): void {
  if (typeof amountMinor === "bigint" || Number.isSafeInteger(amountMinor)) return;
  if (isAsymmetric(amountMinor)) return;
  throw new TypeError(`${what} is ${show(amountMinor)}: amounts are whole minor units, 14431 for 144.31.`);
}

export const isObject = (value: unknown): value is Wanted =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof RegExp);

export function show(value: unknown): string {
  if (typeof value === "bigint" || value instanceof RegExp) return String(value);
  if (isAsymmetric(value)) return nameOf(value);
  const text = JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === "bigint" || inner instanceof RegExp) return String(inner);
    return isAsymmetric(inner) ? nameOf(inner) : inner;
  });
  return text ?? String(value);
}

/** `Any<Number>`, `StringMatching</^x/>`; those that have no such name say what they were made of. */
function nameOf(matcher: Asymmetric): string {
  const name = matcher.toAsymmetricMatcher?.();
  return name ?? `${String(matcher)}${matcher.sample === undefined ? "" : ` ${show(matcher.sample)}`}`;
}
