import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from "jose";
import type { Caller, TokenClaims } from "../capabilities/capability.ts";
import { base64url } from "../values/ids.ts";
import { type Stop, stop } from "./problem.ts";

export const ALGORITHM = "EdDSA";

/** The sandbox's own key, as kept in its store: an Ed25519 key in JWK form with its id. */
export interface SigningKey {
  readonly kid: string;
  readonly jwk: { readonly kty: string; readonly crv: string; readonly x: string; readonly d: string };
}

/** DER prefix of an Ed25519 private key (PKCS #8); the 32 bytes of the seed follow. */
const PKCS8_PREFIX = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

export async function signingKeyFrom(seed: Uint8Array<ArrayBuffer>): Promise<SigningKey> {
  const der = Uint8Array.from([...PKCS8_PREFIX, ...seed]);
  const key = await crypto.subtle.importKey("pkcs8", der, "Ed25519", true, ["sign"]);
  const { x = "" } = await crypto.subtle.exportKey("jwk", key);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(x));
  return {
    kid: base64url(new Uint8Array(digest)).slice(0, 16),
    jwk: { kty: "OKP", crv: "Ed25519", x, d: base64url(seed) },
  };
}

interface Keys {
  readonly kid: string;
  readonly signing: CryptoKey;
  readonly verifying: CryptoKey;
}

async function keysOf({ kid, jwk }: SigningKey): Promise<Keys> {
  const { kty, crv, x } = jwk;
  return {
    kid,
    signing: await crypto.subtle.importKey("jwk", { ...jwk }, "Ed25519", false, ["sign"]),
    verifying: await crypto.subtle.importKey("jwk", { kty, crv, x }, "Ed25519", false, ["verify"]),
  };
}

export interface TokensParts {
  /** Also the audience of every token that it takes itself. */
  readonly issuer: string;
  readonly wallClock: () => number;
  /** The key as the store has it now: another process on the same store may have reset the sandbox. */
  storedKey(): Promise<SigningKey | undefined>;
}

interface Verified {
  readonly caller: Caller;
  readonly expiresAtMs: number;
}

/** Verified tokens that are remembered; beyond it the oldest is forgotten and verified again. */
const CACHE_LIMIT = 10_000;

/**
 * Issues and checks access tokens (JWT, RFC 9068 in spirit). A verified token is remembered by its text, since the
 * signature check costs more than the rest of a request.
 */
export class Tokens {
  readonly #parts: TokensParts;
  readonly #verified = new Map<string, Verified>();
  #keys: Keys;

  private constructor(keys: Keys, parts: TokensParts) {
    this.#keys = keys;
    this.#parts = parts;
  }

  static async open(key: SigningKey, parts: TokensParts): Promise<Tokens> {
    return new Tokens(await keysOf(key), parts);
  }

  /** Another key, after a reset: tokens of the old one end. */
  async rekey(key: SigningKey): Promise<void> {
    this.#keys = await keysOf(key);
    this.#verified.clear();
  }

  async sign(claims: TokenClaims, id: string): Promise<string> {
    const { subject, role, scopes, clientId, lifetimeSeconds, audience = this.#parts.issuer } = claims;
    const issuedAt = Math.floor(this.#parts.wallClock() / 1000);
    return new SignJWT({ scope: scopes.join(" "), role, client_id: clientId })
      .setProtectedHeader({ alg: ALGORITHM, kid: this.#keys.kid, typ: "at+jwt" })
      .setIssuer(this.#parts.issuer)
      .setAudience(audience)
      .setSubject(subject)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds)
      .setJti(id)
      .sign(this.#keys.signing);
  }

  /** Whose a token is. One that was verified before is known at once. */
  verify(token: string): Caller | Stop | Promise<Caller | Stop> {
    const known = this.#verified.get(token);
    if (known === undefined) return this.#check(token);
    if (known.expiresAtMs > this.#parts.wallClock()) return known.caller;
    this.#verified.delete(token);
    return expired();
  }

  /** A token of another key: of a sandbox that is gone, or of this one since somebody else reset it. */
  async #followKey(token: string): Promise<void> {
    if (decodeProtectedHeader(token).kid === this.#keys.kid) return;
    const stored = await this.#parts.storedKey();
    if (stored !== undefined && stored.kid !== this.#keys.kid) await this.rekey(stored);
  }

  async #check(token: string): Promise<Caller | Stop> {
    try {
      await this.#followKey(token);
      const { payload } = await jwtVerify(token, this.#keys.verifying, {
        algorithms: [ALGORITHM],
        issuer: this.#parts.issuer,
        audience: this.#parts.issuer,
        typ: "at+jwt",
        requiredClaims: ["sub", "exp", "iat"],
        currentDate: new Date(this.#parts.wallClock()),
      });
      const caller: Caller = {
        party: payload.sub ?? "",
        role: typeof payload["role"] === "string" ? payload["role"] : "",
        scopes: typeof payload["scope"] === "string" ? payload["scope"].split(" ").filter(Boolean) : [],
      };
      this.#remember(token, { caller, expiresAtMs: (payload.exp ?? 0) * 1000 });
      return caller;
    } catch (error) {
      if (error instanceof errors.JWTExpired) return expired();
      const reason = error instanceof Error ? error.message : "unreadable";
      return unauthenticated(`The access token is refused: ${reason}.`, 'Bearer error="invalid_token"');
    }
  }

  #remember(token: string, verified: Verified): void {
    if (this.#verified.size >= CACHE_LIMIT) {
      const [oldest] = this.#verified.keys();
      if (oldest !== undefined) this.#verified.delete(oldest);
    }
    this.#verified.set(token, verified);
  }
}

const expired = (): Stop =>
  stop("ECO_TOKEN_EXPIRED", "The access token has expired.", {
    headers: { "www-authenticate": 'Bearer error="invalid_token", error_description="expired"' },
  });

export const unauthenticated = (detail: string, challenge = "Bearer"): Stop =>
  stop("ECO_UNAUTHENTICATED", detail, { headers: { "www-authenticate": challenge } });
