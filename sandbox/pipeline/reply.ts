import { bytesOfBase64 } from "../values/bytes.ts";
import { type BodyText, streamOfPieces, wholeText } from "./body-text.ts";
import { isText } from "./representation.ts";

/** Statuses whose responses must not have a body at all. */
const BODILESS = new Set([204, 205, 304]);

/** An answer as the sandbox makes it. A host sends it; where the platform's own kind is wanted, {@link responseOf} makes it. */
export class Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text; of a media type that is none, its bytes in base64. */
  readonly body: BodyText;

  constructor(status: number, headers: Readonly<Record<string, string>>, body: BodyText) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** What is sent; in pieces where it is a long text. */
  get content(): BodyText | Uint8Array<ArrayBuffer> {
    const { body } = this;
    return isText(this.headers["content-type"] ?? "") ? body : bytesOfBase64(wholeText(body));
  }
}

/** What a request is answered with: a `Response` where it isn't the sandbox's own answer as it was made, such as a spoiled one. */
export type Answered = Reply | Response;

export const mayHaveBody = (status: number): boolean => !BODILESS.has(status);

/** The answer to a request of this method as the platform has it. */
export function responseOf(answered: Answered, method: string): Response {
  if (!(answered instanceof Reply)) return answered;
  const { status, headers, body } = answered;
  if (method === "HEAD" || body === "" || !mayHaveBody(status))
    return new Response(null, { status, headers });
  const { content } = answered;
  const sent =
    typeof content === "string" || content instanceof Uint8Array ? content : streamOfPieces(content);
  return new Response(sent, { status, headers });
}
