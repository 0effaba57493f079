/** Crockford's alphabet in lower case: no i, l, o, u, so that an id survives being read aloud. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** 128 bits of state from a text. Fast and well spread; not a secret. */
export function stateFrom(text: string): [number, number, number, number] {
  let a = 1779033703;
  let b = 3144134277;
  let c = 1013904242;
  let d = 2773480762;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = b ^ Math.imul(a ^ unit, 597399067);
    b = c ^ Math.imul(b ^ unit, 2869860233);
    c = d ^ Math.imul(c ^ unit, 951274213);
    d = a ^ Math.imul(d ^ unit, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  const mixed = a ^ b ^ c ^ d;
  return [mixed >>> 0, (b ^ mixed) >>> 0, (c ^ mixed) >>> 0, (d ^ mixed) >>> 0];
}

/** 32-bit numbers from a text, always the same ones (sfc32). For ids and made-up values, never for secrets. */
export function numbersFrom(text: string): () => number {
  let [a, b, c, d] = stateFrom(text);
  const next = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}

/** Two letters for ten bits: as they are read, and with the one for the lower five bits first. */
const ORDERED = Array.from({ length: 1024 }, (_, bits) => `${ALPHABET[bits >>> 5]}${ALPHABET[bits & 31]}`);
const PAIRS = Array.from({ length: 1024 }, (_, bits) => `${ALPHABET[bits & 31]}${ALPHABET[bits >>> 5]}`);

/** 8 letters and digits that sort as the numbers do: 40 bits. */
export function sortableFrom(number: number): string {
  const high = Math.floor(number / 2 ** 20);
  return fourOf(high) + fourOf(number - high * 2 ** 20);
}

const fourOf = (bits: number): string => `${ORDERED[(bits >>> 10) & 1023]}${ORDERED[bits & 1023]}`;

/** 6 letters and digits for 30 bits. */
const sixOf = (bits: number): string =>
  `${PAIRS[bits & 1023]}${PAIRS[(bits >>> 10) & 1023]}${PAIRS[(bits >>> 20) & 1023]}`;

/** 12 letters and digits: 60 bits of the numbers given. */
export function lettersFrom(next: () => number): string {
  const first = sixOf(next() >>> 2);
  return first + sixOf(next() >>> 2);
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const hexOf = (bits: number): string =>
  `${BYTES[bits >>> 24]}${BYTES[(bits >>> 16) & 255]}${BYTES[(bits >>> 8) & 255]}${BYTES[bits & 255]}`;

/** A digest of a request's content that tells two requests apart. 128 bits, not cryptographic. */
export function fingerprintOf(text: string): string {
  const [a, b, c, d] = stateFrom(text);
  // Joined, not added up: a sum of texts is kept with its parts until somebody reads it, and this is kept by the thousand.
  return [hexOf(a), hexOf(b), hexOf(c), hexOf(d)].join("");
}

const BASE64URL = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((letter) =>
  letter.charCodeAt(0),
);

/** Without padding. For digests and keys: a few hundred bytes at most. */
export function base64url(bytes: Uint8Array): string {
  const letters = new Array<number>(Math.ceil((bytes.length * 4) / 3)).fill(0);
  for (let at = 0; at < letters.length; at++) {
    // Six bits, of which the first may stand at the end of one byte and the others in the next.
    const bit = at * 6;
    const byte = bit >>> 3;
    const pair = ((bytes[byte] ?? 0) << 8) | (bytes[byte + 1] ?? 0);
    letters[at] = BASE64URL[(pair >>> (10 - (bit & 7))) & 63] ?? 0;
  }
  return String.fromCharCode(...letters);
}
