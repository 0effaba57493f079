import { markCutShort } from "./cut.ts";
import type { FaultRule } from "./rule.ts";

type Spoiling = Pick<FaultRule, "body" | "contentType" | "dripMs">;

export const isSpoiling = ({ body, contentType, dripMs }: Spoiling): boolean =>
  body !== undefined || contentType !== undefined || dripMs !== undefined;

/** Pieces in which a body drips. */
const PIECES = 20;

const CUT_AFTER_MS = 20;

/** The answer with its body or its type spoiled; one without a body can only get another type. */
export async function spoiled(
  answer: Response,
  { body, contentType, dripMs }: Spoiling,
  wait: (ms: number) => Promise<void>,
): Promise<Response> {
  const text = await answer.text();
  const headers = new Headers(answer.headers);
  if (contentType !== undefined) headers.set("content-type", contentType);
  const { status } = answer;
  if (text === "") return new Response(null, { status, headers });
  const bytes = new TextEncoder().encode(body === "malformed" ? malformed(text) : text);
  if (body !== "truncated" && dripMs === undefined) return new Response(bytes, { status, headers });
  // Announced whole, so that whoever reads it finds that something is missing.
  headers.set("content-length", String(bytes.length));
  const sent = body === "truncated" ? bytes.subarray(0, bytes.length >> 1) : bytes;
  const cut = body === "truncated";
  const dripping = new Response(streamOf(pieces(sent, dripMs, wait, cut)), { status, headers });
  return cut ? markCutShort(dripping) : dripping;
}

function streamOf(source: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await source.return(undefined);
    },
  });
}

/** Not JSON any more, nor any other text with an end that belongs to it. */
const malformed = (text: string): string => `${text.slice(0, -1)},"`;

async function* pieces(
  bytes: Uint8Array<ArrayBuffer>,
  dripMs: number | undefined,
  wait: (ms: number) => Promise<void>,
  cut: boolean,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const count = dripMs === undefined ? 1 : Math.min(PIECES, bytes.length);
  const size = Math.ceil(bytes.length / count);
  for (let at = 0; at < bytes.length; at += size) {
    if (dripMs !== undefined) await wait(dripMs / count);
    yield bytes.subarray(at, at + size);
  }
  // What was sent before must be on its way, or the cut is met before the answer.
  if (cut) await wait(CUT_AFTER_MS);
  if (cut) throw new Error("A fault rule cut the connection.");
}
