import { calculateJwkThumbprint, importJWK } from "jose";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { CertificateStatus, IssuerKey, Report } from "../../specs/engine/certification/index.ts";
import { issueCertificate, issueStatusList } from "../../specs/engine/certification/issuing.ts";
import type { JsonObject, Reader, RecordWrite } from "../store/store.ts";
import type { Capability, DecisionContext } from "./capability.ts";
import type { CertificationRecord, CertificationRunRecord } from "./certification-records.ts";
import { answer, define, isObject, optionalText, refuse } from "./define.ts";
import { collections, signingKeyAt } from "./records.ts";
import { plusDuration } from "./time.ts";

/** A copy of the status list is good for this long. */
const listValidity = "P1D";
const listId = "list";

/** `certification-status/list` */
interface StatusRecord extends JsonObject {
  /** Place of the next certificate. */
  readonly next: number;
  /** Place → `suspended` or `revoked`; valid where it isn't there. */
  readonly statuses: { readonly [index: string]: string };
}

const listName = (catalog: Catalog): string => `urn:eco:${catalog.ecosystem.id}:certifications`;

/** The sandbox signs for its orchestrator with the key that it signs tokens with; the `typ` tells them apart. */
async function issuerKey(read: Reader): Promise<IssuerKey> {
  const stored = await read.get(signingKeyAt.collection, signingKeyAt.id);
  const jwk = stored?.value["jwk"];
  if (!isObject(jwk)) throw new Error("The sandbox has no signing key.");
  const privateKey = await importJWK({ ...jwk }, "EdDSA");
  if (privateKey instanceof Uint8Array) throw new Error("The sandbox's signing key is no key pair.");
  return { privateKey, publicJwk: { kty: "OKP", crv: "Ed25519", x: String(jwk["x"]) } };
}

async function readStatuses(
  read: Reader,
): Promise<{ readonly version: number; readonly value: StatusRecord }> {
  const stored = await read.get<StatusRecord>(collections.certificationStatus, listId);
  return stored ?? { version: 0, value: { next: 0, statuses: {} } };
}

const statusWrite = (value: StatusRecord, expectedVersion: number): RecordWrite => ({
  collection: collections.certificationStatus,
  id: listId,
  value,
  expectedVersion,
});

/** Signs a certificate over the run that proved it, and takes its place in the status list. */
export async function signCertificate(
  certification: CertificationRecord,
  expiresAt: string,
  context: DecisionContext,
): Promise<{ readonly certificate: string; readonly statusIndex: number; readonly write: RecordWrite }> {
  const { read, catalog, now } = context;
  const run = await read.get<CertificationRunRecord>(collections.certificationRuns, certification.id);
  if (run === undefined) throw new Error(`The certification ${certification.id} has no run.`);
  const { value, version } = await readStatuses(read);
  const build = optionalText(certification, "build");
  const certificate = await issueCertificate({
    // Written by `certifications.record-run` alone, from what the engine returned.
    report: run.value.report as unknown as Report,
    key: await issuerKey(read),
    issuer: catalog.ecosystem.orchestrator,
    issuedAt: new Date(now),
    expiresAt: new Date(expiresAt),
    id: certification.id,
    status: { list: listName(catalog), index: value.next },
    ...(build === undefined ? {} : { build }),
  });
  const write = statusWrite({ ...value, next: value.next + 1 }, version);
  return { certificate, statusIndex: value.next, write };
}

/** What changes in the status list; nothing for a certification without a certificate. */
export async function standingWrites(
  certification: CertificationRecord,
  status: string,
  { read }: DecisionContext,
): Promise<RecordWrite[]> {
  const index = certification["statusIndex"];
  if (typeof index !== "number") return [];
  const { value, version } = await readStatuses(read);
  const { [String(index)]: _former, ...others } = value.statuses;
  const statuses = status === "issued" ? others : { ...others, [String(index)]: status };
  return [statusWrite({ ...value, statuses }, version)];
}

const keys = define({
  name: "certifications.keys",
  summary: "The public keys that certificates and the status list are verified with, as a JWKS.",
  input: {},
  async decide(_input, { read }) {
    const { publicJwk } = await issuerKey(read);
    const kid = await calculateJwkThumbprint(publicJwk);
    const { kty = "", crv = "", x = "" } = publicJwk;
    return answer({ keys: [{ kty, crv, x, kid, alg: "EdDSA", use: "sig" }] });
  },
});

const statusList = define({
  name: "certifications.status-list",
  summary: "Which certificates are suspended or revoked, signed.",
  input: {},
  async decide(_input, { read, catalog, now }) {
    const { value } = await readStatuses(read);
    const expiresAt = plusDuration(now, listValidity, catalog.ecosystem.timeZone);
    if (expiresAt === undefined) return refuse("ECO_INTERNAL", "The status list can't be dated.");
    const held = Object.entries(value.statuses).map(([index, status]): [number, CertificateStatus] => [
      Number(index),
      status === "revoked" ? "revoked" : "suspended",
    ]);
    const signed = await issueStatusList(new Map(held), {
      key: await issuerKey(read),
      issuer: catalog.ecosystem.orchestrator,
      name: listName(catalog),
      issuedAt: new Date(now),
      expiresAt: new Date(expiresAt),
    });
    return answer({ statusList: signed, issuedAt: now, expiresAt });
  },
});

export const certificatePublication: readonly Capability[] = [keys, statusList];
