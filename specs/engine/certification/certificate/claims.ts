import type { Part } from "../model.ts";

/** Something to be met later, or a finding that is excused, with the date on which it ends. */
export interface Condition {
  readonly text: string;
  /** RFC 3339. */
  readonly until: string;
}

export interface Waiver extends Condition {
  /** Check id. */
  readonly check: string;
}

/** What a certificate says, as it stands in the payload of its JWS. */
export interface CertificateClaims {
  readonly iss: string;
  /** The partner. */
  readonly sub: string;
  readonly jti: string;
  /** Seconds since the epoch. */
  readonly iat: number;
  readonly exp: number;
  readonly ecosystem: string;
  readonly parts: readonly Part[];
  readonly level: string;
  readonly specDigests: Readonly<Record<string, string>>;
  /** `sha256:` over the ids and versions of the checks. */
  readonly catalogueVersion: string;
  readonly build?: string;
  readonly runDigest: string;
  readonly status: { readonly list: string; readonly index: number };
  readonly conditions: readonly Condition[];
  readonly waivers: readonly Waiver[];
}
