/** Tokens that must not be accepted, made from one that is. */
import { base64url, decodeJwt } from "jose";

type Headers = Readonly<Record<string, string>>;

function splitScheme(value: string): [scheme: string, rest: string] {
  const match = /^(\S+)\s+(.+)$/.exec(value);
  return match === null ? ["", value] : [`${match[1] ?? ""} `, match[2] ?? ""];
}

/** Every character that it changes stays in the alphabet of the token. */
function changed(character: string): string {
  if (/[0-9]/.test(character)) return character === "7" ? "3" : "7";
  if (/[a-zA-Z]/.test(character)) return character.toLowerCase() === "q" ? "w" : "q";
  return character;
}

/** Credentials that differ from genuine ones, under the same scheme and of the same length where a part can be told. */
export interface Forgery {
  readonly what: string;
  make(credentials: Headers): Headers;
}

/** The three parts of a JWT; undefined of any other token. */
function partsOf(token: string): readonly [header: string, payload: string, signature: string] | undefined {
  const [header, payload, signature, ...more] = token.split(".");
  const isJwt = header?.startsWith("eyJ") === true && more.length === 0;
  return isJwt && payload !== undefined && signature !== undefined ? [header, payload, signature] : undefined;
}

function otherSecret(token: string): string {
  const parts = partsOf(token);
  if (parts !== undefined) return [parts[0], parts[1], [...parts[2]].map(changed).join("")].join(".");
  const keep = Math.floor(token.length / 2);
  return token.slice(0, keep) + [...token.slice(keep)].map(changed).join("");
}

/** Half of what the signature says, and the last characters wrong: what compares only the beginning lets it pass. */
function otherEnd(token: string): string {
  const parts = partsOf(token);
  const secret = parts?.[2] ?? token;
  const keep = Math.max(0, secret.length - 4);
  const end = secret.slice(0, keep) + [...secret.slice(keep)].map(changed).join("");
  return parts === undefined ? end : [parts[0], parts[1], end].join(".");
}

/** The genuine signature under other claims; undefined where the token has none to change. */
function otherClaims(token: string): string | undefined {
  const parts = partsOf(token);
  const claims = parts === undefined ? undefined : claimsOf(token);
  if (parts === undefined || claims === undefined) return undefined;
  const payload = base64url.encode(JSON.stringify({ ...(claims as object), jti: "certification" }));
  return [parts[0], payload, parts[2]].join(".");
}

const forging = (forge: (token: string) => string | undefined) => (credentials: Headers) =>
  Object.fromEntries(
    Object.entries(credentials).map(([name, value]) => {
      const [scheme, rest] = splitScheme(value);
      return [name, scheme + (forge(rest) ?? otherSecret(rest))];
    }),
  );

export const forgeries: readonly Forgery[] = [
  { what: "A forged credential", make: forging(otherSecret) },
  { what: "A credential whose last characters are changed", make: forging(otherEnd) },
  { what: "A credential with other claims under the same signature", make: forging(otherClaims) },
];

/** The credentials under a scheme that nobody declares, or, for keys in headers of their own, as a bearer token. */
export function underWrongScheme(credentials: Headers): Headers {
  const entry = Object.entries(credentials).find(([name]) => name.toLowerCase() === "authorization");
  if (entry === undefined) return { authorization: `Bearer ${Object.values(credentials)[0] ?? "none"}` };
  return { authorization: `Unheard-Of ${splitScheme(entry[1])[1]}` };
}

function claimsOf(token: string): unknown {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

/** An unsigned token with the claims of the genuine one, or with plausible ones. */
export function unsigned(credentials: Headers, nowMs: number): Headers {
  const genuine =
    Object.entries(credentials).find(([name]) => name.toLowerCase() === "authorization")?.[1] ?? "";
  const seconds = Math.floor(nowMs / 1000);
  const claims = claimsOf(splitScheme(genuine)[1]) ?? {
    sub: "certification",
    iat: seconds,
    exp: seconds + 600,
  };
  const token = `${base64url.encode('{"alg":"none","typ":"JWT"}')}.${base64url.encode(JSON.stringify(claims))}.`;
  return { authorization: `Bearer ${token}` };
}
