import { readFile } from "node:fs/promises";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, it } from "vitest";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { createRedactor } from "../../../specs/engine/certification/http/redact.ts";
import {
  certify,
  checkDefinitions,
  levelDefinitions,
  type Report,
  reportFormats,
  terminalReport,
  writeReport,
} from "../../../specs/engine/certification/index.ts";
import { serve } from "../../reference-partner/serve.ts";
import { loadedSpecs } from "../../support/specs.ts";

const canaries = {
  token: "canary-token-5f1c9d",
  other: "canary-other-77aa31",
  limited: "canary-limited-0b9e2f",
  expired: "canary-expired-c3d4e5",
  webhook: `whsec_${btoa("canary-webhook-secret-01")}`,
  previous: `whsec_${btoa("canary-webhook-secret-02")}`,
};

let report: Report;

beforeAll(async () => {
  const { catalog } = await loadedSpecs();
  const { catalog: shelves } = await loadCatalog("test/reference-partner/specs");
  const documents = [...shelves.documents, ...catalog.documents.filter((one) => one.kind === "asyncapi")];
  const mixed: Catalog = { ...shelves, documents, messages: catalog.messages.slice(0, 3) };
  // It echoes whatever it was sent, secrets included, as the worst debug page would.
  const served = await serve(async (request) => {
    const body = await request.text();
    const headers = Object.fromEntries(request.headers);
    const status = request.method === "GET" ? 200 : 500;
    return Response.json(
      { url: request.url, headers, body, password: "canary-password-1", note: `token=${canaries.token}` },
      { status },
    );
  });
  report = await certify({
    catalog: mixed,
    definitions: checkDefinitions(catalog),
    levels: levelDefinitions(catalog),
    target: {
      url: served.url,
      credentials: { authorization: `Bearer ${canaries.token}`, "x-api-key": canaries.token },
      otherCredentials: { authorization: `Bearer ${canaries.other}` },
      limitedCredentials: { authorization: `Bearer ${canaries.limited}` },
      expiredCredentials: { authorization: `Basic ${canaries.expired}` },
    },
    webhook: { url: `${served.url}/hook`, secret: canaries.webhook, previousSecret: canaries.previous },
    seed: "canary",
    fetch,
    timeoutMs: 2_000,
  });
  await served.close();
});

describe("secrets", () => {
  it.each(Object.keys(reportFormats))("appear in no report that ends in %s", (extension) => {
    const text = writeReport(report, `report${extension}`);
    expect(/\[redacted\]|\$AUTHORIZATION/.test(text)).toBe(true);
    for (const [name, secret] of Object.entries(canaries)) {
      const bare = secret.replace("whsec_", "");
      for (const spelling of [bare, btoa(secret), btoa(bare), encodeURIComponent(bare)]) {
        expect(text.includes(spelling), `${name} as ${spelling}`).toBe(false);
      }
    }
    expect(text.includes("canary-password-1")).toBe(false);
  });

  it.each([
    ["a JWT", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"],
    ["a webhook secret", "whsec_Y2FuYXJ5LXNlY3JldC1mb3ItdGVzdHM="],
    ["a bearer header in a text", "Authorization: Bearer abcdef123456"],
    ["a private key", "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----"],
  ])("are found by their form: %s", (_name, secret) => {
    const clean = createRedactor([]).text(`before ${secret} after`);
    expect(clean).toContain("[redacted]");
    expect(clean).not.toContain(secret);
  });

  it.each([
    ["a form", "grant_type=x&client_secret=s3cr3t&api_key=s3cr3t", 2],
    ["XML", '<partner><id>1</id><p:clientSecret at="0">s3cr3t</p:clientSecret></partner>', 1],
    [
      "a form with files",
      '--b\r\nContent-Disposition: form-data; name="apiKey"\r\nContent-Type: text/plain\r\n\r\ns3cr3t\r\n--b--',
      1,
    ],
    ["JSON", '{"id":1,"credential":"s3cr3t"}', 1],
  ])("are found by their name in %s, and nothing else is taken out", (_what, body, times) => {
    const request = { method: "POST", url: "https://api.example/", headers: {}, body };
    const clean = createRedactor([]).exchange({ atMs: 0, durationMs: 0, request }).request.body;
    expect(clean).toBe(body.replaceAll("s3cr3t", "[redacted]"));
    expect(clean?.split("[redacted]")).toHaveLength(times + 1);
  });
});

describe("reports", () => {
  it("give each failure with its fix, its source and a command that reproduces it", () => {
    const failed = report.findings.filter((one) => one.outcome === "failed" && one.evidence.length > 0);
    expect(failed.length).toBeGreaterThan(5);
    for (const finding of failed) {
      expect(finding.fix).toMatch(/\.$/);
      expect(finding.source).not.toBe("");
      expect(finding.curl).toMatch(/^curl -i /);
    }
  });

  it("list every check in the terminal table, failures first among what is to mend", () => {
    const { rows, toMend, skipped } = terminalReport(report);
    expect(rows).toHaveLength(report.checks.length);
    expect(toMend[0]?.outcome).toBe("failed");
    expect(skipped.every((one) => one.includes(": "))).toBe(true);
  });

  it("are JUnit that counts what it holds", () => {
    const xml = writeReport(report, "out.xml");
    expect(xml.match(/<testcase /g)).toHaveLength(report.findings.length);
    expect(xml.match(/<failure /g)).toHaveLength(report.summary.failed);
    expect(xml).toContain(`failures="${report.summary.failed}"`);
    expect(xml).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#\d+;)/);
  });

  it("are SARIF with a rule for each result", () => {
    const sarif = JSON.parse(writeReport(report, "out.sarif"));
    const [run] = sarif.runs;
    const rules = new Set(run.tool.driver.rules.map((one: { id: string }) => one.id));
    expect(sarif.version).toBe("2.1.0");
    expect(run.results.length).toBe(report.summary.failed + report.summary.warning);
    for (const result of run.results) expect(rules.has(result.ruleId)).toBe(true);
  });

  it("are SARIF that the schema of the standard accepts", async () => {
    // Published by OASIS for SARIF 2.1.0, as it is.
    const text = await readFile("test/fixtures/sarif-2.1.0.schema.json", "utf8");
    // It uses no keyword whose meaning has changed since its draft 4.
    const { $schema: _draft, id: _id, ...schema } = JSON.parse(text);
    const validate = addFormats.default(new Ajv({ strict: false, allErrors: true })).compile(schema);
    const valid = validate(JSON.parse(writeReport(report, "out.sarif")));
    expect(validate.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validate({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
  });

  it("are HTML without script and without requests to anywhere", () => {
    const html = writeReport(report, "out.html");
    expect(html).not.toMatch(/<script|<link|<img|src=|@import|url\(/i);
    expect(html).toContain("default-src 'none'");
  });

  it("refuse a file name without a known extension", () => {
    expect(() => writeReport(report, "report.docx")).toThrow(/report\.docx/);
  });

  it("survive control characters and markup in remote text", () => {
    const nasty = "</failure>]]>\u0000\u001b[31m<script>alert(1)</script>```";
    const findings = report.findings.map((one) => ({ ...one, message: nasty }));
    const changed = { ...report, findings };
    expect(writeReport(changed, "a.xml")).not.toContain("\u0000");
    expect(writeReport(changed, "a.xml").match(/<\/failure>/g)).toHaveLength(report.summary.failed);
    expect(writeReport(changed, "a.html")).not.toContain("<script>");
  });
});

it("is JSON that a schema of its shape accepts", () => {
  const schema = {
    type: "object",
    required: ["schema", "run", "outcome", "checks", "findings", "levels", "summary"],
    properties: {
      schema: { const: "eco-certification/1" },
      outcome: { enum: ["passed", "failed", "incomplete"] },
    },
  };
  expect(new Ajv().validate(schema, JSON.parse(writeReport(report, "a.json")))).toBe(true);
});
