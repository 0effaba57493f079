import { follow } from "../catalog/follow.ts";
import { isPlainObject, type PlainObject, pointerOf } from "../catalog/pointer.ts";
import { typesOf } from "../catalog/schema-types.ts";
import { PROSE, type Said, saysTheSame } from "./substance.ts";

/** A schema object that counts at a place, and where it stands in its document. */
export interface Part {
  readonly node: PlainObject;
  readonly pointer: string;
}

/**
 * All that a document says of the values in one place, however it is written: references followed, `allOf` laid open, an
 * alternative that isn't one taken as what it is. So two documents that say the same make the same site.
 */
export interface Site {
  readonly parts: readonly Part[];
  /** `null` is taken beside what the parts say. */
  readonly orNull: boolean;
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
export const anywhere = (pointer: string): Site => ({ parts: [], orNull: false, never: false, pointer });

/** The site of a schema; what isn't a schema says nothing. */
export function siteOf(document: unknown, schema: unknown, pointer: string): Site {
  const parts: Part[] = [];
  const seen = new Set<unknown>();
  let orNull = false;
  let never = false;
  const add = (node: unknown, at: string): void => {
    if (node === false) never = true;
    if (!isPlainObject(node) || seen.has(node)) return;
    seen.add(node);
    const { $ref: reference, allOf, ...own } = node;
    if (typeof reference === "string") {
      if (Object.keys(own).length > 0) parts.push({ node: own, pointer: at });
      const target = follow(document, node, at);
      if (target !== undefined) add(target.node, target.pointer);
    } else {
      const opened = openChoice(document, own, at);
      if (opened === undefined) parts.push({ node: own, pointer: at });
      else {
        if (Object.keys(opened.rest).length > 0) parts.push({ node: opened.rest, pointer: at });
        if (opened.orNull) orNull = true;
        if (opened.only !== undefined) add(opened.only.node, opened.only.pointer);
      }
    }
    for (const [index, part] of Array.isArray(allOf) ? allOf.entries() : [])
      add(part, at + pointerOf("allOf", index));
  };
  add(schema, pointer);
  return { parts, orNull, never, pointer: follow(document, schema, pointer)?.pointer ?? pointer };
}

interface Opened {
  /** What else stands beside the choice. */
  readonly rest: PlainObject;
  readonly orNull: boolean;
  /** The one branch that is left. */
  readonly only?: { readonly node: unknown; readonly pointer: string };
}

/** A choice of one thing, of a thing and null, of types or of values is none: undefined where there is a true one, or none. */
function openChoice(document: unknown, node: PlainObject, at: string): Opened | undefined {
  const keyword = CHOICES.find((name) => Array.isArray(node[name]));
  if (keyword === undefined) return undefined;
  const { [keyword]: list, ...rest } = node;
  const branches = (list as readonly unknown[]).map((branch, index) => ({
    node: branch,
    pointer: at + pointerOf(keyword, index),
  }));
  const simple = simpleChoice(branches.map((branch) => follow(document, branch.node, "")?.node));
  if (simple !== undefined && !Object.keys(simple).some((key) => key in rest))
    return { rest: { ...rest, ...simple }, orNull: false };
  const others = branches.filter((branch) => !isNull(branch.node));
  const [only] = others;
  if (only === undefined || others.length > 1) return undefined;
  const orNull = others.length < branches.length;
  return orNull && Object.keys(rest).some((key) => !PROSE.has(key) && !key.startsWith("x-"))
    ? undefined
    : { rest, orNull, only };
}

const isNull = (schema: unknown): boolean => isPlainObject(schema) && schema["type"] === "null";

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
    return values === undefined ? [] : [{ values, part }];
  });
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const common = first.values.filter((value) => others.every(({ values }) => values.includes(value)));
  return {
    values: site.orNull && !common.includes(null) ? [...common, null] : common,
    part: first.part,
  };
}

/** The types that a site takes; undefined where it takes any. */
export function typesIn(site: Site): ReadonlySet<string> | undefined {
  let types: Set<string> | undefined;
  for (const { node } of site.parts) {
    const own = impliedTypes(node);
    if (own.length === 0) continue;
    const before = types;
    types = new Set(before === undefined ? own : own.filter((type) => takes(before, type)));
  }
  return types === undefined || !site.orNull ? types : types.add("null");
}

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
  const choices = site.parts.flatMap(({ node, pointer }) =>
    CHOICES.flatMap((keyword) => {
      const list = node[keyword];
      return Array.isArray(list) ? [{ keyword, list, pointer: pointer + pointerOf(keyword) }] : [];
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
  const parts = new Map(sites.flatMap((site) => site.parts).map((part) => [part.pointer, part]));
  return {
    parts: [...parts.values()],
    orNull: sites.every(({ orNull }) => orNull),
    never: sites.some(({ never }) => never),
    pointer: first.pointer,
  };
}

/** The site of a keyword that holds one schema, in all parts together. */
export function siteUnder(document: unknown, site: Site, ...tokens: readonly string[]): Site | undefined {
  const sites = site.parts.flatMap(({ node, pointer }) => {
    let schema: unknown = node;
    for (const token of tokens)
      schema = isPlainObject(schema) && Object.hasOwn(schema, token) ? schema[token] : undefined;
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
export function siteKey({ parts, orNull, never, pointer }: Site): string {
  const said = parts.map((part) => `${part.pointer}*${Object.keys(part.node).length}`).join(" ");
  // Null beside a shared schema is said in the place that refers to it.
  return `${parts.length === 0 || orNull ? pointer : ""} ${said}${never ? "!" : ""}`;
}
