import type { Expectation, Reader } from "../../store/store.ts";
import { everyRecord } from "../page.ts";
import { collections, type PeriodRecord } from "../records.ts";
import { followingMonth } from "../time.ts";

/** Every period that was settled. */
export async function closedPeriods(read: Reader): Promise<ReadonlySet<string>> {
  const closed = new Set<string>();
  for await (const period of everyRecord<PeriodRecord>(read, collections.periods)) closed.add(period.id);
  return closed;
}

/** How far ahead an open period is looked for: who closed a hundred years of months has another problem. */
const SEARCH_LIMIT = 1200;

/** A period into which can be booked, and what has to stay so for that. */
export interface OpenPeriod {
  readonly period: string;
  readonly expects: readonly Expectation[];
}

/** The first open accounting period from `period` on. */
export async function openPeriod(read: Reader, period: string): Promise<OpenPeriod> {
  let candidate = period;
  for (let tries = 0; tries < SEARCH_LIMIT; tries += 1) {
    const record = await read.get<PeriodRecord>(collections.periods, candidate);
    if (record === undefined) {
      return {
        period: candidate,
        expects: [{ collection: collections.periods, id: candidate, version: 0 }],
      };
    }
    candidate = followingMonth(candidate);
  }
  throw new RangeError(`no open period within ${SEARCH_LIMIT} months after ${period}`);
}
