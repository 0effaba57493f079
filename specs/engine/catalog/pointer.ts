import { percentDecoded } from "../percent-decoded.ts";

/** JSON pointers (RFC 6901). Only own properties are followed, so `__proto__` and `constructor` lead nowhere. */

export type PlainObject = { readonly [key: string]: unknown };

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function escapeToken(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** `/a/b` of its tokens; `""` for none. */
export function pointerOf(...tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${escapeToken(String(token))}`).join("");
}

/** The tokens of a pointer. A leading `#` and percent-encoding (the form in a URI fragment) are accepted. */
export function pointerTokens(pointer: string): string[] {
  let text = pointer;
  if (text.startsWith("#")) text = percentDecoded(text.slice(1));
  if (text === "") return [];
  return text
    .slice(text.startsWith("/") ? 1 : 0)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The member of an object or an array, or undefined. */
export function member(value: unknown, token: string): unknown {
  if (Array.isArray(value)) {
    return /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
  }
  return isPlainObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}

/** What a pointer leads to in a value; undefined when nothing is there. */
export function resolvePointer(value: unknown, pointer: string): unknown {
  let current = value;
  for (const token of pointerTokens(pointer)) {
    current = member(current, token);
    if (current === undefined) return undefined;
  }
  return current;
}

/** Sets an own property even where its name is `__proto__`. */
export function defineMember(target: object, key: string, value: unknown): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    (target as Record<string, unknown>)[key] = value;
  }
}
