import { bytesOfBase64 } from "../values/bytes.ts";
import { isText } from "./representation.ts";

/** Statuses whose responses must not have a body at all. */
const BODILESS = new Set([204, 205, 304]);

/** An answer as the sandbox makes it. A host sends it; where the platform's own kind is wanted, {@link responseOf} makes it. */
export class Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text; of a media type that is none, its bytes in base64. */
  readonly body: string;

  constructor(status: number, headers: Readonly<Record<string, string>>, body: string) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** What is sent. */
  get content(): string | Uint8Array<ArrayBuffer> {
    const { body } = this;
    return isText(this.headers["content-type"] ?? "") ? body : bytesOfBase64(body);
  }
}

/** What a request is answered with: a `Response` where it isn't the sandbox's own answer as it was made, such as a spoiled one. */
export type Answered = Reply | Response;

export const mayHaveBody = (status: number): boolean => !BODILESS.has(status);

/** The answer to a request of this method as the platform has it. */
export function responseOf(answered: Answered, method: string): Response {
  if (!(answered instanceof Reply)) return answered;
  const { status, headers, body } = answered;
  const empty = method === "HEAD" || body === "" || !mayHaveBody(status);
  return new Response(empty ? null : answered.content, { status, headers });
}
