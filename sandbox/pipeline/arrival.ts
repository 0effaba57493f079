import { joinedBytes } from "../values/bytes.ts";
import type { Soon } from "../values/soon.ts";

/** What is asked of a request's headers; the platform's own `Headers` can do it. */
export interface HeaderFields extends Iterable<[string, string]> {
  /** `null` where it wasn't sent. The name is in lower case. */
  get(name: string): string | null;
}

/** A request as its host hands it over: nothing is made of it before somebody asks. */
export interface Arrival {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** The URL's path where it has nothing else behind its origin, and nothing that parsing would change. */
  readonly plainPath?: string | undefined;
  readonly headers: HeaderFields;
  /**
   * The body as it came; undefined where it is larger. At once where it is there already. Asked for once.
   * Rejects where it ends before its announced end.
   */
  body(maxBytes: number): Soon<Uint8Array<ArrayBuffer> | undefined>;
  /** The same as the platform has it. Whoever asks for it reads the body from there. */
  request(): Request;
}

/** Whether the platform has such a request at all: of some methods it makes none. */
export const hasRequest = ({ method }: Arrival): boolean => !/^trac[ek]$/i.test(method);

const EMPTY = new Uint8Array(0);

/** A request of the platform's own kind, as MSW has it. */
export function requestArrival(request: Request): Arrival {
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    async body(maxBytes) {
      if (request.body === null) return EMPTY;
      // The sender is held to its own announcement, so there is nothing left to count.
      if (request.headers.get("content-length") === null) return collect(request.body, maxBytes);
      const bytes = new Uint8Array(await request.arrayBuffer());
      return bytes.length > maxBytes ? undefined : bytes;
    },
    request: () => request,
  };
}

/** All bytes of a stream; undefined where they are more. */
export async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joinedBytes(chunks);
    size += value.length;
    if (size > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}
