import { isPlainObject, type PlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import { ItemNames } from "./item-names.ts";
import { filtersOf } from "./list-expression.ts";
import { filtersOn, type ListFilter, meets, mentions } from "./list-filters.ts";
import { type ListParameter, listParameters, withoutCursor } from "./list-parameters.ts";
import { type Said, saidBy, type What } from "./list-said.ts";
import { isScalar, itemsOf } from "./list-shape.ts";
import { type Sorting, sortingsIn } from "./list-sort.ts";
import type { SchemaNode, Schemas } from "./schemas.ts";
import { lastLiteral, plain, singularOf } from "./shape.ts";

/** How a list operation reads its query and what its answer says beside the items. */
export interface ListPlan {
  /** Properties of the envelope that lead to the items; none where the answer is the list. */
  readonly path: readonly string[];
  /** Of each item, only its id is listed. */
  readonly onlyIds: boolean;
  readonly names: ItemNames;
  readonly parameters: readonly ListParameter[];
  /** The same by their names; members of one that is an object as `page.size`. */
  readonly named: ReadonlyMap<string, ListParameter>;
  readonly said: readonly Said[];
  /** What the parameters about pages and order say where the query says nothing. */
  readonly defaults: readonly (readonly [name: string, value: unknown])[];
  /** Where the query can't ask for another page, one page has them all. */
  readonly isPaged: boolean;
}

/** What a list operation was asked for. */
export interface ListRequest {
  readonly limit: number;
  /** Of the first item shown, from the start or from the cursor. */
  readonly offset: number;
  /** As it came, and what the parameter is called. */
  readonly cursor?: GivenCursor;
  /** The page ends before it. */
  readonly before?: GivenCursor;
  readonly filters: readonly ListFilter[];
  /** All of them must be found in an item. */
  readonly words: readonly string[];
  readonly sortings: readonly Sorting[];
  /** Parameters that were understood. */
  readonly understood: number;
}

export interface GivenCursor {
  readonly parameter: ListParameter;
  readonly value: unknown;
}

/** The items that a page shows, and where it stands among all. */
export interface ListPage {
  readonly items: readonly PlainObject[];
  readonly first: number;
  readonly total: number;
  /** Of the page after this one; undefined where there is none. */
  readonly cursor: string | undefined;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 5000;
/** What tells a client where the next page begins. */
const LEADS_ON = new Set<What>(["cursor", "next-offset", "next-link", "links"]);
/** About pages and order: what a schema says of these where nobody asks counts. */
const HAS_DEFAULT = new Set(["limit", "offset", "page", "sort", "direction"]);

/**
 * @param schema of the answer
 * @param item as the collection shows it; as the answer lists it where left out
 * @param collection its path
 */
export function planList(
  operation: Operation,
  schema: SchemaNode | undefined,
  item: SchemaNode | undefined,
  collection: string,
  schemas: Schemas,
): ListPlan {
  const shape = schema === undefined ? undefined : itemsOf(schema, schemas, collection);
  const names = new ItemNames(item ?? shape?.item, schemas);
  const declared = listParameters(operation, names, plain(singularOf(lastLiteral(collection))), schemas);
  const path = shape?.path ?? [];
  const kinds = new Set<string>(declared.map(({ meaning }) => meaning.kind));
  const isPaged = ["limit", "page", "offset", "cursor"].some((kind) => kinds.has(kind));
  const said = schema === undefined || path.length === 0 ? [] : saidBy(schema, path, kinds, schemas);
  const leadsOn = said.some(({ what }) => LEADS_ON.has(what));
  const parameters = leadsOn ? declared : declared.map(withoutCursor);
  const named = new Map(parameters.map((parameter) => [parameter.at.join("."), parameter]));
  const onlyIds = shape !== undefined && isScalar(shape.item, schemas);
  return { path, onlyIds, names, parameters, named, said, defaults: defaultsOf(parameters), isPaged };
}

function defaultsOf(parameters: readonly ListParameter[]): ListPlan["defaults"] {
  return parameters.flatMap(({ at, meaning, schema }) => {
    const initial = schema?.schema["default"];
    const isTold = initial !== undefined && initial !== null;
    return isTold && at.length === 1 && HAS_DEFAULT.has(meaning.kind) ? [[at[0], initial] as const] : [];
  });
}

/** What the parameters say, the ones that were left out by their defaults. */
export function listRequest(query: PlainObject, plan: ListPlan): ListRequest {
  const reader = new Reader(plan);
  // Two names may be for one thing: what was sent comes after what wasn't.
  for (const [name, value] of plan.defaults) {
    const parameter = plan.named.get(name);
    if (parameter !== undefined && !Object.hasOwn(query, name)) reader.read(parameter, value, false);
  }
  for (const [name, value] of Object.entries(query)) {
    const parameter = plan.named.get(name);
    if (parameter !== undefined) reader.read(parameter, value, true);
    else if (isPlainObject(value)) {
      for (const [inner, wanted] of Object.entries(value)) {
        const member = plan.named.get(`${name}.${inner}`);
        if (member !== undefined) reader.read(member, wanted, true);
        // `filter[status]=open`: what it is called says nothing, what it holds does.
        else reader.filter(inner, wanted);
      }
    }
  }
  return reader.request();
}

/** Puts together what the parameters of one request ask for. */
class Reader {
  readonly #plan: ListPlan;
  readonly #filters: ListFilter[] = [];
  #limit: number;
  #offset = 0;
  #page = 0;
  #cursor: GivenCursor | undefined;
  #before: GivenCursor | undefined;
  #words: string[] = [];
  #sortings: Sorting[] = [];
  #descending: boolean | undefined;
  #understood = 0;

  constructor(plan: ListPlan) {
    this.#plan = plan;
    this.#limit = plan.isPaged ? DEFAULT_LIMIT : MAX_LIMIT;
  }

  read(parameter: ListParameter, value: unknown, isSent: boolean): void {
    const { meaning } = parameter;
    if (isSent && (meaning.kind === "filter" || meaning.kind === "search")) this.#understood += 1;
    switch (meaning.kind) {
      case "limit":
        this.#limit = limitOf(numberOf(value, this.#limit), isSent);
        break;
      case "offset":
        this.#offset = Math.max(numberOf(value, meaning.first) - meaning.first, 0);
        break;
      case "page":
        if (Number.isNaN(Number(value))) this.#cursor = { parameter, value };
        else this.#page = Math.max(numberOf(value, meaning.first) - meaning.first, 0);
        break;
      case "cursor":
        if (!(parameter.required && /^0?$/.test(String(value ?? "")))) this.#cursor = { parameter, value };
        break;
      case "before":
        this.#before = { parameter, value };
        break;
      case "sort":
        this.#sortings = sortingsIn(value, this.#plan.names);
        break;
      case "direction":
        this.#descending = /^desc/i.test(String(value));
        break;
      case "search":
        this.#words = String(value)
          .toLowerCase()
          .split(/[\s*"]+/)
          .filter((word) => word !== "");
        break;
      case "expression":
        this.#filters.push(...(filtersOf(String(value), this.#plan.names) ?? []));
        break;
      case "filter":
        this.#filters.push(...filtersOn(meaning.path, meaning.operator, value));
    }
  }

  filter(name: string, value: unknown): void {
    const path = this.#plan.names.find(plain(name));
    if (path !== undefined) this.#filters.push(...filtersOn(path, "eq", value));
  }

  request(): ListRequest {
    return {
      limit: Math.max(this.#limit, 0),
      offset: this.#offset + this.#page * this.#limit,
      ...(this.#cursor === undefined ? {} : { cursor: this.#cursor }),
      ...(this.#before === undefined ? {} : { before: this.#before }),
      filters: this.#filters,
      words: this.#words,
      sortings: this.#directed(),
      understood: this.#understood,
    };
  }

  /** A way without a property is that of the time in which the items came. */
  #directed(): readonly Sorting[] {
    const descending = this.#descending;
    if (descending === undefined) return this.#sortings;
    if (this.#sortings.length === 0) return descending ? [{ path: [], descending }] : [];
    return this.#sortings.map((sorting) => ({ ...sorting, descending }));
  }
}

export function matches(item: PlainObject, { filters, words }: ListRequest): boolean {
  return filters.every((filter) => meets(item, filter)) && (words.length === 0 || mentions(item, words));
}

/** Whether a request wants some of the items, or all in another order: then all must be looked at. */
export const isChoosy = ({ filters, words, sortings }: ListRequest): boolean =>
  filters.length > 0 || words.length > 0 || sortings.length > 0;

/** Less than nothing means all, and so does nothing where nobody asks for it. */
const limitOf = (asked: number, isSent: boolean): number =>
  asked < 0 || (asked === 0 && !isSent) ? MAX_LIMIT : Math.min(asked, MAX_LIMIT);

function numberOf(value: unknown, fallback: number): number {
  const number = Number(value);
  return Number.isInteger(number) ? number : fallback;
}
