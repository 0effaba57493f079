import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueCertificate, type Report } from "../../specs/engine/certification/index.ts";
import { type Home, newHome, projectRoot } from "./support/eco.ts";

let home: Home;
let certificate: string;

beforeAll(async () => {
  home = await newHome();
  const pair = await generateKeyPair("EdDSA", { extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const report: Report = {
    schema: "eco-certification/1",
    ecosystem: { id: "harbour-campus", title: "Harbour Campus" },
    partner: "fjord-catering",
    run: {
      seed: "1",
      startedAt: "2026-01-01T00:00:00.000Z",
      durationMs: 1,
      catalogDigest: "sha256:catalog",
      specDigests: {},
      checkVersions: {},
      parts: ["receiver"],
      digest: "sha256:run",
    },
    outcome: "passed",
    level: "silver",
    levels: [],
    summary: { passed: 1, failed: 0, warning: 0, skipped: 0, waiting: 0 },
    checks: [],
    findings: [],
  };
  certificate = await issueCertificate({
    report,
    key: { privateKey: pair.privateKey, publicJwk },
    issuer: "harbour",
    issuedAt: new Date(),
    expiresAt: new Date(Date.now() + 86_400_000),
    id: "cert_1",
    status: { list: "status", index: 0 },
  });
  await writeFile(join(home.path, "certificate.jws"), certificate);
  await writeFile(join(home.path, "tampered.jws"), certificate.replace(/.{6}$/, "AAAAAA"));
  await writeFile(join(home.path, "keys.json"), JSON.stringify({ keys: [publicJwk] }));
  await writeFile(join(home.path, "empty.json"), "{}");
});

afterAll(() => home[Symbol.asyncDispose]());

describe("eco certify verify", () => {
  it.each<[string, readonly string[], number, string]>([
    ["says what holds", ["certificate.jws", "--keys", "keys.json"], 0, "fjord-catering is certified silver"],
    ["refuses with the reason", ["tampered.jws", "--keys", "keys.json"], 3, "tampered"],
    [
      "refuses another issuer",
      ["certificate.jws", "--keys", "keys.json", "--issuer", "someone"],
      3,
      "wrong-issuer",
    ],
    ["names a file that isn't there", ["missing.jws", "--keys", "keys.json"], 2, "missing.jws"],
    ["names a key file without keys", ["certificate.jws", "--keys", "empty.json"], 2, "empty.json"],
    ["asks for the keys", ["certificate.jws"], 2, "keys"],
  ])("%s", async (_name, args, status, text) => {
    const { stdout, stderr, status: got } = await home.run(["certify", "verify", ...args]);
    expect(`${stdout}${stderr}`).toContain(text);
    expect(got).toBe(status);
  });
});

describe("eco certify plan", () => {
  it("names what changed and who has to run again", async () => {
    const next = join(home.path, "next");
    await cp(join(projectRoot, "specs"), next, {
      recursive: true,
      filter: (path) => !path.includes("/engine"),
    });
    const path = join(next, "openapi/fulfilment-api.yaml");
    const text = await readFile(path, "utf8");
    await writeFile(
      path,
      text.replace("required: [startedAt, usage]", "required: [startedAt, usage, endedAt]"),
    );
    const traffic = [
      { partner: "fjord-catering", implements: ["completeOffer"] },
      { partner: "wayfare", calls: ["submitDelivery"] },
    ];
    await writeFile(join(home.path, "traffic.json"), JSON.stringify(traffic));
    const args = [
      "certify",
      "plan",
      "--from",
      join(projectRoot, "specs"),
      "--to",
      next,
      "--traffic",
      "traffic.json",
      "--json",
    ];
    const { json, status } = await home.run(args);
    expect(status).toBe(0);
    expect(json.result).toMatchObject({
      changes: [{ kind: "operation", id: "completeOffer", change: "changed" }],
      partners: [{ partner: "fjord-catering", parts: ["provider"] }],
    });
  });
});
