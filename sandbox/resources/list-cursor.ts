import type { PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Refusal } from "../capabilities/capability.ts";
import { cursorMark, markedCursor, readPlace } from "../capabilities/cursor.ts";
import { idAt } from "./holder.ts";
import type { ListPlan, ListRequest } from "./listing.ts";
import type { Step } from "./step.ts";

/** The text or number by which a list's next page is asked for. */
export function nextCursor(step: Step, request: ListRequest, place: number): string | number {
  return givesNumbers(step.plan.list) ? place : markedCursor(String(place), markOf(step, request));
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
  return typeof place === "string" && /^\d{1,15}$/.test(place) ? Number(place) : undefined;
}

/**
 * Where the page begins after the item whose id is the cursor, as some APIs have it. Refuses any other, since the place
 * in another list is a number that means something else here.
 */
export function placeAfter(
  step: Step,
  cursor: NonNullable<ListRequest["cursor"]>,
  items: readonly PlainObject[],
): number | Refusal {
  const text = String(cursor.value);
  const { idPath } = step.plan;
  const before = idPath === undefined ? -1 : items.findIndex((item) => String(idAt(item, idPath)) === text);
  if (before !== -1) return before + 1;
  const detail = "use the cursor of the former page as it came, with the same filters and as the same party";
  return {
    kind: "refused",
    code: "ECO_REQUEST_INVALID",
    detail: `The cursor ${JSON.stringify(text.slice(0, 80))} is not one that this list gave.`,
    errors: [{ pointer: `$request.query.${cursor.name}`, detail }],
  };
}

/** A number can't carry the mark of its list. */
const givesNumbers = ({ said }: ListPlan): boolean =>
  said.some(({ what, numeric }) => what === "next" && numeric);

const markOf = ({ plan, items, context }: Step, { filters }: ListRequest): string =>
  cursorMark(
    plan.collection.template,
    {
      of: items.key,
      filters: filters.map(({ property, operator, values }) => [
        property,
        ...(operator === "eq" ? [] : [operator]),
        ...values,
      ]),
    },
    context,
  );
