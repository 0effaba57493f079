import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { headerNamesSecret, namesSecret } from "../../specs/engine/secret-names.ts";

const digest = (value: string): string => `sha256-${bytesToHex(sha256(new TextEncoder().encode(value)))}`;

/**
 * The same mark for the same secret, so that two of them can be told apart without either being kept. `Bearer` and
 * `Basic` stay in front.
 */
export function markOf(secret: string): string {
  const [scheme = "", ...rest] = secret.split(" ");
  return rest.length > 0 && /^(bearer|basic)$/i.test(scheme)
    ? `${scheme} ${digest(rest.join(" ")).slice(0, 31)}`
    : digest(secret).slice(0, 31);
}

export const maskHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    [...headers].map(([name, value]) => [name, headerNamesSecret(name) ? markOf(value) : value]),
  );

function maskValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === "string" && namesSecret(name) && !/type$/i.test(name)
        ? markOf(inner)
        : maskValue(inner),
    ]),
  );
}

/** A JSON body or a form with its secrets marked; other text as it is. */
export function maskBody(text: string, contentType: string): string {
  if (/x-www-form-urlencoded/i.test(contentType)) {
    const fields = [...new URLSearchParams(text)];
    return new URLSearchParams(
      fields.map(([name, value]) => [name, namesSecret(name) ? markOf(value) : value]),
    ).toString();
  }
  if (!/[/+]json/i.test(contentType)) return text;
  try {
    return JSON.stringify(maskValue(JSON.parse(text)));
  } catch {
    return text;
  }
}
