import { isPlainObject, type PlainObject } from "./pointer.ts";

/** The text that stands in a document; "" where something else does, or nothing. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The texts of a list, without what else stands in it; none where it is no list. */
export function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}

/** The objects of a list, without what else stands in it; none where it is no list. */
export function objectsOf(list: unknown): PlainObject[] {
  return Array.isArray(list) ? list.filter(isPlainObject) : [];
}

/** An object of texts alone, as a binding of a message is: pointer → field. */
export function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  return isPlainObject(value) && Object.values(value).every((one) => typeof one === "string");
}
