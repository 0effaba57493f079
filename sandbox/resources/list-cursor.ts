import type { PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Refusal } from "../capabilities/capability.ts";
import { cursorMark, markedCursor, readPlace } from "../capabilities/cursor.ts";
import { idAt } from "./holder.ts";
import type { GivenCursor, ListPlan, ListRequest } from "./listing.ts";
import type { Step, Tools } from "./step.ts";

/** The cursor of the page that begins at a place: as a text that only this list takes, where the spec allows it. */
export function cursorTo(
  tools: Tools,
  step: Step,
  request: ListRequest,
  place: number,
  all: readonly PlainObject[],
): string {
  const { list, idPath } = step.plan;
  if (givesNumbers(list)) return String(place);
  const parameter = list.parameters.find(({ meaning }) => meaning.kind === "cursor");
  const told = list.said.filter(({ what }) => what === "cursor").map(({ node }) => node);
  const schemas = [...(parameter?.schema === undefined ? [] : [parameter.schema]), ...told];
  const marked = markedCursor(String(place), markOf(step, request));
  if (schemas.every((schema) => tools.composer.isText(schema, marked))) return marked;
  // Where cursors have the form of ids, they are those of the items that pages begin with or after.
  const inclusive = parameter?.meaning.kind === "cursor" && parameter.meaning.inclusive;
  const id = idPath === undefined ? undefined : idAt(all[inclusive ? place : place - 1] ?? {}, idPath);
  return id === undefined ? marked : String(id);
}

/**
 * Where the page begins that a request asks for: at the start, or at the place of a cursor that this list gave, with the
 * same filters and to the same party. Undefined where the cursor is any other.
 */
export function givenPlace(step: Step, request: ListRequest): number | undefined {
  const { cursor } = request;
  if (cursor === undefined) return 0;
  const text = String(cursor.value);
  const place = givesNumbers(step.plan.list) ? text : readPlace({ cursor: text }, markOf(step, request));
  if (typeof place === "string" && /^\d{1,15}$/.test(place)) return Number(place);
  // Whoever tries a document out sends what it shows: that is no list's cursor, so the list begins.
  return cursor.parameter.shown.some((shown) => String(shown) === text) ? 0 : undefined;
}

/**
 * Where the item stands whose id is the cursor, as some APIs have it. Refuses any other, since the place in another list is
 * a number that means something else here.
 */
export function placeOf(
  step: Step,
  { value, parameter }: GivenCursor,
  items: readonly PlainObject[],
): number | Refusal {
  const text = String(value);
  const { idPath } = step.plan;
  const place = idPath === undefined ? -1 : items.findIndex((item) => String(idAt(item, idPath)) === text);
  if (place !== -1) return place;
  const detail = "use the cursor of the former page as it came, with the same filters and as the same party";
  return {
    kind: "refused",
    code: "ECO_REQUEST_INVALID",
    detail: `The cursor ${JSON.stringify(text.slice(0, 80))} is not one that this list gave.`,
    errors: [{ pointer: `$request.query.${parameter.at.join(".")}`, detail }],
  };
}

/** A number can't carry the mark of its list. */
const givesNumbers = ({ said }: ListPlan): boolean => said.some(({ what }) => what === "next-offset");

const markOf = ({ plan, items, context }: Step, { filters, words, sortings }: ListRequest): string =>
  cursorMark(
    plan.collection.template,
    {
      of: items.key,
      filters: filters.map(({ path, operator, values }) => [path.join("."), operator, ...values]),
      words: [...words],
      sortings: sortings.map(({ path, descending }) => [path.join("."), descending]),
    },
    context,
  );
