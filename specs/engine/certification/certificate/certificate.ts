import { type CryptoKey, calculateJwkThumbprint, type JWK, SignJWT } from "jose";
import { EcoError } from "../../errors/index.ts";
import { digestOf } from "../build-report.ts";
import type { Report } from "../model.ts";
import type { Condition, Waiver } from "./claims.ts";

/** `typ` of the JWS, so that no other token of the issuer passes for a certificate. */
export const CERTIFICATE_TYPE = "eco-certificate+jwt";

/** An EdDSA key pair of the issuer; the key id is the thumbprint (RFC 7638) of the public key. */
export interface IssuerKey {
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export interface IssueOptions {
  /** A run that the issuer made itself, with a seed of its own choice. */
  readonly report: Report;
  readonly key: IssuerKey;
  readonly issuer: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** Unique among the issuer's certificates. */
  readonly id: string;
  /** The list's URL or file name, and the certificate's place in it. */
  readonly status: { readonly list: string; readonly index: number };
  readonly build?: string;
  readonly conditions?: readonly Condition[];
  readonly waivers?: readonly Waiver[];
}

/** Failures that no waiver, still in force, excuses. */
function unexcused(options: IssueOptions): string[] {
  const excused = (options.waivers ?? [])
    .filter((one) => new Date(one.until) > options.issuedAt)
    .map((one) => one.check);
  const failed = options.report.findings.filter((one) => one.outcome === "failed").map((one) => one.check);
  return [...new Set(failed)].filter((check) => !excused.includes(check));
}

function assertIssuable(options: IssueOptions): string {
  const { report, issuer } = options;
  const refuse = (why: string, fix: string): never => {
    throw new EcoError("ECO_CERTIFICATION_FAILED", `No certificate for ${report.partner}: ${why}`, { fix });
  };
  if (issuer === report.partner) refuse("a partner can't vouch for itself.", "Submit to the orchestrator.");
  if (report.outcome === "incomplete")
    refuse("the run is incomplete.", "Run again when everything can be reached.");
  const failing = unexcused(options);
  if (failing.length > 0)
    refuse(`${failing.join(", ")} failed.`, "Mend what the report names, or have it waived.");
  // With a waiver the run itself reached no level; the lowest is what a waiver can give.
  const level = report.level ?? ((options.waivers ?? []).length > 0 ? report.levels[0]?.id : undefined);
  return (
    level ?? refuse("the run reached no level.", "Run all checks of the parts that are to be certified.")
  );
}

/**
 * Issues a certificate over a run: a compact JWS, signed with EdDSA.
 * @throws EcoError `ECO_CERTIFICATION_FAILED` for a failed or incomplete run, and for an issuer that is the partner
 */
export async function issueCertificate(options: IssueOptions): Promise<string> {
  const level = assertIssuable(options);
  const { report, key, issuedAt, expiresAt } = options;
  const { run } = report;
  const claims = {
    ecosystem: report.ecosystem.id,
    parts: run.parts,
    level,
    specDigests: run.specDigests,
    catalogueVersion: digestOf(run.checkVersions),
    ...(options.build === undefined ? {} : { build: options.build }),
    runDigest: run.digest,
    status: options.status,
    conditions: options.conditions ?? [],
    waivers: options.waivers ?? [],
  };
  return new SignJWT({ ...claims })
    .setProtectedHeader({
      alg: "EdDSA",
      typ: CERTIFICATE_TYPE,
      kid: await calculateJwkThumbprint(key.publicJwk),
    })
    .setIssuer(options.issuer)
    .setSubject(report.partner)
    .setJti(options.id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(key.privateKey);
}
