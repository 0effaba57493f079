import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { Arrival, HeaderFields } from "../pipeline/arrival.ts";
import { joinedBytes } from "../values/bytes.ts";
import type { Soon } from "../values/soon.ts";

const EMPTY = new Uint8Array(0);

/** A path that parsing as a URL leaves as it is: no query, no dot segment, nothing to encode or to decode. */
const PLAIN_PATH = /^(?:\/(?!\.)[\w\-.~!$&'()*+,;=:@]*)+$/;

/** A request as Node's server has it. Read as it stands; made into a `Request` only for those who ask for one. */
export class NodeArrival implements Arrival {
  readonly method: string;
  readonly url: string;
  readonly plainPath: string | undefined;
  readonly headers: HeaderFields;
  readonly #incoming: IncomingMessage;
  readonly #outgoing: ServerResponse;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    const { method = "GET", url: target = "/", headers } = incoming;
    this.#incoming = incoming;
    this.#outgoing = outgoing;
    this.method = method;
    this.headers = new NodeHeaders(headers);
    this.url = target.startsWith("/") ? `http://${headers.host}${target}` : target;
    this.plainPath = PLAIN_PATH.test(target) ? target : undefined;
  }

  body(maxBytes: number): Soon<Uint8Array<ArrayBuffer> | undefined> {
    const incoming = this.#incoming;
    if (!announcesBody(incoming.headers)) return EMPTY;
    if (incoming.complete) return wholeBody(incoming, maxBytes);
    return new Promise((resolve, reject) => {
      const chunks: Buffer<ArrayBuffer>[] = [];
      let size = 0;
      const take = (chunk: Buffer<ArrayBuffer>): void => {
        size += chunk.length;
        if (size <= maxBytes) return void chunks.push(chunk);
        // What still comes is let pass: the answer goes out meanwhile.
        incoming.off("data", take);
        incoming.resume();
        resolve(undefined);
      };
      incoming.on("data", take);
      incoming.on("end", () => resolve(joinedBytes(chunks)));
      incoming.on("error", reject);
    });
  }

  request(): Request {
    const incoming = this.#incoming;
    const gone = new AbortController();
    this.#outgoing.once("close", () => gone.abort());
    const init = { method: this.method, headers: [...this.headers], signal: gone.signal };
    // The platform has no body with these methods, whatever a client sends.
    const bodiless = this.method === "GET" || this.method === "HEAD" || !announcesBody(incoming.headers);
    if (bodiless) return new Request(this.url, init);
    const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array<ArrayBuffer>>;
    // The platform wants to be told that the answer may begin before the body ends; its types don't know of it yet.
    const streamed: RequestInit & { readonly duplex: "half" } = { ...init, body, duplex: "half" };
    return new Request(this.url, streamed);
  }
}

/** Of a request that is there to its end: most come with their body in one piece. */
function wholeBody(incoming: IncomingMessage, maxBytes: number): Uint8Array<ArrayBuffer> | undefined {
  const body: Buffer<ArrayBuffer> | null = incoming.read();
  if (body === null) return EMPTY;
  return body.length > maxBytes ? undefined : body;
}

const announcesBody = (headers: IncomingHttpHeaders): boolean =>
  headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;

/** The server joins what came more than once, as `Headers` does; only the set of names is its own. */
class NodeHeaders implements HeaderFields {
  readonly #fields: IncomingHttpHeaders;

  constructor(fields: IncomingHttpHeaders) {
    this.#fields = fields;
  }

  get(name: string): string | null {
    // The fields are an ordinary object, and a spec set may name a header as it likes.
    const value = Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
    return value === undefined ? null : textOf(value);
  }

  *[Symbol.iterator](): Iterator<[string, string]> {
    for (const [name, value] of Object.entries(this.#fields)) {
      if (value !== undefined) yield [name, textOf(value)];
    }
  }
}

const textOf = (value: string | string[]): string => (typeof value === "string" ? value : value.join(", "));
