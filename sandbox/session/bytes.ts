import type { Body } from "./format.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function bodyOf(bytes: Uint8Array): Body | undefined {
  if (bytes.length === 0) return undefined;
  try {
    return { text: utf8.decode(bytes) };
  } catch {
    return { base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")) };
  }
}

export function bytesOf(body: Body | undefined): Uint8Array<ArrayBuffer> {
  if (body === undefined) return new Uint8Array(0);
  if ("text" in body) return new TextEncoder().encode(body.text);
  return Uint8Array.from(atob(body.base64), (character) => character.charCodeAt(0));
}

/** At most `limit` bytes of a stream; the rest is never asked for. */
export async function firstBytes(
  stream: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (stream === null) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  while (size < limit) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  // What a client sends beyond the limit is of no interest to anybody.
  await reader.cancel().catch(() => {});
  return bytesTogether(chunks).subarray(0, limit);
}

export function bytesTogether(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
