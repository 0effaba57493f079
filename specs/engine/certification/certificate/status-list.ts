import { base64url, calculateJwkThumbprint, decodeJwt, importJWK, type JWK, jwtVerify, SignJWT } from "jose";
import { reasonOf } from "../../errors/reason.ts";
import type { IssuerKey } from "./certificate.ts";

/** `typ` of a status list, as in the IETF draft "Token Status List", with two bits for each certificate. */
export const STATUS_LIST_TYPE = "statuslist+jwt";

/** By their numbers; the fourth is one that the draft leaves to applications. */
export const statuses = ["valid", "revoked", "suspended", "lapsed"] as const;
export type CertificateStatus = (typeof statuses)[number];

const BITS = 2;
const PER_BYTE = 8 / BITS;
/** Lists are padded, so that their size doesn't tell how many certificates there are. */
const LEAST_BYTES = 256;

async function through(bytes: Uint8Array<ArrayBuffer>, transform: CompressionStream | DecompressionStream) {
  const stream = new Blob([bytes]).stream().pipeThrough(transform);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function pack(list: ReadonlyMap<number, CertificateStatus>): Uint8Array<ArrayBuffer> {
  const last = Math.max(0, ...list.keys());
  const bytes = new Uint8Array(Math.max(LEAST_BYTES, Math.floor(last / PER_BYTE) + 1));
  for (const [index, status] of list) {
    const at = Math.floor(index / PER_BYTE);
    bytes[at] = (bytes[at] ?? 0) | (statuses.indexOf(status) << ((index % PER_BYTE) * BITS));
  }
  return bytes;
}

export interface StatusListOptions {
  readonly key: IssuerKey;
  readonly issuer: string;
  /** The list's URL or name, as the certificates name it. */
  readonly name: string;
  readonly issuedAt: Date;
  /** From then on a copy is too old to prove anything. */
  readonly expiresAt: Date;
}

/** Signs the status of certificates by their index; those not named are valid. */
export async function issueStatusList(
  list: ReadonlyMap<number, CertificateStatus>,
  options: StatusListOptions,
): Promise<string> {
  const packed = await through(pack(list), new CompressionStream("deflate"));
  return new SignJWT({ status_list: { bits: BITS, lst: base64url.encode(packed) } })
    .setProtectedHeader({
      alg: "EdDSA",
      typ: STATUS_LIST_TYPE,
      kid: await calculateJwkThumbprint(options.key.publicJwk),
    })
    .setIssuer(options.issuer)
    .setSubject(options.name)
    .setIssuedAt(options.issuedAt)
    .setExpirationTime(options.expiresAt)
    .sign(options.key.privateKey);
}

export type StatusAnswer =
  | { readonly kind: "status"; readonly status: CertificateStatus }
  | { readonly kind: "unusable"; readonly why: string };

/** Looks a certificate up in a list that the same key signed. */
export async function readStatus(
  list: string,
  name: string,
  index: number,
  key: JWK,
  now: Date,
): Promise<StatusAnswer> {
  try {
    const options = { typ: STATUS_LIST_TYPE, algorithms: ["EdDSA"], subject: name, currentDate: now };
    const { payload } = await jwtVerify(list, await importJWK(key, "EdDSA"), options);
    const held = payload["status_list"];
    if (typeof held !== "object" || held === null || !("lst" in held))
      return { kind: "unusable", why: "it holds no list" };
    const bytes = await through(
      Uint8Array.from(base64url.decode(String(held.lst))),
      new DecompressionStream("deflate"),
    );
    const byte = bytes[Math.floor(index / PER_BYTE)] ?? 0;
    const status = statuses[(byte >> ((index % PER_BYTE) * BITS)) & 3];
    return status === undefined
      ? { kind: "unusable", why: "it holds an unknown status" }
      : { kind: "status", status };
  } catch (error) {
    return { kind: "unusable", why: whyUnusable(list, now, error) };
  }
}

function whyUnusable(list: string, now: Date, error: unknown): string {
  try {
    const { exp } = decodeJwt(list);
    if (exp !== undefined && exp * 1000 <= now.getTime()) return "it is too old";
  } catch {
    return "it is no signed list";
  }
  return reasonOf(error);
}
