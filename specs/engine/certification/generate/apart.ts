import type { PlainObject } from "../../catalog/pointer.ts";

/** An alternative that isn't meant. */
export interface Other {
  accepts(value: unknown): boolean;
  /** The properties that it describes. */
  readonly names: Iterable<string>;
}

const SPECIMENS: readonly unknown[] = [false, 0, "text", null, {}, []];

/**
 * An object that several alternatives of a `oneOf` accept, since each leaves open what the others describe, made one that
 * the others refuse: a property that only they describe gets a value that none of theirs is.
 *
 * @param mayHave whether the alternative that is meant leaves a property open
 */
export function apart(
  value: PlainObject,
  others: readonly Other[],
  mayHave: (name: string) => boolean,
): PlainObject {
  let made = value;
  for (const { accepts, names } of others) {
    if (!accepts(made)) continue;
    made =
      [...names]
        .filter((name) => !Object.hasOwn(made, name) && mayHave(name))
        .flatMap((name) => SPECIMENS.map((specimen) => ({ ...made, [name]: specimen })))
        .find((candidate) => !accepts(candidate)) ?? made;
  }
  return made;
}
