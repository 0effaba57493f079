import { defineMember, isPlainObject, member } from "../pointer.ts";

/**
 * Reading and writing along tokens, where `*` stands for every item of a list. A match carries the indices that its
 * stars took, so that a value read under `items.*.id` is written to the same place of another path with as many stars.
 */
export interface Match {
  readonly value: unknown;
  readonly indices: readonly number[];
}

/** All values at a path. */
export function readPath(
  value: unknown,
  tokens: readonly string[],
  indices: readonly number[] = [],
): Match[] {
  const [token, ...rest] = tokens;
  if (token === undefined) return value === undefined ? [] : [{ value, indices }];
  if (token === "*") {
    if (!Array.isArray(value)) return [];
    return value.flatMap((item, index) => readPath(item, rest, [...indices, index]));
  }
  const next = member(value, token);
  return next === undefined ? [] : readPath(next, rest, indices);
}

/** Writes a match at a path of an object, making the objects and lists on the way. */
export function writePath(root: Record<string, unknown>, tokens: readonly string[], match: Match): void {
  const stars = [...match.indices];
  const concrete = tokens.map((token) => (token === "*" ? (stars.shift() ?? 0) : token));
  let current: object = root;
  for (const [depth, token] of concrete.entries()) {
    if (depth === concrete.length - 1) {
      setMember(current, token, match.value);
      return;
    }
    const existing = member(current, String(token));
    let next: object;
    if (isPlainObject(existing) || Array.isArray(existing)) next = existing;
    else {
      next = typeof concrete[depth + 1] === "number" ? [] : {};
      setMember(current, token, next);
    }
    current = next;
  }
}

function setMember(target: object, token: string | number, value: unknown): void {
  if (Array.isArray(target)) target[Number(token)] = value;
  else defineMember(target, String(token), value);
}

/** Takes a path out of an object, and the objects that are empty without it. Lists are left as they are. */
export function removePath(root: Record<string, unknown>, tokens: readonly string[]): void {
  const [token, ...rest] = tokens;
  if (token === undefined || !Object.hasOwn(root, token)) return;
  if (rest.length === 0) {
    delete root[token];
    return;
  }
  const child = root[token];
  if (!isPlainObject(child)) return;
  const copy: Record<string, unknown> = { ...child };
  removePath(copy, rest);
  if (Object.keys(copy).length === 0) delete root[token];
  else root[token] = copy;
}
