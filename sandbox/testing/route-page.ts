/** The part of a Playwright page that is needed: the package itself is not. */
export interface RoutablePage {
  route(url: string, handler: (route: PageRoute) => Promise<void>): Promise<unknown>;
  unroute(url: string, handler: (route: PageRoute) => Promise<void>): Promise<unknown>;
}

export interface PageRoute {
  request(): {
    url(): string;
    method(): string;
    allHeaders(): Promise<Record<string, string>>;
    postDataBuffer(): Uint8Array | null;
  };
  fulfill(answer: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: Buffer;
  }): Promise<void>;
  abort(reason: string): Promise<void>;
}

/** Has every request of a page to `url` answered by `fetch`; resolves to what ends that. */
export async function routeThrough(
  page: RoutablePage,
  url: string,
  fetch: (request: Request) => Promise<Response>,
): Promise<() => Promise<void>> {
  const pattern = `${url}/**`;
  const answer = async (route: PageRoute): Promise<void> => {
    const request = route.request();
    const method = request.method();
    const data = method === "GET" || method === "HEAD" ? null : request.postDataBuffer();
    const response = await fetch(
      new Request(request.url(), {
        method,
        headers: sendable(await request.allHeaders()),
        ...(data === null ? {} : { body: new Uint8Array(data) }),
      }),
    );
    const body = await wholeBody(response);
    if (body === undefined) return route.abort("connectionreset");
    const headers = Object.fromEntries(response.headers);
    await route.fulfill({ status: response.status, headers, body: Buffer.from(body) });
  };
  await page.route(pattern, answer);
  return async () => {
    // A page that is closed already asks nothing more.
    await page.unroute(pattern, answer).catch(() => undefined);
  };
}

/** Undefined where the connection is cut, before the answer or within it: a page can be given all of an answer or none. */
async function wholeBody(response: Response): Promise<ArrayBuffer | undefined> {
  if (response.type === "error") return undefined;
  return response.arrayBuffer().catch(() => undefined);
}

/**
 * Without HTTP/2's own, whose names no `Headers` takes, and without the page's origin: the test has put the page and the
 * sandbox together, so it is no stranger whatever its address is.
 */
const sendable = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => !name.startsWith(":") && name.toLowerCase() !== "origin"),
  );
