import { writePath } from "../../specs/engine/catalog/exchange/paths.ts";
import type { PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Refusal } from "../capabilities/capability.ts";
import { idAt } from "./holder.ts";
import { cursorTo, givenPlace, placeOf } from "./list-cursor.ts";
import { PageLinks } from "./list-links.ts";
import { counted, type Said, type What } from "./list-said.ts";
import type { ListPage, ListPlan, ListRequest } from "./listing.ts";
import { plain } from "./shape.ts";
import type { Step, Tools } from "./step.ts";

const COUNTING = new Set<What>(["total", "pages", "last-link", "links"]);

/** How many of the items a page needs to be looked at: one more than it shows says whether another one follows. */
export function enoughFor(step: Step, request: ListRequest): number {
  const { list, success } = step.plan;
  const given = givenPlace(step, request);
  const countsAll =
    given === undefined ||
    request.before !== undefined ||
    list.said.some(({ what }) => COUNTING.has(what)) ||
    success.headers.some(({ name }) => COUNTING.has(headerMeaning(name) ?? "more"));
  return countsAll ? Infinity : given + request.offset + request.limit + 1;
}

/** @param all the items that the request is about, in their order */
export function pageOf(
  tools: Tools,
  step: Step,
  request: ListRequest,
  all: readonly PlainObject[],
): ListPage | Refusal {
  const bounds = boundsOf(step, request, all);
  if ("kind" in bounds) return bounds;
  const { first, end } = bounds;
  const cursor = end < all.length && end > first ? cursorTo(tools, step, request, end, all) : undefined;
  return { items: all.slice(first, end), first, total: all.length, cursor };
}

function boundsOf(
  step: Step,
  request: ListRequest,
  all: readonly PlainObject[],
): { readonly first: number; readonly end: number } | Refusal {
  const { cursor, before, offset, limit } = request;
  if (before !== undefined) {
    const end = placeOf(step, before, all);
    return typeof end === "number" ? { first: Math.max(end - limit, 0), end } : end;
  }
  const given = givenPlace(step, request);
  const named = given === undefined && cursor !== undefined ? placeOf(step, cursor, all) : (given ?? 0);
  if (typeof named !== "number") return named;
  const inclusive = cursor?.parameter.meaning.kind === "cursor" && cursor.parameter.meaning.inclusive;
  const first = named + (given === undefined && !inclusive ? 1 : 0) + offset;
  return { first, end: Math.min(first + limit, Math.max(all.length, first)) };
}

/** The items as they are, or in their envelope with what it says beside them; parts that have nothing to say are left out. */
export function listAnswer(step: Step, page: ListPage, request: ListRequest): unknown {
  const { list: plan, idPath, collection } = step.plan;
  const asIds = plan.onlyIds && collection.creatable && idPath !== undefined;
  const items = asIds ? page.items.map((item) => idAt(item, idPath)) : page.items;
  if (plan.path.length === 0) return items;
  const links = new PageLinks(step, page, request);
  const result: Record<string, unknown> = {};
  writePath(result, plan.path, { value: items, indices: [] });
  for (const said of plan.said) {
    const value = saidOf(said, page, request, { step, links });
    const told = value === undefined ? said.silence : { path: said.path, value };
    if (told !== undefined) writePath(result, told.path, { value: told.value, indices: [] });
  }
  return result;
}

/** The declared headers that are about pages, and the links of a list that has no envelope to say them. */
export function listHeaders(
  step: Step,
  page: ListPage,
  request: ListRequest,
  made: Readonly<Record<string, string>>,
): Record<string, string> {
  const { list, success } = step.plan;
  const links = new PageLinks(step, page, request);
  const headers: Record<string, string> = { ...made };
  for (const { name } of success.headers) {
    const what = headerMeaning(name);
    if (what === undefined) continue;
    const value = counting(what, page, request, list);
    if (value === undefined) delete headers[name.toLowerCase()];
    else headers[name.toLowerCase()] = String(value);
  }
  const link = links.header();
  const isTold = success.headers.some(({ name }) => name.toLowerCase() === "link") || list.path.length === 0;
  delete headers["link"];
  return isTold && link !== "" ? { ...headers, link } : headers;
}

const headerMeaning = (name: string): What | undefined =>
  /rate/i.test(name)
    ? undefined
    : counted(plain(name.replace(/^x-/i, "")).replace(/^pagination/, ""), "", "");

interface Telling {
  readonly step: Step;
  readonly links: PageLinks;
}

function saidOf(
  { what, node }: Said,
  page: ListPage,
  request: ListRequest,
  { step, links }: Telling,
): unknown {
  const { cursor, items, first } = page;
  const { list, idPath } = step.plan;
  switch (what) {
    case "cursor":
      return cursor;
    case "next-offset":
      return cursor === undefined ? undefined : Number(cursor);
    case "more":
      return cursor !== undefined;
    case "is-last":
      return cursor === undefined;
    case "is-first":
      return first === 0;
    case "first-id":
    case "last-id": {
      const id = idAt(items.at(what === "first-id" ? 0 : -1) ?? {}, idPath);
      return id === undefined ? undefined : String(id);
    }
    case "links":
      return links.relations();
    case "next-link":
    case "previous-link":
    case "self-link":
    case "first-link":
    case "last-link":
      return links.to(what, node);
    default:
      return counting(what, page, request, list);
  }
}

function counting(what: What, page: ListPage, request: ListRequest, list: ListPlan): number | undefined {
  const { total, first, items, cursor } = page;
  const limit = Math.max(request.limit, 1);
  const begins = (kind: "page" | "offset"): number => {
    const parameter = list.parameters.find(({ meaning }) => meaning.kind === kind);
    return parameter?.meaning.kind === kind ? parameter.meaning.first : kind === "page" ? 1 : 0;
  };
  switch (what) {
    case "total":
      return total;
    case "pages":
      return list.isPaged ? Math.ceil(total / limit) : 1;
    case "shown":
      return items.length;
    case "limit":
      return request.limit;
    case "offset":
      return first + begins("offset");
    case "page":
      return Math.floor(first / limit) + begins("page");
    case "next-page":
      return cursor === undefined ? undefined : Math.floor(first / limit) + begins("page") + 1;
    default:
      return undefined;
  }
}
