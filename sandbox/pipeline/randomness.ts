import { sha256 } from "@noble/hashes/sha2.js";
import { base64url, idFrom, numbersFrom } from "../values/ids.ts";

/** Where request ids, ids within a request, secrets and the signing key come from. */
export interface Randomness {
  requestId(): string;
  /** Ids for one decision: asked again for the same request, it makes the same ones. */
  idsOf(requestId: string): (prefix: string) => string;
  /** 32 bytes, base64url. `count` tells the secrets of one request apart. */
  secret(requestId: string, count: number): string;
  /** 32 bytes from which a key is made. */
  keySeed(): Uint8Array<ArrayBuffer>;
}

function idsFrom(seed: string, requestId: string): (prefix: string) => string {
  let next: (() => number) | undefined;
  return (prefix) => {
    next ??= numbersFrom(`${seed}\n${requestId}`);
    return `${prefix}_${idFrom(next)}`;
  };
}

/**
 * Request ids, secrets and keys nobody can guess. Ids of records follow from seed and request id, so that a recorded
 * session, replayed with its request ids, makes the same ones.
 */
export function secureRandomness(seed: string): Randomness {
  const buffer = new Uint32Array(1024);
  let used = buffer.length;
  const next = (): number => {
    if (used === buffer.length) {
      crypto.getRandomValues(buffer);
      used = 0;
    }
    return buffer[used++] ?? 0;
  };
  return {
    requestId: () => `req_${idFrom(next)}`,
    idsOf: (requestId) => idsFrom(seed, requestId),
    secret: () => base64url(crypto.getRandomValues(new Uint8Array(32))),
    keySeed: () => crypto.getRandomValues(new Uint8Array(32)),
  };
}

/** Everything from the seed: for replays and for comparing hosts. Whoever knows the seed knows the keys. */
export function seededRandomness(seed: string): Randomness {
  const next = numbersFrom(`${seed}\nrequests`);
  const digest = (text: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(sha256(new TextEncoder().encode(`${seed}\n${text}`)));
  return {
    requestId: () => `req_${idFrom(next)}`,
    idsOf: (requestId) => idsFrom(seed, requestId),
    secret: (requestId, count) => base64url(digest(`secret\n${requestId}\n${count}`)),
    keySeed: () => digest("key"),
  };
}
