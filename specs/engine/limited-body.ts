/** Whoever answers decides how much; whoever reads decides how much of it. */
export const ANSWER_LIMIT_BYTES = 64 * 1024 * 1024;

export class BodyTooLarge extends Error {
  constructor(limitBytes: number) {
    super(`The body is longer than ${limitBytes} bytes.`);
  }
}

/**
 * A body as text, of an answer that may never end.
 * @throws BodyTooLarge as soon as there is more than the limit; the rest is never asked for
 */
export async function textWithin(
  body: ReadableStream<Uint8Array> | null,
  limitBytes = ANSWER_LIMIT_BYTES,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunksWithin(body, limitBytes)) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

async function* chunksWithin(
  body: ReadableStream<Uint8Array> | null,
  limitBytes: number,
): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    size += value.byteLength;
    if (size > limitBytes) {
      // Not awaited: a sender that never ends may never confirm.
      reader.cancel().catch(() => undefined);
      throw new BodyTooLarge(limitBytes);
    }
    yield value;
  }
}
