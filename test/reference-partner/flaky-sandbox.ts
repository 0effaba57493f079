/** A stand-in for the partner API that is out of order in the ways a client has to live with. */

function problem(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  const body = { type: "about:blank", title: "Not now", status, detail: "Not now.", code: "ECO_TEST" };
  return Response.json(body, { status, headers: { "content-type": "application/problem+json", ...headers } });
}

/** @param delivery the answer to a delivery that was rated */
export function createFlakySandbox(
  delivery: Readonly<Record<string, unknown>>,
): (request: Request) => Promise<Response> {
  let tokens = 0;
  let submitted = 0;
  const pages = ["a", "b", "c"];

  const submit = async (request: Request): Promise<Response> => {
    const body = (await request.json()) as { customer?: string };
    if (body.customer === "refused-customer") return problem(422);
    submitted += 1;
    // The first attempt is asked to wait, the next ones fail without a word about when to come again.
    if (submitted === 1) return problem(429, { "retry-after": "1" });
    if (submitted <= 4) return problem(503);
    return Response.json(delivery, { status: 201 });
  };

  const list = (url: URL): Response => {
    const at = pages.indexOf(url.searchParams.get("cursor") ?? "a");
    const next = pages[at + 1];
    return Response.json({ items: [], ...(next === undefined ? {} : { nextCursor: next }) });
  };

  return async (request) => {
    const url = new URL(request.url);
    if (url.pathname.endsWith("/oauth/token")) {
      tokens += 1;
      return Response.json({ access_token: `token-number-${tokens}`, token_type: "Bearer", expires_in: 600 });
    }
    // The first token is dead on arrival, as if it had expired.
    if (request.headers.get("authorization") === "Bearer token-number-1") return problem(401);
    if (url.pathname.endsWith("/deliveries")) return request.method === "POST" ? submit(request) : list(url);
    return Response.json({ items: [] });
  };
}
