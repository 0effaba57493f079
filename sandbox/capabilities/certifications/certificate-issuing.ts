import { calculateJwkThumbprint, importJWK } from "jose";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import type { IssuerKey } from "../../../specs/engine/certification/index.ts";
import {
  type CertificateStatus,
  issueCertificate,
  issueStatusList,
  type Report,
} from "../../../specs/engine/certification/issuing.ts";
import type { JsonObject, Reader, RecordWrite } from "../../store/store.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { answer, define, isObject, optionalText, refuse } from "../define.ts";
import { collections, signingKeyAt } from "../records.ts";
import { plusDuration } from "../time.ts";
import type { CertificationRecord, CertificationRunRecord } from "./records.ts";
import { waivedChecks } from "./verdict.ts";

/** A copy of the status list is good for this long. */
const LIST_VALIDITY = "P1D";
const LIST_ID = "list";

/** `certification-status/list` */
interface StatusRecord extends JsonObject {
  /** Place of the next certificate. */
  readonly next: number;
  /** Place → `suspended`, `revoked` or `lapsed`; valid where it isn't there. */
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
  const stored = await read.get<StatusRecord>(collections.certificationStatus, LIST_ID);
  return stored ?? { version: 0, value: { next: 0, statuses: {} } };
}

const statusWrite = (value: StatusRecord, expectedVersion: number): RecordWrite => ({
  collection: collections.certificationStatus,
  id: LIST_ID,
  value,
  expectedVersion,
});

/** The report of the run that the sandbox drove, as the engine returned it. */
export async function reportOf(id: string, { read }: Pick<DecisionContext, "read">): Promise<Report> {
  const run = await read.get<CertificationRunRecord>(collections.certificationRuns, id);
  if (run === undefined) throw new Error(`The certification ${id} has no run.`);
  // Written by `certifications.record-run` alone, from what the engine returned.
  return run.value.report as unknown as Report;
}

interface Signed {
  readonly certificate: string;
  /** Its place in the status list, after those of its predecessors. */
  readonly statusIndexes: readonly number[];
  readonly write: RecordWrite;
}

/** Valid ones aren't in it. */
function withStatus(
  statuses: StatusRecord["statuses"],
  indexes: readonly number[],
  status: string,
): StatusRecord["statuses"] {
  const others = Object.entries(statuses).filter(([index]) => !indexes.includes(Number(index)));
  const held = status === "issued" ? [] : indexes.map((index): [string, string] => [String(index), status]);
  return Object.fromEntries([...others, ...held]);
}

/** Signs a certificate over the run that proved it, and takes the next place in the status list. */
export async function signCertificate(
  certification: CertificationRecord,
  expiresAt: string,
  report: Report,
  context: DecisionContext,
): Promise<Signed> {
  const { read, catalog, now } = context;
  const { value, version } = await readStatuses(read);
  const build = optionalText(certification, "build");
  const { waivers = [], conditions = [] } = certification;
  const waived = waivedChecks(certification, now);
  const certificate = await issueCertificate({
    // The level that was asked for and reviewed, whatever more the run would have reached.
    report: { ...report, outcome: "passed", level: certification.level },
    waivers: waivers
      .filter(({ check }) => waived.has(check))
      .map(({ check, reason, until }) => ({ check, text: reason, until })),
    conditions: conditions
      .filter(({ status }) => status === "open")
      .map(({ text, until }) => ({ text, until })),
    key: await issuerKey(read),
    issuer: catalog.ecosystem.orchestrator,
    issuedAt: new Date(now),
    expiresAt: new Date(expiresAt),
    id: certification.id,
    status: { list: listName(catalog), index: value.next },
    ...(build === undefined ? {} : { build }),
  });
  const statuses = withStatus(value.statuses, [value.next], certification.status);
  const statusIndexes = [...(certification.statusIndexes ?? []), value.next];
  return { certificate, statusIndexes, write: statusWrite({ next: value.next + 1, statuses }, version) };
}

/** What changes in the status list; nothing for a certification without a certificate. */
export async function standingWrites(
  certification: CertificationRecord,
  status: string,
  { read }: DecisionContext,
): Promise<RecordWrite[]> {
  const { statusIndexes = [] } = certification;
  if (statusIndexes.length === 0) return [];
  const { value, version } = await readStatuses(read);
  return [statusWrite({ ...value, statuses: withStatus(value.statuses, statusIndexes, status) }, version)];
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
  summary: "Which certificates are suspended, revoked or lapsed, signed.",
  input: {},
  async decide(_input, { read, catalog, now }) {
    const { value } = await readStatuses(read);
    const expiresAt = plusDuration(now, LIST_VALIDITY, catalog.ecosystem.timeZone);
    if (expiresAt === undefined) return refuse("ECO_INTERNAL", "The status list can't be dated.");
    const held = Object.entries(value.statuses).map(([index, status]): [number, CertificateStatus] => [
      Number(index),
      status === "revoked" || status === "lapsed" ? status : "suspended",
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
