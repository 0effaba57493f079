import { sha256 } from "@noble/hashes/sha2.js";
import { base64url, lettersFrom, numbersFrom, sortableFrom } from "../values/ids.ts";

export const DEFAULT_SEED = "eco";

/** Where request ids, ids within a request, secrets and the signing key come from. */
export interface Randomness {
  /** For a request that arrives. */
  requestId(): string;
  /** For what happens in a step that no request asked for: its events name it as their cause. */
  causeId(): string;
  /** Ids for one decision: asked again for the same request, it makes the same ones. */
  idsOf(requestId: string): (prefix: string) => string;
  /** 32 bytes, base64url. `count` tells the secrets of one request apart. */
  secret(requestId: string, count: number): string;
  /** 32 bytes from which a key is made. */
  keySeed(): Uint8Array<ArrayBuffer>;
}

const REQUEST = "req_";
/** The first request of a sandbox that nobody sent: what it is seeded with. */
const BEFORE_ALL = sortableFrom(0);

/**
 * Ids begin with the place of their request in the order of requests, so that a database appends their index entries
 * where the last ones went instead of all over.
 */
function idsFrom(seed: string, requestId: string): (prefix: string) => string {
  const place = requestId.startsWith(REQUEST)
    ? requestId.slice(REQUEST.length, REQUEST.length + 8)
    : BEFORE_ALL;
  let next: (() => number) | undefined;
  return (prefix) => {
    next ??= numbersFrom(`${seed}\n${requestId}`);
    // Joined, not added up: a sum of texts is kept with its parts, and ids are kept by the thousand.
    return [prefix, "_", place, lettersFrom(next)].join("");
  };
}

/** Milliseconds are counted from here: 40 bits reach to 2054. */
const EPOCH_MS = Date.UTC(2020, 0, 1);

/** Random numbers, fetched many at a time: each call to the system costs more than a number. */
function pooledNumbers(): () => number {
  const pool = new Uint32Array(1024);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      crypto.getRandomValues(pool);
      used = 0;
    }
    const number = pool[used] ?? 0;
    // Whoever reads the memory later finds no secret that was given out.
    pool[used] = 0;
    used += 1;
    return number;
  };
}

/**
 * Request ids, secrets and keys nobody can guess. Ids of records follow from seed and request id, so that a recorded
 * session, replayed with its request ids, makes the same ones.
 */
export function secureRandomness(seed: string, wallClock: () => number): Randomness {
  const next = pooledNumbers();
  const requestId = (): string =>
    `${REQUEST}${sortableFrom((wallClock() - EPOCH_MS) % 2 ** 40)}${lettersFrom(next)}`;
  return {
    requestId,
    causeId: requestId,
    idsOf: (requestId) => idsFrom(seed, requestId),
    secret: () => {
      // Byte by byte: a second view of the same bytes costs more than all the rest.
      const bytes = new Uint8Array(32);
      for (let at = 0; at < bytes.length; at += 4) {
        const number = next();
        for (let byte = 0; byte < 4; byte++) bytes[at + byte] = number >>> (8 * byte);
      }
      return base64url(bytes);
    },
    keySeed: () => crypto.getRandomValues(new Uint8Array(32)),
  };
}

/** Everything from the seed: for replays and for comparing hosts. Whoever knows the seed knows the keys. */
export function seededRandomness(seed: string): Randomness {
  const next = numbersFrom(`${seed}\nrequests`);
  let requests = 0;
  const digest = (text: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(sha256(new TextEncoder().encode(`${seed}\n${text}`)));
  const requestId = (): string => `${REQUEST}${sortableFrom(++requests)}${lettersFrom(next)}`;
  return {
    requestId,
    causeId: requestId,
    idsOf: (requestId) => idsFrom(seed, requestId),
    secret: (requestId, count) => base64url(digest(`secret\n${requestId}\n${count}`)),
    keySeed: () => digest("key"),
  };
}
