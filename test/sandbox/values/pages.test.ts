import { setImmediate } from "node:timers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { everyPage, oneByOne } from "../../../sandbox/values/pages.ts";

const items = Array.from({ length: 1_200 }, (_, index) => ({ sequence: index + 1 }));

/** As a store in memory reads: at once. */
const read = async ({ after, limit }: { readonly after: number; readonly limit: number }) =>
  items.slice(after, after + limit);

afterEach(() => vi.useRealTimers());

/** How often the rest of the process had a turn meanwhile. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let over = false;
  const count = (): void => {
    if (over) return;
    turns += 1;
    setImmediate(count);
  };
  setImmediate(count);
  await work();
  over = true;
  return turns;
}

describe("what is read page by page", () => {
  it("comes whole and in order, from where it was asked for, whatever the size of the pages", async () => {
    for (const atATime of [1, 7, 400, 5_000]) {
      expect(await Array.fromAsync(oneByOne(read, 3, atATime))).toEqual(items.slice(3));
      expect((await Array.fromAsync(everyPage(atATime, read))).flat()).toEqual(items);
    }
  });

  it("leaves a turn to others after every five hundred items, and doesn't wait where few are wanted", async () => {
    expect(await turnsDuring(() => Array.fromAsync(oneByOne(read)))).toBeGreaterThanOrEqual(2);
    expect(await turnsDuring(() => Array.fromAsync(oneByOne(read, 0, 100)))).toBeGreaterThanOrEqual(2);
    const few = async (): Promise<void> => {
      for await (const { sequence } of oneByOne(read)) if (sequence === 499) break;
    };
    expect(await turnsDuring(few)).toBe(0);
  });

  it("comes also where a test has stopped the timers", async () => {
    vi.useFakeTimers();
    expect(await Array.fromAsync(oneByOne(read))).toHaveLength(items.length);
  });
});
