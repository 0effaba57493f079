import type { SchemaNode, Schemas } from "./schemas.ts";
import { plain, singularOf } from "./shape.ts";

/** What an answer says of a list beside its items. */
export type What =
  /** Asks for the next page, or the one before: by a cursor, a number, or as a link. */
  | "cursor"
  | "next-page"
  | "next-offset"
  | "next-link"
  | "previous-link"
  | "self-link"
  | "first-link"
  | "last-link"
  /** Links as a list of relations: `{rel: "next", href: "…"}`. */
  | "links"
  | "more"
  | "is-last"
  | "is-first"
  | "total"
  | "pages"
  /** How many items this page has. */
  | "shown"
  | "limit"
  | "offset"
  | "page"
  | "first-id"
  | "last-id";

export interface Said {
  /** Properties of the envelope that lead to it: `meta`, `total`. */
  readonly path: readonly string[];
  readonly what: What;
  readonly node: SchemaNode;
  /** What stands there, or in place of the relation that it belongs to, where there is nothing to say. */
  readonly silence: Silence | undefined;
}

interface Silence {
  readonly path: readonly string[];
  readonly value: null | "";
}

/** Parts of an envelope that are about the list. */
const ABOUT_LISTS =
  /^(meta|metadata|responsemetadata|resultinfo|listinfo|pagination|paging|paginginfo|paginationinfo|pageinfo|pagemeta|page|pages|pageable|links|cursors?|next|previous|prev|self|first|last|nextpage|searchinfo)$/;
const MAX_DEPTH = 3;
const LINKED: Readonly<Record<string, What>> = {
  next: "next-link",
  nextpage: "next-link",
  previous: "previous-link",
  prev: "previous-link",
  self: "self-link",
  first: "first-link",
  last: "last-link",
};

/**
 * What the envelope of a list has room for.
 * @param items where its items are
 * @param takes kinds of parameters that the request can carry: what is called `next` is what one of them takes
 */
export function saidBy(
  envelope: SchemaNode,
  items: readonly string[],
  takes: ReadonlySet<string>,
  schemas: Schemas,
): Said[] {
  const found: Said[] = [];
  const walk = (schema: SchemaNode, path: readonly string[], relation?: Silence): void => {
    const required = schemas.required(schema);
    const isRelation = Object.hasOwn(LINKED, plain(path.at(-1) ?? ""));
    for (const [name, node] of schemas.possible(schema)) {
      const at = [...path, name];
      if (at.length === items.length && at.every((part, index) => part === items[index])) continue;
      const what = meaningOf(at, node, { takes, items, schemas });
      const own = silenceAt(at, node, required.has(name), schemas);
      if (what !== undefined) found.push({ path: at, what, node, silence: isRelation ? relation : own });
      else if (at.length <= MAX_DEPTH && ABOUT_LISTS.test(plain(name)) && isOne(node, schemas))
        walk(node, at, Object.hasOwn(LINKED, plain(name)) ? silenceAt(at, node, false, schemas) : relation);
    }
  };
  walk(envelope, []);
  return oneCountIsOfThePage(found);
}

/** How an envelope says that there is nothing to say: not at all where it may. */
function silenceAt(
  path: readonly string[],
  node: SchemaNode,
  required: boolean,
  schemas: Schemas,
): Silence | undefined {
  const types = schemas.types(node);
  if (types.has("null")) return { path, value: null };
  return required && types.size === 1 && types.has("string") ? { path, value: "" } : undefined;
}

const isOne = (node: SchemaNode, schemas: Schemas): boolean =>
  schemas.possible(node).size > 0 && !schemas.types(node).has("array");

/** Beside a total, a count is of what is shown. */
function oneCountIsOfThePage(found: readonly Said[]): Said[] {
  const isTotal = ({ what, path }: Said): boolean =>
    what === "total" && /^total/.test(plain(path.at(-1) ?? ""));
  if (!found.some(isTotal)) return [...found];
  return found.map((said) =>
    said.what === "total" && /^(count|size)$/.test(plain(said.path.at(-1) ?? ""))
      ? { ...said, what: "shown" }
      : said,
  );
}

interface Around {
  readonly takes: ReadonlySet<string>;
  readonly items: readonly string[];
  readonly schemas: Schemas;
}

function meaningOf(path: readonly string[], node: SchemaNode, around: Around): What | undefined {
  const { schemas, items, takes } = around;
  const key = plain(path.at(-1) ?? "");
  const above = plain(path.at(-2) ?? "");
  const types = schemas.types(node);
  if (types.has("array")) return key === "links" && isRelations(node, schemas) ? "links" : undefined;
  if (types.has("boolean")) return flag(key);
  if (types.has("string")) {
    const text = textMeaning(key, above, node, around);
    if (text !== undefined) return text;
  }
  if (!types.has("integer") && !types.has("number")) return undefined;
  const what = counted(key, above, plain(items.at(-1) ?? ""));
  return what === "next-offset" && takes.has("page") && !takes.has("cursor") ? "next-page" : what;
}

function isRelations(node: SchemaNode, schemas: Schemas): boolean {
  const names = schemas.possible(schemas.below(node, "items"));
  return names.has("rel") && names.has("href");
}

function flag(key: string): What | undefined {
  if (/^(hasmore|hasnext|hasnextpage|more|hasmoreitems|hasmorepages|hasmoreresults|moreavailable)$/.test(key))
    return "more";
  if (/^(last|islast|islastpage|isend|done)$/.test(key)) return "is-last";
  return /^(first|isfirst|isfirstpage)$/.test(key) ? "is-first" : undefined;
}

function textMeaning(key: string, above: string, node: SchemaNode, { takes }: Around): What | undefined {
  if (/^firstid$/.test(key)) return "first-id";
  if (/^lastid$/.test(key)) return "last-id";
  if (/^(odata|)nextlink$/.test(key)) return "next-link";
  // What stands in a relation is the relation: `next.href`, `_links.next`.
  const inner = LINKED[above];
  if (inner !== undefined) {
    if (/^(href|url|uri|link|path)$/.test(key)) return inner;
    return inner === "next-link" && /^(after|cursor|startingafter|offset|token|pagetoken|page)$/.test(key)
      ? "cursor"
      : undefined;
  }
  const [, relation = "", ending = ""] =
    /^(next|previous|prev|self|first|last)(?:page|results)?(url|uri|link|href|path)?$/.exec(key) ?? [];
  const link = LINKED[relation];
  if (link !== undefined) {
    const isLink =
      ending !== "" ||
      above === "links" ||
      looksLikeLink(node) ||
      (link === "next-link" && !takes.has("cursor"));
    if (isLink) return link;
    return link === "next-link" ? "cursor" : undefined;
  }
  const isCursor =
    /^(nextcursor|nextpagetoken|nexttoken|cursor|nextmarker|continuationtoken|nextcontinuationtoken|endcursor|iterator|nextpagekey|paginationtoken|nextstartkey|continue|bookmark)$/.test(
      key,
    ) ||
    (above === "cursors" && key === "after") ||
    (key === "after" && /^(paging|pagination|pageinfo)$/.test(above)) ||
    (key === "offset" && above === "nextpage") ||
    // A text on both sides: what came is sent for the next page.
    (key === "offset" && takes.has("cursor") && !takes.has("offset"));
  return isCursor ? "cursor" : undefined;
}

function looksLikeLink({ schema }: SchemaNode): boolean {
  if (/^(uri|url|iri)/.test(String(schema["format"] ?? ""))) return true;
  const examples = [schema["example"], ...(Array.isArray(schema["examples"]) ? schema["examples"] : [])];
  return examples.some((example) => typeof example === "string" && /^(https?:\/)?\//.test(example));
}

/**
 * What a number says of a list.
 * @param above what it stands in
 * @param items what the list is called
 */
export function counted(key: string, above: string, items: string): What | undefined {
  if (/^(totalpages|pagestotal|pagecount|totalpagecount|pages|numpages|lastpage|numberofpages)$/.test(key))
    return "pages";
  const one = singularOf(items);
  const counts = new Set([
    `${items}count`,
    `${one}count`,
    `total${items}`,
    `${items}total`,
    `numberof${items}`,
  ]);
  if (
    /^(total|count)(count|items|results|elements|records|size|hits|rows|entries|number)?$/.test(key) ||
    (items !== "" && counts.has(key))
  )
    return "total";
  if (
    /^(totalnumber|totalnumberof\w+|itemcount|itemstotal|recordcount|resultcount|numfound|numresults)$/.test(
      key,
    )
  )
    return "total";
  if (/^(numberofelements|itemsinpage|resultsize|currentitemcount|numberreturned|returned)$/.test(key))
    return "shown";
  if (/^(limit|pagesize|perpage|itemsperpage|size|maxresults|recordsperpage)$/.test(key)) return "limit";
  if (/^(offset|skip|startindex|start|startat)$/.test(key)) return "offset";
  if (
    /^(page|pagenumber|currentpage|pageindex|pageno|current)$/.test(key) ||
    (key === "number" && /^page/.test(above))
  )
    return "page";
  if (/^(nextpage|nextpagenumber)$/.test(key)) return "next-page";
  return /^(nextoffset|next|nextcursor|cursor|nexttoken|nextpagetoken|startingafter|after)$/.test(key)
    ? "next-offset"
    : undefined;
}
