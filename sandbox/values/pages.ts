import { setTimeout } from "./real-timers.ts";

/** After so many items everybody else has a turn: there may be any number of them. */
export const TURN = 500;

/** Lets everybody else go first. */
export const giveTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Page after page of what has a sequence; `read` gives up to `limit` items after one, in their order. Begins after `from`. */
export async function* everyPage<T extends { readonly sequence: number }>(
  limit: number,
  read: (page: { readonly after: number; readonly limit: number }) => Promise<readonly T[]>,
  from = 0,
): AsyncGenerator<readonly T[]> {
  let sinceTurn = 0;
  for (let after = from; ; ) {
    const page = await read({ after, limit });
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    after = last.sequence;
    sinceTurn += page.length;
    if (sinceTurn < TURN) continue;
    sinceTurn = 0;
    await giveTurn();
  }
}

/** The same, one item after the other. */
export async function* oneByOne<T extends { readonly sequence: number }>(
  read: (page: { readonly after: number; readonly limit: number }) => Promise<readonly T[]>,
  from = 0,
  atATime = TURN,
): AsyncGenerator<T> {
  for await (const page of everyPage(atATime, read, from)) yield* page;
}
