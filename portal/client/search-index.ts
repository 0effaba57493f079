import { reasonOf } from "../../specs/engine/errors/reason.ts";
/** Pagefind with the index of this site, made to say so when it could not look everywhere. */
export interface Hit {
  readonly url: string;
  /** HTML in which everything but `<mark>` is escaped. */
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string>>;
}

export interface Found {
  /** The most relevant pages, best first, no more than were asked for. */
  readonly hits: readonly Hit[];
  /** How many pages there are. */
  readonly total: number;
}

interface Pagefind {
  options(options: { baseUrl: string; noWorker: boolean }): Promise<void>;
  search(term: string): Promise<{ results: readonly { data(): Promise<Hit> }[] }>;
  destroy(): Promise<void>;
}

export interface SearchIndex {
  /** Whether the index has been loaded, so that the next answer comes at once. */
  readonly ready: boolean;
  /** Rejects where any part of the index can't be loaded; the next call then loads it anew. */
  find(term: string, most: number): Promise<Found>;
}

/** The index below `base`, the portal's base path with its slashes, `/docs/`. Nothing is loaded before the first `find`. */
export function searchIndex(base: string): SearchIndex {
  const folder = `${base}pagefind/`;
  const requests = watchRequests(new URL(folder, location.href).href);
  let engine: Promise<Pagefind> | undefined;
  let ready = false;
  let attempts = 0;

  async function load(): Promise<Pagefind> {
    requests.failed = undefined;
    // A browser may remember that a module could not be loaded: each attempt has an address of its own.
    attempts += 1;
    const address = `${folder}pagefind.js${attempts === 1 ? "" : `?attempt=${attempts}`}`;
    const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
    // In its worker, Pagefind gives up after five seconds, which a slow machine may need; and it can't be watched there.
    await pagefind.options({ baseUrl: base, noWorker: true });
    return pagefind;
  }

  async function find(term: string, most: number): Promise<Found> {
    engine ??= load();
    const used = engine;
    try {
      const { results } = await (await used).search(term);
      const hits = await Promise.all(results.slice(0, most).map((result) => result.data()));
      if (requests.failed !== undefined) throw new Error(requests.failed);
      ready = true;
      return { hits, total: results.length };
    } catch (error) {
      if (engine === used) {
        engine = undefined;
        ready = false;
        // It would remember what it could not load.
        void used.then((pagefind) => pagefind.destroy()).catch(() => {});
      }
      throw error;
    }
  }

  return {
    get ready() {
      return ready;
    },
    find,
  };
}

/**
 * Watches the page's requests below an address. Pagefind passes over a part of its index that does not come, finds less
 * or nothing and does not say why, so that a reader would be told of a page that is there that it is not.
 */
function watchRequests(folder: string): { failed: string | undefined } {
  const requests: { failed: string | undefined } = { failed: undefined };
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : new URL(input, location.href).href;
    if (!address.startsWith(folder)) return fetch(input, init);
    try {
      const answer = await fetch(input, init);
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
      // Read to its end here, for an answer can also break off.
      return new Response(await answer.arrayBuffer(), answer);
    } catch (error) {
      requests.failed = reasonOf(error);
      throw error;
    }
  };
  return requests;
}
