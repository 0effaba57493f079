import { follow } from "../catalog/follow.ts";
import { isPlainObject, type PlainObject, pointerOf, resolvePointer } from "../catalog/pointer.ts";
import { typesOf } from "../catalog/schemas/schema-types.ts";
import { extentOf, takesAll, withinExtent } from "./moot.ts";
import { PROSE, type Said, sameJson, saysTheSame } from "./substance.ts";

/** A schema object that counts at a place, and where it stands in its document. */
export interface Part {
  readonly node: PlainObject;
  readonly pointer: string;
  /** `null` is taken beside what the node says. */
  readonly orNull: boolean;
}

/**
 * All that a document says of the values in one place, however it is written: references followed, `allOf` laid open, an
 * alternative that isn't one taken as what it is. So two documents that say the same make the same site.
 */
export interface Site {
  /** What has to hold, all of it. */
  readonly parts: readonly Part[];
  /** Nothing is taken: the schema `false`. */
  readonly never: boolean;
  /** Where it stands, for what is said of the site as a whole. */
  readonly pointer: string;
}

/** A choice that is left once simple ones are laid open. */
export interface Alternatives {
  readonly keyword: "oneOf" | "anyOf";
  readonly branches: readonly Branch[];
  readonly pointer: string;
}

export interface Branch {
  readonly site: Site;
  /** What people call it: its component, its title, or its number. */
  readonly name: string;
}

const CHOICES = ["oneOf", "anyOf"] as const;

/** Takes everything. */
export const anywhere = (pointer: string): Site => ({ parts: [], never: false, pointer });

/** The site of a schema; what isn't a schema says nothing. */
export function siteOf(document: unknown, schema: unknown, pointer: string): Site {
  const parts: Part[] = [];
  const seen = { strictly: new Set<unknown>(), orNull: new Set<unknown>() };
  let never = false;
  const say = (node: PlainObject, at: string, orNull: boolean): void => {
    if (Object.keys(node).length > 0) parts.push({ node, pointer: at, orNull });
  };
  // Null beside a schema is null beside each of the parts that make it up.
  const add = (node: unknown, at: string, orNull: boolean): void => {
    if (node === false && orNull) say({ type: "null" }, at, true);
    else if (node === false) never = true;
    if (!isPlainObject(node) || seen.strictly.has(node) || (orNull && seen.orNull.has(node))) return;
    seen[orNull ? "orNull" : "strictly"].add(node);
    const { $ref: reference, allOf, ...own } = node;
    if (typeof reference === "string") {
      say(own, at, orNull);
      const target = follow(document, node, at);
      if (target !== undefined) add(target.node, target.pointer, orNull);
    } else {
      const { rest, only } = openChoice(document, own, at);
      say(rest, at, orNull);
      if (only !== undefined) add(only.node, only.pointer, orNull || only.orNull);
    }
    for (const [index, part] of Array.isArray(allOf) ? allOf.entries() : [])
      add(part, at + pointerOf("allOf", index), orNull);
  };
  add(schema, pointer, false);
  const extent = extentOf(parts.map(({ node }) => node));
  const meant = parts.map((part) => ({ ...part, node: withinExtent(part.node, extent) }));
  return { parts: meant, never, pointer: follow(document, schema, pointer)?.pointer ?? pointer };
}

interface Opened {
  /** What stands beside the choice; with it, where it is a true one. */
  readonly rest: PlainObject;
  /** The one branch of a choice that is none. */
  readonly only?: { readonly node: unknown; readonly pointer: string; readonly orNull: boolean };
}

/** A choice of one thing, of a thing and null, of types or of values is none. */
function openChoice(document: unknown, node: PlainObject, at: string): Opened {
  const keyword = CHOICES.find((name) => Array.isArray(node[name]));
  if (keyword === undefined) return { rest: node };
  const { [keyword]: list, ...rest } = node;
  // Who may choose anything chooses nothing.
  if (keyword === "anyOf" && (list as readonly unknown[]).some((branch) => takesAll(document, branch)))
    return { rest };
  const branches = (list as readonly unknown[]).map((branch, index) => ({
    node: branch,
    pointer: at + pointerOf(keyword, index),
  }));
  const simple = simpleChoice(branches.map((branch) => follow(document, branch.node, "")?.node));
  if (simple !== undefined && !Object.keys(simple).some((key) => key in rest))
    return { rest: { ...rest, ...simple } };
  const others = branches.filter((branch) => !isNull(branch.node));
  const [only] = others;
  if (only === undefined || others.length > 1) return { rest: node };
  return { rest, only: { ...only, orNull: others.length < branches.length } };
}

/** Null and nothing else is said of it. */
const isNull = (schema: unknown): boolean =>
  isPlainObject(schema) &&
  schema["type"] === "null" &&
  Object.keys(schema).every((key) => key === "type" || PROSE.has(key));

/** `anyOf: [{type: a}, {type: b}]` is a list of types, `oneOf: [{const: a}, {const: b}]` a list of values. */
function simpleChoice(branches: readonly unknown[]): PlainObject | undefined {
  const bare = branches.map((branch) =>
    isPlainObject(branch)
      ? Object.fromEntries(Object.entries(branch).filter(([key]) => !PROSE.has(key)))
      : undefined,
  );
  const all = (fits: (keys: readonly string[]) => boolean): boolean =>
    bare.every((branch) => branch !== undefined && fits(Object.keys(branch)));
  if (all((keys) => keys.length === 1 && keys[0] === "type"))
    return { type: [...new Set(bare.flatMap((branch) => typesOf(branch ?? {})))] };
  const listed = (keys: readonly string[]): boolean => keys.includes("const") || keys.includes("enum");
  if (!all((keys) => listed(keys) && keys.every((key) => ["const", "enum", "type"].includes(key))))
    return undefined;
  return { enum: [...new Set(bare.flatMap((branch) => valuesOf(branch ?? {}) ?? []))] };
}

function valuesOf(node: PlainObject): readonly unknown[] | undefined {
  if ("const" in node) return [node["const"]];
  return Array.isArray(node["enum"]) ? node["enum"] : undefined;
}

/** The values that a site lists, and the part that lists them; undefined where it lists none. */
export function listedIn(
  site: Site,
): { readonly values: readonly unknown[]; readonly part: Part } | undefined {
  const lists = site.parts.flatMap((part) => {
    const values = valuesOf(part.node);
    if (values === undefined) return [];
    return [{ values: part.orNull && !values.includes(null) ? [...values, null] : values, part }];
  });
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const isListed = (value: unknown) =>
    others.every(({ values }) => values.some((one) => sameJson(one, value)));
  return { values: first.values.filter(isListed), part: first.part };
}

/** The types that a site takes; undefined where it takes any. */
export function typesIn(site: Site): ReadonlySet<string> | undefined {
  let types: Set<string> | undefined;
  for (const { node, orNull } of site.parts) {
    const own = new Set(impliedTypes(node));
    if (own.size === 0) continue;
    if (orNull) own.add("null");
    types = types === undefined ? own : bothTake(types, own);
  }
  return types;
}

const bothTake = (one: ReadonlySet<string>, other: ReadonlySet<string>): Set<string> =>
  new Set([...one, ...other].filter((type) => takes(one, type) && takes(other, type)));

export const takes = (types: ReadonlySet<string>, type: string): boolean =>
  types.has(type) || (type === "integer" && types.has("number"));

/** A schema that speaks of fields alone is meant for objects, one of items for lists. */
function impliedTypes(node: PlainObject): readonly string[] {
  const types = typesOf(node);
  if (types.length > 0) return types;
  if ("required" in node || "additionalProperties" in node) return ["object"];
  return "items" in node || "prefixItems" in node ? ["array"] : [];
}

/** The choices of a site that aren't simple; one that stands there twice is one. */
export function alternativesIn(document: unknown, site: Site): Alternatives[] {
  const choices = site.parts.flatMap(({ node, pointer, orNull }) =>
    CHOICES.flatMap((keyword) => {
      const written = node[keyword];
      if (!Array.isArray(written)) return [];
      const list = orNull && !written.some(isNull) ? [...written, { type: "null" }] : written;
      return [{ keyword, list, pointer: pointer + pointerOf(keyword) }];
    }),
  );
  const said = ({ keyword, list }: (typeof choices)[number]): Said => ({
    value: { [keyword]: list },
    document,
  });
  return choices
    .filter(
      (choice, index) => !choices.slice(0, index).some((before) => saysTheSame(said(before), said(choice))),
    )
    .map(({ keyword, list, pointer }) => ({
      keyword,
      pointer,
      branches: branchesOf(document, list, pointer),
    }));
}

function branchesOf(document: unknown, list: readonly unknown[], pointer: string): Branch[] {
  return list.map((branch, index) => ({
    site: siteOf(document, branch, pointer + pointerOf(index)),
    name: branchName(branch, index),
  }));
}

function branchName(branch: unknown, index: number): string {
  if (isPlainObject(branch)) {
    const { $ref: reference, title } = branch;
    if (typeof reference === "string") return reference.split("/").at(-1) ?? reference;
    if (typeof title === "string") return title;
    const types = typesOf(branch);
    if (types.length > 0) return types.join(" or ");
  }
  return `alternative ${index + 1}`;
}

/** The sites of several schemas in one place as one. */
export function together(sites: readonly Site[]): Site | undefined {
  const [first, ...others] = sites;
  if (first === undefined || others.length === 0) return first;
  const parts = new Map(sites.flatMap((site) => site.parts).map((part) => [partKey(part), part]));
  return {
    parts: [...parts.values()],
    never: sites.some(({ never }) => never),
    pointer: first.pointer,
  };
}

/** The site of a keyword that holds one schema, in all parts together. */
export function siteUnder(document: unknown, site: Site, ...tokens: readonly string[]): Site | undefined {
  const sites = site.parts.flatMap(({ node, pointer }) => {
    const schema = resolvePointer(node, pointerOf(...tokens));
    return schema === undefined ? [] : [siteOf(document, schema, pointer + pointerOf(...tokens))];
  });
  return together(sites);
}

/** The first part that has a keyword, with its value: a reference's own words go before those of what it refers to. */
export function keywordIn(
  site: Site,
  keyword: string,
): { readonly value: unknown; readonly part: Part } | undefined {
  const part = site.parts.find(({ node }) => Object.hasOwn(node, keyword));
  return part === undefined ? undefined : { value: part.node[keyword], part };
}

/** What tells one site of a document from another. */
export function siteKey({ parts, never, pointer }: Site): string {
  // Null beside a shared schema is said in the place that refers to it.
  const own = parts.length === 0 || parts.some(({ orNull }) => orNull);
  return `${own ? pointer : ""} ${parts.map(partKey).join(" ")}${never ? "!" : ""}`;
}

const partKey = ({ node, pointer, orNull }: Part): string =>
  `${pointer}*${Object.keys(node).length}${orNull ? "?" : ""}`;
