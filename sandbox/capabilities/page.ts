import type { JsonObject, Reader, StoredRecord } from "../store/store.ts";
import type { Decision, Refusal } from "./capability.ts";
import { answer, optionalText, refuse } from "./define.ts";

const defaultLimit = 50;
const maximumLimit = 500;

/** Opaque to callers; inside, the sequence of the last record that was looked at. */
export const cursorOf = (sequence: number): string => `c${sequence.toString(36)}`;

export function readCursor(input: JsonObject): number | Refusal {
  const cursor = optionalText(input, "cursor");
  if (cursor === undefined) return 0;
  const sequence = /^c[0-9a-z]+$/.test(cursor) ? Number.parseInt(cursor.slice(1), 36) : Number.NaN;
  if (Number.isSafeInteger(sequence)) return sequence;
  return refuse("ECO_REQUEST_INVALID", "The cursor is not one that this list gave.", [
    { pointer: "#/cursor", detail: "use the `nextCursor` of the former page as it came" },
  ]);
}

export function readLimit(input: JsonObject): number {
  const limit = input["limit"];
  return typeof limit === "number" ? Math.min(Math.max(Math.trunc(limit), 1), maximumLimit) : defaultLimit;
}

export interface PageQuery<T extends JsonObject> {
  readonly read: Reader;
  readonly input: JsonObject;
  readonly collection: string;
  readonly key?: string | undefined;
  /** Only what is for this party. */
  readonly party?: string | undefined;
  /** Which records belong on the list. */
  readonly keep?: (record: T) => boolean;
  readonly view: (record: T) => JsonObject | Promise<JsonObject>;
}

/** One page of a collection as `{items, nextCursor?}`, filtered, in order of creation. */
export async function listPage<T extends JsonObject>(query: PageQuery<T>): Promise<Decision> {
  const after = readCursor(query.input);
  if (typeof after !== "number") return after;
  const limit = readLimit(query.input);
  const kept: StoredRecord<T>[] = [];
  let position = after;
  // One record more than asked for tells whether there is a next page.
  while (kept.length <= limit) {
    const batch = await query.read.list<T>({
      collection: query.collection,
      ...(query.key === undefined ? {} : { key: query.key }),
      ...(query.party === undefined ? {} : { party: query.party }),
      after: position,
      limit: Math.max(limit + 1, 100),
    });
    for (const record of batch) {
      position = record.sequence;
      if (query.keep === undefined || query.keep(record.value)) kept.push(record);
    }
    if (batch.length < Math.max(limit + 1, 100)) break;
  }
  return pageOf(kept, limit, (record) => query.view(record.value));
}

/** A page over anything with a sequence, of which up to one more than `limit` was read. */
export async function pageOf<T extends { readonly sequence: number }>(
  found: readonly T[],
  limit: number,
  view: (item: T) => JsonObject | Promise<JsonObject>,
): Promise<Decision> {
  const shown = found.slice(0, limit);
  const items = await Promise.all(shown.map(view));
  const last = shown.at(-1);
  return found.length > limit && last !== undefined
    ? answer({ items, nextCursor: cursorOf(last.sequence) })
    : answer({ items });
}

/** Every record of a collection (of one key, or for one party): for decisions over all of them, page by page. */
export async function* everyRecord<T extends JsonObject>(
  read: Reader,
  collection: string,
  of: string | { readonly party: string } | undefined = undefined,
): AsyncGenerator<StoredRecord<T>> {
  const whose = typeof of === "string" ? { key: of } : (of ?? {});
  let after = 0;
  for (;;) {
    const batch = await read.list<T>({ collection, ...whose, after, limit: maximumLimit });
    yield* batch;
    const last = batch.at(-1);
    if (last === undefined || batch.length < maximumLimit) return;
    after = last.sequence;
  }
}
