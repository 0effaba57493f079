import { bytesOfBase64, joinedBytes } from "../values/bytes.ts";
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
  return bytesOfBase64(body.base64);
}

/** At most `limit` bytes of a stream; the rest is never asked for. */
export async function firstBytes(
  stream: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (stream === null) return new Uint8Array(0);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
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
  return joinedBytes(chunks).subarray(0, limit);
}
