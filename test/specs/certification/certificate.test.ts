import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { CERTIFICATE_TYPE } from "../../../specs/engine/certification/certificate/certificate.ts";
import {
  type CertificateStatus,
  certificateBadge,
  type IssueOptions,
  type IssuerKey,
  issueCertificate,
  issueStatusList,
  type Refusal,
  type Report,
  type VerifyOptions,
  verifyCertificate,
} from "../../../specs/engine/certification/index.ts";

const passed: Report = {
  schema: "eco-certification/1",
  ecosystem: { id: "harbour-campus", title: "Harbour Campus" },
  partner: "fjord-catering",
  run: {
    seed: "chosen-by-the-sandbox",
    startedAt: "2026-03-01T10:00:00.000Z",
    durationMs: 1200,
    catalogDigest: "sha256:catalog",
    specDigests: { "openapi/partner-api.yaml": "sha256:partner", "asyncapi/events.yaml": "sha256:events" },
    checkVersions: { "receiver.signature.valid": 1 },
    parts: ["receiver"],
    digest: "sha256:run",
  },
  outcome: "passed",
  level: "silver",
  levels: [
    { id: "bronze", title: "Bronze", reached: true, missing: [] },
    { id: "silver", title: "Silver", reached: true, missing: [] },
  ],
  summary: { passed: 1, failed: 0, warning: 0, skipped: 0, waiting: 0 },
  checks: [],
  findings: [],
};

const failed: Report = {
  ...passed,
  outcome: "failed",
  findings: [
    {
      check: "receiver.content.large",
      part: "receiver",
      severity: "must",
      title: "A large body is accepted",
      outcome: "failed",
      message: "answered 413",
      evidence: [],
      fix: "Raise the limit.",
      source: "Standard Webhooks 1.0",
      cases: 1,
      durationMs: 3,
    },
  ],
};

const issuedAt = new Date("2026-03-01T12:00:00Z");
const expiresAt = new Date("2027-03-01T12:00:00Z");
const now = new Date("2026-06-01T00:00:00Z");
const list = "https://harbour.example/status/1";

async function newKey(): Promise<IssuerKey> {
  const pair = await generateKeyPair("EdDSA", { extractable: true });
  return { privateKey: pair.privateKey, publicJwk: await exportJWK(pair.publicKey) };
}

let key: IssuerKey;
let stranger: IssuerKey;
let jws: string;

function issue(changes: Partial<IssueOptions> = {}): Promise<string> {
  return issueCertificate({
    report: passed,
    key,
    issuer: "harbour",
    issuedAt,
    expiresAt,
    id: "cert_1",
    status: { list, index: 41 },
    build: "git:4f2a",
    ...changes,
  });
}

function verify(text: string, changes: Partial<VerifyOptions> = {}) {
  return verifyCertificate(text, { keys: [key.publicJwk], issuer: "harbour", now, ...changes });
}

function statusList(
  entries: readonly (readonly [number, CertificateStatus])[],
  until = expiresAt,
  name = list,
): Promise<string> {
  return issueStatusList(new Map(entries), { key, issuer: "harbour", name, issuedAt, expiresAt: until });
}

beforeAll(async () => {
  key = await newKey();
  stranger = await newKey();
  jws = await issue();
});

describe("a certificate", () => {
  it("says who was certified in what, by which specs, checks, build and run", async () => {
    const result = await verify(jws, {
      statusList: await statusList([
        [40, "revoked"],
        [42, "suspended"],
      ]),
    });
    expect(result).toMatchObject({
      valid: true,
      notes: [],
      certificate: {
        iss: "harbour",
        sub: "fjord-catering",
        level: "silver",
        parts: ["receiver"],
        build: "git:4f2a",
        runDigest: "sha256:run",
        specDigests: passed.run.specDigests,
      },
    });
  });

  it("verifies offline without a status list, and says what that leaves open", async () => {
    expect(await verify(jws)).toMatchObject({ valid: true, notes: [expect.stringContaining("Revocation")] });
  });
});

/** The payload with one claim changed, under the old signature. */
function tampered(text: string): string {
  const [header = "", payload = "", signature = ""] = text.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, level: "gold" })).toString("base64url");
  return [header, changed, signature].join(".");
}

function unsigned(text: string): string {
  const [, payload = ""] = text.split(".");
  const header = Buffer.from(JSON.stringify({ alg: "none", typ: CERTIFICATE_TYPE })).toString("base64url");
  return `${header}.${payload}.`;
}

const refusals: [string, Refusal, () => Promise<string>, (() => Promise<Partial<VerifyOptions>>)?][] = [
  ["was tampered with", "tampered", async () => tampered(jws)],
  ["is unsigned", "wrong-key", async () => unsigned(jws)],
  ["is signed by a stranger", "wrong-key", () => issue({ key: stranger })],
  ["is no JWS", "malformed", async () => "not a certificate"],
  [
    "is an access token of the issuer",
    "malformed",
    () => new SignJWT({}).setProtectedHeader({ alg: "EdDSA", typ: "JWT" }).sign(key.privateKey),
  ],
  ["has expired", "expired", async () => jws, async () => ({ now: new Date("2028-01-01T00:00:00Z") })],
  [
    "comes from the future",
    "not-yet-valid",
    async () => jws,
    async () => ({ now: new Date("2025-01-01T00:00:00Z") }),
  ],
  ["is of another issuer", "wrong-issuer", () => issue({ issuer: "another-campus" })],
  [
    "was revoked",
    "revoked",
    async () => jws,
    async () => ({ statusList: await statusList([[41, "revoked"]]) }),
  ],
  [
    "was suspended",
    "suspended",
    async () => jws,
    async () => ({ statusList: await statusList([[41, "suspended"]]) }),
  ],
  [
    "has a status list that is too old",
    "status-unknown",
    async () => jws,
    async () => ({ statusList: await statusList([], new Date("2026-04-01T00:00:00Z")) }),
  ],
  [
    "has another status list",
    "status-unknown",
    async () => jws,
    async () => ({ statusList: await statusList([], expiresAt, "another list") }),
  ],
  [
    "has a status list that isn't signed",
    "status-unknown",
    async () => jws,
    async () => ({ statusList: "{}" }),
  ],
  [
    "is for other specs",
    "other-specs",
    async () => jws,
    async () => ({ specDigests: { "openapi/partner-api.yaml": "sha256:newer" } }),
  ],
  [
    "had a condition that wasn't met in time",
    "condition-missed",
    () => issue({ conditions: [{ text: "Add rotation.", until: "2026-05-01T00:00:00Z" }] }),
  ],
];

describe("a certificate is refused when it", () => {
  it.each(refusals)("%s (%s)", async (_name, reason, make, options) => {
    expect(await verify(await make(), await options?.())).toMatchObject({ valid: false, reason });
  });

  it("vouches for its own holder", async () => {
    const claims = {
      ...JSON.parse(Buffer.from(jws.split(".")[1] ?? "", "base64url").toString()),
      iss: "fjord-catering",
    };
    const header = JSON.parse(Buffer.from(jws.split(".")[0] ?? "", "base64url").toString());
    const self = await new SignJWT(claims).setProtectedHeader(header).sign(key.privateKey);
    const result = await verifyCertificate(self, { keys: [key.publicJwk], now });
    expect(result).toMatchObject({ valid: false, reason: "self-issued" });
  });
});

describe("no certificate is issued", () => {
  it.each<[string, Partial<IssueOptions>]>([
    ["for a failed run", { report: failed }],
    ["for an incomplete run", { report: { ...passed, outcome: "incomplete" } }],
    ["by the partner itself", { issuer: "fjord-catering" }],
    [
      "where the waiver has ended",
      {
        report: failed,
        waivers: [{ check: "receiver.content.large", text: "Old proxy.", until: "2026-02-01T00:00:00Z" }],
      },
    ],
  ])("%s", async (_name, changes) => {
    await expect(issue(changes)).rejects.toMatchObject({ code: "ECO_CERTIFICATION_FAILED" });
  });

  it("except where a waiver in force excuses what failed", async () => {
    const waivers = [{ check: "receiver.content.large", text: "Old proxy.", until: "2026-09-01T00:00:00Z" }];
    const { level: _level, ...without } = failed;
    const result = await verify(await issue({ report: without, waivers }));
    expect(result).toMatchObject({ valid: true, certificate: { level: "bronze" } });
    expect(result.valid && result.notes[0]).toContain("receiver.content.large");
  });
});

it("draws a badge that links to the certificate and escapes what it shows", () => {
  const svg = certificateBadge({
    ecosystem: "Harbour & <Campus>",
    level: "gold",
    href: "https://harbour.example/c/1",
  });
  expect(svg).toContain("Harbour &amp; &lt;Campus&gt;");
  expect(svg).toContain('href="https://harbour.example/c/1"');
  expect(svg).toContain("certified · gold");
});
