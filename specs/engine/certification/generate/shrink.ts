import { escapeToken, isPlainObject } from "../../catalog/pointer.ts";
import { absent, replaceAt } from "./variation.ts";

/** Smaller versions of a value, the boldest first: without a member, shorter texts and lists, rounder numbers. */
function* smaller(value: unknown, root: unknown, pointer = ""): Generator<unknown> {
  if (Array.isArray(value)) {
    if (value.length > 1) yield replaceAt(root, pointer, value.slice(0, Math.floor(value.length / 2)));
    for (const index of value.keys()) yield replaceAt(root, `${pointer}/${index}`, absent);
    for (const [index, item] of value.entries()) yield* smaller(item, root, `${pointer}/${index}`);
  } else if (isPlainObject(value)) {
    for (const name of Object.keys(value)) yield replaceAt(root, `${pointer}/${escapeToken(name)}`, absent);
    for (const [name, inner] of Object.entries(value))
      yield* smaller(inner, root, `${pointer}/${escapeToken(name)}`);
  } else if (typeof value === "string" && value.length > 1) {
    yield replaceAt(root, pointer, value.slice(0, Math.floor(value.length / 2)));
    yield replaceAt(root, pointer, value.slice(0, -1));
  } else if (typeof value === "number" && value !== 0) {
    yield replaceAt(root, pointer, 0);
    if (!Number.isInteger(value)) yield replaceAt(root, pointer, Math.trunc(value));
    yield replaceAt(root, pointer, Math.trunc(value / 2));
  }
}

/**
 * The smallest value found that still fails.
 * @param stillFails asks the other side; called at most `attempts` times
 * @param admissible keeps the search inside the same kind of case (still valid, or still violating only that one constraint)
 */
export async function shrink(
  failing: unknown,
  stillFails: (value: unknown) => Promise<boolean>,
  admissible: (value: unknown) => boolean,
  attempts = 40,
): Promise<unknown> {
  let best = failing;
  let left = attempts;
  for (let progress = true; progress && left > 0; ) {
    progress = false;
    for (const candidate of smaller(best, best)) {
      if (left <= 0) break;
      if (candidate === absent || !admissible(candidate)) continue;
      left -= 1;
      if (await stillFails(candidate)) {
        best = candidate;
        progress = true;
        break;
      }
    }
  }
  return best;
}
