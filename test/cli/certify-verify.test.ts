import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { type CertificateStatus, issueStatusList } from "../../specs/engine/certification/index.ts";
import { type Home, newHome, projectRoot } from "./support/eco.ts";

interface Key {
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

const listName = "urn:eco:harbour-campus:certifications";
const day = 86_400_000;
const at = (days: number): Date => new Date(Date.now() + days * day);

let home: Home;
let ours: Key;
let foreign: Key;
let digests: Record<string, string>;

async function newKey(): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  return { privateKey, publicJwk: await exportJWK(publicKey) };
}

beforeAll(async () => {
  home = await newHome();
  [ours, foreign] = [await newKey(), await newKey()];
  const { catalog } = await loadCatalog(join(projectRoot, "specs"));
  digests = Object.fromEntries(catalog.documents.map(({ path, digest }) => [path, digest]));
  await writeFile(join(home.path, "keys.json"), JSON.stringify({ keys: [ours.publicJwk] }));
});
afterAll(() => home[Symbol.asyncDispose]());

interface Certificate {
  readonly key?: "foreign";
  readonly issuer?: string;
  readonly subject?: string;
  readonly expires?: number;
  readonly issued?: number;
  readonly specDigests?: Record<string, string>;
  readonly conditions?: readonly object[];
  readonly waivers?: readonly object[];
  /** What becomes of the signed text. */
  readonly changed?: (jws: string) => string;
  readonly list?: {
    readonly status?: CertificateStatus;
    readonly key?: "foreign";
    readonly expires?: number;
  };
}

async function certificate(given: Certificate): Promise<string> {
  const key = given.key === undefined ? ours : foreign;
  const { issuer = "harbour", subject = "blueline", expires = 100, issued = -1 } = given;
  const claims = {
    ecosystem: "harbour-campus",
    parts: ["provider"],
    level: "gold",
    specDigests: given.specDigests ?? digests,
    catalogueVersion: "sha256:0",
    runDigest: "sha256:0",
    status: { list: listName, index: 5 },
    conditions: given.conditions ?? [],
    waivers: given.waivers ?? [],
  };
  const jws = await new SignJWT(claims)
    .setProtectedHeader({
      alg: "EdDSA",
      typ: "eco-certificate+jwt",
      kid: await calculateJwkThumbprint(key.publicJwk),
    })
    .setIssuer(issuer)
    .setSubject(subject)
    .setJti("crt_01")
    .setIssuedAt(at(issued))
    .setExpirationTime(at(expires))
    .sign(key.privateKey);
  return given.changed?.(jws) ?? jws;
}

const statusList = ({ status = "valid", key, expires = 1 }: NonNullable<Certificate["list"]>) =>
  issueStatusList(new Map([[5, status]]), {
    key: key === undefined ? ours : foreign,
    issuer: "harbour",
    name: listName,
    issuedAt: at(-2),
    expiresAt: at(expires),
  });

/** The level raised in the payload, the signature as it was. */
const promoted = (jws: string): string => {
  const [header, payload = "", signature] = jws.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  const raised = Buffer.from(JSON.stringify({ ...claims, level: "platinum" })).toString("base64url");
  return `${header}.${raised}.${signature}`;
};

it.each<[string, Certificate, string]>([
  ["that holds", {}, ""],
  ["whose level was raised", { changed: promoted }, "tampered"],
  ["whose signature was cut", { changed: (jws) => jws.slice(0, -12) }, "tampered"],
  ["that is none", { changed: () => "gold" }, "malformed"],
  ["signed with another key", { key: "foreign" }, "wrong-key"],
  ["that expired", { expires: -0.5, issued: -2 }, "expired"],
  ["issued in the future", { issued: 3 }, "not-yet-valid"],
  ["that the partner issued itself", { issuer: "harbour", subject: "harbour" }, "self-issued"],
  ["that somebody else issued", { issuer: "blueline" }, "wrong-issuer"],
  [
    "for another version of the specs",
    { specDigests: { "openapi/partner-api.yaml": `sha256:${"0".repeat(64)}` } },
    "other-specs",
  ],
  [
    "with a condition that was missed",
    { conditions: [{ text: "Switch it off.", until: at(-1).toISOString() }] },
    "condition-missed",
  ],
  [
    "on a waiver that ended",
    { waivers: [{ check: "a.b.c", text: "Later.", until: at(-1).toISOString() }] },
    "waiver-ended",
  ],
  ["that was revoked", { list: { status: "revoked" } }, "revoked"],
  ["that is suspended", { list: { status: "suspended" } }, "suspended"],
  ["that has lapsed", { list: { status: "lapsed" } }, "lapsed"],
  ["with a status list that is too old", { list: { expires: -1 } }, "status-unknown"],
  ["with a status list of somebody else", { list: { key: "foreign" } }, "status-unknown"],
])("a certificate %s", async (name, given, reason) => {
  const file = `${name.replaceAll(" ", "-")}.jws`;
  await writeFile(join(home.path, file), await certificate(given));
  await writeFile(join(home.path, `${file}.list`), await statusList(given.list ?? {}));
  const args = ["certify", "verify", file, "--keys", "keys.json", "--status-list", `${file}.list`, "--json"];
  const { json, status } = await home.run(args);
  expect(status).toBe(reason === "" ? 0 : 3);
  expect(json.result).toMatchObject(reason === "" ? { valid: true, notes: [] } : { valid: false, reason });
  if (reason !== "") expect(json.error).toMatchObject({ code: "ECO_CERTIFICATE_INVALID" });
});
