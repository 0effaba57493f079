import { headerNamesSecret, namesSecret } from "../../secret-names.ts";
import type { Exchange, RecordedRequest } from "../model.ts";

/** Takes secrets out of whatever is kept: known values wherever they stand, and what looks like a secret by its name or form. */
export interface Redactor {
  text(value: string): string;
  /** Any JSON value, its texts redacted, fields with a secret's name replaced. */
  value(value: unknown): unknown;
  /** Its bodies cut where they are longer than `bodyLimit` characters, by default {@link KEPT_BODY}. */
  exchange(exchange: Exchange, bodyLimit?: number): Exchange;
}

const HIDDEN = "[redacted]";
const SECRET_FORMS = [
  /eyJ[\w-]{8,}\.[\w-]*\.[\w-]*/g,
  /whsec_[A-Za-z0-9+/=_-]{8,}/g,
  /\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
];

/** The fields of a form, with files or without, and the elements of XML, whose names say that they hold a secret. */
function withoutNamed(body: string): string {
  const hide = (all: string, before: string, name: string): string =>
    namesSecret(name) ? `${before}${HIDDEN}` : all;
  return body
    .replaceAll(FORM_FIELD, `$1${HIDDEN}`)
    .replaceAll(PART_OF_FORM, hide)
    .replaceAll(XML_ELEMENT, hide);
}

// None of them goes far from where it begins: bodies may be long, and made to be looked through slowly.
const FORM_FIELD = /((?:secret|password|token|assertion|api[-_]?key|credential)[^=&\s]{0,20}=)[^&\s"<]+/gi;
const PART_OF_FORM =
  /(\bname="([^"\r\n]{1,100})"[^\r\n]{0,200}\r?\n(?:[^\r\n]{1,200}\r?\n){0,4}\r?\n)[^\r\n]+/g;
const XML_ELEMENT = /(<([\w:.-]{1,100})(?:\s[^<>]{0,500})?>)[^<>]+(?=<\/\2\s*>)/g;

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}

/** A secret as it may turn up: plain, without its scheme or prefix, URL-encoded, JSON-escaped, base64. */
function spellings(secret: string): string[] {
  const bare = secret.replace(/^(Bearer|Basic)\s+/i, "").replace(/^whsec_/, "");
  return [secret, bare]
    .flatMap((one) => [one, encodeURIComponent(one), JSON.stringify(one).slice(1, -1), base64(one)])
    .filter((one) => one.length >= 6);
}

/** Longest body that is kept in evidence, in characters. */
export const KEPT_BODY = 4096;

function cut(body: string, limit: number): { body: string; truncated: boolean } {
  return body.length > limit
    ? { body: `${body.slice(0, limit)}…`, truncated: true }
    : { body, truncated: false };
}

/** @param secrets values that must appear nowhere: credentials with their scheme, webhook secrets, … */
export function createRedactor(secrets: readonly string[]): Redactor {
  const known = [...new Set(secrets.flatMap(spellings))].sort((a, b) => b.length - a.length);
  const text = (value: string): string => {
    let out = value;
    for (const secret of known) out = out.replaceAll(secret, HIDDEN);
    for (const form of SECRET_FORMS) out = out.replaceAll(form, HIDDEN);
    return out;
  };
  const value = (input: unknown): unknown => {
    if (typeof input === "string") return text(input);
    if (Array.isArray(input)) return input.map(value);
    if (typeof input !== "object" || input === null) return input;
    const entries = Object.entries(input).map(([name, inner]) => {
      const secret = namesSecret(name) && (typeof inner === "string" || typeof inner === "number");
      return [text(name), secret ? HIDDEN : value(inner)];
    });
    return Object.fromEntries(entries);
  };
  const body = (input: string): string => {
    const plain = text(input);
    try {
      const parsed: unknown = JSON.parse(plain);
      const clean = value(parsed);
      // Only rewritten where something was hidden, so that evidence keeps the bytes as they were.
      return JSON.stringify(clean) === JSON.stringify(parsed) ? plain : JSON.stringify(clean);
    } catch {
      return withoutNamed(plain);
    }
  };
  const headers = (input: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(input).map(([name, held]) => [name, headerNamesSecret(name) ? HIDDEN : text(held)]),
    );
  const url = (input: string): string =>
    text(input).replaceAll(/([?&](?:[^=&#]*(?:secret|token|password|key)[^=&#]*)=)[^&#]*/gi, `$1${HIDDEN}`);
  const request = (input: RecordedRequest, limit: number): RecordedRequest => ({
    method: input.method,
    url: url(input.url),
    headers: headers(input.headers),
    ...(input.body === undefined ? {} : { body: cut(body(input.body), limit).body }),
  });
  return {
    text,
    value,
    exchange: (input, bodyLimit = KEPT_BODY) => ({
      atMs: input.atMs,
      durationMs: input.durationMs,
      request: request(input.request, bodyLimit),
      ...(input.response === undefined
        ? {}
        : {
            response: {
              status: input.response.status,
              headers: headers(input.response.headers),
              ...cut(body(input.response.body), bodyLimit),
            },
          }),
      ...(input.failure === undefined
        ? {}
        : { failure: { kind: input.failure.kind, detail: text(input.failure.detail) } }),
    }),
  };
}
