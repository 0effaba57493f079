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

function forgeValue(token: string): string {
  const parts = token.split(".");
  const [header, payload, signature] = parts;
  if (parts.length === 3 && header?.startsWith("eyJ") && payload !== undefined && signature !== undefined) {
    return [header, payload, [...signature].map(changed).join("")].join(".");
  }
  const keep = Math.floor(token.length / 2);
  return token.slice(0, keep) + [...token.slice(keep)].map(changed).join("");
}

/** Same scheme, same length, another secret half. */
export function forged(credentials: Headers): Headers {
  return Object.fromEntries(
    Object.entries(credentials).map(([name, value]) => {
      const [scheme, rest] = splitScheme(value);
      return [name, scheme + forgeValue(rest)];
    }),
  );
}

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
