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

export function authorizationOf(headers: HeaderFields): Authorization {
  const [, kind = "", credential = ""] = /^(\S*)\s*(\S*)/.exec(headers.get("authorization") ?? "") ?? [];
  return { kind: kind.toLowerCase(), credential };
}
