import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../specs/engine/certification/index.ts";
import { createReceiver, healthyReceiver } from "../reference-partner/receiver.ts";
import { type Served, serve } from "../reference-partner/serve.ts";
import { type Home, newHome } from "./support/eco.ts";
import { partnerAnswers, partnerTokens } from "./support/partner.ts";

const secret = (name: string): string => `whsec_${btoa(`${name}-canary-webhook-secret`)}`;

let home: Home;
let provider: Served;
let careless: Served;
let receiver: Served;
let env: Record<string, string>;

beforeAll(async () => {
  home = await newHome();
  provider = await serve(await partnerAnswers());
  careless = await serve(await partnerAnswers("provider.security.alg-none"));
  receiver = await serve(createReceiver(healthyReceiver([secret("current"), secret("previous")])));
  env = {
    ...(await partnerTokens()),
    ECO_WEBHOOK_SECRET: secret("current"),
    ECO_WEBHOOK_SECRET_PREVIOUS: secret("previous"),
    ECO_WEBHOOK_SECRET_RETIRED: secret("retired"),
  };
  const manifest = {
    id: "fjord-catering",
    operations: ["offerWorkOrder", "getOffer"],
    inspection: `${receiver.url}/inspection`,
  };
  await writeFile(join(home.path, "partner.json"), JSON.stringify(manifest));
  await writeFile(join(home.path, "odd.json"), JSON.stringify({ ...manifest, colour: "blue" }));
});

afterAll(async () => {
  await Promise.all([provider.close(), careless.close(), receiver.close()]);
  await home[Symbol.asyncDispose]();
});

describe("eco certify", () => {
  it("passes a healthy partner, skips nothing that it was given access to, and leaks no secret", async () => {
    const args = ["certify", "--as", "provider", "--as", "receiver", "--target", provider.url, "--webhook"];
    const files = [
      "--manifest",
      "partner.json",
      "--report",
      "out.xml",
      "--report",
      "out.html",
      "--seed",
      "7",
    ];
    const { json, status, stdout, stderr } = await home.run(
      [...args, `${receiver.url}/webhooks`, ...files, "--json"],
      { env },
    );
    const report = json.result as Report;
    expect(status).toBe(0);
    expect(report).toMatchObject({ partner: "fjord-catering", outcome: "passed", level: "silver" });
    expect(report.findings.filter((one) => one.reason === "not-configured")).toEqual([]);
    const reports = await Promise.all(
      ["out.xml", "out.html"].map((name) => readFile(join(home.path, name), "utf8")),
    );
    for (const text of [stdout, stderr, ...reports]) {
      for (const value of Object.values(env)) expect(text.includes(value.replace("whsec_", ""))).toBe(false);
    }
  });

  it("ends with 3 and says what to mend when a check fails", async () => {
    const args = ["certify", "--as", "provider", "--target", careless.url, "--check", "provider.security.*"];
    const { stdout, status } = await home.run(args, { env });
    expect(status).toBe(3);
    expect(stdout).toContain("failed: provider.security.alg-none");
    expect(stdout).toContain("Fix: Give the algorithms");
    expect(stdout).toContain('-H "authorization: $AUTHORIZATION"');
  });

  it.each<[string, readonly string[], number, string]>([
    [
      "a partner that is down",
      ["--as", "provider", "--target", "http://127.0.0.1:9", "--timeout", "500"],
      3,
      "provider.core.reachable",
    ],
    [
      "a check that nobody knows",
      ["--as", "provider", "--target", "http://127.0.0.1:9", "--check", "nothing.*"],
      2,
      "nothing.*",
    ],
    ["a part without its address", ["--as", "provider"], 2, "--target"],
    [
      "a manifest with a field that no manifest has",
      ["--manifest", "odd.json"],
      2,
      "the manifest must NOT have additional properties (colour)",
    ],
    ["a URL that is none", ["--as", "provider", "--target", "partner"], 2, "partner"],
  ])("meets %s", async (_name, args, status, text) => {
    const result = await home.run(["certify", ...args], { env });
    expect(`${result.stdout}${result.stderr}`).toContain(text);
    expect(result.status).toBe(status);
  });
});
