import type { SecurityScheme } from "../../specs/engine/catalog/types.ts";
import type { HeaderFields } from "./arrival.ts";

/**
 * Whether a scheme's credential is an access token in the `Authorization` header. Of one that nobody can read it may be:
 * an operation that asks for a credential isn't open because nobody knows for which.
 */
export const takesTokens = ({ type, scheme }: SecurityScheme): boolean =>
  ["oauth2", "openIdConnect", "unknown"].includes(type) ||
  (type === "http" && scheme?.toLowerCase() !== "basic");

/** The word before the credential, in lower case; undefined where it may be any. */
export function authorizationKind({ type, scheme }: SecurityScheme): string | undefined {
  if (type === "unknown") return undefined;
  return (type === "http" ? (scheme ?? "bearer") : "bearer").toLowerCase();
}

/** What an `Authorization` header holds; empty where there is none. */
export interface Authorization {
  /** In lower case. */
  readonly kind: string;
  readonly credential: string;
}

/** The last one is remembered: a client sends the same one with each request, and what is looked up by it knows the text. */
let last = { text: "", authorization: readAuthorization("") };

export function authorizationOf(headers: HeaderFields): Authorization {
  const text = headers.get("authorization") ?? "";
  if (last.text !== text) last = { text, authorization: readAuthorization(text) };
  return last.authorization;
}

/** The token in the text of an `Authorization` header, however its scheme is written; empty where there is none. */
export function bearerIn(text: string | null | undefined): string {
  const { kind, credential } = readAuthorization(text ?? "");
  return kind === "bearer" ? credential : "";
}

function readAuthorization(text: string): Authorization {
  const [word = "", credential = "", ...more] = text.trim().split(/\s+/);
  const kind = word.toLowerCase();
  // A token is one word: what holds more is no token with something behind it.
  return { kind, credential: more.length > 0 && isOneWord(kind) ? "" : credential };
}

const isOneWord = (kind: string): boolean => kind === "bearer" || kind === "basic";
