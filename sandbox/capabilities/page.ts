import type { JsonObject, Reader, StoredRecord } from "../store/store.ts";
import { oneByOne } from "../values/pages.ts";
import type { Decision, DecisionContext, Refusal } from "./capability.ts";
import { cursorMark, foreignCursor, markedCursor, readPlace } from "./cursor.ts";
import { answer, optionalText } from "./define.ts";

const DEFAULT_LIMIT = 50;
const MAXIMUM_LIMIT = 500;

/** What a list was asked for, and by whom: its cursors lead on there alone. */
export interface Asked {
  readonly input: JsonObject;
  readonly context: DecisionContext;
}

const markOf = ({ input, context }: Asked): string => cursorMark(context.operationId, input, context);

/** The sequence of the last item of the former page; 0 on the first one. */
export function readCursor(asked: Asked): number | Refusal {
  const place = readPlace(asked.input, markOf(asked));
  if (typeof place === "object") return place;
  if (place === undefined) return 0;
  const sequence = /^[0-9a-z]{1,11}$/.test(place) ? Number.parseInt(place, 36) : Number.NaN;
  return Number.isSafeInteger(sequence) ? sequence : foreignCursor();
}

/** To the page after an item of a list that is read by {@link readCursor}. */
export const cursorAfter = (asked: Asked, sequence: number): string =>
  markedCursor(sequence.toString(36), markOf(asked));

export function readLimit(input: JsonObject): number {
  const limit = input["limit"];
  return typeof limit === "number" ? Math.min(Math.max(Math.trunc(limit), 1), MAXIMUM_LIMIT) : DEFAULT_LIMIT;
}

export interface PageQuery<T extends JsonObject> extends Asked {
  readonly collection: string;
  readonly key?: string | undefined;
  /** Only what is for this party. */
  readonly party?: string | undefined;
  /** Fields by which the caller may narrow the list: a record's must equal what was asked for. */
  readonly filters?: readonly (keyof T & string)[];
  /** Which records belong on the list, where that isn't said by their own fields. */
  readonly keep?: (record: T) => boolean;
  readonly view: (record: T) => JsonObject | Promise<JsonObject>;
}

/** One page of a collection as `{items, nextCursor?}`, filtered, in order of creation. */
export async function listPage<T extends JsonObject>(query: PageQuery<T>): Promise<Decision> {
  const found = await findPage(query);
  return "kind" in found
    ? found
    : pageOf(query, found.records, found.limit, (record) => query.view(record.value));
}

/** What stands on one page, and one record more where there is a next page. */
export async function findPage<T extends JsonObject>(
  query: Omit<PageQuery<T>, "view">,
): Promise<{ readonly records: readonly StoredRecord<T>[]; readonly limit: number } | Refusal> {
  const after = readCursor(query);
  if (typeof after !== "number") return after;
  const limit = readLimit(query.input);
  const { collection, key, party, context } = query;
  const whose = { ...(key === undefined ? {} : { key }), ...(party === undefined ? {} : { party }) };
  const records = oneByOne(
    (page) => context.read.list<T>({ collection, ...whose, ...page }),
    after,
    Math.max(limit + 1, 100),
  );
  const keep = keeping(query);
  const kept: StoredRecord<T>[] = [];
  for await (const record of records) {
    if (keep(record.value)) kept.push(record);
    // One record more than asked for tells whether there is a next page.
    if (kept.length > limit) break;
  }
  return { records: kept, limit };
}

function keeping<T extends JsonObject>({
  input,
  filters = [],
  keep,
}: Omit<PageQuery<T>, "view">): (record: T) => boolean {
  const given = filters.filter((name) => optionalText(input, name) !== undefined);
  return (record) =>
    given.every((name) => record[name] === input[name]) && (keep === undefined || keep(record));
}

/** A page over anything with a sequence, of which up to one more than `limit` was read. */
export async function pageOf<T extends { readonly sequence: number }>(
  asked: Asked,
  found: readonly T[],
  limit: number,
  view: (item: T) => JsonObject | Promise<JsonObject>,
): Promise<Decision> {
  const shown = found.slice(0, limit);
  const items = await Promise.all(shown.map(view));
  const last = shown.at(-1);
  return found.length > limit && last !== undefined
    ? answer({ items, nextCursor: cursorAfter(asked, last.sequence) })
    : answer({ items });
}

/** Every record of a collection (of one key, or for one party): for decisions over all of them, in turns with others. */
export function everyRecord<T extends JsonObject>(
  read: Reader,
  collection: string,
  of: string | { readonly party: string } | undefined = undefined,
): AsyncGenerator<StoredRecord<T>> {
  const whose = typeof of === "string" ? { key: of } : (of ?? {});
  return oneByOne((page) => read.list<T>({ collection, ...whose, ...page }));
}
