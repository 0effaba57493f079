import { sha256 } from "@noble/hashes/sha2.js";

const encoder = new TextEncoder();
const scratch = new Uint8Array(2048);

/** SHA-256 of a text in UTF-8. Written by hand where it is ASCII, as ids and amounts are: an encoder costs more than the hash. */
export function hashText(text: string): Uint8Array {
  if (text.length > scratch.length) return digestOf(encoder.encode(text));
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return digestOf(encoder.encode(text));
    scratch[i] = code;
  }
  return digestOf(scratch.subarray(0, text.length));
}

const fresh = sha256.create();
const hasher = sha256.create();

/** A hasher set back to its first state instead of a new one each time: for short texts, making it is most of the work. */
export function digestOf(data: Uint8Array): Uint8Array {
  fresh._cloneInto(hasher);
  return hasher.update(data).digest();
}

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));

export function hex(data: Uint8Array): string {
  let text = "";
  for (const byte of data) text += HEX[byte];
  return text;
}
