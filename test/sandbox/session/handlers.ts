import { HttpResponse, http, passthrough, type RequestHandler } from "msw";

/** A tester's own: answers with text, bytes that are no text, nothing, cookies, an error, and one that lets pass. */
export const ownHandlers = (): RequestHandler[] => [
  http.get("*/v1/parties", () => HttpResponse.json({ down: true }, { status: 503 })),
  http.get("*/v1/agreements", () => passthrough()),
  http.get("*/own/bytes", () => new HttpResponse(new Uint8Array([0xff, 0x00, 0xfe]), { status: 200 })),
  http.delete("*/own/nothing", () => new HttpResponse(null, { status: 204 })),
  http.get("*/own/cut", () => HttpResponse.error()),
  http.post("*/own/echo", async ({ request }) =>
    HttpResponse.text(`${request.headers.get("authorization")} ${await request.text()}`),
  ),
];

/** Requests that the handlers answer, among others that they don't; gives the statuses, 0 for a cut connection. */
export async function askAll(send: typeof fetch, url: string): Promise<number[]> {
  const headers = { authorization: "Bearer my.own.secret" };
  const asked: readonly (readonly [string, RequestInit?])[] = [
    ["/v1/parties/blueline"],
    ["/v1/parties", { headers }],
    ["/v1/agreements"],
    ["/own/bytes"],
    ["/own/nothing", { method: "DELETE" }],
    ["/own/cut"],
    ["/own/echo", { method: "POST", headers, body: "Grüße" }],
    ["/v1/deliveries", { method: "POST", headers, body: "{}" }],
    ["/v1/nothing"],
  ];
  const statuses: number[] = [];
  for (const [path, init] of asked) {
    const answer = send(new Request(`${url}${path}`, init)).then(async (response) => {
      await response.arrayBuffer();
      return response.status;
    });
    statuses.push(await answer.catch(() => 0));
  }
  return statuses;
}
