import { percentDecoded } from "../../percent-decoded.ts";
import { strictJsonOrText } from "../../strict-json.ts";
import { coerceText, type SchemaShape } from "../schemas/schema-types.ts";
import type { Operation, Parameter } from "../types.ts";
import { type FormValue, readForm } from "./form.ts";
import { defaultStyle } from "./serialise-parameter.ts";

/** The texts of a request that parameters are read from. */
export interface RawParameters {
  /** Each as it stands in the path, percent-encoding included. */
  readonly path: Readonly<Record<string, string>>;
  /** Pairs of the query string in their order, percent-encoding included. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
}

/** The value of one parameter, typed by its schema; undefined when it wasn't sent. */
export type ReadParameter = (raw: RawParameters) => unknown;

/** Splits a query string without decoding: a delimiter inside a value may be encoded. */
export function splitQuery(search: string): (readonly [string, string])[] {
  const text = search.startsWith("?") ? search.slice(1) : search;
  if (text === "") return [];
  return text.split("&").map((pair) => {
    const at = pair.indexOf("=");
    const [name, value] = at === -1 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    return [percentDecoded(name.replaceAll("+", " ")), value.replaceAll("+", "%20")] as const;
  });
}

export function splitCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const part of header?.split(";") ?? []) {
    const at = part.indexOf("=");
    if (at > 0) cookies[part.slice(0, at).trim()] = part.slice(at + 1).trim();
  }
  return cookies;
}

/**
 * A reader for a parameter, in its style. Made once per operation.
 * @param beside names of the operation's other query parameters: they are no properties of an object without a name
 */
export function parameterReader(
  parameter: Parameter,
  shape: SchemaShape,
  beside: ReadonlySet<string> = NO_NAMES,
): ReadParameter {
  const style = parameter.style ?? defaultStyle(parameter.in);
  const explode = parameter.explode ?? style === "form";
  const list = shape.types.has("array");
  const object = shape.types.has("object");
  if (parameter.in === "query") {
    if (object && style === "deepObject") return deepObject(parameter.name, shape);
    if (object && explode && parameter.contentType === undefined) return explodedObject(shape, beside);
    if (list && explode && parameter.contentType === undefined) return explodedList(parameter.name, shape);
  }
  const text = rawText(parameter, style, explode, list || object);
  if (parameter.contentType !== undefined) return (raw) => json(text(raw));
  const separator =
    style === "spaceDelimited"
      ? "%20"
      : style === "pipeDelimited"
        ? "|"
        : style === "label" && explode
          ? "."
          : ",";
  if (list) {
    return (raw) => {
      const value = text(raw);
      if (value === undefined) return undefined;
      if (value === "") return [];
      return split(value, separator, style, explode, parameter.name).map((item) => coerce(item, shape.items));
    };
  }
  if (object) {
    return (raw) => {
      const value = text(raw);
      return value === undefined ? undefined : pairs(split(value, separator, style, explode), explode, shape);
    };
  }
  return (raw) => {
    const value = text(raw);
    return value === undefined ? undefined : coerce(value, shape);
  };
}

/** Names of the query parameters that an operation has beside one. */
export const besideOf = ({ parameters }: Operation, one: Parameter): ReadonlySet<string> =>
  new Set(parameters.flatMap((other) => (other === one || other.in !== "query" ? [] : [other.name])));

/** Whether a parameter is one pair of the query: where it came again, one of the two would go unread. */
export function comesOnce(parameter: Parameter, { types }: SchemaShape): boolean {
  if (parameter.in !== "query" || types.size === 0) return false;
  const parted = types.has("array") || types.has("object");
  const style = parameter.style ?? "form";
  return !parted || parameter.contentType !== undefined || !(parameter.explode ?? style === "form");
}

/** What is wrong with one that came so often. */
export const cameOften = (times: number): string => `may be given once; it came ${times} times`;

function rawText(
  parameter: Parameter,
  style: string,
  explode: boolean,
  parts: boolean,
): (raw: RawParameters) => string | undefined {
  const { name } = parameter;
  if (parameter.in === "header") {
    const key = name.toLowerCase();
    // A header has no percent-encoding: what is there is encoded so that decoding gives it back.
    return (raw) => raw.headers[key]?.replaceAll("%", "%25");
  }
  if (parameter.in === "cookie") return (raw) => raw.cookies[name];
  if (parameter.in === "query") return (raw) => raw.query.find(([key]) => key === name)?.[1];
  return (raw) => {
    const text = raw.path[name];
    if (text === undefined) return undefined;
    if (style !== "label" && style !== "matrix") return text;
    // Of one value there is nothing to explode.
    const prefix = style === "label" ? "." : explode && parts ? ";" : `;${name}=`;
    return text.startsWith(prefix) ? text.slice(prefix.length) : undefined;
  };
}

function split(value: string, separator: string, style: string, explode: boolean, name = ""): string[] {
  if (style === "matrix" && explode) {
    const prefix = `${name}=`;
    return value
      .split(";")
      .map((item) => (name !== "" && item.startsWith(prefix) ? item.slice(prefix.length) : item));
  }
  if (separator === "|") return value.split(/\||%7C/i);
  return value.split(separator).map((item) => item.trim());
}

function coerce(item: string, shape: SchemaShape | undefined): unknown {
  const text = percentDecoded(item);
  return shape === undefined ? text : coerceText(text, shape);
}

/** `a=1` when exploded, `a,1` otherwise. */
function pairs(parts: readonly string[], explode: boolean, shape: SchemaShape): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  const add = (key: string, value: string): void => {
    const name = percentDecoded(key);
    entries.push([name, coerce(value, shape.properties[name])]);
  };
  if (explode) {
    for (const part of parts) {
      const at = part.indexOf("=");
      add(at === -1 ? part : part.slice(0, at), at === -1 ? "" : part.slice(at + 1));
    }
  } else for (let at = 0; at < parts.length; at += 2) add(parts[at] ?? "", parts[at + 1] ?? "");
  return Object.fromEntries(entries);
}

function explodedList(name: string, shape: SchemaShape): ReadParameter {
  return (raw) => {
    const values = raw.query.filter(([key]) => key === name);
    return values.length === 0 ? undefined : values.map(([, value]) => coerce(value, shape.items));
  };
}

function explodedObject({ properties, others }: SchemaShape, beside: ReadonlySet<string>): ReadParameter {
  const shapeOfKey = (key: string): SchemaShape | undefined => {
    if (beside.has(key)) return undefined;
    return Object.hasOwn(properties, key) ? properties[key] : others;
  };
  return (raw) => {
    const entries = raw.query.flatMap(([key, value]) => {
      const shape = shapeOfKey(key);
      return shape === undefined || key === "__proto__" ? [] : [[key, coerce(value, shape)] as const];
    });
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
}

/** What brackets lead to, however deep; the value itself where none came and the schema takes one without. */
function deepObject(name: string, shape: SchemaShape): ReadParameter {
  const start = `${name}[`;
  const takesOne = [...shape.types].some((type) => type !== "object");
  return (raw) => {
    const sent = raw.query.filter(
      ([key]) =>
        (key === name && takesOne) ||
        (key.startsWith(start) && key.endsWith("]") && !key.includes("[__proto__]")),
    );
    if (sent.length === 0) return undefined;
    const form = readForm(sent.map(([key, value]) => [key, percentDecoded(value)]));
    return typedBy(shape, form[name] ?? "");
  };
}

function typedBy(shape: SchemaShape, value: FormValue): unknown {
  const { types, items = ANYTHING, properties, others = ANYTHING } = shape;
  const isList = types.has("array") && !types.has("object");
  if (typeof value === "string")
    return isList && types.size === 1 ? [typedBy(items, value)] : coerceText(value, shape);
  const parts = Array.isArray(value) ? value : isList ? Object.values(value) : undefined;
  if (parts !== undefined) return parts.map((part) => typedBy(items, part));
  const members = Object.entries(value).map(([key, inner]: [string, FormValue]) => {
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined;
    return [key, typedBy(own ?? others, inner)] as const;
  });
  return Object.fromEntries(members);
}

const ANYTHING: SchemaShape = { types: new Set(), properties: {} };
const NO_NAMES: ReadonlySet<string> = new Set();

/** A parameter with `content` holds JSON. */
const json = (text: string | undefined): unknown =>
  text === undefined ? undefined : strictJsonOrText(percentDecoded(text));
