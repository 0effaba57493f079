import { pause } from "../../specs/engine/pause.ts";

/** Page after page of what has a sequence; `read` gives up to `limit` items after one, in their order. Begins after `from`. */
export async function* everyPage<T extends { readonly sequence: number }>(
  limit: number,
  read: (page: { readonly after: number; readonly limit: number }) => Promise<readonly T[]>,
  from = 0,
): AsyncGenerator<readonly T[]> {
  for (let after = from; ; ) {
    const page = await read({ after, limit });
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    after = last.sequence;
  }
}

const TURN = 500;

/**
 * One after the other what has a sequence, read page by page; between two pages everybody else has a turn: there may be any
 * number of them. Begins after `from`.
 */
export async function* inTurns<T extends { readonly sequence: number }>(
  read: (page: { readonly after: number; readonly limit: number }) => Promise<readonly T[]>,
  from = 0,
): AsyncGenerator<T> {
  for await (const page of everyPage(TURN, read, from)) {
    yield* page;
    if (page.length === TURN) await pause(0);
  }
}
