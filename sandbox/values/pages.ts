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
