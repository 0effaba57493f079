import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTargets } from "../../../cli/certification/targets.ts";
import { createSandbox, listen } from "../../../sandbox/index.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import {
  type CertificationOptions,
  certify,
  checkDefinitions,
  levelDefinitions,
} from "../../../specs/engine/certification/index.ts";

const parcel = {
  type: "object",
  required: ["parcel"],
  properties: {
    parcel: {
      type: "object",
      required: ["code", "grams"],
      properties: {
        code: { type: "string", maxLength: 40, examples: ["parcel-1"] },
        grams: { type: "integer", minimum: 1 },
      },
    },
  },
};
const content = { "application/json": { schema: { $ref: "#/components/schemas/Parcel" } } };
const problem = (description: string) => ({ description });
const code = { name: "code", in: "path", required: true, schema: { type: "string", maxLength: 40 } };

/** Things wrapped in their name, a base path, and 409 declared of a change that nothing forbids. */
const document = {
  openapi: "3.1.0",
  info: { title: "Parcels", version: "1" },
  servers: [{ url: "https://parcels.example/v2" }],
  paths: {
    "/parcels": {
      post: {
        operationId: "addParcel",
        requestBody: { required: true, content },
        responses: {
          "201": { description: "Added.", content },
          "400": problem("Wrong."),
          "422": problem("Taken."),
        },
      },
      get: {
        operationId: "listParcels",
        responses: {
          "200": { description: "All.", content: { "application/json": { schema: { type: "object" } } } },
        },
      },
    },
    "/parcels/{code}": {
      parameters: [code],
      get: {
        operationId: "getParcel",
        responses: { "200": { description: "One.", content }, "404": problem("None.") },
      },
      put: {
        operationId: "changeParcel",
        requestBody: { required: true, content },
        responses: {
          "200": { description: "Changed.", content },
          "400": problem("Wrong."),
          "404": problem("None."),
          "409": problem("Somebody else was first."),
        },
      },
    },
  },
  components: { schemas: { Parcel: parcel } },
};

let folder: string;
let catalog: Catalog;
let own: Catalog;
let served: { readonly url: string; close(): Promise<void> };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eco-"));
  await writeFile(join(folder, "openapi.json"), JSON.stringify(document));
  ({ catalog } = await loadCatalog(folder, { cacheDir: false }));
  ({ catalog: own } = await loadCatalog("specs/certification", { cacheDir: false }));
  served = await listen(await createSandbox({ catalog, seed: "parcels" }), { port: 0 });
});
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true });
});

const run = (options: Partial<CertificationOptions>) =>
  certify({
    catalog,
    definitions: checkDefinitions(own),
    levels: levelDefinitions(own),
    seed: "parcels",
    fetch,
    ...options,
  });

describe("the certification on a document that somebody brings", () => {
  it("understands things that are wrapped, and refuses nothing that the document allows", async () => {
    const report = await run({ parts: ["provider"], target: { url: `${served.url}/v2` } });
    const wrong = report.findings.filter(({ outcome }) => outcome === "failed" || outcome === "warning");
    expect(wrong.map(({ check, subject, message }) => `${check} ${subject}: ${message}`)).toEqual([]);
    const outcomes = Object.fromEntries(report.checks.map((one) => [one.definition.id, one.outcome]));
    expect(outcomes).toMatchObject({
      "provider.input.accepts-valid": "passed",
      "provider.input.content-type": "passed",
      "provider.state.created-readable": "passed",
      "provider.state.read-equals-written": "passed",
      "provider.state.illegal-transition": "skipped",
    });
  });

  it("says so where the address lacks the path of the document's servers, and tries nothing else", async () => {
    const report = await run({ parts: ["provider"], target: { url: served.url } });
    expect(report.summary).toMatchObject({ passed: 0, failed: 1, warning: 0 });
    const failed = report.findings.find(({ outcome }) => outcome === "failed");
    expect(failed).toMatchObject({ check: "provider.core.reachable" });
    expect(failed?.message).toContain(`200 at ${served.url}/v2: give the address with the path`);
  });

  it("reaches no level where nothing could be tried", async () => {
    const report = await run({ parts: ["journeys"], sandbox: { url: served.url } });
    expect(report.outcome).toBe("incomplete");
    expect(report.level).toBeUndefined();
    expect(report.levels.filter(({ reached }) => reached)).toEqual([]);
    expect(report.levels[0]?.missing).toContain("Nothing that counts could be tried.");
  });
});

describe("a token for the API under test", () => {
  const scheme = (name: string, rest: object) => ({ name, type: "http", scopes: [], ...rest });
  const bearer = scheme("b", { scheme: "bearer" });
  const basic = scheme("u", { scheme: "Basic" });
  const key = scheme("k", { type: "apiKey", in: "header", parameterName: "X-Key" });
  it.each([
    ["a bearer token", [bearer], "t", { authorization: "Bearer t" }],
    ["a bearer token, where Basic is taken too", [basic, bearer], "t", { authorization: "Bearer t" }],
    ["HTTP Basic", [basic], "id:secret", { authorization: `Basic ${btoa("id:secret")}` }],
    ["HTTP Basic without a password", [basic], "id", { authorization: `Basic ${btoa("id:")}` }],
    ["a key", [key], "t", { authorization: "Bearer t", "x-key": "t" }],
  ])("is sent as the document asks for it: %s", async (_what, schemes, token, want) => {
    const [first] = catalog.operations;
    if (first === undefined) throw new Error("no operation");
    const operation = { ...first, security: schemes.map((one) => [{ scheme: one, scopes: [] }]) };
    const { target } = await readTargets({ target: "http://127.0.0.1:1" }, undefined, [operation], {
      ECO_TARGET_TOKEN: token,
    });
    expect(target?.credentials).toEqual(want);
  });
});
