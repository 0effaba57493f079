import type { SecurityScheme } from "../../specs/engine/catalog/types.ts";
import type { HeaderFields } from "./arrival.ts";

/** Whether a scheme's credential is an access token in the `Authorization` header. */
export const takesTokens = ({ type, scheme }: SecurityScheme): boolean =>
  type === "oauth2" || type === "openIdConnect" || (type === "http" && scheme?.toLowerCase() !== "basic");

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
