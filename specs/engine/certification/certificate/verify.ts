import {
  calculateJwkThumbprint,
  decodeJwt,
  decodeProtectedHeader,
  importJWK,
  type JWK,
  jwtVerify,
} from "jose";
import { CERTIFICATE_TYPE } from "./certificate.ts";
import type { CertificateClaims } from "./claims.ts";
import { readStatus } from "./status-list.ts";

/** Why a certificate doesn't hold. */
export type Refusal =
  | "malformed"
  | "wrong-key"
  | "tampered"
  | "wrong-issuer"
  | "self-issued"
  | "not-yet-valid"
  | "expired"
  | "revoked"
  | "suspended"
  | "lapsed"
  | "status-unknown"
  | "condition-missed"
  | "waiver-ended"
  | "other-specs";

export type Verification =
  | { readonly valid: true; readonly certificate: CertificateClaims; readonly notes: readonly string[] }
  | {
      readonly valid: false;
      readonly reason: Refusal;
      readonly message: string;
      readonly certificate?: CertificateClaims;
    };

export interface VerifyOptions {
  /** Public keys of the orchestrator: a JWK, or the keys of a JWKS. */
  readonly keys: readonly JWK[];
  /** Who has to have issued it; anyone who holds one of the keys where left out. */
  readonly issuer?: string;
  readonly now: Date;
  /** The signed status list, as last fetched. Without it, revocation can't be seen, and a note says so. */
  readonly statusList?: string;
  /** Digests of the specs in use: each document that both name has to be the same. */
  readonly specDigests?: Readonly<Record<string, string>>;
}

function refuse(reason: Refusal, message: string, certificate?: CertificateClaims): Verification {
  return { valid: false, reason, message, ...(certificate === undefined ? {} : { certificate }) };
}

function readClaims(jws: string): CertificateClaims | undefined {
  try {
    if (decodeProtectedHeader(jws).typ !== CERTIFICATE_TYPE) return undefined;
    const claims = decodeJwt<CertificateClaims>(jws);
    const whole =
      typeof claims.iss === "string" &&
      typeof claims.sub === "string" &&
      typeof claims.iat === "number" &&
      typeof claims.exp === "number" &&
      typeof claims.specDigests === "object" &&
      typeof claims.status === "object" &&
      Array.isArray(claims.conditions);
    return whole ? claims : undefined;
  } catch {
    return undefined;
  }
}

async function keyOf(jws: string, keys: readonly JWK[]): Promise<JWK | undefined> {
  const { kid } = decodeProtectedHeader(jws);
  for (const key of keys) if ((await calculateJwkThumbprint(key)) === kid) return key;
  return undefined;
}

async function isSigned(jws: string, key: JWK, now: Date): Promise<boolean> {
  try {
    // Its dates are looked at afterwards, so that an expired certificate isn't called a tampered one.
    const currentDate = new Date(Math.min(now.getTime(), (decodeJwt(jws).exp ?? 0) * 1000 - 1000));
    await jwtVerify(jws, await importJWK(key, "EdDSA"), {
      algorithms: ["EdDSA"],
      typ: CERTIFICATE_TYPE,
      currentDate,
    });
    return true;
  } catch {
    return false;
  }
}

/** What the claims themselves and the time say. */
function judgeClaims(claims: CertificateClaims, options: VerifyOptions): Verification | undefined {
  const seconds = options.now.getTime() / 1000;
  if (options.issuer !== undefined && claims.iss !== options.issuer) {
    return refuse("wrong-issuer", `It was issued by ${claims.iss}, not by ${options.issuer}.`, claims);
  }
  if (claims.iss === claims.sub) return refuse("self-issued", `${claims.sub} vouches for itself.`, claims);
  if (claims.iat > seconds + 60) return refuse("not-yet-valid", "It was issued in the future.", claims);
  if (claims.exp <= seconds) {
    return refuse("expired", `It expired on ${new Date(claims.exp * 1000).toISOString()}.`, claims);
  }
  const missed = claims.conditions.find((one) => new Date(one.until) <= options.now);
  if (missed !== undefined) {
    return refuse("condition-missed", `It was to be met by ${missed.until}: ${missed.text}`, claims);
  }
  const ended = (claims.waivers ?? []).find((one) => new Date(one.until) <= options.now);
  if (ended !== undefined) {
    return refuse("waiver-ended", `The waiver of ${ended.check} ended on ${ended.until}.`, claims);
  }
  const other = Object.entries(options.specDigests ?? {}).find(
    ([path, digest]) => claims.specDigests[path] !== undefined && claims.specDigests[path] !== digest,
  );
  return other === undefined
    ? undefined
    : refuse("other-specs", `It was issued for another version of ${other[0]}.`, claims);
}

/** Verifies a certificate offline: signature, dates, issuer, specs, and status where a list is given. */
export async function verifyCertificate(jws: string, options: VerifyOptions): Promise<Verification> {
  const text = jws.trim();
  const claims = readClaims(text);
  if (claims === undefined) return refuse("malformed", "It is no certificate of this kind.");
  const key = await keyOf(text, options.keys);
  if (key === undefined)
    return refuse("wrong-key", "It was signed with a key that isn't the orchestrator's.");
  if (!(await isSigned(text, key, options.now)))
    return refuse("tampered", "Its signature doesn't match what it says.");
  const refused = judgeClaims(claims, options);
  if (refused !== undefined) return refused;
  const notes = claims.conditions.map((one) => `Until ${one.until}: ${one.text}`);
  notes.push(...claims.waivers.map((one) => `Waived until ${one.until}: ${one.check}. ${one.text}`));
  if (options.statusList === undefined) {
    return {
      valid: true,
      certificate: claims,
      notes: [...notes, "Revocation was not checked: no status list was given."],
    };
  }
  const answer = await readStatus(
    options.statusList,
    claims.status.list,
    claims.status.index,
    key,
    options.now,
  );
  if (answer.kind === "unusable")
    return refuse("status-unknown", `The status list can't be used: ${answer.why}.`, claims);
  if (answer.status === "valid") return { valid: true, certificate: claims, notes };
  const says = answer.status === "lapsed" ? "It has lapsed." : `The issuer has ${answer.status} it.`;
  return refuse(answer.status, says, claims);
}
