import type { JsonObject, Months } from "./store.ts";

/**
 * Collections that are read by month, each with the members of its records that say when they began and ended: times that
 * begin with their month, `2025-03-…`.
 */
export const DATED: Readonly<Record<string, { readonly from: string; readonly to: string }>> = {
  deliveries: { from: "startedAt", to: "endedAt" },
};

const NONE: readonly string[] = [];

/** The months in which a record began and ended; none in a collection that isn't read by month. */
export function monthsOf(collection: string, value: JsonObject | null): readonly string[] {
  const dated = DATED[collection];
  const began = dated && value?.[dated.from];
  if (dated === undefined || typeof began !== "string") return NONE;
  const month = began.slice(0, MONTH);
  const ended = value?.[dated.to];
  return typeof ended !== "string" || ended.startsWith(month) ? [month] : [month, ended.slice(0, MONTH)];
}

const MONTH = "2025-03".length;

/** Whether a record began or ended within these months. */
export const isInMonths = (collection: string, value: JsonObject, { from, to }: Months): boolean =>
  monthsOf(collection, value).some((month) => month >= from && (to === undefined || month <= to));

/**
 * Where the records of a month are, is noted by blocks of this many places in the order of creation: what comes in the
 * order of time needs one note for each, and to look for a month is to look through few blocks. One note for each record
 * would make every delivery slower.
 */
export const BLOCK = 256;

export const blockOf = (sequence: number): number => Math.floor(sequence / BLOCK);

/** From the first place of a block to the last one of another. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** Blocks in ascending order; those that follow each other are one stretch. */
export function stretchesOf(blocks: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const block of blocks) {
    const [first, last] = [block * BLOCK, (block + 1) * BLOCK - 1];
    const before = stretches.at(-1);
    if (before?.last === first - 1) stretches[stretches.length - 1] = { first: before.first, last };
    else stretches.push({ first, last });
  }
  return stretches;
}
