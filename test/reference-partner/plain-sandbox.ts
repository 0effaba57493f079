/** A stand-in for the partner API that does what it is asked, so that what goes wrong is the probes' doing alone. */

/** @param delivery the answer to a delivery that was rated */
export function createPlainSandbox(
  delivery: Readonly<Record<string, unknown>>,
): (request: Request) => Promise<Response> {
  let tokens = 0;
  const pages = ["a", "b", "c"];

  const submit = async (request: Request): Promise<Response> => {
    const body = (await request.json()) as { customer?: string };
    if (body.customer !== "refused-customer") return Response.json(delivery, { status: 201 });
    const refusal = { type: "about:blank", title: "Refused", status: 422, detail: "No.", code: "ECO_TEST" };
    return Response.json(refusal, { status: 422, headers: { "content-type": "application/problem+json" } });
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
    if (url.pathname.endsWith("/deliveries")) return request.method === "POST" ? submit(request) : list(url);
    return Response.json({ items: [] });
  };
}
