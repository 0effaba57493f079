import { EcoError } from "../../errors/index.ts";
import { oncePer } from "../../once-per.ts";
import { defineMember, isPlainObject, member, pointerTokens } from "../pointer.ts";
import type { Operation } from "../types.ts";
import { parseLocator, type RequestPlace } from "./locator.ts";
import { type Match, readPath, removePath, writePath } from "./paths.ts";
import { serialiseNamed, serialiseSearch } from "./serialise-parameter.ts";

/** A request as a server sees it: every part read and typed. */
export interface RequestParts {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Names in any case. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly cookies?: Readonly<Record<string, unknown>>;
  /** Parsed; absent where the request has none. */
  readonly body?: unknown;
}

/** A request as a client sends it. */
export interface WrittenRequest {
  readonly method: Operation["method"];
  /** With the base path and the parameters filled in: `/v1/parties/blueline`. */
  readonly path: string;
  /** `?limit=10&cursor=abc`, or empty. */
  readonly search: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

type JsonRecord = Readonly<Record<string, unknown>>;

const tokensOf = (field: string): string[] => field.split(".");

/**
 * The canonical input of a capability. Fields that `x-eco-bind.request` lists come from where it says; all others keep
 * the name they have in query, path or body (the body wins, then the path). `*` in a field and its place stands for every
 * item of a list.
 */
export function readRequest(operation: Operation, parts: RequestParts): JsonRecord {
  const binding = bindingOf(operation);
  return binding.isFlat ? readFlat(binding, parts) : readNested(binding, parts);
}

interface BoundField {
  readonly field: readonly string[];
  readonly from: RequestPlace | { readonly const: unknown };
}

/** The request binding of an operation, ready to be used. */
interface RequestBinding {
  readonly bound: readonly BoundField[];
  /** Every field, and every place in a body, is one name deep: then nothing has to be cut out of what the request holds. */
  readonly isFlat: boolean;
  /** Of a flat one: names that mean something else in the input, and members of the body that go by another name there. */
  readonly fields: ReadonlySet<string>;
  readonly taken: ReadonlySet<string>;
}

/** With its locators parsed. */
const bindingOf = oncePer(({ capability }: Operation): RequestBinding => {
  const bound = Object.entries(capability?.request ?? {}).flatMap(([name, locator]) => {
    const from = typeof locator === "string" ? parseLocator(locator) : locator;
    return from === undefined ? [] : [{ field: tokensOf(name), from }];
  });
  const inBody = bound.flatMap(({ from }) => ("in" in from && from.in === "body" ? [from.tokens] : []));
  return {
    bound,
    isFlat:
      bound.every(({ field }) => field.length === 1) &&
      inBody.every(({ length, 0: token }) => length === 0 || (length === 1 && token !== "*")),
    fields: new Set(bound.map(({ field }) => field[0] ?? "")),
    taken: new Set(inBody.flatMap((tokens) => tokens.slice(0, 1))),
  };
});

function readFlat({ bound, fields, taken }: RequestBinding, parts: RequestParts): JsonRecord {
  const input: Record<string, unknown> = {};
  const take = (members: JsonRecord, without: ReadonlySet<string>): void => {
    // A bound field doesn't fall back to its own name, which may mean something else here.
    for (const name in members)
      if (!fields.has(name) && !without.has(name)) defineMember(input, name, members[name]);
  };
  take(parts.query, NONE);
  take(parts.path, NONE);
  if (isPlainObject(parts.body)) take(parts.body, taken);
  for (const { field, from } of bound) {
    const value = "const" in from ? from.const : valueAt(from, parts);
    if (value !== undefined) defineMember(input, field[0] ?? "", value);
  }
  return input;
}

const NONE: ReadonlySet<string> = new Set();

function readNested({ bound: binding }: RequestBinding, parts: RequestParts): JsonRecord {
  const body: Record<string, unknown> = isPlainObject(parts.body) ? { ...parts.body } : {};
  const bound: [readonly string[], Match][] = [];
  for (const { field, from } of binding) {
    if ("const" in from) {
      bound.push([field, once(from.const)]);
      continue;
    }
    for (const match of matchesAt(from, parts)) bound.push([field, match]);
    // What is bound goes under its canonical name only.
    if (from.in === "body") removePath(body, outsideOfLists(from.tokens));
  }
  const input: Record<string, unknown> = { ...parts.query, ...parts.path, ...body };
  // A bound field doesn't fall back to its own name, which may mean something else here.
  for (const { field } of binding) removePath(input, outsideOfLists(field));
  for (const [field, match] of bound) writeField(input, field, match);
  return input;
}

const once = (value: unknown): Match => ({ value, indices: [] });

/** Up to the first list whose items are named one by one: the list is taken as a whole. */
function outsideOfLists(tokens: readonly string[]): readonly string[] {
  const star = tokens.indexOf("*");
  return star === -1 ? tokens : tokens.slice(0, star);
}

/** What is read at a place: of each item where that stands within a list. */
function matchesAt(place: RequestPlace, parts: RequestParts): readonly Match[] {
  if (place.in === "body" && place.tokens.includes("*")) return readPath(parts.body, place.tokens);
  const value = valueAt(place, parts);
  return value === undefined ? [] : [once(value)];
}

function valueAt(place: RequestPlace, parts: RequestParts): unknown {
  if (place.in === "body") {
    const [token, ...deeper] = place.tokens;
    if (token === undefined) return parts.body;
    // The usual place, without a list of all that a path may lead to.
    if (deeper.length === 0 && token !== "*") return member(parts.body, token);
    return readPath(parts.body, place.tokens)[0]?.value;
  }
  if (place.in === "header") {
    const wanted = place.name.toLowerCase();
    return Object.entries(parts.headers).find(([name]) => name.toLowerCase() === wanted)?.[1];
  }
  const group = parts[place.in];
  return Object.hasOwn(group, place.name) ? group[place.name] : undefined;
}

// Inner objects may belong to the request: they are copied before a field is written into them.
function writeField(input: Record<string, unknown>, field: readonly string[], match: Match): void {
  const [first = ""] = field;
  const existing = Object.hasOwn(input, first) ? input[first] : undefined;
  if (field.length > 1 && (isPlainObject(existing) || Array.isArray(existing))) {
    input[first] =
      field.length === 2 && isPlainObject(existing) ? { ...existing } : structuredClone(existing);
  }
  writePath(input, field, match);
}

/**
 * The request that carries a canonical input: the inverse of `readRequest`. This is how the command line calls any
 * ecosystem's operations by capability.
 * @throws EcoError `ECO_INPUT_MISSING` for a path parameter without a value, `ECO_INPUT_INVALID` for a field that the
 *   operation has no place for
 */
export function writeRequest(operation: Operation, input: JsonRecord): WrittenRequest {
  const rest: Record<string, unknown> = { ...input };
  const path: Record<string, unknown> = {};
  const query: Record<string, unknown> = {};
  const headers: Record<string, string> = {};
  const bodyParts: BodyPart[] = [];
  for (const [field, locator] of Object.entries(operation.capability?.request ?? {})) {
    const matches = readPath(input, tokensOf(field));
    const value = matches[0]?.value;
    removePath(rest, outsideOfLists(tokensOf(field)));
    const place = typeof locator === "string" ? parseLocator(locator) : undefined;
    if (place === undefined || value === undefined) continue;
    if (place.in === "body") for (const match of matches) bodyParts.push({ tokens: place.tokens, match });
    else if (place.in === "header") headers[place.name] = String(value);
    else (place.in === "path" ? path : query)[place.name] = value;
  }
  const takesBody = operation.requestBody !== undefined;
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (value === undefined) continue;
    const parameter = operation.parameters.find(
      (candidate) => candidate.name === name && (candidate.in === "path" || candidate.in === "query"),
    );
    if (parameter !== undefined) (parameter.in === "path" ? path : query)[name] = value;
    else if (takesBody) body[name] = value;
    else throw new EcoError("ECO_INPUT_INVALID", `${operation.id} has no place for ${name}.`);
  }
  const whole = writeBody(body, bodyParts);
  return {
    method: operation.method,
    path: fillPath(operation, path),
    search: serialiseSearch(operation, query),
    query,
    headers,
    ...bodyOf(operation, whole),
  };
}

/** Where a body has to be there and nothing is to be said, an empty object it is. */
function bodyOf({ requestBody }: Operation, body: unknown): Pick<WrittenRequest, "body"> {
  if (requestBody === undefined) return {};
  if (body === undefined) return requestBody.required ? { body: {} } : {};
  return { body };
}

interface BodyPart {
  readonly tokens: readonly string[];
  readonly match: Match;
}

function writeBody(body: Record<string, unknown>, parts: readonly BodyPart[]): unknown {
  for (const { tokens, match } of parts) {
    if (tokens.length === 0) return match.value;
    const [first = ""] = tokens;
    if (tokens.length > 1 && isPlainObject(body[first])) body[first] = structuredClone(body[first]);
    writePath(body, tokens, match);
  }
  return Object.keys(body).length === 0 && parts.length === 0 ? undefined : body;
}

/**
 * The path of an operation with its parameters filled in.
 * @throws EcoError `ECO_INPUT_MISSING` for one without a value, `ECO_INPUT_INVALID` for `.` and `..`
 */
export function fillPath(operation: Operation, values: JsonRecord): string {
  const filled = operation.path.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || value === "") {
      throw new EcoError("ECO_INPUT_MISSING", `${operation.id} needs a value for ${name}.`, {
        fix: `Give ${name}: it is part of the path ${operation.path}.`,
      });
    }
    return serialiseNamed(operation, "path", name, value);
  });
  return withoutClimbing(operation, filled);
}

/**
 * A filled path, none of whose values climbs: `.` and `..` are no names in a URL, however they are encoded, and the request
 * would go to another operation. Values come from answers and from software agents, too.
 *
 * @throws EcoError `ECO_INPUT_INVALID`
 */
export function withoutClimbing({ id, path }: Operation, filled: string): string {
  const climbs = (text: string): boolean => /\/\.\.?(?=\/|$)/.test(text);
  if (!climbs(filled) || climbs(path)) return filled;
  throw new EcoError(
    "ECO_INPUT_INVALID",
    `${id} has no thing called \`.\` or \`..\`: ${filled} is another path.`,
  );
}

/**
 * The body of an answer from a capability's result. Without a response binding the result is the body; with one, the
 * body holds what is bound and nothing else. `""` as the pointer takes the whole result as a start; `*` in a pointer
 * and its field stands for every item of a list.
 */
export function writeResponse(operation: Operation, result: unknown): unknown {
  const binding = operation.capability?.response ?? {};
  return Object.keys(binding).length === 0 ? result : writeBound(binding, result);
}

/** What a binding (pointer → field, with dots for depth) takes of a value, laid out as it says. */
export function writeBound(binding: Readonly<Record<string, string>>, from: unknown): unknown {
  return translate(Object.entries(binding), from, (place, field) => [tokensOf(field), pointerTokens(place)]);
}

/** The canonical result in an answer's body: the inverse of `writeResponse`. */
export function readResponse(operation: Operation, body: unknown): unknown {
  const binding = Object.entries(operation.capability?.response ?? {});
  if (binding.length === 0) return body;
  return translate(binding, body, (place, field) => [pointerTokens(place), tokensOf(field)]);
}

function translate(
  binding: readonly (readonly [place: string, field: string])[],
  from: unknown,
  direction: (place: string, field: string) => readonly [from: string[], to: string[]],
): unknown {
  const to: Record<string, unknown> = {};
  for (const [place, field] of binding) {
    if (place === "") {
      if (isPlainObject(from)) Object.assign(to, structuredClone(from));
      continue;
    }
    const [source, target] = direction(place, field);
    for (const match of readPath(from, source)) writePath(to, target, match);
    keepEmptyLists(from, to, source, target);
  }
  return to;
}

/** A list without items has none that could be written, and is a list all the same. */
function keepEmptyLists(
  from: unknown,
  to: Record<string, unknown>,
  source: readonly string[],
  target: readonly string[],
): void {
  let [star, other] = [source.indexOf("*"), target.indexOf("*")];
  while (star !== -1 && other !== -1) {
    for (const { value, indices } of readPath(from, source.slice(0, star)))
      if (Array.isArray(value) && value.length === 0)
        writePath(to, target.slice(0, other), { value: [], indices });
    [star, other] = [source.indexOf("*", star + 1), target.indexOf("*", other + 1)];
  }
}
