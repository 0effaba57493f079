import { sha256 } from "@noble/hashes/sha2.js";

/** SHA-256 in hex, of a text in UTF-8 or of bytes. */
export type Sha256 = (data: string | Uint8Array) => string;

let hashing: Sha256 = portableSha256;

/**
 * Takes the hash from the host where it has a faster one than the portable one here: the same digests, so nothing else
 * changes. For the start of a program.
 */
export function useSha256(sha256: Sha256): void {
  hashing = sha256;
}

/** SHA-256 in hex, by the host's hash where it gave one. */
export const digestHex: Sha256 = (data) => hashing(data);

const encoder = new TextEncoder();
const scratch = new Uint8Array(2048);

/** SHA-256 in hex, written in JavaScript, for every host. */
export function portableSha256(data: string | Uint8Array): string {
  // A hasher set back to its first state instead of a new one each time: for short texts, making it is most of the work.
  fresh._cloneInto(hasher);
  hasher.update(typeof data === "string" ? bytesOf(data) : data).digestInto(digest);
  return hexOf(digest);
}

/** UTF-8. Written by hand where it is ASCII, as ids and amounts are: an encoder costs more than the hash. */
function bytesOf(text: string): Uint8Array {
  if (text.length > scratch.length) return encoder.encode(text);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return encoder.encode(text);
    scratch[i] = code;
  }
  return scratch.subarray(0, text.length);
}

const fresh = sha256.create();
const hasher = sha256.create();
const digest = new Uint8Array(32);

const DIGITS = Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
/** Character codes of the digits of one digest, written over by the next. */
const codes = new Array<number>(64).fill(0);

function hexOf(bytes: Uint8Array): string {
  for (let i = 0; i < 32; i++) {
    const byte = bytes[i] ?? 0;
    codes[2 * i] = DIGITS[byte >>> 4] ?? 0;
    codes[2 * i + 1] = DIGITS[byte & 15] ?? 0;
  }
  return String.fromCharCode(...codes);
}
