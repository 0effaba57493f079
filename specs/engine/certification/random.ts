/** Seeded randomness: the same seed and label give the same numbers, whatever else ran before. */
export interface Random {
  /** From 0 to below `limit`, a whole number. */
  integer(limit: number): number;
  /** One of the items; the list must not be empty. */
  pick<T>(items: readonly [T, ...T[]]): T;
  /** Letters and digits. */
  word(length: number): string;
  /** A version-4 UUID. */
  uuid(): string;
  /** An independent source for one check or subject. */
  fork(label: string): Random;
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** cyrb128: spreads any string over 128 bits of state. */
function hash(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
}

export function createRandom(seed: string): Random {
  let [a, b, c, d] = hash(seed);
  // sfc32: small, fast, and its first numbers are good enough after a dozen rounds.
  const next = (): number => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round += 1) next();
  const integer = (limit: number): number => Math.floor(next() * limit);
  const hex = (length: number): string => Array.from({ length }, () => integer(16).toString(16)).join("");
  return {
    integer,
    pick: (items) => items[integer(items.length)] ?? items[0],
    word: (length) => Array.from({ length }, () => ALPHABET[integer(ALPHABET.length)]).join(""),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${"89ab"[integer(4)]}${hex(3)}-${hex(12)}`,
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}
