import { isPlainObject } from "../../pointer.ts";

export const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);
export const isText = (value: unknown): value is string => typeof value === "string";
export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
export const isObject = isPlainObject;

export const listOf = (value: unknown): readonly unknown[] => (isList(value) ? value : [value]);
export const mapOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isObject(value) ? Object.entries(value) : [];
