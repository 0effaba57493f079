import { responseOf } from "../../../sandbox/pipeline/reply.ts";
import type { Sandbox } from "../../../sandbox/pipeline/sandbox.ts";

/** Where requests go to that never leave the page. */
export const ORIGIN = "http://sandbox.localhost";

/** A request to the sandbox of the page. */
export interface PageRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | FormData | Blob;
}

/**
 * Sends a request to a sandbox in the page. A browser's own `Request` leaves cookies and some methods out; this one says
 * what it is told to.
 */
export async function send(
  sandbox: Sandbox,
  { method, target, headers, body }: PageRequest,
): Promise<Response> {
  const url = new URL(ORIGIN + target).href;
  // Text is ready at once, so that two requests can be under way together.
  const content = body === undefined || typeof body === "string" ? undefined : new Response(body);
  const bytes =
    typeof body === "string"
      ? new TextEncoder().encode(body)
      : new Uint8Array((await content?.arrayBuffer()) ?? new ArrayBuffer(0));
  // Of a form with files, the type names its boundary.
  const typed =
    body instanceof FormData ? [["content-type", content?.headers.get("content-type") ?? ""]] : [];
  const fields = new Headers([...headers.map(([name, value]) => [name, value]), ...typed] as [
    string,
    string,
  ][]);
  const answered = await sandbox.answer({
    method,
    url,
    headers: fields,
    body: (maxBytes) => (bytes.length > maxBytes ? undefined : bytes),
    request: () =>
      new Request(url, { method, headers: fields, ...(bytes.length === 0 ? {} : { body: bytes }) }),
  });
  return responseOf(answered, method);
}
