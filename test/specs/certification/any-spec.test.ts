import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createSandbox, listen } from "../../../sandbox/index.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { certify, checkDefinitions, type Report } from "../../../specs/engine/certification/index.ts";

const example = (path: string): string =>
  fileURLToPath(import.meta.resolve(`@readme/oas-examples/${path}.json`));
const fixture = (name: string): string => `test/fixtures/ecosystems/${name}`;

/** Where no operation issues tokens, the sandbox takes every credential of the declared form. */
const anyToken = ["provider.security.forged-token", "provider.security.alg-none"];

interface Subject {
  readonly specs: string;
  /** The OpenAPI document under test; the only one where left out. */
  readonly document?: string;
  readonly persona?: readonly [id: string, secret: string];
  /** Check → why the finding is true: nothing else may be found. */
  readonly found: Readonly<Record<string, string>>;
}

const tokens = Object.fromEntries(anyToken.map((check) => [check, "No operation issues tokens."]));

const subjects: Record<string, Subject> = {
  "the quality-on-demand ecosystem": {
    specs: fixture("quality-on-demand"),
    document: "openapi.json",
    persona: ["sandbox-aggregator", "sandbox-aggregator-secret"],
    found: {
      "provider.input.accepts-valid":
        "usage is reported of a session with a customer; no schema can say which.",
    },
  },
  "the roaming ecosystem": {
    specs: fixture("roaming-charging"),
    document: "openapi.yaml",
    persona: ["sandbox-hub", "sandbox-hub-secret"],
    found: {},
  },
  "Train Travel": {
    specs: example("3.1/json/train-travel"),
    found: {
      ...tokens,
    },
  },
  "all styles of parameters": { specs: example("3.0/json/parameters-style"), found: {} },
  "schemas that allow nothing": { specs: example("3.0/json/schema-types"), found: {} },
  "forms and unions": { specs: example("3.0/json/discriminators"), found: {} },
  "the old pet store": {
    specs: example("3.1/json/petstore"),
    found: {
      ...tokens,
      "provider.input.accepts-valid": "orders get ids of 64 bits, and may be read up to 10.",
      "provider.state.created-readable": "orders get ids of 64 bits, and may be read up to 10.",
      "provider.state.read-equals-written": "orders get ids of 64 bits, and may be read up to 10.",
      "provider.core.status-declared":
        "what declares no success is answered with one that it doesn't declare.",
    },
  },
  "two parameters in one path": {
    specs: example("3.0/json/uspto"),
    found: {
      "provider.state.unknown-resource": "nothing creates data sets, so any id is as good as another.",
    },
  },
};

/** An access token by the operation that issues them, in the form that its document gives it. */
async function tokenOf(
  catalog: Catalog,
  url: string,
  [id, secret]: readonly [string, string],
): Promise<string> {
  const issue = catalog.operations.find((one) => one.capability?.name === "tokens.issue");
  const isForm = !("application/json" in (issue?.requestBody?.content ?? {}));
  const form = { grant_type: "client_credentials", client_id: id, client_secret: secret };
  const body = isForm ? new URLSearchParams(form) : JSON.stringify({ application: { id, secret } });
  const headers = isForm ? {} : { "content-type": "application/json" };
  const response = await fetch(`${url}${issue?.path}`, { method: "POST", headers, body });
  const answer = (await response.json()) as { access_token?: string; token?: { value: string } };
  return answer.access_token ?? answer.token?.value ?? "none";
}

async function certifySandbox({ specs, document, persona }: Subject): Promise<Report> {
  const { catalog } = await loadCatalog(specs);
  const { catalog: own } = await loadCatalog("specs/certification");
  const sandbox = await createSandbox({ catalog, seed: "any" });
  const served = await listen(sandbox, { port: 0 });
  const token = persona === undefined ? "some-opaque-token" : await tokenOf(catalog, served.url, persona);
  const first = catalog.operations.find((one) => document === undefined || one.document === document);
  const base = first?.path.slice(0, first.path.length - first.template.length) ?? "";
  const keys = catalog.operations
    .flatMap((one) => one.security.flat())
    .filter(({ scheme }) => scheme.type === "apiKey" && scheme.in === "header")
    .map(({ scheme }) => [scheme.parameterName ?? "", "key-1234567890"]);
  try {
    return await certify({
      catalog,
      definitions: checkDefinitions(own),
      levels: [],
      parts: ["provider"],
      target: {
        url: `${served.url}${base}`,
        credentials: { authorization: `Bearer ${token}`, ...Object.fromEntries(keys) },
        ...(document === undefined ? {} : { document }),
      },
      seed: "any",
      fetch,
    });
  } finally {
    await served.close();
  }
}

describe("the provider part on a document that it was not written for", () => {
  it.each(Object.entries(subjects))("%s: every finding is a true one", async (_name, subject) => {
    const report = await certifySandbox(subject);
    const found = report.findings.filter((one) => one.outcome === "failed" || one.outcome === "warning");
    const seen = new Set(found.map((one) => one.check));
    const said = found.map((one) => `${one.check} ${one.subject ?? ""}: ${one.message}`).join("\n");
    expect([...seen].sort(), said).toEqual(Object.keys(subject.found).sort());
    expect(report.summary.passed).toBeGreaterThan(20);
  });
});
